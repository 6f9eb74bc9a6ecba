"""A file that grows by whole lines only: a line that could not be written whole is cut off again."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


class LineFile:
    """Unbuffered: a line that a full disk refused must not lie in a buffer and reach the file later.

    Readable for its owner only. Every method raises OSError where the disk refuses.
    """

    def __init__(self, path: Path, new: bool = False) -> None:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | (os.O_EXCL if new else 0)
        self._fd = os.open(path, flags, 0o600)
        self._cut: int | None = None  # where the file must still be cut, as the disk refused that too

    @property
    def closed(self) -> bool:
        return self._fd < 0

    def size(self) -> int:
        return os.fstat(self._fd).st_size

    def append(self, line: bytes) -> int:
        """Write the line and its end; where it begins, for ``cut``. After an OSError the file is as it was."""
        self._settle()
        start = self.size()
        left = memoryview(line + b"\n")
        try:
            while left:
                left = left[os.write(self._fd, left) :]
        except OSError:
            self.cut(start)
            raise
        return start

    def cut(self, at: int) -> None:
        """Take back what was written from there on; where the disk refuses, before the next line is written."""
        self._cut = at
        # the caller tells the error that made him cut; nothing is appended before this is done
        with contextlib.suppress(OSError):
            self._settle()

    def sync(self) -> None:
        self._settle()
        os.fsync(self._fd)

    def close(self) -> None:
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)

    def _settle(self) -> None:
        if self._cut is not None:
            os.ftruncate(self._fd, self._cut)
            self._cut = None
