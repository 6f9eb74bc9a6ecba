"""Dates in questions: 2024年时, 去年, 修订前 — the day whose law the question asks about."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from lawqa.corpus.numerals import parse_numeral
from lawqa.text.normalise import fold

_FULL = re.compile(r"(?<!\d)(\d{4})\s*[年\-/.]\s*(\d{1,2})\s*[月\-/.]\s*(\d{1,2})\s*日?")
#: A year as people say it before a month: 2023年, 23年, 去年, 今年.
_SAID = r"(?<!\d)(\d{4}|1[5-9]|2\d)年\s*|(去年|前年|今年|明年|上一?年)"
_NUMBER = r"\d{1,2}|十[一二]?|[一二三四五六七八九]"
_DAY = re.compile(rf"(?:{_SAID})[的年]?({_NUMBER})月(\d{{1,2}})[日号]")
_MONTH = re.compile(rf"(?:{_SAID})[的年]?({_NUMBER})月(?:份|初|底|上旬|中旬|下旬)?")
#: A part of the year by name, and its last day.
_PARTS = {
    "初": (3, 31),
    "上半年": (6, 30),
    "中": (6, 30),
    "下半年": (12, 31),
    "底": (12, 31),
    "末": (12, 31),
    "元旦": (1, 3),
    "五一": (5, 5),
    "暑假": (8, 31),
    "国庆": (10, 7),
    "双十一": (11, 11),
}
#: 2017年中国…, 去年初步… are no parts.
_PART = re.compile(rf"(?:{_SAID})[的年]?({'|'.join(_PARTS)})(?!(?<=中)[国央共文心招标奖毒病了]|(?<=初)[步次级中])")
_YEAR = re.compile(r"(?<!\d)(20\d{2})年(?:时|的时候|那时|那会儿|当时|期间|以前|之前|前)?")
_RELATIVE = (("前年", -2), ("去年", -1), ("上一年", -1), ("上年", -1), ("今年", 0), ("明年", 1))
#: Only a year that goes with one of these is a date of the law; 2023年的暂行办法 is a name.
_AT_THAT_TIME = re.compile(
    r"时|的时候|那时|那会儿|当时|那个月|发生|期间|适用|有效|施行|生效|还是|按|规定|罚|处罚|违法|违反|违规|合规|上线|做的|签的|干的|管得着|管不管"
)
#: 数据安全法是2020年施行的吧: the date is what the asker believes of the document itself.
_BELIEVED = re.compile(
    r"[，,]?(?:就|才|开始|正式|起)*(?:施行|生效|实施|出台|发布|公布|通过|颁布|印发)的?了?(?:[吧吗么嘛对是，。？?]|$)"
)
#: A year of accounts, which measures a fine: 上一年度, 去年营业额一个亿, 2024年的全年收入, 营业额去年是; unless something was
#: done in it (去年上线的服务收入…).
_MONEY = r"(?:营业额|销售额|营业收入|收入|利润|营收|流水|产值|年度)"
_ANY_YEAR = r"(?:前年|去年|上一?年|今年|明年|(?<!\d)20\d{2}年)"
_BETWEEN = r"(?:(?!时|发生|上线|签|做|干|违|罚|规定|适用|施行|生效)[^，,。；;？?！!\d]){0,10}?"
_OF_ACCOUNTS = re.compile(
    rf"{_ANY_YEAR}(?={_BETWEEN}{_MONEY})|(?<=营业额|销售额){_ANY_YEAR}|(?<=收入|利润|营收){_ANY_YEAR}"
)
_ANY_DATE = re.compile(rf"{_ANY_YEAR}(?:\d{{1,2}}月(?:\d{{1,2}}[日号])?)?")
#: Two years side by side are two versions of a law: 2016年和2025年网络安全法, 2016年的网络安全法与2025年的.
_TWO_YEARS = re.compile(
    r"(?<!\d)20\d{2}年[^，,。；;？?！!\d]{0,14}?(?:和|与|跟|及|、|vs\.?|相比|对比|比)\s*20\d{2}年?(?!\d)"
)


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day whose law applies, and the words of the question that said so (None: not said)."""

    day: date
    phrase: str | None


def find_date(question: str, today: date) -> AsOf:
    """The date that the question names, else ``today``. A bare year means its last day, or today in this year."""
    text = fold(question)
    if (said := _ANY_DATE.search(text)) and _BELIEVED.match(text, said.end()):
        return AsOf(today, None)
    if (match := _FULL.search(text)) and (day := _day(match[1], match[2], match[3])):
        return AsOf(day, match[0].strip())
    if (match := _DAY.search(text)) and (day := _day(_year(match, today), match[3], match[4])):
        return AsOf(day, match[0])
    month = _MONTH.search(text)
    if month and (day := _day(_year(month, today), month[3], "1")) and _AT_THAT_TIME.search(text):
        return AsOf(min(_month_end(day), today) if day <= today else day, month[0])
    if (part := _PART.search(text)) and _AT_THAT_TIME.search(text):
        return AsOf(date(int(_year(part, today)), *_PARTS[part[3]]), part[0])
    if _TWO_YEARS.search(text):
        return AsOf(today, None)
    text = _OF_ACCOUNTS.sub(" ", text)
    for word, shift in _RELATIVE:
        if shift and word in text and _AT_THAT_TIME.search(text.replace(word, "")):
            return AsOf(date(today.year + shift, 12, 31), word)
    if match := _YEAR.search(text):
        tail = text[match.end(1) + 1 : match.end(1) + 10]
        is_name = re.match(r"[的]?(?:版|修|那版|文本|网络安全法|《|年度|更新|报告|法案|倡议|规划)", tail)
        if not is_name and _AT_THAT_TIME.search(text[match.start() :]):
            year = int(match[1])
            if re.search(r"(以前|之前|前)$", match[0]):
                return AsOf(date(year, 1, 1) - timedelta(days=1), match[0])
            return AsOf(min(date(year, 12, 31), today) if year <= today.year else date(year, 1, 1), match[0])
    return AsOf(today, None)


def _year(match: re.Match[str], today: date) -> str:
    """The year of a match of ``_SAID``, in four digits."""
    if match[2]:
        return str(today.year + dict(_RELATIVE).get(match[2], 0))
    return match[1] if len(match[1]) == 4 else f"20{match[1]}"


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), parse_numeral(month) or 0, int(day))
    except ValueError:
        return None


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def parse_date(text: str) -> date | None:
    """``2024-05-01`` (or 2024/5/1, 2024年5月1日) as a date; None if it is none."""
    match = _FULL.fullmatch(fold(text.strip()))
    return _day(match[1], match[2], match[3]) if match else None
