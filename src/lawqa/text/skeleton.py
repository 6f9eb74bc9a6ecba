"""What counts when a quotation is compared with the law: letters and digits, each with its place in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from lawqa.text.normalise import fold

#: Numbers of items and lists, and marks of notes: they may be left out of a quotation, or put in.
_MARKERS = re.compile(
    r"(?<![第（a-z0-9])（\s*[一二三四五六七八九十]{1,3}\s*）(?!项)"
    r"|(?<![第\w])（\s*\d{1,2}\s*）(?!项)"
    r"|(?:^|(?<=[\n。；：;:]))[\s>*#\-•·]*\d{1,2}\s*[.、．](?!\d)"
    r"|[①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳]"
    r"|\[\s*\d{1,3}\s*\]|</?[a-z][^<>]{0,40}>"
)
#: What an author puts into a quotation in square brackets is the author's.
_INSERTION = re.compile(r"[\[［〔【][^\[\]［］〔〕【】]{1,30}[\]］〕】]")
_ADDED_NOTE = re.compile(
    r"（(?:笔者|作者|编者|引者)?(?:注|按|加粗|着重号|下划线)[^（）]{0,30}）|（[^（）]{0,6}(?:为笔者所加|笔者加)）"
)


@dataclass(frozen=True, slots=True)
class Skeleton:
    """``text`` has folded letters and digits only; ``at[i]`` is where character ``i`` stands in the original."""

    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that skeleton characters ``start`` to ``end`` (exclusive) cover."""
        if start >= end:
            place = self.at[start] if start < len(self.at) else (self.at[-1] + 1 if self.at else 0)
            return place, place
        return self.at[start], self.at[end - 1] + 1


@lru_cache(maxsize=8192)
def skeleton_of(text: str, quotation: bool = False) -> Skeleton:
    """The skeleton of ``text``; of a ``quotation``, the author's bracketed insertions are left out too."""
    folded = fold(text)
    hidden = bytearray(len(folded))
    patterns: Sequence[re.Pattern[str]] = (_MARKERS, _INSERTION, _ADDED_NOTE) if quotation else (_MARKERS,)
    for pattern in patterns:
        # brackets are compared as the text has them: folding makes 〔 a parenthesis
        for match in pattern.finditer(text if pattern is _INSERTION else folded):
            hidden[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    kept = [i for i, c in enumerate(folded) if not hidden[i] and c.isalnum()]
    return Skeleton("".join(folded[i] for i in kept), tuple(kept))
