"""Normalisation that keeps the length: every character maps to one character, so spans stay valid."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

#: Full-width ASCII to half-width, but for the punctuation that Chinese text is written with.
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_KEEP = {ord(c) for c in "，。；：？！（）"}
_PUNCTUATION = str.maketrans(
    {"(": "（", ")": "）", "﹙": "（", "﹚": "）", "〈": "《", "〉": "》", "〔": "（", "〕": "）"}
)
_WIDTH_TABLE = {k: v for k, v in _WIDTH.items() if k not in _KEEP}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\ufeff\ud800-\udfff]")
_COMPARE = re.compile(r"[\W_]+")
_NAME_LENGTH = 40


@lru_cache(maxsize=1)
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def simplify(text: str) -> str:
    """Traditional to simplified characters (OpenCC), of the same length as ``text``."""
    if text.isascii():
        return text
    converted: str = _converter().convert(text)
    if len(converted) == len(text):
        return converted
    return "".join(c if len(s := _converter().convert(c)) != 1 else s for c in text)


def fold(text: str) -> str:
    """The form in which questions and names are compared: half-width letters and digits, simplified, lower case.

    The result has the length of ``text``, so a span found in it is a span of ``text``.
    """
    # every question is compared with the same thousand names: those are folded once
    return _fold_name(text) if len(text) <= _NAME_LENGTH else _fold(text)


def _fold(text: str) -> str:
    text = text.translate(_WIDTH_TABLE).translate(_PUNCTUATION)
    lowered = text.lower()
    if len(lowered) != len(text):  # İ becomes two characters
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return simplify(lowered)


_fold_name = lru_cache(maxsize=8192)(_fold)


def clean(text: str) -> str:
    """``text`` without control and zero-width characters, runs of blanks made one."""
    return re.sub(r"\s+", " ", _CONTROL.sub(" ", text)).strip()


def skeleton(text: str) -> str:
    """Letters and digits only, folded: two texts with the same skeleton differ in nothing but punctuation."""
    return _COMPARE.sub("", fold(text))
