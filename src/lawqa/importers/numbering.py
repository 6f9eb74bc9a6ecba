"""How Chinese documents number their parts, as patterns that tell a heading from a sentence that cites one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lawqa.corpus.numerals import parse_numeral

_N = r"[零〇一二三四五六七八九十百千]+|\d{1,4}"
ARTICLE = re.compile(
    rf"第\s*({_N})\s*条(?:\s*之\s*([一二三四五六七八九十]+))?(?P<gap>[ \t\u3000]*)(?P<rest>.*)", re.DOTALL
)
CHAPTER = re.compile(rf"第\s*({_N})\s*(?P<unit>分编|编|章|节|篇|部分)[ \t\u3000]*(?P<title>.*)")
ANNEX = re.compile(r"附\s*[件录表](?:\s*[一二三四五六七八九十\d]{1,3})?(?:[ \t\u3000：:].*|$)")
#: After 第七条 these make it a citation: 第七条第一款, 第七条规定的, 第七条至第九条.
_CITES = "第款项规至到、和及或与的中所，,。"
_END = re.compile(r"[。；：，、！？;:,]$")
_SHORT = 40
#: Numberings below the article-less top level, from the highest to the lowest.
KINDS: dict[str, re.Pattern[str]] = {
    "part": re.compile(rf"(?P<mark>第(?:{_N})(?:编|章|篇|部分))[ \t\u3000]*(?P<rest>.*)"),
    "section": re.compile(rf"(?P<mark>第(?:{_N})节)[ \t\u3000]*(?P<rest>.*)"),
    "一、": re.compile(r"(?P<mark>[一二三四五六七八九十]{1,3}、)[ \t\u3000]*(?P<rest>.*)"),
    "（一）": re.compile(r"(?P<mark>[（(][一二三四五六七八九十]{1,3}[）)])[ \t\u3000]*(?P<rest>.*)"),
    "1.": re.compile(r"(?P<mark>\d{1,2}[.．、])(?!\d)(?P<rest>.*)"),
    "（1）": re.compile(r"(?P<mark>[（(]\d{1,2}[）)])(?P<rest>.*)"),
}
DOTTED = re.compile(
    r"(?P<mark>(?:条款\s*)?(?P<n>\d{1,3}(?:\.\d{1,3})+))[.．、]?(?:[ \t\u3000]+|(?=[^\d\s.％%]))(?P<rest>.+)"
)
TOP = re.compile(r"(?P<mark>(?P<n>\d{1,2})[.．、]?)[ \t\u3000]*(?P<rest>[^\d\s.．、].*)")


@dataclass(frozen=True, slots=True)
class ArticleMark:
    """``第二十条之一　…``: number 20, inserted 1; ``apart`` where a blank stands before the text."""

    number: int
    inserted: int
    mark: str
    rest: str
    apart: bool

    @property
    def key(self) -> tuple[int, int]:
        return self.number, self.inserted

    @property
    def name(self) -> str:
        return f"{self.number}-{self.inserted}" if self.inserted else str(self.number)


def article_mark(text: str) -> ArticleMark | None:
    """The article that a paragraph seems to begin; a citation of one (第七条规定的…) is none."""
    match = ARTICLE.match(text)
    if not match:
        return None
    apart = bool(match["gap"]) or not match["rest"]
    if not apart and match["rest"][0] in _CITES:
        return None
    number, inserted = parse_numeral(match[1]) or 0, parse_numeral(match[2] or "") or 0
    mark = f"第{match[1]}条" + (f"之{match[2]}" if match[2] else "")
    return ArticleMark(number, inserted, mark, match["rest"].strip(), apart)


def is_short(text: str) -> bool:
    """A heading's wording: brief, and no sentence."""
    return len(text) <= _SHORT and not _END.search(text) and "。" not in text


def chapter_mark(text: str) -> tuple[str, str] | None:
    """(unit, heading) of ``第一章　总 则`` → (``章``, ``第一章 总则``); None for a sentence that cites a chapter."""
    match = CHAPTER.match(text)
    if not match or not is_short(match["title"]) or match["title"][:1] in tuple(_CITES):
        return None
    title = re.sub(r"(?<=[^\x00-\x7f])[ \t\u3000]+(?=[^\x00-\x7f])", "", match["title"]).strip()
    return match["unit"], f"第{match[1]}{match['unit']} {title}".rstrip()


def run_in(rest: str) -> tuple[str, str] | None:
    """``增进人类福祉。科技活动应…`` → the heading and the text that runs on behind it."""
    caption, stop, text = rest.partition("。")
    if stop and text.strip() and 2 <= len(caption) <= 25 and not re.search(r"[，；：、]", caption):
        return caption, text.strip()
    return None
