"""Citations in free text, the way people write them: names, articles, paragraphs, items, lists and ranges.

``find_mentions`` is the one reader of citations: questions, ``lawqa show``, cross-references between the
documents, text to be checked and sentences of a language model all go through it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from lawqa.corpus.instrument import Instrument
from lawqa.corpus.label import section_markers
from lawqa.corpus.library import Corpus
from lawqa.corpus.naming import NamedDocument, named_documents
from lawqa.corpus.pinpoint import RANGE, SEPARATOR, Pinpoint, dotted_at, find_pinpoints
from lawqa.corpus.reference import Reference
from lawqa.corpus.titles import Titles
from lawqa.errors import LawqaError
from lawqa.text.normalise import fold

_REFERENCE = re.compile(
    r"(?<![a-z0-9-])(?P<document>[a-z0-9]+(?:-[a-z0-9]+)*-\d{4})[:：](?P<number>[a-z0-9.-]*[a-z0-9])"
)
_SECTION_TOKEN = re.compile(
    r"(?:\s|的|中的|里的)*(?:第[一二三四五六七八九十]+(?:部分|[项点节章])|[一二三四五六七八九十]+、|第?（[一二三四五六七八九十]+）[项点]?|\d+[.．、]?|第\d+[条节]"
    r"|战略\d+|§\d+（[a-z]）|（[a-z]）|“[^”]+”)"
)
#: What may stand between a name and its article: 的, a comma, a remark in brackets.
_LINK = re.compile(r"\s*(?:（[^（）]{0,40}）)?[\s的中里之，,:：]*$")
#: Article 7 of the …; 第七条（《…》）
_LINK_BEFORE = re.compile(r"[\s，,（]*(?:\bof\s+(?:the\s+|china's\s+|prc\s+)*)?")
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
    ``anaphor`` True for 该办法 and the like; ``unknown`` True for a title that nothing here is called.
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


def find_mentions(
    text: str, titles: Titles, day: date, context: str | None = None, inside: bool = False
) -> list[Mention]:
    """Every citation in ``text`` in order.

    ``context`` is the document that 该办法 or a bare 第七条 refers to where the text names none before.
    ``inside``: the text is part of that document itself, so that 本法 and a bare 第七条 always mean it.
    """
    folded = fold(text)
    references = [m for r in _REFERENCE.finditer(folded) if (m := _written_reference(text, r, titles.corpus))]
    pinpoints = [p for p in find_pinpoints(folded) if not _covered(p.start, references)]
    documents = named_documents(folded, titles, day, context, inside, [p.start for p in pinpoints if p.marked])
    documents = [d for d in documents if not _covered(d.start, references)]
    out: list[Mention] = []
    used: set[int] = set()
    for pinpoint in pinpoints:
        owner = _owner(folded, pinpoint, documents, inside)
        if not pinpoint.marked and not (owner and _adjacent(folded, owner, pinpoint, out)):
            continue  # “列出7条要求” is no citation
        start, end = pinpoint.start, pinpoint.end
        if owner is not None and owner.start not in used:
            if owner.start > start:
                end = owner.end
            elif _LINK.match(folded[owner.end : start]):
                start = owner.start
            used.add(owner.start)
        document = owner.only if owner is not None else context
        targets = tuple(target(*place, document, titles.corpus) for place in pinpoint.places)
        out.append(_mention(text, start, end, owner, targets))
    out = _joined_ranges(text, out, titles.corpus)
    for named in documents:
        if named.start not in used:
            found = _dotted(folded, named, titles.corpus) or _section(folded, named, titles.corpus)
            end, targets = (found[0], (found[1],)) if found else (named.end, ())
            out.append(_mention(text, named.start, end, named, targets))
    return sorted([*out, *references], key=lambda m: (m.start, m.end))


def target(number: str, paragraph: int | None, item: int | None, document: str | None, corpus: Corpus) -> Target:
    """What ``number`` names in ``document``; an 项 without its 款 lies in the first 款 that has it."""
    if document is None:
        return Target(number, paragraph, item, None, False)
    base = Reference(document, number)
    provision = corpus.provisions.get(base)
    if item is not None and paragraph is None:
        having = [p.number for p in provision.paragraphs if any(i.number == item for i in p.items)] if provision else []
        paragraph = having[0] if having else 1
    ref = base if paragraph is None else base.at(paragraph, item)
    exists = provision is not None and provision.piece(ref) is not None
    return Target(number, paragraph, item, ref, exists)


def _mention(text: str, start: int, end: int, owner: NamedDocument | None, targets: tuple[Target, ...]) -> Mention:
    if owner is None:
        return Mention(start, end, text[start:end], None, (), None, False, targets)
    return Mention(start, end, text[start:end], owner.name, owner.documents, owner.catalog, owner.anaphor, targets)


def _covered(at: int, mentions: Sequence[Mention]) -> bool:
    return any(m.start <= at < m.end for m in mentions)


def _written_reference(text: str, match: re.Match[str], corpus: Corpus) -> Mention | None:
    """``genai-interim-measures-2023:7.1.3`` as scripts write it."""
    document, number = match["document"], match["number"]
    if not corpus.has(document):
        return None
    try:
        ref = corpus.parse(f"{document}:{number}")
        found = Target(ref.number, ref.paragraph, ref.item, ref, True)
    except LawqaError:
        found = Target(number, None, None, Reference(document, number), False)
    return Mention(
        match.start(), match.end(), text[match.start() : match.end()], document, (document,), None, False, (found,)
    )


def _owner(folded: str, pinpoint: Pinpoint, documents: Sequence[NamedDocument], inside: bool) -> NamedDocument | None:
    """The document that an article belongs to: the nearest named before it in its sentence, the one named right
    behind it (Article 7 of the …), else the last one that the text named at all."""
    at = bisect_right(documents, pinpoint.start, key=lambda d: d.end)
    before = documents[at - 1] if at else None
    near = before is not None and not _SENTENCE_END.search(folded, before.end, pinpoint.start)
    if before and near and _LINK.match(folded[before.end : pinpoint.start]):
        return before
    if pinpoint.marked and at < len(documents):
        behind = documents[at]
        if _LINK_BEFORE.fullmatch(folded[pinpoint.end : behind.start]) and not _has_own(folded, behind):
            return behind
    return before if near or (pinpoint.marked and not inside) else None


def _has_own(folded: str, document: NamedDocument) -> bool:
    """True where an article stands right behind the name: it is not the one before that the name belongs to."""
    tail = folded[document.end : document.end + 24].lstrip(" 的中里之")
    return any(p.start == 0 for p in find_pinpoints(tail))


def _adjacent(folded: str, owner: NamedDocument, pinpoint: Pinpoint, before: Sequence[Mention]) -> bool:
    """A number without 第 is an article only right behind a document's name or in a list of articles."""
    start = before[-1].end if before and before[-1].end > owner.end else owner.end
    return re.fullmatch(rf"[\s的中里之]*|{SEPARATOR}", folded[start : pinpoint.start]) is not None


def _joined_ranges(text: str, mentions: Sequence[Mention], corpus: Corpus) -> list[Mention]:
    """``第三条至第五条`` was read as two articles: one mention with everything between."""
    out: list[Mention] = []
    for mention in mentions:
        before = out[-1] if out else None
        if before and before.targets and mention.targets and before.documents == mention.documents:
            gap = fold(text[before.end : mention.start]).strip()
            a, b = before.targets[-1], mention.targets[0]
            if gap and RANGE.fullmatch(gap) and a.paragraph is None and a.number.isdigit() and b.number.isdigit():
                document = b.ref.document if b.ref else None
                numbers = range(int(a.number) + 1, int(b.number))[:200]
                between = tuple(target(str(n), None, None, document, corpus) for n in numbers)
                targets = before.targets + between + mention.targets
                out[-1] = replace(before, end=mention.end, text=text[before.start : mention.end], targets=targets)
                continue
        out.append(mention)
    return out


def _dotted(folded: str, named: NamedDocument, corpus: Corpus) -> tuple[int, Target] | None:
    """A number as in a reference right behind a name: 暂行办法 7.1.3, 《…规划》5.1."""
    dotted = dotted_at(folded, named.end)
    if named.only is None or dotted is None:
        return None
    try:
        ref = corpus.parse(f"{named.only}:{dotted[1]}")
    except LawqaError:
        return dotted[0], Target(dotted[1], None, None, Reference(named.only, dotted[1]), False)
    return dotted[0], Target(ref.number, ref.paragraph, ref.item, ref, True)


def _section(folded: str, named: NamedDocument, corpus: Corpus) -> tuple[int, Target] | None:
    """A numbered section behind the name of a document without articles: 《…规划》五、（一）."""
    if named.only is None:
        return None
    instrument = corpus.instrument(named.only)
    chains = _chains(instrument)
    if not chains:
        return None
    at = named.end
    chain, best = "", None
    while match := _SECTION_TOKEN.match(folded, at):
        chain += match[0]
        at = match.end()
        if number := chains.get(_chain_key(chain)):
            best = (at, Target(number, None, None, Reference(instrument.id, number), True))
    return best


def _chain_key(chain: str) -> str:
    folded = re.sub(r"第([一二三四五六七八九十]+)(?:部分|[项点节章])", r"\1", fold(chain))
    return re.sub(r"[、.．\s]|^(?:中|里)?的|第(?=（)|(?<=）)[项点]", "", folded)


def _chains(instrument: Instrument) -> dict[str, str]:
    return {_chain_key(chain): number for number, chain in section_markers(instrument).items()}
