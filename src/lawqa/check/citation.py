"""The citations of a running text, each with the document it means: anaphora and context resolved."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from lawqa.check.english import english_mentions
from lawqa.check.names import TextTitles
from lawqa.corpus.library import Corpus
from lawqa.corpus.mentions import Mention, find_mentions
from lawqa.corpus.numerals import NUMERAL_CHARS, parse_numeral
from lawqa.corpus.reference import Reference
from lawqa.text.normalise import fold

_KIND_WORDS = "法典|法|条例|暂行办法|试行办法|管理办法|办法|规定|细则|规则|解释|准则|决定|意见|规划|规范|计划|公约|章程|公告|通知|标准|指引|指南|草案|征求意见稿|原则"
_PRIVATE_WORDS = "协议|合同|制度|手册|声明|政策"
_GENERIC = re.compile(rf"(?:本|该|此|这个|这部|这份|上述|前述|同一|同)?(?:{_KIND_WORDS}|文件|法律)")
#: An instrument named without 《》 right before 第…条: 民法典第一千一百九十四条, GDPR第6条.
_BARE_NAME = re.compile(
    rf"((?:[\u4e00-\u9fff]{{1,24}}(?:{_KIND_WORDS}|{_PRIVATE_WORDS})(?:（[^（）]{{1,12}}）)?)|(?<![a-z])[a-z][a-z0-9 .\-&]{{1,40}}?)[ \t]*的?[ \t]*$"
)
_LEADING = re.compile(
    r"^.*(?:根据|依据|依照|按照|遵照|参照|参考|违反|结合|适用|以及|或者|对照|援引|引用|我国|中国|现行|包括|例如|比如|符合|基于|作为|对于|关于|由于|因为|其中|同时|[和与及或如据依按从在由对见是为])"
)
#: Papers of private people have articles too; they are no law.
_PRIVATE = re.compile(rf"(?:{_PRIVATE_WORDS}|条款|章程|公约)$")
_LAWLIKE = re.compile(
    rf"(?:{_KIND_WORDS}|指引|标准|框架|倡议|要求|act|law|regulations?|measures|provisions)(?:（[^（）]*）)?$"
)
_SAME_ARTICLE = re.compile(
    rf"(?P<same>同条|该条|本条|上述条款|前述条款|该条款)(?:规定)?(?:的?第(?P<p>[{NUMERAL_CHARS}]+)款)?(?:的?第（?(?P<i>[{NUMERAL_CHARS}]+)）?项)?"
    rf"|(?<!条)(?<!款)第(?P<p2>[{NUMERAL_CHARS}]+)款(?:的?第（?(?P<i2>[{NUMERAL_CHARS}]+)）?项)?"
    rf"|(?<![条款])第（?(?P<i3>[{NUMERAL_CHARS}]+)）?项(?!目)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """One provision that a citation names; ``ref`` is None where the document is not held or not known."""

    number: str
    paragraph: int | None
    item: int | None
    ref: Reference | None
    exists: bool


@dataclass(frozen=True, slots=True)
class Citation:
    """``text[start:end]`` cites ``places`` of ``documents`` (held ids; several where the name is ambiguous).

    ``catalog``: id of a known instrument that is not held; ``unheld``: the title of one that nothing here is
    called. ``explicit``: the citation itself names its document. No places: the document as a whole.
    """

    start: int
    end: int
    documents: tuple[str, ...]
    catalog: str | None
    unheld: str | None
    places: tuple[Place, ...]
    explicit: bool
    english: bool = False


@dataclass(frozen=True, slots=True)
class _Document:
    documents: tuple[str, ...]
    catalog: str | None
    unheld: str | None
    title: str


class _Context:
    """The documents that a text has named so far; what 该办法, 《规定》 or a bare 第七条 refers to."""

    def __init__(self, corpus: Corpus, fallback: _Document | None) -> None:
        self.corpus = corpus
        self.named: list[_Document] = []
        self.fallback = fallback

    def title(self, document: _Document) -> str:
        return self.corpus.instrument(document.documents[0]).title if document.documents else document.title

    def current(self) -> _Document | None:
        return self.named[-1] if self.named else self.fallback

    def of_kind(self, word: str) -> _Document | None:
        """The last document whose title has the word of an anaphor; else the one being spoken of."""
        kind = re.sub(r"^(?:本|该|此|这个|这部|这份|上述|前述|同一|同)", "", word)
        # a text speaks of 本法 where it copies or explains one: rather a law held here than one it refers to
        named = list(reversed(self.named))
        if word.startswith("本"):
            named.sort(key=lambda d: not d.documents)
        for document in named:
            title = re.sub(r"（[^）]*）$", "", self.title(document))
            if title.endswith(kind) or (kind in ("草案", "征求意见稿") and "征求意见稿" in self.title(document)):
                return document
        if self.fallback and self.title(self.fallback).endswith(kind):
            return self.fallback
        return self.current() if kind in ("规定", "文件", "法律") or not self.named else self.named[-1]


def find_citations(text: str, titles: TextTitles, day: date, primary: str | None) -> list[Citation]:
    """Every citation of ``text`` in order; ``primary`` is the document meant where the text names none at all."""
    folded = fold(text)
    mentions = find_mentions(text, titles, day, None)
    mentions += english_mentions(folded, titles, day, mentions)
    mentions.sort(key=lambda m: (m.start, m.end))
    context = _Context(titles.corpus, _most_named(mentions, primary))
    out: list[Citation] = []
    spans = [(m.start, m.end) for m in mentions]
    same = [m for m in _SAME_ARTICLE.finditer(folded) if not any(a < m.end() and m.start() < b for a, b in spans)]
    queue: list[tuple[int, Mention | re.Match[str]]] = [(m.start, m) for m in mentions]
    queue += [(m.start(), m) for m in same]
    for _, found in sorted(queue, key=lambda q: q[0]):
        if isinstance(found, Mention):
            citation = _citation(found, folded, titles, context)
        else:
            citation = _same_article(found, folded, out, titles.corpus)
        if citation is not None:
            out.append(citation)
    return out


def _most_named(mentions: list[Mention], primary: str | None) -> _Document | None:
    counts = Counter(m.documents for m in mentions if len(m.documents) == 1 and not m.anaphor)
    if counts:
        return _Document(counts.most_common(1)[0][0], None, None, "")
    return _Document((primary,), None, None, "") if primary else None


def _citation(mention: Mention, folded: str, titles: TextTitles, context: _Context) -> Citation | None:
    start = mention.start
    # an article that only shares the sentence with a document's name may be another's
    explicit = mention.name is not None and not mention.anaphor and fold(mention.name) in fold(mention.text)
    bare = None if explicit or mention.anaphor else _bare_name(folded[max(0, start - 40) : start])
    if bare is not None:
        if _PRIVATE.search(bare[0]):
            return None
        start, explicit = start - len(bare[1]), True
        document: _Document | None = _document_of(bare[0], titles, context)
    else:
        document = _named(mention, titles, context)
    if document is None:
        return None
    if document.documents:
        document = replace(document, unheld=None)
    context.named.append(document)
    places = tuple(_place(t.number, t.paragraph, t.item, document.documents, titles.corpus) for t in mention.targets)
    return Citation(
        start,
        mention.end,
        document.documents,
        document.catalog,
        document.unheld,
        places,
        explicit,
        mention.text.isascii(),
    )


def _named(mention: Mention, titles: TextTitles, context: _Context) -> _Document | None:
    """The document that a mention means, in the light of the text's own names and of what it spoke of before."""
    if mention.name is None:
        return context.current()
    own = titles.own.get(fold(mention.name))
    if own is not None:
        return _Document(own.documents, own.catalog, own.title, own.title)
    if mention.anaphor:
        return context.of_kind(mention.name)
    if mention.documents or mention.catalog:
        return _Document(mention.documents, mention.catalog, None, mention.name)
    if _GENERIC.fullmatch(fold(mention.name)):
        return context.of_kind(mention.name)
    if _PRIVATE.search(mention.name) or (not mention.targets and not _LAWLIKE.search(fold(mention.name))):
        return None
    return _Document((), None, mention.name, mention.name)


def _document_of(name: str, titles: TextTitles, context: _Context) -> _Document:
    if _GENERIC.fullmatch(name):
        return context.of_kind(name) or _Document((), None, name, name)
    return _Document((), None, name, name)


def _bare_name(before: str) -> tuple[str, str] | None:
    """(name, the words as written) of an instrument that stands right before 第…条 without 《》."""
    match = _BARE_NAME.search(before)
    if match is None:
        return None
    name = _LEADING.sub("", match[1]) if not match[1].isascii() else match[1]
    name = re.sub(r"^.*[，。；、：\s]", "", name) if not name.isascii() else name.strip()
    if len(name) < 2 or re.match(r"(?:规定|办法|要求|明确)", name):
        return None
    return name, before[before.rindex(name) :]


def _place(number: str, paragraph: int | None, item: int | None, documents: tuple[str, ...], corpus: Corpus) -> Place:
    best: Place | None = None
    for id in documents:
        base = Reference(id, number)
        provision = corpus.provisions.get(base)
        at = paragraph
        if item is not None and at is None:
            # 第七条第（三）项 without a 款: the first 款 that has this item
            having = (
                [p.number for p in provision.paragraphs if any(i.number == item for i in p.items)] if provision else []
            )
            at = having[0] if having else 1
        ref = base if at is None else base.at(at, item)
        place = Place(number, at, item, ref, provision is not None and provision.piece(ref) is not None)
        if place.exists:
            return place
        best = best or place
    return best or Place(number, paragraph, item, None, False)


def _same_article(match: re.Match[str], folded: str, before: list[Citation], corpus: Corpus) -> Citation | None:
    """同条第二款, 该条, or a bare 第二款 behind an article in the same paragraph."""
    last = next((c for c in reversed(before) if c.places), None)
    if last is None or (match["same"] is None and "\n" in folded[last.end : match.start()]):
        return None
    paragraph = parse_numeral(match["p"] or match["p2"] or "")
    item = parse_numeral(match["i"] or match["i2"] or match["i3"] or "")
    anchor = last.places[-1]
    if match["i3"]:
        paragraph = anchor.paragraph
    place = _place(anchor.number, paragraph, item, last.documents, corpus)
    return replace(last, start=match.start(), end=match.end(), places=(place,), explicit=False)
