"""What a reader makes of a file: its lines in order, before any legal structure is recognised."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufffc]")
_BLANK = " \t\u3000\xa0"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph. ``level`` is a heading's level where the file says so (1 is the highest), ``table`` a table row."""

    text: str
    level: int | None = None
    table: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text. ``facts`` are metadata that the file states (title, issuer, date …); ``doubts`` what was unclear.

    ``head`` is a corpus file's own front matter, where the file is one; ``digest`` the SHA-256 of its bytes.
    """

    name: str
    lines: tuple[Line, ...]
    facts: dict[str, str] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    ocr: bool = False
    head: str | None = None
    digest: str = ""

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


def tidy(text: str) -> str:
    """``text`` without invisible characters and outer blanks; no visible character is touched."""
    return _INVISIBLE.sub("", text.replace("\r", "\n").replace("\xa0", " ")).strip(_BLANK + "\n")


def table_row(cells: list[str]) -> str:
    """A table's row as one line; empty and repeated (merged) cells are dropped."""
    out: list[str] = []
    for cell in cells:
        text = re.sub(r"\s*\n\s*", "", tidy(cell))
        if text and (not out or out[-1] != text):
            out.append(text)
    return " ｜ ".join(out)
