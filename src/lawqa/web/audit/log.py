"""Appending to the audit log: one record a line, rotation by size, retention by age."""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from lawqa.errors import SettingsError, reason_of
from lawqa.settings import Settings
from lawqa.web.audit.chain import (
    GENESIS,
    HEAD_FILE,
    LOCK_FILE,
    canonical,
    digest,
    link,
    log_files,
    parse,
    read_head,
    serial_of,
)
from lawqa.web.audit.file import LineFile
from lawqa.web.logs import LOGGER

_DAY_S = 86_400


class AuditLog:
    """The log of one server. Every record is written before the answer leaves; what cannot be logged is not answered.

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
        self._lock: IO[str] | None = None
        with ExitStack() as undo:
            undo.callback(self._unlock)
            try:
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                self._take_lock()
                self._n, self._previous, torn = self._resume()
                files = log_files(folder)
                self._path = files[-1] if files else folder / "audit-000001.jsonl"
                self._file = LineFile(self._path)
                undo.callback(lambda: self._file.close())  # the one open then: a rotation changes it
                if torn:  # the process died within a write; the half line is kept in the chain, not thrown away
                    self.record("torn", {"line": torn})
                self._retain()
            except OSError as error:
                at = error.filename or folder
                raise SettingsError(
                    f"审计日志“{folder}”不能写（“{at}”{reason_of(error)}）：检查 LAWQA_AUDIT_FOLDER"
                ) from None
            undo.pop_all()

    @classmethod
    def of(cls, settings: Settings) -> AuditLog | None:
        """The log that the settings ask for, if any."""
        if not settings.audit_folder:
            return None
        return cls(
            folder_of(settings.audit_folder),
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
            if self._file.size() >= self._max_bytes:
                self._rotate()
            self._append(event, fields)

    def close(self) -> None:
        with self._mutex:
            if not self._file.closed:
                try:
                    self._file.sync()
                finally:
                    self._file.close()
                    self._unlock()

    def _take_lock(self) -> None:
        self._lock = (self.folder / LOCK_FILE).open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SettingsError(
                f"审计日志“{self.folder}”正被另一个 lawqa serve 使用：换一个 LAWQA_AUDIT_FOLDER"
            ) from None

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.close()

    def _append(self, event: str, fields: dict[str, Any]) -> None:
        stamp = datetime.fromtimestamp(self._clock(), UTC).isoformat(timespec="milliseconds")
        body = {"n": self._n + 1, "time": stamp, "event": event, **fields, "previous": self._previous}
        hash = digest(body, self._key)
        start = self._file.append(canonical({**body, "hash": hash}))
        try:
            head = self.folder / f"{HEAD_FILE}.new"
            head.write_text(f"{self._n + 1} {hash}\n", encoding="ascii")
            head.replace(self.folder / HEAD_FILE)
        except OSError:
            self._file.cut(start)  # else HEAD falls behind by more than a crash explains, and an honest log is doubted
            raise
        self._n, self._previous = self._n + 1, hash

    def _resume(self) -> tuple[int, str, str]:
        """The last record's number and hash, and a half-written last line, which is cut off."""
        torn = ""
        files = log_files(self.folder)
        for path in reversed(files):
            raw = path.read_bytes()
            whole, end, half = raw.rpartition(b"\n")
            if half and path == files[-1]:  # only the newest file is written, so a half line elsewhere is damage
                with path.open("r+b") as file:
                    file.truncate(len(raw) - len(half))
                torn, half = half.decode("utf-8", "replace"), b""
            if end or half:
                try:
                    n, hash = link(parse(half or whole.rpartition(b"\n")[2])[0])
                except ValueError:
                    raise SettingsError(
                        f"审计日志“{path}”的最后一行已损坏：先用 lawqa audit verify 查明，再换一个 LAWQA_AUDIT_FOLDER"
                    ) from None
                return n, hash, torn
        head = read_head(self.folder)
        if head is not None:  # every record is gone: the chain goes on from HEAD, and verify will say what is missing
            return head[0], head[1], torn
        return 0, GENESIS, torn

    def _rotate(self) -> None:
        self._file.sync()
        serial = max(map(serial_of, [self._path, *log_files(self.folder)])) + 1
        path = self.folder / f"audit-{serial:06d}.jsonl"
        old, self._file, self._path = self._file, LineFile(path, new=True), path
        old.close()
        self._retain()

    def _retain(self) -> None:
        """Remove files whose last write is too old; the chain records which, so that a removal by hand differs.

        A file that is damaged, or cannot be removed, stays, and so do all after it: a gap would break the chain.
        """
        if not self._keep_days:
            return
        for path in log_files(self.folder)[:-1]:
            try:
                record, _ = parse(path.read_bytes().removesuffix(b"\n").rpartition(b"\n")[2])
                n, hash = link(record)
                age = self._clock() - datetime.fromisoformat(record["time"]).timestamp()
            except (OSError, ValueError, KeyError, TypeError, OverflowError):
                LOGGER.error("审计日志“%s”已损坏，过期也不删除：用 lawqa audit verify 查明", path)
                return
            if age <= self._keep_days * _DAY_S:
                return
            # recorded first: a crash in between leaves a file too many, never a gap that nobody explained
            self._append("retention", {"removed": path.name, "until": n, "last": hash})
            try:
                path.unlink()
            except OSError as error:
                LOGGER.error("审计日志“%s”已过期而不能删除（%s）：检查文件夹的权限", path, reason_of(error))
                return


def folder_of(given: str) -> Path:
    """The folder that a setting or option names, ``~`` resolved."""
    try:
        return Path(given).expanduser()
    except RuntimeError:
        raise SettingsError(f"审计日志的文件夹“{given}”里的 ~ 不是本机的用户：写出完整的路径") from None
