"""Selection: which provisions carry the answer, and which of their 款 and 项 are quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from lawqa.answer.breach import Breach
from lawqa.answer.definition import defined_pieces
from lawqa.answer.left_to import LeftTo
from lawqa.corpus.library import Corpus
from lawqa.corpus.provision import Paragraph, Provision
from lawqa.corpus.reference import Reference
from lawqa.index.nodes import PIECE
from lawqa.index.store import Index
from lawqa.retrieve.conversation import OF_DOCUMENT
from lawqa.retrieve.crossrefs import CrossReferences
from lawqa.retrieve.hybrid import EXCLUDED, Ranking
from lawqa.retrieve.provision_kind import fits
from lawqa.retrieve.question import Question

#: What a term takes in (深度合成技术包括哪些) stands in its definition.
_TAKES_IN = re.compile(r"分别指|指谁|包括哪|包含哪|哪几[类种]")
#: A provision is cited beside the best one where its score reaches this share of the best's …
SHARE = 0.8
#: … and never more than so many, unless the question names them.
MOST = 3
#: A provision so short is quoted whole.
SHORT = 260
#: Fewer characters than these are no answer where the provision goes on.
LEAD = 20
#: A 款 (or a line of a section) is quoted where its score reaches this share of the best one's.
PARAGRAPH = 0.5
#: One 项 stands out where its score is this many times the mean of its list.
STANDS_OUT = 2.5


@dataclass(frozen=True, slots=True)
class Selected:
    """A provision to cite and the literal pieces of it to quote, in the law's order. ``see``: provisions of the documents
    that it leaves the matter to, as far as they are not quoted beside it."""

    provision: Provision
    pieces: tuple[tuple[Reference, str], ...]
    score: float
    see: tuple[Reference, ...] = ()


class Selector:
    """Chooses provisions and pieces for an answer."""

    def __init__(self, corpus: Corpus, index: Index, references: CrossReferences) -> None:
        self.corpus = corpus
        self.index = index
        self.breach = Breach(corpus, index, references)
        self.left_to = LeftTo(corpus, index, references)
        self._documents = np.array([ref.document for ref in index.refs])
        self._piece_rows: dict[str, list[int]] = {}
        for i in np.flatnonzero(index.kinds == PIECE):
            self._piece_rows.setdefault(index.node_ids[i].split("#")[0], []).append(int(i))

    def __call__(self, question: Question, ranking: Ranking) -> list[Selected]:
        """The provisions that answer, best first; those that the question names, and only those (with the penalty for
        their breach, where that is asked), where it does."""
        if question.references:
            chosen = [self._selected(question, ref, 1.0) for ref in question.references[:12]]
            only = question.references[0].provision
            if len(chosen) == 1 and (penalty := self.breach(question, ranking, [only])):  # 违反第五十五条怎么罚
                chosen.append(self._selected(replace(question, references=()), penalty, 1.0))
            return chosen
        rows = self._rows(question, self.of_the_named(question, ranking))
        if penalty := self.breach(question, ranking, [self.index.refs[row] for row in rows]):
            rows = list(dict.fromkeys((rows[0], self.index.refs.index(penalty), *rows[1:])))[:MOST]
        quoted, see = self.left_to(question, ranking, rows)
        chosen = [self._selected(question, self.index.refs[r], float(ranking.scores[r])) for r in (*rows, *quoted)]
        if _defines(question) and defined_pieces(question.search_text, chosen[0].provision):
            chosen = [c for c in chosen if defined_pieces(question.search_text, c.provision)]
        return [replace(chosen[0], see=see), *chosen[1:]]

    def of_the_named(self, question: Question, ranking: Ranking) -> Ranking:
        """Where the penalty of a document is asked for, what breaking another one costs is no answer."""
        day = question.as_of.day
        named = [d for d in question.documents if self.corpus.current_on(self.corpus.instrument(d), day)]
        if question.intent != "penalty" or not named:
            return ranking
        return replace(ranking, scores=np.where(np.isin(self._documents, named), ranking.scores, EXCLUDED))

    def quoted(self, question: Question, topic: str, ref: Reference, score: float) -> Selected:
        """What of the provision at ``ref`` speaks of ``topic``, whatever else the question says."""
        return self._selected(replace(question, search_text=topic, references=()), ref, score)

    def _rows(self, question: Question, ranking: Ranking) -> list[int]:
        order = np.argsort(-ranking.scores, kind="stable")[: 4 * MOST]
        stale = ranking.scaled["stale"]
        if stale[order[0]]:  # a draft or an old version that was not asked for: the law in force goes first
            current = int(np.argmax(np.where(stale > 0, EXCLUDED, ranking.scores)))
            return [current, int(order[0])]
        best = float(ranking.scores[order[0]])
        if question.intent not in OF_DOCUMENT:
            # what a conversation adds decides which is best, not what is good enough beside it; but the penalty for what
            # was spoken of, and the authority of the document, need nothing beside them
            best -= dict(question.boosts).get(self.index.refs[order[0]], 0.0)
        texts: set[str] = set()
        out: list[int] = []
        for row in order:
            provision = self.corpus.provisions[self.index.refs[row]]
            if float(ranking.scores[row]) < SHARE * best or len(out) >= MOST:
                break
            if not provision.paragraphs or provision.text in texts:  # a bare heading; the same text elsewhere
                continue
            if stale[row]:
                continue  # a draft or an old version beside the law in force only confuses
            texts.add(provision.text)
            out.append(int(row))
        return out or [int(order[0])]

    def _selected(self, question: Question, ref: Reference, score: float) -> Selected:
        provision = self.corpus.provision(ref)
        if ref.paragraph is not None:
            pieces = [(at, text) for at, text in provision.pieces() if _within(at, ref)]
            lead = next(((at, t) for at, t in provision.pieces() if at == ref.at(ref.paragraph)), None)
            if ref.item is not None and lead:
                pieces.insert(0, lead)
            return Selected(provision, tuple(pieces), score)
        if _defines(question) and (defined := defined_pieces(question.search_text, provision)):
            return Selected(provision, tuple(defined), score)
        if question.references or len(provision.text) <= SHORT:
            return Selected(provision, tuple(provision.pieces()), score)
        return Selected(provision, tuple(self._pieces(question, provision)), score)

    def _pieces(self, question: Question, provision: Provision) -> list[tuple[Reference, str]]:
        """The 款 that answer; of a list, the 项 that stands out, or all of it."""
        scores = self._scores(question, provision)
        all_pieces = provision.pieces()
        if len(all_pieces) <= 1:
            return all_pieces
        by_paragraph: list[tuple[Paragraph, float, list[tuple[Reference, str]]]] = []
        at = 0
        for paragraph in provision.paragraphs:
            size = 1 + len(paragraph.items)
            own = all_pieces[at : at + size]
            by_paragraph.append((paragraph, max(scores[at : at + size]), own))
            at += size
        best = max(score for _, score, _ in by_paragraph)
        out: list[tuple[Reference, str]] = []
        for paragraph, score, own in by_paragraph:
            if score < PARAGRAPH * best and len(by_paragraph) > 1:
                continue
            out += self._items(paragraph, own, scores, all_pieces)
        if sum(len(text) for _, text in out) < LEAD:
            # a line that only leads in (分三步走。) says little without what it leads to
            at = all_pieces.index(out[-1]) + 1
            while at < len(all_pieces) and sum(len(text) for _, text in out) < SHORT:
                out.append(all_pieces[at])
                at += 1
        return out

    def _items(
        self,
        paragraph: Paragraph,
        own: list[tuple[Reference, str]],
        scores: Sequence[float],
        all_pieces: list[tuple[Reference, str]],
    ) -> list[tuple[Reference, str]]:
        if not paragraph.items:
            return own
        start = all_pieces.index(own[0])
        items = scores[start + 1 : start + len(own)]
        mean = sum(items) / len(items)
        top = max(items)
        if len(items) >= 3 and mean > 0 and top >= STANDS_OUT * mean:
            keep = [piece for piece, score in zip(own[1:], items, strict=True) if score >= 0.75 * top]
            return [own[0], *keep]
        return own

    def _scores(self, question: Question, provision: Provision) -> list[float]:
        """How each piece answers: shared words (rarer ones count more), meaning, and the intent's operative words."""
        words = set(self.index.tokeniser.tokens(question.search_text))
        law = {t for e in question.expansions for w in e.law for t in self.index.tokeniser.tokens(w)}
        vector = self.index.embedder.queries([question.search_text])[0]
        similar = {}
        for i in self._piece_rows.get(str(provision.ref), []):
            number = int(self.index.node_ids[i].rsplit("#p", 1)[1])
            similar[number] = float(self.index.vectors.reconstruct(i) @ vector)
        out = []
        for n, (_, text) in enumerate(provision.pieces()):
            own = set(self.index.tokeniser.tokens(text))
            overlap = (len(words & own) + 1.2 * len(law & own)) / (len(own) ** 0.5 + 1)
            fit = 0.15 * any(fits(intent, text) for intent in question.intents[:2])
            out.append(overlap + 1.5 * max(similar.get(n, 0.0), 0.0) + fit)
        return out


def _defines(question: Question) -> bool:
    """True where the question wants to know what a term means or takes in."""
    return question.intent == "definition" or bool(_TAKES_IN.search(question.text))


def _within(at: Reference, ref: Reference) -> bool:
    return at.paragraph == ref.paragraph and (ref.item is None or at.item == ref.item)
