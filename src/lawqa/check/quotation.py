"""Quotations in running text: marks of every style, nested ones, and block quotations."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_PAIRS = {"“": "”", "「": "」", "『": "』", "〝": "〞", "«": "»"}
_BLOCK = re.compile(r"(?:^|(?<=\n))[ \t]*>[^\n]*(?:\n[ \t]*>[^\n]*)*")
#: A quotation longer than this has lost its closing mark.
MAX_QUOTATION = 4000
_PLACES = ("start", "end", "inner_start", "inner_end")
#: Words that begin with a citation are somebody's sentence about the law, or a data field, not the law's words.
_CITES = re.compile(
    r"[\s*>#\-]*(?:根据|依据|依照|按照|违反|参见|见|有人说|另外|同时|法律依据|[:：，\s])*《[^《》]+》(?:[（(][^（）()]*[）)])?\s*第?\s*[零〇一二三四五六七八九十百\d]+\s*[、,，条]"
)
MAX_UNCLOSED = 200
_OMISSION = re.compile(
    r"…+|\.{3,}|。{3,}|·{4,}|[\[［【（(〔]\s*(?:…+|\.{2,}|略|下略|中略|上略|省略|节选)\s*[\]］】）)〕]"
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """``text[start:end]`` with its marks; the words are ``text[inner_start:inner_end]``."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    block: bool = False

    def words(self, text: str) -> str:
        return text[self.inner_start : self.inner_end]

    def covers(self, start: int, end: int) -> bool:
        return self.inner_start <= start and end <= self.inner_end


def find_quotations(text: str) -> list[Quotation]:
    """The quotations of ``text`` in order, outermost marks; of a string that cites, those inside it."""
    out: list[Quotation] = []
    for quotation in _outermost(text):
        words = quotation.words(text)
        if _CITES.match(words) and not quotation.block:
            at = quotation.inner_start
            out += [replace(q, **{k: getattr(q, k) + at for k in _PLACES}) for q in find_quotations(words)]
        else:
            out.append(quotation)
    return out


def _outermost(text: str) -> list[Quotation]:
    marked = sorted([*_paired(text), *_straight(text)], key=lambda q: (q.start, -q.end))
    outer: list[Quotation] = []
    for quotation in marked:
        if not outer or quotation.start >= outer[-1].end:
            outer.append(quotation)
    blocks = []
    for match in _BLOCK.finditer(text):
        inside = [q for q in outer if q.start >= match.start() and q.end <= match.end()]
        bare = match[0].replace(">", "").strip(" \t\n*")
        # a block that cites and quotes for itself is no quotation as a whole
        quoted = sum(q.end - q.start for q in inside)
        if bare and not (inside and (bare[0] in '“「『"' or quoted >= 0.4 * len(bare))) and not _CITES.match(bare):
            blocks.append(Quotation(match.start(), match.end(), match.start(), match.end(), block=True))
    kept = [q for q in outer if not any(b.start <= q.start and q.end <= b.end for b in blocks)]
    return sorted([*kept, *blocks], key=lambda q: q.start)


def _paired(text: str) -> list[Quotation]:
    out: list[Quotation] = []
    at = 0
    tried = 0
    while at < len(text):
        mark = text[at]
        if mark not in _PAIRS:
            at += 1
            continue
        tried += 1
        if tried > MAX_UNCLOSED:  # marks that never close are no quotations, only a way to waste time
            break
        end = _closing(text, at, mark)
        if end is None:
            at += 1
            continue
        tried = 0
        out.append(Quotation(at, end + 1, at + 1, end))
        at = end + 1
    return out


def _closing(text: str, at: int, opening: str) -> int | None:
    """The mark that closes the one at ``at``; nested pairs are stepped over, a lost inner mark is forgiven."""
    closing, depth, first = _PAIRS[opening], 0, None
    for i in range(at, min(len(text), at + MAX_QUOTATION)):
        if text[i] == opening:
            depth += 1
        elif text[i] == closing:
            depth -= 1
            first = i if first is None else first
            if depth == 0:
                return i
        elif text[i] == "\n" and depth == 1 and first is not None:
            return first
    return first


def _straight(text: str) -> list[Quotation]:
    """Pairs of straight double quotes, paragraph by paragraph: they do not say which is which."""
    out: list[Quotation] = []
    dangling: int | None = None
    for line in re.finditer(r"[^\n]+", text):
        marks = [m.start() + line.start() for m in re.finditer(r'["＂]', line[0])]
        for a, b in zip(marks[::2], marks[1::2], strict=False):
            out.append(Quotation(a, b + 1, a + 1, b))
        if len(marks) % 2:  # it goes on over the next lines, or ends one that did
            if dangling is None or "\n\n" in text[dangling : marks[-1]] or marks[-1] - dangling > MAX_QUOTATION:
                dangling = marks[-1]
            else:
                out = [q for q in out if q.start >= marks[-1] or q.end <= dangling]
                out.append(Quotation(dangling, marks[-1] + 1, dangling + 1, marks[-1]))
                dangling = None
        if not marks:  # strings of a program: only long Chinese ones, an apostrophe is none
            for match in re.finditer(r"(?<![a-zA-Z])'([^'\n]{8,2000})'|‘([^‘’\n]{8,2000})’", line[0]):
                if len(re.findall(r"[\u4e00-\u9fff]", match[0])) >= 8:
                    a, b = match.start() + line.start(), match.end() + line.start()
                    out.append(Quotation(a, b, a + 1, b - 1))
    return out


def segments(words: str) -> list[tuple[int, int]]:
    """The pieces of a quotation between its marks of omission, as spans of ``words``."""
    out: list[tuple[int, int]] = []
    at = 0
    for match in _OMISSION.finditer(words):
        out.append((at, match.start()))
        at = match.end()
    out.append((at, len(words)))
    return [(a, b) for a, b in out if any(c.isalnum() for c in words[a:b])]
