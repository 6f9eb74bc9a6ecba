"""A text's own names of documents: 《生成式人工智能服务管理暂行办法》（以下简称“《办法》”）."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from lawqa.corpus.titles import Name, Titles
from lawqa.text.normalise import fold

_DEFINES = re.compile(r"^[\s，,]*(?:以下|下文|后文|下|后)?(?:中|均|统|合|并)?(?:简|下|统|合)?称(?:为|作)?[\s:：]*")
_QUOTED_NAME = re.compile(
    r"[“\"「『‘']?《([^《》]{1,40})》[”\"」』’']?|[“\"「『‘']([^“”\"「」『』‘’'《》]{1,40})[”\"」』’']"
)
_PARENTHESIS = re.compile(r"\s*(?:（[^（）]{0,24}）)?\s*（([^（）]{1,80})）")
_TITLE = re.compile(r"《([^《》]{2,80})》")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name of the text stands for: held documents, a catalog entry, or an instrument known by title only."""

    documents: tuple[str, ...]
    catalog: str | None
    title: str


class TextTitles(Titles):
    """All names of the corpus, and those that one text defines for itself; the text's own take precedence."""

    def __init__(self, base: Titles, text: str, day: date) -> None:
        self.corpus = base.corpus
        self._names = base._names
        self._base = base
        self.own = _definitions(fold(text), base, day)
        # a short common word such as 办法 is a name only in 《》; elsewhere it is an anaphor
        spelled = sorted((n for n in self.own if len(n) > 2 and n not in base._names), key=len, reverse=True)
        self.pattern = (
            re.compile("|".join(map(re.escape, spelled)) + "|" + base.pattern.pattern) if spelled else base.pattern
        )

    def meanings(self, name: str) -> tuple[Name, ...]:
        meaning = self.own.get(_key(name))
        if meaning is None:
            return self._base.meanings(name)
        if meaning.catalog:
            return (Name(meaning.catalog, False),)
        return tuple(Name(d, True) for d in meaning.documents)

    def resolve(self, name: str, day: date) -> tuple[str, ...]:
        meaning = self.own.get(_key(name))
        return self._base.resolve(name, day) if meaning is None else meaning.documents


def _key(name: str) -> str:
    return re.sub(r"\s+", "", fold(name)).strip("《》")


def _definitions(folded: str, titles: Titles, day: date) -> dict[str, Meaning]:
    out: dict[str, Meaning] = {}
    named = [(m.start(), m.end(), m[1]) for m in _TITLE.finditer(folded)]
    named += [(m.start(), m.end(), m[0]) for m in titles.pattern.finditer(folded)]
    for _, end, title in sorted(named):
        match = _PARENTHESIS.match(folded, end)
        if not match:
            continue
        names = _defined_names(match[1])
        if not names:
            continue
        meaning = _meaning(title, folded[end : match.start(1)], titles, day, out)
        for name in names:
            if _key(name) != _key(title):
                out.setdefault(_key(name), meaning)
    return out


def _defined_names(words: str) -> list[str]:
    """The names in the parenthesis behind a title: 以下简称“《办法》”, “暂行办法”, 以下简称《办法》或暂行办法."""
    opening = _DEFINES.match(words)
    quoted = [a or b for a, b in _QUOTED_NAME.findall(words)]
    if opening and quoted:
        return quoted
    if opening:
        return [n.strip() for n in re.split(r"或者?|、", words[opening.end() :]) if 1 < len(n.strip()) <= 20]
    # only a quoted name: （“《办法》”）
    return quoted if quoted and not re.sub(r"[或、\s]", "", _QUOTED_NAME.sub("", words)) else []


def _meaning(title: str, edition: str, titles: Titles, day: date, known: dict[str, Meaning]) -> Meaning:
    if _key(title) in known:
        return known[_key(title)]
    documents = titles.resolve(title, day)
    if (year := re.search(r"（(\d{4})年?", edition)) and (ids := titles.edition(title, year[1])):
        documents = ids
    catalog = next((n.id for n in titles.meanings(title) if not n.held), None) if not documents else None
    return Meaning(documents, catalog, title)
