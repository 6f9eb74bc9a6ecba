"""Citations in free text, the way people write them: names, articles, paragraphs, items, lists and ranges.

``find_mentions`` is the one reader of citations: questions, ``lawqa show``, cross-references between the
documents, text to be checked and sentences of a language model all go through it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from lawqa.corpus.instrument import Instrument
from lawqa.corpus.label import section_markers
from lawqa.corpus.numerals import NUMERAL_CHARS, parse_numeral
from lawqa.corpus.reference import Reference
from lawqa.corpus.titles import Titles
from lawqa.text.normalise import fold

_N = rf"[{NUMERAL_CHARS}]+"
_SEP = r"\s*(?:、|,|，|和|及|与|或|以及|至|到|-|—|–|~|～)\s*"
_RANGE = re.compile(r"至|到|-|—|–|~|～")
_ITEM_N = rf"(?:（\s*{_N}\s*）|{_N})"
_ARTICLE = re.compile(
    rf"(?P<di>第\s*)?(?P<articles>{_N}(?:{_SEP}(?:第\s*)?{_N})*)\s*条(?:之(?P<inserted>[一二三四五六七八九十]+))?"
    rf"(?:\s*的?\s*第?\s*(?P<paragraphs>{_N}(?:款?{_SEP}第?{_N})*)\s*款)?"
    rf"(?:\s*的?\s*第?\s*(?P<items>{_ITEM_N}(?:项?{_SEP}第?{_ITEM_N})*)\s*项)?"
)
_QUOTED = re.compile(r"《([^《》]{2,80})》")
_ANAPHOR = re.compile(
    r"(?:本|该|此|这个|这部|这份|上述|前述|同一|同)"
    r"(?:暂行办法|办法|规定|条例|法律|法(?![律规])|意见|规划|规范|原则|文件|计划|草案|征求意见稿)"
    # 办法第十七条, without saying which: like 该办法
    rf"|(?:^|(?<=[\s，。；：？！、据照按在和与及对反合]))(?:办法|规定|条例)(?=\s*第?\s*{_N}(?:{_SEP}{_N})*\s*条)"
)
_EDITION = re.compile(r"\s*（(\d{4})年?[^（）]{0,8}）")
_SECTION_TOKEN = re.compile(
    r"第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．、]?|第\d+[条节]|战略\d+|§\d+（[a-z]）|（[a-z]）|“[^”]+”"
)
_LINK = re.compile(r"[\s的中里之，,:：]*$")
_SENTENCE_END = re.compile(r"[。；！？\n]")


@dataclass(frozen=True, slots=True)
class Target:
    """One provision that a mention names. ``ref`` is None where no document could be told; ``exists`` says
    whether the corpus holds it (down to 款 and 项)."""

    number: str
    paragraph: int | None
    item: int | None
    ref: Reference | None
    exists: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """One citation in a text: ``text[start:end]``, the document it names and its provisions.

    ``name`` is how the document was written (None where it was not); ``documents`` the held documents it may
    mean (more than one: ambiguous); ``catalog`` the id of a known instrument whose text is not held;
    ``anaphor`` True for 该办法 and the like; ``unknown`` True for a 《title》 that nothing here is called.
    """

    start: int
    end: int
    text: str
    name: str | None
    documents: tuple[str, ...]
    catalog: str | None
    anaphor: bool
    targets: tuple[Target, ...]

    @property
    def unknown(self) -> bool:
        return self.name is not None and not self.documents and self.catalog is None and not self.anaphor


@dataclass(frozen=True, slots=True)
class _Document:
    start: int
    end: int
    name: str
    documents: tuple[str, ...]
    catalog: str | None
    anaphor: bool


def find_mentions(text: str, titles: Titles, day: date, context: str | None = None) -> list[Mention]:
    """Every citation in ``text`` in order. ``context`` is the document that 该办法 or a bare 第七条 refers to."""
    folded = fold(text)
    documents = list(_documents(folded, titles, day, context))
    out: list[Mention] = []
    used: set[int] = set()
    for match in _ARTICLE.finditer(folded):
        owner = _owner(folded, match.start(), documents, out)
        if match["di"] is None and not (owner and _adjacent(folded, owner, match, out)):
            continue  # “列出7条要求” is no citation
        name_start = match.start()
        if owner is not None and owner.start not in used and _LINK.match(folded[owner.end : match.start()]):
            name_start = owner.start
            used.add(owner.start)
        elif owner is not None:
            used.add(owner.start)
        targets = _targets(match, owner, titles, context)
        span_end = match.end()
        out.append(_mention(text, name_start, span_end, owner, targets))
    out = _joined_ranges(folded, out, titles)
    for document in documents:
        if document.start in used:
            continue
        section = _section(folded, document, titles)
        end, targets = (section[0], (section[1],)) if section else (document.end, ())
        out.append(_mention(text, document.start, end, document, targets))
    return sorted(out, key=lambda m: (m.start, m.end))


def _mention(text: str, start: int, end: int, owner: _Document | None, targets: tuple[Target, ...]) -> Mention:
    return Mention(
        start,
        end,
        text[start:end],
        owner.name if owner else None,
        owner.documents if owner else (),
        owner.catalog if owner else None,
        owner.anaphor if owner else False,
        targets,
    )


def _documents(folded: str, titles: Titles, day: date, context: str | None) -> Iterator[_Document]:
    taken: list[tuple[int, int]] = []
    last = context
    found: list[_Document] = []
    for match in _QUOTED.finditer(folded):
        taken.append(match.span())
        found.append(_named(folded, match.start(), match.end(), match[1], titles, day))
    for match in titles.pattern.finditer(folded):
        if not any(a <= match.start() < b for a, b in taken):
            found.append(_named(folded, match.start(), match.end(), match[0], titles, day))
            taken.append(match.span())
    for match in _ANAPHOR.finditer(folded):
        if not any(a <= match.start() < b or a < match.end() <= b for a, b in taken):
            found.append(_Document(match.start(), match.end(), match[0], (), None, True))
    for document in sorted(found, key=lambda d: d.start):
        if document.anaphor:
            yield replace(document, documents=(last,) if last else ())
        else:
            if len(document.documents) == 1:
                last = document.documents[0]
            yield document


def _named(folded: str, start: int, end: int, name: str, titles: Titles, day: date) -> _Document:
    documents = titles.resolve(name, day)
    if (match := _EDITION.match(folded, end)) and (edition := titles.edition(name, match[1])):
        documents, end = edition, match.end()
    elif match:
        end = match.end()
    catalog = next((n.id for n in titles.meanings(name) if not n.held), None) if not documents else None
    return _Document(start, end, name, documents, catalog, False)


def _owner(folded: str, at: int, documents: list[_Document], before: list[Mention]) -> _Document | None:
    """The document that an article belongs to: the nearest one named before it in the same sentence."""
    near = [d for d in documents if d.end <= at and not _SENTENCE_END.search(folded[d.end : at])]
    return near[-1] if near else None


def _adjacent(folded: str, owner: _Document, match: re.Match[str], before: list[Mention]) -> bool:
    """A number without 第 is an article only right behind a document's name or in a list of articles."""
    start = before[-1].end if before and before[-1].end > owner.end else owner.end
    return re.fullmatch(rf"[\s的中里之]*|{_SEP}", folded[start : match.start()]) is not None


def _numbers(text: str) -> list[int]:
    """``十七、十八`` → [17, 18]; ``三至五`` → [3, 4, 5]; numerals that make no sense are left out."""
    out: list[int] = []
    parts = re.split(rf"({_SEP})", text)
    joined = ""
    for part in parts:
        if re.fullmatch(_SEP, part):
            joined = part
            continue
        number = parse_numeral(part.strip().lstrip("第").rstrip("款项").strip(" （）"))
        if number is None:
            continue
        if out and _RANGE.search(joined) and out[-1] < number <= out[-1] + 200:
            out.extend(range(out[-1] + 1, number + 1))
        else:
            out.append(number)
        joined = ""
    return out


def _targets(match: re.Match[str], owner: _Document | None, titles: Titles, context: str | None) -> tuple[Target, ...]:
    document = None
    if owner is not None:
        document = owner.documents[0] if len(owner.documents) == 1 else None
    else:
        document = context
    paragraphs: list[int | None] = [*_numbers(match["paragraphs"])] if match["paragraphs"] else [None]
    items: list[int | None] = [*_numbers(match["items"])] if match["items"] else [None]
    numbers = [str(n) for n in _numbers(match["articles"])]
    if match["inserted"] and numbers:
        numbers[-1] += f"-{parse_numeral(match['inserted'])}"
    out = []
    for number in numbers:
        last = number == numbers[-1]
        for paragraph in paragraphs if last else [None]:
            for item in items if last else [None]:
                out.append(_target(number, paragraph, item, document, titles))
    return tuple(out)


def _target(number: str, paragraph: int | None, item: int | None, document: str | None, titles: Titles) -> Target:
    if document is None:
        return Target(number, paragraph, item, None, False)
    base = Reference(document, number)
    provision = titles.corpus.provisions.get(base)
    if item is not None and paragraph is None:
        # “第七条第（三）项” without a 款: the only 款 that has items, else the first that has this one
        having = [p.number for p in provision.paragraphs if any(i.number == item for i in p.items)] if provision else []
        paragraph = having[0] if having else 1
    ref = base if paragraph is None else base.at(paragraph, item)
    exists = provision is not None and provision.piece(ref) is not None
    return Target(number, paragraph, item, ref, exists)


def _joined_ranges(folded: str, mentions: list[Mention], titles: Titles) -> list[Mention]:
    """``第三条至第五条`` was read as two articles: one mention with everything between."""
    out: list[Mention] = []
    for mention in mentions:
        before = out[-1] if out else None
        if before and before.targets and mention.targets and before.documents == mention.documents:
            gap = folded[before.end : mention.start].strip()
            a, b = before.targets[-1], mention.targets[0]
            if gap and _RANGE.fullmatch(gap) and a.paragraph is None and a.number.isdigit() and b.number.isdigit():
                document = b.ref.document if b.ref else None
                between = tuple(
                    _target(str(n), None, None, document, titles) for n in range(int(a.number) + 1, int(b.number))
                )[:200]
                text = before.text + folded[before.end : mention.start] + mention.text
                targets = before.targets + between + mention.targets
                out[-1] = replace(before, end=mention.end, text=text, targets=targets)
                continue
        out.append(mention)
    return out


def _section(folded: str, document: _Document, titles: Titles) -> tuple[int, Target] | None:
    """A numbered section behind the name of a document without articles: 《…规划》五、（一）."""
    if len(document.documents) != 1:
        return None
    instrument = titles.corpus.instrument(document.documents[0])
    chains = _chains(instrument)
    if not chains:
        return None
    at = document.end
    chain, best = "", None
    while match := _SECTION_TOKEN.match(folded, at):
        chain += match[0]
        at = match.end()
        if number := chains.get(_chain_key(chain)):
            best = (at, Target(number, None, None, Reference(instrument.id, number), True))
    return best


def _chain_key(chain: str) -> str:
    return re.sub(r"[、.．\s]|第(?=[^、]*部分)|部分", "", fold(chain))


def _chains(instrument: Instrument) -> dict[str, str]:
    return {_chain_key(chain): number for number, chain in section_markers(instrument).items()}
