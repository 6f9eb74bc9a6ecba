"""Lines of printed pages: page numbers and running heads removed, the rest joined into paragraphs."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lawqa.files.paragraphs import BEGINS, glue
from lawqa.files.source import Line

_PAGE_NUMBER = re.compile(
    r"[-—–―·•\s]*\d{1,4}[-—–―·•\s]*$|第\s*\d+\s*页(?:\s*[，,/]?\s*共\s*\d+\s*页)?$|\d+\s*/\s*\d+$"
)
#: The share of a page's height at its top and at its foot where furniture stands.
_MARGIN = 0.12


@dataclass(frozen=True, slots=True)
class PageLine:
    """One printed line: ``x0`` and ``x1`` in points, ``at`` its place on the page from 0 (top) to 1."""

    text: str
    x0: float
    x1: float
    top: float
    size: float
    at: float
    bold: bool = False
    table: bool = False


def without_furniture(pages: Sequence[Sequence[PageLine]]) -> list[PageLine]:
    """All lines but page numbers, and heads and feet that recur (their digits aside) on most pages."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_mask(x.text) for x in page if _at_edge(x)})
    often = max(2, len(pages) // 3)
    out = []
    for page in pages:
        for line in page:
            recurs = _at_edge(line) and seen[_mask(line.text)] >= often and len(line.text) <= 60
            if not recurs and not (_at_edge(line) and _PAGE_NUMBER.match(line.text)):
                out.append(line)
    return out


def _mask(text: str) -> str:
    return re.sub(r"\d+", "#", text.strip())


def _at_edge(line: PageLine) -> bool:
    return line.at < _MARGIN or line.at > 1 - _MARGIN


def joined(lines: Sequence[PageLine]) -> list[Line]:
    """Paragraphs. An indent begins one where the text is set with indents, else a line that ends early ends one."""
    if not lines:
        return []
    printed = [x for x in lines if not x.table] or list(lines)
    weight: Counter[float] = Counter()
    for x in printed:
        weight[x.size] += len(x.text)
    body = weight.most_common(1)[0][0]
    text = [x for x in printed if x.size == body]
    left = min(Counter(round(x.x0) for x in text).most_common(3), key=lambda c: c[0])[0]
    right = sorted(x.x1 for x in text)[int(len(text) * 0.95)]
    indents = _has_indents(text, body, left, right)
    levels = _levels(printed, body)
    out: list[Line] = []
    before: PageLine | None = None
    for line in lines:
        level = levels.get((line.size, line.bold)) if not line.table else None
        level = None if len(line.text) > 60 or line.text.endswith("。") else level
        if before is not None and _continues(before, line, body, left, right, indents):
            out[-1] = Line(glue(out[-1].text, line.text), out[-1].level)
        else:
            out.append(Line(line.text, level, line.table))
        before = line
    return out


def _has_indents(text: Sequence[PageLine], body: float, left: float, right: float) -> bool:
    """True where what surely begins a paragraph (a numbered line, a line below one that ended early) stands indented."""
    sure = [x for x in text if BEGINS.match(x.text)]
    sure += [x for above, x in itertools.pairwise(text) if above.x1 < right - 4 * body and above.text.endswith("。")]
    return bool(sure) and sum(x.x0 > left + 0.8 * body for x in sure) > 0.7 * len(sure)


def _continues(before: PageLine, line: PageLine, body: float, left: float, right: float, indents: bool) -> bool:
    if before.table or line.table or (before.size, before.bold) != (line.size, line.bold):
        return False
    full = before.x1 > right - 2.2 * body
    if line.size > body:  # a heading over several lines
        return before.x1 > right - 6 * line.size and not BEGINS.match(line.text)
    if indents:
        return line.x0 <= left + 0.8 * body
    return full and not (BEGINS.match(line.text) and before.text.endswith(("。", "；", "：")))


def _levels(lines: Sequence[PageLine], body: float) -> dict[tuple[float, bool], int]:
    """A heading's level by its size, then by bold face: the largest is 1."""
    looks = {(x.size, x.bold) for x in lines if x.size > body + 0.4}
    most_bold = sum(len(x.text) for x in lines if x.bold) > 0.5 * sum(len(x.text) for x in lines)
    if not most_bold:
        looks |= {(body, True)} & {(x.size, x.bold) for x in lines}
    ranked = sorted({size for size, _ in looks}, reverse=True)
    return {look: ranked.index(look[0]) + 1 for look in looks}
