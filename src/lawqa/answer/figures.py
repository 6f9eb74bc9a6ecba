"""Figures in a text: quantities with their bounds, counts and dates, as facts that a provision bears out or not.

五日 and 5天, 一百万元以下 and 最高100万元 are the same figure. ``lawqa.corpus.quantity`` knows the units.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lawqa.corpus.numerals import NUMERAL_CHARS, parse_numeral
from lawqa.corpus.quantity import BY_UNIT
from lawqa.text.normalise import fold

_CHINESE = "零〇○一二三四五六七八九十百千两"
_NUMBER = rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?|[{_CHINESE}]+)[百千]?(?:[万亿](?:[{_CHINESE}]+[百千]?万?)?)*"
#: What is counted; a count of 三项 is a figure too.
_COUNTS = tuple("人次 名 个 项 条 款 种 类 次 份 级 家 件 例 号 层 步 方面 部分 分钟 秒".split())
_UNITS = "|".join(sorted({*BY_UNIT, *_COUNTS}, key=len, reverse=True))
_FIGURE = re.compile(rf"(?P<per>百分之)?(?P<number>{_NUMBER})\s*(?P<unit>{_UNITS})?")
_DATE = re.compile(
    rf"(?P<year>\d{{4}}|[一二][{_CHINESE}]{{3}})\s*年(?:\s*(?P<month>[{_CHINESE}\d]{{1,3}})\s*月(?:\s*(?P<day>[{_CHINESE}\d]{{1,3}})\s*日)?)?"
    r"|(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"
    rf"|(?P<month2>[{_CHINESE}\d]{{1,3}})月(?P<day2>[{_CHINESE}\d]{{1,3}})日"
)
_ORDINAL = re.compile(
    rf"第\s*[{NUMERAL_CHARS}]+\s*(?:条(?:之[一二三四五六七八九十]+)?|款|项|章|节|编)|^\s*（[{_CHINESE}]+）"
)
_MULTIPLES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
#: 一个, 一项: no count but an article.
_ARTICLE_UNITS = frozenset("个 项 种 类 家 名 人 份 件 条 款 级 例 方面 部分".split())
_UPPER = re.compile(r"^\s*(?:以下|以内|之内|内|为限)")
_LOWER = re.compile(r"^\s*(?:以上|及以上|起步)")
_UPPER_BEFORE = re.compile(
    r"(?:不超过|不得超过|不多于|至多|最多|最高|不足|不满|未满|(?<!不)低于|(?<!不)少于)(?:可?并?处|可达|为|罚款)?$"
)
_LOWER_BEFORE = re.compile(
    r"(?:不少于|不低于|至少|最少|最低|(?<!不)(?<!不得)超过|(?<!不)高于|(?<!不)多于|年满|已满)(?:并?处|为)?$"
)

End = tuple[float, str, str]
Ends = tuple[End, End]


@dataclass(frozen=True, slots=True)
class Figure:
    """``value`` in the unit of its dimension ("" where no unit was written); ``bound`` is "upper", "lower" or ""."""

    value: float
    unit: str
    bound: str
    text: str


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it was written; 0 for a part that was not."""

    year: int
    month: int
    day: int
    text: str

    def within(self, other: Day) -> bool:
        """True where ``other`` says at least as much, and the same."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(mine in (0, theirs) for mine, theirs in pairs)


def value_of(text: str) -> float | None:
    """``一千二百万`` → 12000000, ``1.5亿`` → 150000000; None where it is no number."""
    text = text.replace(",", "")
    for unit in "亿万":
        if unit in text:
            head, _, tail = text.rpartition(unit)
            left = value_of(head) if head else 1.0
            right = value_of(tail) if tail else 0.0
            return None if left is None or right is None else left * _MULTIPLES[unit] + right
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return float(text)
    if text[-1:] in "百千" and re.fullmatch(r"\d+(?:\.\d+)?", text[:-1]):
        return float(text[:-1]) * _MULTIPLES[text[-1]]
    number = parse_numeral(text)
    return None if number is None else float(number)


def dates_of(text: str) -> list[Day]:
    """Every date in ``text``: with or without day, in Arabic or Chinese numerals."""
    out = []
    for match in _DATE.finditer(fold(text)):
        year, month, day = (
            (match["year"], match["month"], match["day"])
            if match["year"]
            else (match["y"], match["m"], match["d"])
            if match["y"]
            else ("0", match["month2"], match["day2"])
        )
        numbers = [int(value_of(part) or 0) if part else 0 for part in (year, month, day)]
        out.append(Day(numbers[0], numbers[1], numbers[2], match[0]))
    return out


def figures_of(text: str) -> list[Figure]:
    """Every number with its unit in ``text``, dates and the numbers of articles left out.

    A single Chinese numeral without a unit (一般, 第三方) is a word, not a number.
    """
    folded = fold(text).replace("％", "%")
    blank = _ORDINAL.sub(lambda m: "\u3000" * len(m[0]), folded)
    blank = _DATE.sub(lambda m: "\u3000" * len(m[0]), blank)
    out = []
    for match in _FIGURE.finditer(blank):
        number, unit = match["number"], match["unit"] or ""
        value = value_of(number)
        if value is None:
            continue
        if match["per"]:
            unit = "%"
        elif not unit and not (number[0].isdigit() or len(re.sub("[万亿]", "", number)) > 1):
            continue
        if value == 1 and unit in _ARTICLE_UNITS:
            continue
        dimension, size = BY_UNIT.get(unit, (unit, 1))
        out.append(Figure(value * size, dimension, _bound(blank, match), match[0].strip()))
    return out


def _bound(text: str, match: re.Match[str]) -> str:
    if _UPPER.match(text[match.end() :]) or _UPPER_BEFORE.search(text[: match.start()]):
        return "upper"
    if _LOWER.match(text[match.end() :]) or _LOWER_BEFORE.search(text[: match.start()]):
        return "lower"
    return ""


def unsupported(claim: str, support: str) -> list[str]:
    """The numbers and dates of ``claim`` that do not stand in ``support``, as they were written."""
    known_days = dates_of(support)
    out = [day.text for day in dates_of(claim) if not any(day.within(k) for k in known_days)]
    known = figures_of(support)
    for figure in figures_of(claim):
        same = [k for k in known if k.value == figure.value and (not figure.unit or k.unit == figure.unit)]
        if not any(not figure.bound or k.bound == figure.bound for k in same):
            out.append(figure.text)
    ranges = _ranges(support)
    out += [text for ends, text in _ranges(claim).items() if ends not in ranges]
    return list(dict.fromkeys(out))


def _ranges(text: str) -> dict[Ends, str]:
    """Two numbers in a row, each with its bound (一万元以上五万元以下): the ends belong together."""
    out: dict[Ends, str] = {}
    folded = fold(text)
    at, before = 0, None
    for figure in figures_of(text):
        start = folded.find(fold(figure.text), at)
        if before is not None and figure.bound and before.bound and 0 <= start - at <= 2:
            ends = ((before.value, before.unit, before.bound), (figure.value, figure.unit, figure.bound))
            out[ends] = f"{before.text}以上{figure.text}" if before.bound == "lower" else before.text + figure.text
        at, before = start + len(figure.text), figure
    return out
