"""Words, characters and character bigrams: jieba, with the legal and AI terms that it does not know."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from lawqa.settings import user_cache
from lawqa.text.normalise import fold

#: Chinese characters side by side.
_RUN = re.compile(r"[\u4e00-\u9fff]+")
_PIECE = re.compile(r"[\u4e00-\u9fff]+|[a-z0-9]+")
#: Words that stand in every question and in no answer.
STOP_WORDS = frozenset(
    [
        "的",
        "了",
        "吗",
        "呢",
        "吧",
        "啊",
        "呀",
        "么",
        "嘛",
        "是",
        "在",
        "我",
        "你",
        "他",
        "她",
        "它",
        "我们",
        "你们",
        "他们",
        "咱",
        "咱们",
        "请问",
        "请",
        "问",
        "一下",
        "什么",
        "怎么",
        "怎样",
        "怎么样",
        "如何",
        "哪些",
        "哪个",
        "哪",
        "多少",
        "几",
        "这",
        "那",
        "这个",
        "那个",
        "这些",
        "那些",
        "有",
        "就",
        "都",
        "也",
        "还",
        "又",
        "和",
        "与",
        "及",
        "或",
        "到底",
        "究竟",
        "想",
        "想要",
        "知道",
        "一个",
        "个",
        "上",
        "里",
        "中",
        "把",
        "被",
        "给",
        "让",
        "跟",
        "对",
        "会",
        "能",
        "能够",
        "可以",
        "要",
        "需要",
        "应该",
        "该",
        "说",
        "讲",
        "关于",
        "没",
        "没有",
        "不",
        "吗",
        "行",
        "好",
        "很",
        "太",
        "真",
        "之",
        "其",
        "以",
        "为",
        "而",
        "于",
        "所",
        "等",
        "后",
        "前",
        "时",
        "时候",
        "现在",
        "最近",
        "咋",
        "啥",
        "咋办",
        "办",
        "怎么办",
        *"a an and are as at be by can could do does for from had has have how i if in is it its me my of on or our".split(),
        *"shall should so that the their there these they this to under was we were what when where which who will".split(),
        *"with would you your".split(),
    ]
)


def hand_kept_terms() -> tuple[str, ...]:
    """The terms of ``terms.txt``, one a line."""
    text = resources.files("lawqa.text").joinpath("terms.txt").read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


class Tokeniser:
    """Cuts folded text into words; ``terms`` are kept whole, and their parts are found too."""

    def __init__(self, terms: Iterable[str] = ()) -> None:
        self.terms = tuple(sorted({fold(t) for t in (*hand_kept_terms(), *terms) if len(t) > 1}))

    @cached_property
    def _jieba(self) -> Any:
        import logging

        import jieba

        jieba.setLogLevel(logging.CRITICAL)  # a cache that cannot be written costs a second, not a traceback
        cutter = jieba.Tokenizer()
        # by default the compiled dictionary lies in the folder for temporary files, where any user may plant one
        cutter.tmp_dir = str(_cache_folder())
        cutter.initialize()
        for term in self.terms:
            if not term.isascii():
                cutter.add_word(term)
        return cutter

    def words(self, text: str) -> list[str]:
        """Words in jieba's search mode (a long word and its parts), stop words left out."""
        return self._words(fold(text))

    def _words(self, folded: str) -> list[str]:
        out: list[str] = []
        for piece in _PIECE.findall(folded):
            if piece.isascii():
                out.append(piece)
            else:
                out.extend(self._jieba.cut_for_search(piece))
        return [w for w in out if w not in STOP_WORDS]

    def cut(self, text: str) -> list[str]:
        """``text`` in pieces, the longest words whole, punctuation and blanks included: joined they give it again."""
        out, at = [], 0
        for piece in self._jieba.cut(fold(text)):
            out.append(text[at : at + len(piece)])
            at += len(piece)
        return out

    def tokens(self, text: str) -> list[str]:
        """Words, and character bigrams marked with ``_``: the lexical side indexes both."""
        folded = fold(text)
        return [*self._words(folded), *_bigrams(folded)]


def _cache_folder() -> Path:
    """The user's cache folder, made where that is allowed."""
    folder = user_cache()
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def grams(text: str) -> list[str]:
    """Every Chinese character, ``_ab`` for every two side by side, and every word of Latin letters and digits.

    People's words and the law's share characters more often than words (扫脸, 刷脸, 人脸识别).
    """
    folded = fold(text)
    pieces = _PIECE.findall(folded)
    return [t for piece in pieces for t in ((piece,) if piece.isascii() else piece)] + _bigrams(folded)


def bigrams(text: str) -> list[str]:
    """``_ab`` for every two Chinese characters side by side."""
    return _bigrams(fold(text))


def _bigrams(folded: str) -> list[str]:
    return ["_" + run[i : i + 2] for run in _RUN.findall(folded) for i in range(len(run) - 1)]
