"""What readers say about answers: one JSON line each, appended, never rewritten, never sent anywhere."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lawqa.errors import SettingsError

FILE = "feedback.jsonl"


class FeedbackStore:
    """``feedback.jsonl`` in one folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._lock = threading.Lock()

    def append(self, record: Mapping[str, Any]) -> None:
        """Write one line; SettingsError where the folder cannot be written."""
        stamped = {"at": datetime.now(UTC).isoformat(timespec="seconds"), **record}
        line = json.dumps(stamped, ensure_ascii=False) + "\n"
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self._lock:
                handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
                try:
                    os.write(handle, line.encode())
                finally:
                    os.close(handle)
        except OSError as error:
            raise SettingsError(
                f"反馈不能写入“{self.path}”（{error.strerror}）：请检查 LAWQA_DATA_DIR 的权限"
            ) from None

    def records(self) -> Iterator[dict[str, Any]]:
        """Every record, oldest first; a line cut short by a crash is passed over."""
        if not self.path.is_file():
            return
        with self.path.open(encoding="utf-8") as lines:
            for line in lines:
                try:
                    yield json.loads(line)
                except ValueError:
                    continue


def eval_candidates(records: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Question-set lines out of feedback: a helpful answer gives its articles as gold, another leaves gold to a human.

    Fields as in a question set; ``note`` and ``helpful`` are for whoever edits the set and must be removed by them.
    """
    for n, record in enumerate(records, 1):
        helpful = bool(record.get("helpful"))
        gold = list(dict.fromkeys(record.get("provisions") or ())) if helpful else []
        yield {
            "id": f"feedback-{n}",
            "type": "feedback",
            "question": record.get("question", ""),
            "gold": gold,
            "primary": gold[0] if gold else None,
            "answerable": record.get("status") != "refused" if helpful else True,
            "must_say": [],
            "as_of": record.get("as_of"),
            "history": [],
            "helpful": helpful,
            "note": record.get("note", ""),
        }
