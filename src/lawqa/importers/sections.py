"""Documents without articles: headings by the file's own levels, else by their numbering."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lawqa.files.source import Line
from lawqa.importers.numbering import ANNEX, DOTTED, KINDS, TOP, chapter_mark, is_short, run_in


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the body: a heading of ``level`` 2 to 6, an article's first line (``article`` its number), or text."""

    text: str
    level: int = 0
    article: str = ""

    @property
    def markdown(self) -> str:
        return f"{'#' * self.level} {self.text}".rstrip() if self.level else self.text


def section_blocks(lines: Sequence[Line]) -> tuple[list[Block], list[str]]:
    """All blocks and the doubts about them."""
    levelled = [x for x in lines if x.level is not None]
    if levelled and (any(_kind(x.text) for x in levelled) or not any(_kind(x.text) for x in lines)):
        return _by_levels(lines), []
    if sum(bool(DOTTED.match(x.text)) for x in lines if not x.table) >= 2:
        return _by_dots(lines)
    return _by_kinds(lines), []


def _kind(text: str) -> str | None:
    return next((name for name, pattern in KINDS.items() if pattern.match(text)), None)


def _by_levels(lines: Sequence[Line]) -> list[Block]:
    """The file's own headings; a level that it skips is closed up."""
    levels = sorted({x.level for x in lines if x.level is not None})
    return [Block(x.text, min(levels.index(x.level) + 2, 6) if x.level is not None else 0) for x in lines]


def _heading(mark: str, rest: str, level: int) -> list[Block]:
    """A heading with its title, or its bare number above the text that it numbers."""
    if is_short(rest):
        return [Block(mark + rest, level)]
    if split := run_in(rest):
        return [Block(mark + split[0], level), Block(split[1])]
    return [Block(mark, level), Block(rest)]


def _by_dots(lines: Sequence[Line]) -> tuple[list[Block], list[str]]:
    """``1 目的``, ``1.1 …``, ``条款 1.2.3 …``: every number is a section of its own."""
    out: list[Block] = []
    doubts: list[str] = []
    top = 0
    last: tuple[int, ...] = ()
    for line in lines:
        dotted, first = DOTTED.match(line.text), TOP.match(line.text)
        if line.table:
            out.append(Block(line.text))
        elif dotted:
            number = tuple(map(int, dotted["n"].split(".")))
            if last and number[: len(last)] != last and number <= last:
                doubts.append(f"{dotted['n']} 排在 {'.'.join(map(str, last))} 之后：作为段落收录")
                out.append(Block(line.text))
                continue
            last, top = number, number[0]
            out += _heading(dotted["mark"] + " ", dotted["rest"], min(len(number) + 1, 6))
        elif first and int(first["n"]) == top + 1 and is_short(first["rest"]):
            top, last = top + 1, (top + 1,)
            out.append(Block(line.text if first["mark"][-1] in ".．、" else f"{first['mark']} {first['rest']}", 2))
        elif chapter := chapter_mark(line.text):
            out.append(Block(chapter[1], 2))
        elif line.level is not None or (ANNEX.match(line.text) and is_short(line.text)):
            out.append(Block(line.text, 2))
        else:
            out.append(Block(line.text))
    return out, doubts


def _by_kinds(lines: Sequence[Line]) -> list[Block]:
    """一、（一）1.: the highest numbering in use always makes sections, the lower ones where they read as headings."""
    kinds = [_kind(x.text) if not x.table else None for x in lines]
    present = [name for name in KINDS if name in kinds]
    out: list[Block] = []
    for i, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind is None:
            annex = not line.table and ANNEX.match(line.text) and is_short(line.text)
            out.append(Block(line.text, 2 if annex or line.level is not None else 0))
            continue
        level = min(present.index(kind) + 2, 6)
        match = KINDS[kind].match(line.text)
        assert match is not None  # _kind matched it
        mark, rest = match["mark"], match["rest"]
        if kind in ("part", "section"):
            mark += " "
        following = kinds[i + 1] if i + 1 < len(kinds) else kind
        listed = kind in ("1.", "（1）") and following == kind  # a list's lines follow each other without text
        if kind == present[0] or ((is_short(rest) or run_in(rest)) and not listed):
            out += _heading(mark, rest, level)
        else:
            out.append(Block(line.text))
    return out
