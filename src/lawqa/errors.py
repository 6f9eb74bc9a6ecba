"""One tree of errors: every user mistake is one line that names the value, the place and the remedy."""

from __future__ import annotations

import errno
from collections.abc import Sequence

_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "不允许",
    errno.EROFS: "只读",
    errno.ENOENT: "不存在",
    errno.EEXIST: "已有同名的文件",
    errno.ENOTDIR: "上级不是文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ENOSPC: "磁盘已满",
    errno.EADDRINUSE: "已被占用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
}


def reason_of(error: OSError) -> str:
    """Why the system refused, in Chinese where it is a common cause."""
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


class LawqaError(Exception):
    """Base of all errors that a user can mend. ``str(error)`` is one Chinese line; the exit code is 2."""

    exit_code = 2


class UsageError(LawqaError):
    """A wrong argument or question."""


class HistoryError(UsageError):
    """An earlier question of the conversation that is none, or that cannot be used."""


class SettingsError(LawqaError):
    """An unknown key or an unusable value in the environment or in the settings file."""


class CorpusError(LawqaError):
    """A corpus file is missing or faulty; ``faults`` holds every fault of every file."""

    def __init__(self, message: str, faults: tuple[object, ...] = ()) -> None:
        super().__init__(message)
        self.faults = faults


class ReferenceNotFound(LawqaError):
    """A reference that names no provision held here."""


class IndexFault(LawqaError):
    """The index is missing, stale, damaged, or cannot be written."""


class ServerError(LawqaError):
    """A lawqa server that cannot be reached, or that refused; ``status`` is its HTTP status, 0 without one."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class ModelError(LawqaError):
    """The embedding or language model cannot be loaded or used."""


class SetError(LawqaError):
    """A question set, test collection, qrels, run or label file is faulty; ``faults`` holds every fault.

    ``str(error)`` names them all, one a line, so that a set is mended in one go.
    """

    _SHOWN = 50

    def __init__(self, faults: Sequence[object]) -> None:
        lines = [str(f) for f in faults[: self._SHOWN]]
        if len(faults) > self._SHOWN:
            lines.append(f"……另有{len(faults) - self._SHOWN}处")
        super().__init__(lines[0] if len(faults) == 1 else "\n".join([f"评测数据有{len(faults)}处错误：", *lines]))
        self.faults = tuple(faults)
