"""Pinpoints in free text: articles (条), paragraphs (款) and items (项) as people number them, in Chinese and English.

All patterns work on folded text (see ``text.normalise.fold``): half-width digits, full-width brackets, lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lawqa.corpus.numerals import NUMERAL_CHARS, parse_numeral

#: (article number as in a reference, 款 or None, 项 or None).
Place = tuple[str, int | None, int | None]

N = rf"[{NUMERAL_CHARS}]+"
SEPARATOR = r"\s*(?:、|,|，|和|及|与|或|以及|至|到|-|—|–|~|～)\s*"
RANGE = re.compile(r"至|到|-|—|–|~|～|to|through")
#: A range longer than this is a slip of the pen, not a citation.
_LONGEST_RANGE = 200
#: What of a citation lies before its 条 (a list of articles), and after it (款 and 项), at most.
_BEFORE, _AFTER = 240, 160
_ARTICLE_SIGN = re.compile("条")
_ITEM_N = rf"(?:（\s*{N}\s*）|{N})"
_ITEMS = rf"(?:{_ITEM_N}(?:项?{SEPARATOR}第?{_ITEM_N})*)"
_CHINESE = re.compile(
    rf"(?P<di>第\s*)?(?P<articles>{N}(?:{SEPARATOR}(?:第\s*)?{N})*)\s*条(?!件|消息|评论|微博|弹幕|短信)"
    rf"(?:之(?P<inserted>{N})(?![款项]))?"
    rf"(?:\s*的?\s*第?\s*(?P<paragraphs>{N}(?:款?{SEPARATOR}第?{N})*)\s*款)?"
    rf"(?:\s*的?\s*第?\s*(?P<items>{_ITEMS})\s*项|\s*（\s*(?P<bracketed>[一二三四五六七八九十]{{1,3}}|\d{{1,2}})\s*）)?"
)
#: 第七条第一款第（一）项、第二款第（三）项: more of the same article.
_MORE = re.compile(
    rf"{SEPARATOR}第\s*(?P<paragraphs>{N}(?:款?{SEPARATOR}第?{N})*)\s*款(?:\s*的?\s*第?\s*(?P<items>{_ITEMS})\s*项)?"
)
_WORD = r"(?:articles?|arts?)\b\.?\s*"
_ENGLISH_N = r"\d{1,3}(?!\d)(?:\s*（\s*\d{1,2}\s*）){0,2}"
_ENGLISH_SEPARATOR = r"\s*(?:,\s*and\b|,|\band\b|\bor\b|\bto\b|\bthrough\b|&|-|–|—)\s*"
_ENGLISH = re.compile(
    rf"(?<![a-z]){_WORD}(?P<articles>{_ENGLISH_N}(?:{_ENGLISH_SEPARATOR}(?:{_WORD})?{_ENGLISH_N})*)"
    r"(?:,?\s*para(?:graph|\.)?\s*（?(?P<paragraph>\d{1,2})）?)?"
    r"(?:,?\s*(?:item|subparagraph|point)\s*（?(?P<item>\d{1,2})）?)?"
)
_DOTTED = re.compile(r"\s*(?P<number>\d{1,3}(?:-\d{1,2})?(?:\.\d{1,2}){1,3})(?![\d.]|\s*[版年])")


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """``text[start:end]`` names ``places``; ``marked`` where it says 第 or Article, so that it is surely a citation."""

    start: int
    end: int
    marked: bool
    places: tuple[Place, ...]


def find_pinpoints(folded: str) -> Iterator[Pinpoint]:
    """Every pinpoint of a folded text, in its order."""
    found = [_chinese(m, folded) for start, end in _around(folded) for m in _CHINESE.finditer(folded, start, end)]
    found += [_english(m) for m in _ENGLISH.finditer(folded)]
    yield from sorted((p for p in found if p.places), key=lambda p: p.start)


def _around(folded: str) -> Iterator[tuple[int, int]]:
    """The stretches of the text with a 条 in them: elsewhere a long run of numerals costs the square of its length."""
    start = end = -1
    for match in _ARTICLE_SIGN.finditer(folded):
        if start >= 0 and match.start() - _BEFORE > end:
            yield start, end
            start = -1
        if start < 0:
            start = max(match.start() - _BEFORE, 0)
        end = min(match.end() + _AFTER, len(folded))
    if start >= 0:
        yield start, end


def dotted_at(folded: str, at: int) -> tuple[int, str] | None:
    """A dotted number that begins at ``at``, as references write it: its end and ``7.1.3``."""
    match = _DOTTED.match(folded, at)
    return (match.end(), match["number"]) if match else None


def numbers(text: str) -> list[int]:
    """``十七、十八`` → [17, 18]; ``三至五`` → [3, 4, 5]; numerals that make no sense are left out."""
    out: list[int] = []
    joined = ""
    for part in re.split(rf"({SEPARATOR})", text):
        if re.fullmatch(SEPARATOR, part):
            joined = part
            continue
        number = parse_numeral(part.strip().lstrip("第").rstrip("款项").strip(" （）"))
        if number is None:
            continue
        if out and RANGE.search(joined) and out[-1] < number <= out[-1] + _LONGEST_RANGE:
            out.extend(range(out[-1] + 1, number + 1))
        else:
            out.append(number)
        joined = ""
    return out


def _chinese(match: re.Match[str], folded: str) -> Pinpoint:
    articles = [str(n) for n in numbers(match["articles"])]
    if match["inserted"] and articles:
        articles[-1] += f"-{parse_numeral(match['inserted'])}"
    places: list[Place] = [(number, None, None) for number in articles[:-1]]
    end = match.end()
    if articles:
        places += _within(articles[-1], match["paragraphs"], match["items"] or match["bracketed"])
        if match["paragraphs"] or match["items"]:
            while more := _MORE.match(folded, end):
                places += _within(articles[-1], more["paragraphs"], more["items"])
                end = more.end()
    return Pinpoint(match.start(), end, match["di"] is not None, tuple(places))


def _within(article: str, paragraphs: str | None, items: str | None) -> list[Place]:
    """The 款 and 项 of one article; a list of 项 belongs to the last 款 named."""
    named: list[int | None] = [*numbers(paragraphs)] if paragraphs else [None]
    listed: list[int | None] = [*numbers(items)] if items else [None]
    out: list[Place] = [(article, paragraph, None) for paragraph in named[:-1]]
    return out + [(article, paragraph, item) for paragraph in named[-1:] for item in listed]


def _english(match: re.Match[str]) -> Pinpoint:
    places: list[Place] = []
    joined = ""
    for part in re.split(rf"({_ENGLISH_SEPARATOR})", match["articles"]):
        digits = [int(d) for d in re.findall(r"\d+", part)]
        if not digits:
            joined = part
            continue
        last = int(places[-1][0]) if places else 0
        if RANGE.search(joined) and last < digits[0] <= last + _LONGEST_RANGE:
            places += [(str(n), None, None) for n in range(last + 1, digits[0])]
        inner: list[int | None] = [*digits[1:3], None, None]
        places.append((str(digits[0]), inner[0], inner[1]))
        joined = ""
    if places and places[-1][1] is None and match["paragraph"]:
        places[-1] = (places[-1][0], int(match["paragraph"]), int(match["item"]) if match["item"] else None)
    return Pinpoint(match.start(), match.end(), True, tuple(places))
