"""The words of quotations hidden: what the law cites is not what the text cites."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lawqa.check.phrases import MASK, NAME
from lawqa.check.quotation import Quotation


def is_name(words: str) -> bool:
    """A marked name or definition, not words of a law: “《办法》”, “提供者”."""
    stripped = words.strip()
    return len(stripped) <= 60 and bool(NAME.fullmatch(stripped))


def masked(text: str, quotations: Sequence[Quotation]) -> str:
    """``text`` with the words of its quotations hidden, so that what the law cites is not what the text cites."""
    out = list(text)
    for quotation in quotations:
        if is_name(quotation.words(text)):
            continue
        start = quotation.inner_start
        if own := re.match(
            r"[\s>*]*第[零〇一二三四五六七八九十百\d]+条(?:之[一二三四五六七八九十])?(?=[\s\u3000：:*])",
            quotation.words(text),
        ):
            start += own.end()
        for i in range(start, quotation.inner_end):
            if out[i] != "\n":
                out[i] = MASK
    return "".join(out)
