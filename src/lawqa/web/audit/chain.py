"""The hash chain of the audit log: every record carries the hash of the one before it.

``hash = H(previous ‖ canonical JSON of the record without "hash")`` with H = SHA-256, or HMAC-SHA-256 where a key is
set: without the key nobody can write a chain that verifies.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

#: What the first record of a log has as its "previous".
GENESIS = "0" * 64
HEAD_FILE = "HEAD"
LOCK_FILE = "LOCK"


def canonical(record: Mapping[str, Any]) -> bytes:
    """The bytes that are hashed: keys sorted, no spaces, UTF-8."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(record: Mapping[str, Any], key: str) -> str:
    """The hash of a record, whose ``previous`` is part of it and whose ``hash`` is not."""
    body = canonical({k: v for k, v in record.items() if k != "hash"})
    if key:
        return hmac.new(key.encode(), body, hashlib.sha256).hexdigest()
    return hashlib.sha256(body).hexdigest()


def log_files(folder: Path) -> list[Path]:
    """The files of a log, the oldest first: audit-000001.jsonl, audit-000002.jsonl, …"""
    return sorted(folder.glob("audit-[0-9]*.jsonl"))


def read_head(folder: Path) -> tuple[int, str] | None:
    """The number and hash of the last record as HEAD has them; None where there is no readable HEAD."""
    try:
        n, _, hash = (folder / HEAD_FILE).read_text(encoding="ascii").strip().partition(" ")
        return int(n), hash
    except (OSError, ValueError):
        return None
