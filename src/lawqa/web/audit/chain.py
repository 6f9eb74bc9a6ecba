"""The hash chain of the audit log: every record carries the hash of the one before it.

``hash = H(previous ‖ canonical JSON of the record without "hash")`` with H = SHA-256, or HMAC-SHA-256 where a key is
set: without the key nobody can write a chain that verifies.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

#: What the first record of a log has as its "previous".
GENESIS = "0" * 64
HEAD_FILE = "HEAD"
LOCK_FILE = "LOCK"
_NAME = re.compile(r"audit-([0-9]+)\.jsonl")
_HASH = re.compile(r"[0-9a-f]{64}")
_HEAD = re.compile(rb"(0|[1-9][0-9]{0,17}) ([0-9a-f]{64})\n")
_MOST = 10**18


def canonical(record: Mapping[str, Any]) -> bytes:
    """The bytes that are written and hashed: keys sorted, no spaces, UTF-8."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(record: Mapping[str, Any], key: str) -> str:
    """The hash of a record, whose ``previous`` is part of it and whose ``hash`` is not."""
    body = canonical({k: v for k, v in record.items() if k != "hash"})
    if key:
        return hmac.new(key.encode(), body, hashlib.sha256).hexdigest()
    return hashlib.sha256(body).hexdigest()


def parse(line: bytes) -> tuple[dict[str, Any], bool]:
    """The record of a line, and whether the line is, byte for byte, what is written for that record.

    The hash is of the parsed record, so a second key of a name, a space or another spelling of a number would not
    show in it. Raises ValueError for a line that is no record, however it came to be damaged.
    """
    try:
        record = json.loads(line.decode())
        if not isinstance(record, dict):
            raise ValueError("not an object")
        return record, canonical(record) == line  # a lone surrogate cannot be written: UnicodeEncodeError
    except RecursionError:
        raise ValueError("nested too deeply") from None


def link(record: Mapping[str, Any], number: str = "n", hash: str = "hash") -> tuple[int, str]:
    """The number and hash under these names. ValueError where they are missing or could be nobody's."""
    n, h = record.get(number), record.get(hash)
    if type(n) is not int or not 0 < n < _MOST or not isinstance(h, str) or not _HASH.fullmatch(h):
        raise ValueError(f"no {number} and {hash}")
    return n, h


def serial_of(path: Path) -> int:
    """The number in a log file's name; 0 for any other file."""
    match = _NAME.fullmatch(path.name)
    return int(match[1]) if match else 0


def log_files(folder: Path) -> list[Path]:
    """The files of a log, the oldest first: audit-000001.jsonl, audit-000002.jsonl, …"""
    return sorted(filter(serial_of, folder.glob("audit-*.jsonl")), key=lambda path: (serial_of(path), path.name))


def read_head(folder: Path) -> tuple[int, str] | None:
    """The number and hash of the last record as HEAD has them; None where there is no readable HEAD."""
    try:
        match = _HEAD.fullmatch((folder / HEAD_FILE).read_bytes())
    except OSError:
        return None
    return (int(match[1]), match[2].decode()) if match else None
