"""Quantities in Chinese text: 六个月, 3年, 五十万元, 14周岁 — read as numbers with a unit, whatever their spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from lawqa.corpus.numerals import parse_numeral
from lawqa.text.normalise import fold

_NUMBER = r"[0-9]+(?:\.[0-9]+)?|[零〇一二三四五六七八九十百千两]+"
_UNITS: tuple[tuple[str, str, int], ...] = (
    # spelling, dimension, size in the dimension's unit
    ("个工作日", "workdays", 1),
    ("工作日", "workdays", 1),
    ("个自然日", "days", 1),
    ("小时", "hours", 1),
    ("个小时", "hours", 1),
    ("个星期", "days", 7),
    ("周岁", "age", 1),
    ("岁", "age", 1),
    ("个月", "months", 1),
    ("周", "days", 7),
    ("天", "days", 1),
    ("日", "days", 1),
    ("年", "months", 12),
    ("元", "yuan", 1),
    ("块钱", "yuan", 1),
    ("块", "yuan", 1),
    ("人", "people", 1),
    ("倍", "times", 1),
    ("%", "percent", 1),
)
_SCALES = {"": 1, "万": 10_000, "亿": 100_000_000, "百万": 1_000_000, "千万": 10_000_000}
_QUANTITY = re.compile(
    rf"(?P<percent>百分之(?P<share>{_NUMBER}))"
    rf"|(?<![第0-9])(?P<number>{_NUMBER})(?P<half>半)?(?P<scale>百万|千万|万|亿)?余?多?(?P<unit>{'|'.join(u for u, _, _ in _UNITS)})"
)
_AMOUNT = rf"(?P<number>{_NUMBER})个?(?P<scale>百万|千万|万|亿)"
#: 罚一个亿, 赔五十万, 五十万罚款: money by what is done with it, where no unit says so.
_SPOKEN = tuple(
    re.compile(pattern)
    for pattern in (
        rf"[罚赔][款偿金]?(?:的?(?:上限|下限|数额|金额|额度|封顶))?[了到个是为]?(?:最高|最多|顶格|至少|最低)?{_AMOUNT}(?![元块人名个条次字用户份台家])",
        rf"(?<![第0-9]){_AMOUNT}(?:以下|以上)?的?(?=罚款|罚金|赔偿|罚单)",
    )
)
#: Spelling of a unit → its dimension, and its size there.
BY_UNIT = {unit: (dimension, size) for unit, dimension, size in _UNITS}


@dataclass(frozen=True, slots=True)
class Quantity:
    """``text`` as written; ``value`` in the unit of its ``dimension`` (months, days, yuan, …)."""

    text: str
    value: Fraction
    dimension: str


def quantities(text: str) -> list[Quantity]:
    """Every quantity in ``text``, in order. Calendar dates (2023年8月15日) are no quantities."""
    folded = re.sub(
        r"\d{4}\s*年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?|\d{1,2}月\d{1,2}日", lambda m: "\n" * len(m[0]), fold(text)
    )
    out = []
    for match in _QUANTITY.finditer(folded):
        if match["percent"]:
            value = _value(match["share"])
            dimension, size, scale = "percent", 1, 1
        else:
            value = _value(match["number"])
            dimension, size = BY_UNIT[match["unit"]]
            scale = _SCALES[match["scale"] or ""]
        if value is not None:
            out.append(Quantity(text[match.start() : match.end()], value * size * scale, dimension))
    return out


def spoken_amounts(text: str) -> list[Quantity]:
    """Sums of fines and damages that are said without 元; ``quantities`` has the others."""
    out: dict[int, Quantity] = {}
    for pattern in _SPOKEN:
        for match in pattern.finditer(fold(text)):
            value = _value(match["number"])
            if value is not None:
                written = text[match.start("number") : match.end("scale")]
                out[match.start("number")] = Quantity(written, value * _SCALES[match["scale"]], "yuan")
    return [out[at] for at in sorted(out)]


def _value(number: str) -> Fraction | None:
    if number[0].isdigit():
        return Fraction(number)
    parsed = parse_numeral(number)
    return None if parsed is None else Fraction(parsed)
