"""Two things of the law side by side: how each is defined, and the provision that is about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lawqa.answer.select import Selected, Selector
from lawqa.answer.sides.table import Block, Table
from lawqa.answer.sides.topical import Found, Topical
from lawqa.corpus.library import Corpus
from lawqa.corpus.provision import Provision
from lawqa.corpus.reference import Reference
from lawqa.retrieve.question import Question
from lawqa.text.normalise import fold

#: What a definition of the thing, and the thing in our caption of a provision, add to its score.
DEFINED, CAPTION = 0.3, 0.15
#: What it costs that both things are found in one provision only: two say more.
SHARED = 0.1
#: A provision that has the thing is still not about it below this score.
ABOUT = 0.35
CANDIDATES = 6


@dataclass(frozen=True, slots=True)
class _Candidate:
    row: int
    worth: float
    defines: bool


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
        candidates = [self._candidates(t, f, documents) for t, f in zip(sides.things, found, strict=True)]
        if not all(candidates):
            return None
        chosen = [self._quoted(own, bool(respect)) for own in self._together(candidates)]
        blocks = [
            Block(tuple(self._selected(question, thing, f, c) for c in own), thing)
            for thing, f, own in zip(sides.things, found, chosen, strict=True)
        ]
        quoted = {c.row for own in chosen for c in own}
        rest = [[c for c in own if c.row not in quoted][:CANDIDATES] for own in candidates]
        shared = self._shared(question, sides.things, found[0], rest)
        refs = [self.topical.index.refs[own[0].row] for own in rest if own]
        elsewhere = [ref for ref in dict.fromkeys(refs) if ref not in {s.provision.ref for s in shared}]
        return self._table(blocks, shared, elsewhere)

    def _in_force(self, question: Question) -> tuple[str, ...]:
        day = question.as_of.day
        held = self.corpus.instruments
        return tuple(i.id for i in held if self.corpus.current_on(i, day) and i.kind != "境外文件")

    def _candidates(self, thing: str, found: Found, documents: Sequence[str]) -> list[_Candidate]:
        """Provisions that have the thing literally and are about it, best first."""
        out = []
        for row, provision in enumerate(self.topical.provisions):
            if provision.ref.document not in documents or thing not in fold(provision.text):
                continue
            defines = bool(defining(thing, provision))
            note = self.topical.index.note(provision.ref)
            caption = thing in fold(note.caption if note else provision.heading)
            worth = float(found.scores[row]) + DEFINED * defines + CAPTION * caption
            if worth >= ABOUT:
                out.append(_Candidate(row, worth, defines))
        return sorted(out, key=lambda c: -c.worth)

    def _together(self, candidates: Sequence[Sequence[_Candidate]]) -> list[list[_Candidate]]:
        """The candidates of the one document that treats both things best; of any documents where none does."""
        names = self.topical.documents
        best: tuple[float, str] | None = None
        for document in dict.fromkeys(names[c.row] for c in candidates[0]):
            own = [[c for c in side if names[c.row] == document][:CANDIDATES] for side in candidates]
            if not all(own):
                continue
            worth = max(a.worth + b.worth - SHARED * (a.row == b.row) for a in own[0] for b in own[1])
            if best is None or worth > best[0]:
                best = (worth, document)
        if best is None:
            return [list(side) for side in candidates]
        return [[c for c in side if names[c.row] == best[1]] for side in candidates]

    @staticmethod
    def _quoted(own: Sequence[_Candidate], respect: bool) -> list[_Candidate]:
        """The definition, and the best provision that is more than one; with a respect that alone."""
        definition = next((c for c in own if c.defines), None)
        rule = next((c for c in own if not c.defines), None)
        wanted = [rule or definition] if respect else [definition, rule]
        return [c for c in wanted if c is not None]

    def _selected(self, question: Question, thing: str, found: Found, candidate: _Candidate) -> Selected:
        provision = self.topical.provisions[candidate.row]
        if candidate.defines and (pieces := defining(thing, provision)):
            return Selected(provision, pieces, candidate.worth)
        return self.select.quoted(question, found.topic, provision.ref, candidate.worth)

    def _shared(
        self, question: Question, things: Sequence[str], found: Found, rest: Sequence[Sequence[_Candidate]]
    ) -> list[Selected]:
        """The provision that deals with both things at once, where there is one beside those quoted."""
        both = {c.row for c in rest[0]} & {c.row for c in rest[1]}
        row = next((c.row for c in rest[0] if c.row in both), None)
        if row is None:
            return []
        topic = " ".join((*things, found.topic))
        return [self.select.quoted(question, topic, self.topical.index.refs[row], float(found.scores[row]))]

    def _table(self, blocks: Sequence[Block], shared: Sequence[Selected], elsewhere: Sequence[Reference]) -> Table:
        names = "与".join(f"“{b.title}”" for b in blocks)
        where = "；".join(f"“{b.title}”见{_labels(b.selected)}" for b in blocks)
        also = (Block(tuple(shared), "两者都说到的条文"),) if shared else ()
        refs = [[s.provision.ref for s in b.selected] for b in blocks]
        if refs[0] == refs[1]:
            merged = tuple(_joined(a, b) for a, b in zip(blocks[0].selected, blocks[1].selected, strict=True))
            opening, blocks = f"{names}规定在同一处：{_labels(merged)}。", (Block(merged),)
            return Table(opening, (*blocks, *also), related=tuple(elsewhere))
        return Table(f"{names}对照：{where}。", (*blocks, *also), related=tuple(elsewhere))


def _labels(selected: Sequence[Selected]) -> str:
    return "、".join(s.provision.label for s in selected)


def _joined(one: Selected, other: Selected) -> Selected:
    """Both quotations of one provision, in its order."""
    pieces = {*one.pieces, *other.pieces}
    return Selected(one.provision, tuple(p for p in one.provision.pieces() if p in pieces), one.score)


def defining(thing: str, provision: Provision) -> tuple[tuple[Reference, str], ...]:
    """The pieces that define the thing: 显式标识是指…, （二）网络运营者，是指…; empty where none does."""
    pattern = re.compile(
        rf"^(?:（[一二三四五六七八九十]+）)?(?:本[法办法规定条例]+所称)?{re.escape(thing)}(?:，|、)?(?:是指|，指|是|包括)"
    )
    return tuple((ref, text) for ref, text in provision.pieces() if pattern.search(fold(text)))
