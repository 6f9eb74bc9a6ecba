"""A fault of a corpus file: where it is and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """``str(fault)`` is ``file:line: message``."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        message = " ".join(self.message.split())  # a message may quote a value of several lines
        return f"{self.path}:{self.line}: {message}"
