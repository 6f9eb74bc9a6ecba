"""Appending to the audit log: one record a line, rotation by size, retention by age."""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from lawqa.errors import SettingsError
from lawqa.settings import Settings
from lawqa.web.audit.chain import GENESIS, HEAD_FILE, LOCK_FILE, canonical, digest, log_files, read_head

_DAY_S = 86_400


class AuditLog:
    """The log of one server. Every write is flushed before the answer leaves; what cannot be logged is not answered.

    One process writes a folder (a lock file says so); files are readable for their owner only.
    Raises SettingsError where the folder cannot be used or another process holds it.
    """

    def __init__(
        self,
        folder: Path,
        key: str = "",
        questions: str = "text",
        max_bytes: int = 50_000_000,
        keep_days: int = 0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.folder, self._key, self._questions = folder, key, questions
        self._max_bytes, self._keep_days, self._clock = max_bytes, keep_days, clock
        self._mutex = threading.Lock()
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock = (folder / LOCK_FILE).open("w")
        except OSError as error:
            raise SettingsError(f"审计日志“{folder}”不能写（{error.strerror}）：检查 LAWQA_AUDIT_FOLDER") from None
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._lock.close()
            raise SettingsError(f"审计日志“{folder}”正被另一个 lawqa serve 使用：换一个 LAWQA_AUDIT_FOLDER") from None
        self._n, self._previous, torn = self._resume()
        self._file = self._open_last()
        if torn:  # the process died within a write; the half line is kept in the chain, not thrown away
            self.record("torn", {"line": torn})
        self._retain()

    @classmethod
    def of(cls, settings: Settings) -> AuditLog | None:
        """The log that the settings ask for, if any."""
        if not settings.audit_folder:
            return None
        return cls(
            Path(settings.audit_folder).expanduser(),
            settings.audit_key,
            settings.audit_questions,
            settings.audit_max_bytes,
            settings.audit_keep_days,
        )

    def question(self, text: str, most: int | None = None) -> dict[str, str]:
        """How a question, or a text that was checked, is logged: its words, the keyed hash of all of it, or nothing.

        Of a text longer than ``most`` characters the words are its beginning and its length.
        """
        if self._questions == "text":
            short = most is None or len(text) <= most
            return {"question": text if short else f"{text[:most]}…（共{len(text)}字）"}
        if self._questions == "hash":
            return {"question_hmac": hmac.new(self._key.encode(), text.encode(), hashlib.sha256).hexdigest()}
        return {}

    def record(self, event: str, fields: dict[str, Any]) -> None:
        """Append one record. Raises OSError where the disk refuses."""
        with self._mutex:
            if self._file.tell() >= self._max_bytes:
                self._rotate()
            self._append(event, fields)

    def close(self) -> None:
        with self._mutex:
            if not self._file.closed:
                self._file.flush()
                os.fsync(self._file.fileno())
                self._file.close()
                self._lock.close()

    def _append(self, event: str, fields: dict[str, Any]) -> None:
        stamp = datetime.fromtimestamp(self._clock(), UTC).isoformat(timespec="milliseconds")
        body = {"n": self._n + 1, "time": stamp, "event": event, **fields, "previous": self._previous}
        hash = digest(body, self._key)
        start = self._file.tell()
        try:
            self._file.write(canonical({**body, "hash": hash}) + b"\n")
            self._file.flush()
        except OSError:
            self._file.truncate(start)  # a full disk must not leave half a line in the chain
            raise
        self._n, self._previous = self._n + 1, hash
        head = self.folder / f"{HEAD_FILE}.new"
        head.write_text(f"{self._n} {hash}\n", encoding="ascii")
        head.replace(self.folder / HEAD_FILE)

    def _resume(self) -> tuple[int, str, str]:
        """The last record's number and hash, and a half-written last line, which is cut off."""
        for path in reversed(log_files(self.folder)):
            raw = path.read_bytes()
            whole, _, torn = raw.rpartition(b"\n")
            if torn:
                with path.open("r+b") as file:
                    file.truncate(len(raw) - len(torn))
            if whole:
                try:
                    last = json.loads(whole.rpartition(b"\n")[2])
                    return int(last["n"]), str(last["hash"]), torn.decode("utf-8", "replace")
                except (ValueError, KeyError, TypeError):
                    raise SettingsError(
                        f"审计日志“{path}”的最后一行已损坏：先用 lawqa audit verify 查明，再换一个 LAWQA_AUDIT_FOLDER"
                    ) from None
        head = read_head(self.folder)
        if head is not None:  # every file is gone: the chain goes on from HEAD, and verify will say what is missing
            return head[0], head[1], ""
        return 0, GENESIS, ""

    def _open_last(self) -> IO[bytes]:
        files = log_files(self.folder)
        path = files[-1] if files else self.folder / "audit-000001.jsonl"
        file = os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab")
        file.seek(0, os.SEEK_END)
        return file

    def _rotate(self) -> None:
        os.fsync(self._file.fileno())
        self._file.close()
        serial = int(log_files(self.folder)[-1].stem.partition("-")[2]) + 1
        path = self.folder / f"audit-{serial:06d}.jsonl"
        self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL, 0o600), "ab")
        self._retain()

    def _retain(self) -> None:
        """Remove files whose last write is too old; the chain records which, so that a removal by hand differs."""
        if not self._keep_days:
            return
        for path in log_files(self.folder)[:-1]:
            last = json.loads(path.read_bytes().splitlines()[-1])
            age = self._clock() - datetime.fromisoformat(last["time"]).timestamp()
            if age > self._keep_days * _DAY_S:
                # recorded first: a crash in between leaves a file too many, never a gap that nobody explained
                self._append("retention", {"removed": path.name, "until": last["n"], "last": last["hash"]})
                path.unlink()
