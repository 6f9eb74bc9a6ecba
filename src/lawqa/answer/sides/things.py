"""Two things of the law side by side: how each is defined, and the provision that is about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lawqa.answer.definition import defining
from lawqa.answer.select import SHORT, Selected, Selector
from lawqa.answer.sides.naming import joined, listed
from lawqa.answer.sides.table import Block, Table
from lawqa.answer.sides.topical import Found, Topical
from lawqa.corpus.library import Corpus
from lawqa.corpus.reference import Reference
from lawqa.retrieve.question import Question
from lawqa.text.normalise import fold

#: What it costs that both things are found in one sentence only: two say more.
SHARED = 0.3
#: A provision that has the thing is still not about it below this score.
ABOUT = 0.35
CANDIDATES = 6


@dataclass(frozen=True, slots=True)
class _Candidate:
    row: int
    worth: float
    defines: bool
    caption: bool
    apart: bool


class Things:
    """Sets two things side by side, in one document where one treats both."""

    def __init__(self, corpus: Corpus, select: Selector, topical: Topical) -> None:
        self.corpus = corpus
        self.select = select
        self.topical = topical

    def __call__(self, question: Question) -> Table | None:
        """The table for ``question.sides``; None where the documents do not treat both things."""
        assert question.sides is not None
        sides = question.sides
        documents = sides.documents or self._in_force(question)
        respect = " ".join(sides.topics)
        found = [self.topical(question, f"{thing} {respect}".strip(), documents) for thing in sides.things]
        pairs = [(sides.things[0], sides.things[1]), (sides.things[1], sides.things[0])]
        candidates = [self._candidates(*pair, f, documents) for pair, f in zip(pairs, found, strict=True)]
        if not all(candidates):
            return None
        chosen = [
            self._quoted(own, bool(respect), pair[0] in pair[1])
            for pair, own in zip(pairs, self._together(candidates), strict=True)
        ]
        blocks = [
            Block(tuple(self._selected(question, thing, f, c) for c in own), thing)
            for thing, f, own in zip(sides.things, found, chosen, strict=True)
        ]
        quoted = {c.row for own in chosen for c in own}
        rest = [[c for c in own if c.row not in quoted] for own in candidates]
        shared = self._shared(question, found, rest)
        refs = [self.topical.index.refs[own[0].row] for own in rest if own]
        elsewhere = [ref for ref in dict.fromkeys(refs) if ref not in {s.provision.ref for s in shared}]
        return self._table(blocks, shared, elsewhere)

    def _in_force(self, question: Question) -> tuple[str, ...]:
        day = question.as_of.day
        held = self.corpus.instruments
        return tuple(i.id for i in held if self.corpus.current_on(i, day) and i.kind != "境外文件")

    def _candidates(self, thing: str, other: str, found: Found, documents: Sequence[str]) -> list[_Candidate]:
        """Provisions that have the thing literally and are about it, best first."""
        out = []
        for row, provision in enumerate(self.topical.provisions):
            if provision.ref.document not in documents or not _has(thing, provision.text):
                continue
            note = self.topical.index.note(provision.ref)
            caption = _has(thing, note.caption if note else provision.heading)
            defines = bool(defining(thing, provision))
            apart = any(_has(thing, t) and not _has(other, t) for _, t in provision.pieces())
            if (worth := float(found.ranked[row])) >= ABOUT:
                out.append(_Candidate(row, worth, defines, caption, apart))
        return sorted(out, key=lambda c: -c.worth)

    def _together(self, candidates: Sequence[Sequence[_Candidate]]) -> list[list[_Candidate]]:
        """The candidates of the one document that treats both things best; of any documents where none does."""
        names = self.topical.documents
        best: tuple[float, str] | None = None
        for document in dict.fromkeys(names[c.row] for c in candidates[0]):
            own = [[c for c in side if names[c.row] == document][:CANDIDATES] for side in candidates]
            if not all(own):
                continue
            worth = max(a.worth + b.worth - _shared(a, b) for a in own[0] for b in own[1])
            if best is None or worth > best[0]:
                best = (worth, document)
        if best is None:
            return [list(side) for side in candidates]
        return [[c for c in side if names[c.row] == best[1]] for side in candidates]

    @staticmethod
    def _quoted(own: Sequence[_Candidate], respect: bool, wider: bool) -> list[_Candidate]:
        """The definition, and the best provision about the thing; where a respect is named, the latter alone; of the
        ``wider`` of two things (个人信息 beside 敏感个人信息), which half the law is about, the definition alone."""
        definition = next((c for c in own if c.defines), None)
        if wider and definition and not respect:
            return [definition]
        rule = next((c for c in own if not c.defines and (c.caption or respect or definition is None)), None)
        wanted = [rule or definition] if respect else [definition, rule]
        return [c for c in wanted if c is not None]

    def _selected(self, question: Question, thing: str, found: Found, candidate: _Candidate) -> Selected:
        """The definition, or what of a long provision has the thing."""
        provision = self.topical.provisions[candidate.row]
        if candidate.defines and (definition := defining(thing, provision)):
            return Selected(provision, definition, candidate.worth)
        pieces = provision.pieces()
        having = [i for i, (_, text) in enumerate(pieces) if _has(thing, text) and pieces[i][0].item is not None]
        if having and len(provision.text) > SHORT:
            leads = {next(j for j in range(i, -1, -1) if pieces[j][0].item is None) for i in having}
            return Selected(provision, tuple(pieces[i] for i in sorted({*having, *leads})), candidate.worth)
        return self.select.quoted(question, found.topic, provision.ref, candidate.worth)

    def _shared(
        self, question: Question, found: Sequence[Found], rest: Sequence[Sequence[_Candidate]]
    ) -> list[Selected]:
        """The provision that is about both things, where there is one beside those quoted: among the best for one."""
        ranks = [{c.row: i for i, c in enumerate(own)} for own in rest]
        both = [row for row in ranks[0] if row in ranks[1] and min(r[row] for r in ranks) < CANDIDATES // 2]
        if not both:
            return []
        row = max(both, key=lambda r: float(found[0].ranked[r] + found[1].ranked[r]))
        topic = " ".join(f.topic for f in found)
        return [self.select.quoted(question, topic, self.topical.index.refs[row], float(found[0].ranked[row]))]

    def _table(self, blocks: Sequence[Block], shared: Sequence[Selected], elsewhere: Sequence[Reference]) -> Table:
        names = joined([f"“{b.title}”" for b in blocks])
        also = (Block(tuple(shared), "两者都说到的条文"),) if shared else ()
        refs = [[s.provision.ref for s in b.selected] for b in blocks]
        if refs[0] == refs[1]:
            merged = tuple(_both(a, b) for a, b in zip(blocks[0].selected, blocks[1].selected, strict=True))
            opening, blocks = f"{names}规定在同一处：{self._listed(merged)}。", (Block(merged),)
            return Table(opening, (*blocks, *also), related=tuple(elsewhere))
        where = "；".join(f"“{b.title}”见{self._listed(b.selected)}" for b in blocks)
        return Table(f"{names}对照：{where}。", (*blocks, *also), related=tuple(elsewhere))

    def _listed(self, selected: Sequence[Selected]) -> str:
        return listed(self.corpus, [s.provision for s in selected])


def _shared(one: _Candidate, other: _Candidate) -> float:
    return SHARED if one.row == other.row and not (one.apart and other.apart) else 0.0


def _has(thing: str, text: str) -> bool:
    """关键信息基础设施运营者 is what the law calls 关键信息基础设施的运营者."""
    return thing in fold(text) or thing.replace("的", "") in fold(text).replace("的", "")


def _both(one: Selected, other: Selected) -> Selected:
    """Both quotations of one provision, in its order."""
    pieces = {*one.pieces, *other.pieces}
    return Selected(one.provision, tuple(p for p in one.provision.pieces() if p in pieces), one.score)
