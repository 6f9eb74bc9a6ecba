"""The Markdown of an answer as blocks, which every export writes in its own way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

TEXT, QUOTE, ITEM = "text", "quote", "item"
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_PIECES = re.compile(r"\s?\[([0-9]+)\]|\*\*(.+?)\*\*")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text, bold or not, or a ``marker`` (then ``text`` is empty)."""

    text: str = ""
    bold: bool = False
    marker: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (``kind`` text), a quotation or a list item."""

    kind: str
    text: str

    @property
    def spans(self) -> list[Span]:
        """The text cut at markers and bold runs."""
        out, at = [], 0
        for match in _PIECES.finditer(self.text):
            if match.start() > at:
                out.append(Span(self.text[at : match.start()]))
            out.append(Span(marker=int(match[1])) if match[1] else Span(match[2], bold=True))
            at = match.end()
        return [*out, Span(self.text[at:])] if at < len(self.text) else out

    @property
    def plain(self) -> str:
        """The text without Markdown, markers as they are."""
        return _BOLD.sub(r"\1", self.text)


def blocks(markdown: str) -> Iterator[Block]:
    """The blocks of an answer's Markdown, empty lines left out."""
    for line in markdown.split("\n"):
        if line.startswith(">"):
            kind, text = QUOTE, line[1:].strip()
        elif line.startswith("- "):
            kind, text = ITEM, line[2:].strip()
        else:
            kind, text = TEXT, line.strip()
        if text:
            yield Block(kind, text)
