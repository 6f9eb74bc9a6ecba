"""Citations in English text: Article 7 of the Interim Measures, Cybersecurity Law, art. 21."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from lawqa.corpus.mentions import Mention, Target
from lawqa.corpus.titles import Titles

_ARTICLES = re.compile(
    r"\b(?:articles?|arts?\.)\s*(?P<n>\d{1,3})(?:\s*（(?P<p>\d{1,2})）)?(?:\s*（(?P<i>\d{1,2})）)?"
    r"(?P<more>(?:\s*(?:,|and|&|to|-|–)\s*\d{1,3})*)"
)
_OF = re.compile(r"\s*(?:,\s*)?(?:paragraph \d+\s*)?(?:of|in|under)\s+(?:the\s+|china's\s+|prc\s+)*")
_BEHIND = re.compile(r"[\s,（）（:'’s]*(?:\d{4}[\s,]*)?[）,\s]*(?:at\s+)?$")


def english_mentions(folded: str, titles: Titles, day: date, known: Sequence[Mention]) -> list[Mention]:
    """Mentions of ``folded`` text that ``known`` does not have; a bare Article 7 has no name."""
    out: list[Mention] = []
    for match in _ARTICLES.finditer(folded):
        if any(m.targets and m.start < match.end() and match.start() < m.end for m in known):
            continue
        start, end, name = match.start(), match.end(), None
        if (of := _OF.match(folded, end)) and (title := titles.pattern.match(folded, of.end())):
            name, end = title[0], title.end()
        else:
            for title in titles.pattern.finditer(folded, max(0, start - 90), start):
                if _BEHIND.fullmatch(folded[title.end() : start]):
                    name, start = title[0], title.start()
        documents = titles.resolve(name, day) if name else ()
        catalog = next((m.id for m in titles.meanings(name) if not m.held), None) if name and not documents else None
        numbers = [match["n"], *re.findall(r"\d+", match["more"])]
        paragraph = int(match["p"]) if match["p"] else None
        item = int(match["i"]) if match["i"] else None
        targets = tuple(Target(n, paragraph, item, None, False) for n in numbers)
        out.append(Mention(start, end, folded[start:end], name, documents, catalog, False, targets))
    return out
