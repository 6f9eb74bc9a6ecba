"""Lines back into paragraphs: where a text was wrapped at the margin of a page or at a fixed width."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: What begins a paragraph of a Chinese legal text, whatever stood before it.
BEGINS = re.compile(
    r"(?:第[零〇一二三四五六七八九十百千\d]{1,6}[编章节条](?:之[一二三四五六七八九十])?(?:[ \u3000\t]|$)"
    r"|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|附[件录表则](?:\s|[一二三四五六七八九十\d]|[：:]|$))"
)
_ENDS = re.compile(r"[。！？；：…」』”’）)》〕】!?;:.]$")
_LATIN = re.compile(r"[A-Za-z0-9,.;:)\]]$")


def glue(before: str, after: str) -> str:
    """Two lines of one paragraph: a blank between Latin words, none between Chinese characters."""
    if (_LATIN.search(before) and re.match(r"[A-Za-z(\[]", after)) or (
        re.search(r"[a-z]$", before) and after[:1].isdigit()
    ):
        return f"{before} {after}"
    return before + after


def width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(1 if ord(c) < 0x2000 else 2 for c in text)


def join_wrapped(lines: Sequence[str]) -> tuple[list[str], bool]:
    """The paragraphs of ``lines``, and whether any were wrapped: most lines then end near one width, in mid-sentence."""
    filled = [x for x in lines if x]
    if len(filled) < 8:
        return list(lines), False
    widest = sorted(map(width, filled))[int(len(filled) * 0.95)]
    cut = [x for x in filled if abs(width(x) - widest) <= 6 and not _ENDS.search(x)]
    if not 30 <= widest <= 140 or len(cut) < 0.2 * len(filled):
        return list(lines), False
    out: list[str] = []
    open_line = False
    for line in lines:
        if line and open_line and not BEGINS.match(line):
            out[-1] = glue(out[-1], line)
        else:
            out.append(line)
        open_line = bool(line) and width(line) >= widest - 6
    return out, True
