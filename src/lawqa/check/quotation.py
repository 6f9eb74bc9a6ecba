"""Quotations in running text: marks of every style, nested ones, and block quotations."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PAIRS = {"“": "”", "「": "」", "『": "』", "〝": "〞", "«": "»"}
_CLOSERS = {v: k for k, v in _PAIRS.items()}
_BLOCK = re.compile(r"(?:^|(?<=\n))[ \t]*>[^\n]*(?:\n[ \t]*>[^\n]*)*")
#: A quotation longer than this has lost its closing mark.
MAX_QUOTATION = 4000
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
    """The outermost quotations of ``text`` in order; a block that is itself one marked quotation counts once."""
    marked = sorted([*_paired(text), *_straight(text)], key=lambda q: (q.start, -q.end))
    outer: list[Quotation] = []
    for quotation in marked:
        if not outer or quotation.start >= outer[-1].end:
            outer.append(quotation)
    blocks = []
    for match in _BLOCK.finditer(text):
        inside = [q for q in outer if q.start >= match.start() and q.end <= match.end()]
        bare = match[0].replace(">", "").strip(" \t\n*")
        # a block that only carries marked quotations, or an author's own sentence, is no quotation as a whole
        if bare and not (inside and bare[0] in '“「『"'):
            blocks.append(Quotation(match.start(), match.end(), match.start(), match.end(), block=True))
    kept = [q for q in outer if not any(b.start <= q.start and q.end <= b.end for b in blocks)]
    return sorted([*kept, *blocks], key=lambda q: q.start)


def _paired(text: str) -> list[Quotation]:
    out: list[Quotation] = []
    at = 0
    while at < len(text):
        mark = text[at]
        if mark not in _PAIRS:
            at += 1
            continue
        end = _closing(text, at, mark)
        if end is None:
            at += 1
            continue
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
    for line in re.finditer(r"[^\n]+", text):
        marks = [m.start() + line.start() for m in re.finditer(r'["＂]', line[0])]
        for a, b in zip(marks[::2], marks[1::2], strict=False):
            out.append(Quotation(a, b + 1, a + 1, b))
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
