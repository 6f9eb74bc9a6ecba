"""The figure that a question asks for (how long, how much, how old), and whether a provision has one of that kind.

Questions about a number are often near misses: the documents speak of the subject but not of the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lawqa.corpus.quantity import quantities
from lawqa.text.normalise import fold

_TIME = frozenset({"months", "days", "workdays", "hours"})
#: What asks for a figure → the dimensions that answer it (see ``lawqa.corpus.quantity``).
_ASKED: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (re.compile(r"多久|多长时间|(?:几|多少)个?(?:年|月|天|日|周|星期|小时|钟头|工作日)"), _TIME),
    (
        re.compile(
            r"多少[万千百亿]*(?:元|块|钱)|几[万千百亿]+(?:元|块|钱)?(?!人|用户|条|个|份)|(?:罚|赔|处)(?:款|偿)?多少"
        ),
        frozenset({"yuan", "times"}),
    ),
    (re.compile(r"几岁|多少岁|多大(?:年纪|年龄|岁数|的?孩子)"), frozenset({"age"})),
    (re.compile(r"(?:几|多少)[万千百亿]*(?:个?人|用户|名)"), frozenset({"people"})),
    (re.compile(r"百分之(?:几|多少)|几成|多少%|多大比例|多少比例|比例是?多少"), frozenset({"percent"})),
)


def asked_dimensions(question: str) -> frozenset[str]:
    """The dimensions of the figures that ``question`` asks for; empty where it asks for none."""
    text = fold(question)
    return frozenset().union(*(dimensions for pattern, dimensions in _ASKED if pattern.search(text)))


def figure_found(question: str, texts: Iterable[str]) -> float:
    """1 where a text has a figure of the kind asked for, -1 where none has, 0 where no figure is asked for."""
    asked = asked_dimensions(question)
    if not asked:
        return 0.0
    return 1.0 if any(q.dimension in asked for text in texts for q in quantities(text)) else -1.0
