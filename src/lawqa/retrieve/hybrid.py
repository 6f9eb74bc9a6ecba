"""Hybrid retrieval at article level: named provisions first, then FAISS and BM25 fused, in-force law before the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lawqa.corpus.instrument import Instrument
from lawqa.corpus.library import Corpus
from lawqa.corpus.titles import Titles
from lawqa.index.store import Index
from lawqa.retrieve.asked_figure import figure_found
from lawqa.retrieve.fusion import CONTEXT, Weights, fuse, learnt_weights, scale
from lawqa.retrieve.hit import Hit
from lawqa.retrieve.provision_kind import OPERATIVE, fits
from lawqa.retrieve.question import Question
from lawqa.retrieve.signals import Matches, Signals
from lawqa.text.normalise import fold

#: How much stronger than a draft the wrong version of a law is held back: the right version says nearly the same.
OTHER_VERSION = 3.0
#: The share that a follow-up's own words have in its signals; the rest is that of the whole conversation.
OWN_WORDS = 0.5
#: How many provisions are looked through for a figure that the question asks for.
BEST = 3
#: What a provision of a user's own without notes gets for the questions, terms and class that it lacks: the shipped
#: ones win by them. `python tools/leave_out.py` measures it; the more, the more questions about other documents lose.
WITHOUT_NOTES = 0.38
#: The score of a provision outside the documents asked for.
EXCLUDED = -9.0
_FOREIGN_CUE = re.compile(
    r"美国|国外|外国|境外文件|海外|us\b|usa|america|acm|行政令|法案|参议院|国会|联邦|白宫|特朗普|trump|executive order|deepfake"
)
_DRAFT_CUE = re.compile(r"征求意见稿|意见稿|草案|draft|正式稿|当初|最初|定稿|征求意见|原来那版|初稿")
_OLD_CUE = re.compile(r"修改前|修订前|修正前|旧法|旧版|原来的|老版|2016|2017|新旧|改之前|修法|前后|原网络安全法|旧网")


@dataclass(frozen=True)
class Ranking:
    """``scores`` of every provision (the corpus' order), the raw matches and scaled signals behind them, and why
    each document was moved (document id → reason). ``wording``: how the question is worded, see Weights. ``figure``:
    whether the best provisions have a figure of the kind asked for, see ``figure_found``. ``strange``: no question about
    these documents has any word of what a follow-up adds, or none of them was published on the day asked."""

    scores: np.ndarray
    matches: Matches
    scaled: dict[str, np.ndarray]
    moved: dict[str, str]
    named_rows: tuple[int, ...]
    wording: float = 0.0
    own_overlap: float = 0.0
    figure: float = 0.0
    strange: bool = False


class Retriever:
    """Ranks provisions for an understood question."""

    def __init__(
        self, corpus: Corpus, titles: Titles, index: Index, primary: str = "", weights: Weights | None = None
    ) -> None:
        self.corpus = corpus
        self.titles = titles
        self.index = index
        self.primary = primary
        self.weights = weights or learnt_weights()
        self.signals = Signals(index, self.weights.classifier)
        self._row = {ref: row for row, ref in enumerate(index.refs)}
        self._documents = np.array([ref.document for ref in index.refs])
        texts = [corpus.provisions[ref].text for ref in index.refs]
        self._fits = {i: np.array([fits(i, t) for t in texts], np.float32) for i in OPERATIVE}
        self._empty = np.array([not t for t in texts])
        self._bare = np.array([ref.document in corpus.own and not index.note(ref) for ref in index.refs])

    def rank(self, question: Question, docs: Sequence[str] = ()) -> Ranking:
        """Scores of all provisions; ``docs`` (ids) is a hard filter, everything else moves the order only."""
        return self.within(question, docs)

    def within(self, question: Question, docs: Sequence[str]) -> Ranking:
        """The same for a part of a question, a topic of it: not what the whole question is ranked by."""
        matches = self.signals(question.topic)
        context, moved = self.context(question, docs)
        own = self.signals(question.own) if question.own else None
        scaled = {**_blended(matches, own), **context}
        scores = fuse(scaled, self.weights.rank)
        scores = np.where(self._empty, scores - 0.5, scores)  # a bare heading answers nothing
        scores = np.where(self._bare, scores + WITHOUT_NOTES, scores)
        for ref, boost in question.boosts:
            scores[self._row[ref]] += boost
        named = tuple(self._row[r.provision] for r in question.references)
        for place, row in enumerate(named):
            scores[row] = 3.0 - 0.01 * place  # above everything that is only similar
        if docs:
            scores = np.where(np.isin(self._documents, list(docs)), scores, EXCLUDED)
        unpublished = self.unpublished(question, docs)
        if unpublished:
            scores = np.where(np.isin(self._documents, unpublished), EXCLUDED, scores)
            if not ((scores > EXCLUDED) & (scaled["stale"] == 0)).any():  # there is no law in force that could go first
                scaled["stale"] = np.zeros_like(scaled["stale"])
        wording = sum(self.weights.wording.get(token, 0.0) for token in set(matches.tokens))
        overlap = self._own_overlap(question, int(np.argmax(scores)))
        best = [self.index.refs[row] for row in np.argsort(-scores, kind="stable")[:BEST]]
        figure = figure_found(question.text, (self.corpus.provision(ref).text for ref in best))
        strange = own is not None and own.unknown >= 1 and not question.own.isascii()
        strange = strange or bool(unpublished and scores.max() <= EXCLUDED)
        return Ranking(scores, matches, scaled, moved, named, wording, overlap, figure, strange)

    def _own_overlap(self, question: Question, best: int) -> float:
        """The share of the question's words that stand in the best provision, where that is of a user's own document
        without notes: what is learnt from notes says nothing about it. 0 elsewhere."""
        if not self._bare[best]:
            return 0.0
        ref = self.index.refs[best]
        words = set(self.index.tokeniser.words(question.text))
        provision = self.corpus.provision(ref)
        own = set(
            self.index.tokeniser.words(
                f"{self.corpus.instrument(ref.document).title} {provision.heading} {provision.text}"
            )
        )
        return len(words & own) / len(words) if words else 0.0

    def context(self, question: Question, docs: Sequence[str] = ()) -> tuple[dict[str, np.ndarray], dict[str, str]]:
        """Signals that do not come from words (see fusion.CONTEXT), and the reason for each document moved."""
        size = len(self.index.refs)
        out = {name: np.zeros(size, np.float32) for name in CONTEXT}
        moved: dict[str, str] = {}
        text = fold(question.search_text)
        for instrument in self.corpus.instruments:
            own = self._documents == instrument.id
            if instrument.id in question.named:
                out["named"][own] = 1
                moved[instrument.id] = "问题点名的文件"
            elif instrument.id in docs:
                continue
            elif reason := self._stale(instrument, question, text):
                out["stale"][own] = 1 if self._only_version(instrument) else OTHER_VERSION
                moved[instrument.id] = reason
            elif instrument.kind == "境外文件" and not _FOREIGN_CUE.search(text):
                out["foreign"][own] = 1
                moved[instrument.id] = "境外文件，问题没有问境外"
            if instrument.is_binding:
                out["binding"][own] = 1
            if instrument.id == self.primary:
                out["primary"][own] = 1
        for intent in question.intents[:1]:
            if intent in self._fits:
                out["fit"] = self._fits[intent]
        return out, moved

    def _stale(self, instrument: Instrument, question: Question, text: str) -> str | None:
        """Why a text is not the law on the day asked; None where it is, or where the question asks for it."""
        day = question.as_of.day
        if self.corpus.current_on(instrument, day):
            return None
        if instrument.kind == "境外文件" and _FOREIGN_CUE.search(text):
            return None
        asked = _DRAFT_CUE if instrument.kind == "征求意见稿" else _OLD_CUE
        if asked.search(text):
            return None
        return f"{day.isoformat()}的状态：{self.corpus.status_on(instrument, day)}"

    def unpublished(self, question: Question, docs: Sequence[str] = ()) -> list[str]:
        """The documents that nobody could know on the day asked, but those that the question names, itself or by an
        article, or asks for as a draft or another version."""
        day = question.as_of.day
        asked = {*question.documents, *question.ambiguous, *docs, *(ref.document for ref in question.references)}
        text = fold(question.search_text).replace(question.as_of.phrase or "\0", " ")
        return [
            i.id
            for i in self.corpus.instruments
            if i.id not in asked
            and not self.corpus.published_on(i, day)
            and not (i.kind == "征求意见稿" and _DRAFT_CUE.search(text))
            and not (not self._only_version(i) and i.kind != "征求意见稿" and _OLD_CUE.search(text))
        ]

    def _only_version(self, instrument: Instrument) -> bool:
        """False where another version of the same law is held: it says the same for the day asked."""
        others = (self.corpus.predecessor(instrument), self.corpus.successor(instrument))
        return all(other is None or other.title != instrument.title for other in others)

    def hits(self, ranking: Ranking, k: int) -> list[Hit]:
        """The best ``k`` provisions, ties in the corpus' order."""
        order = np.argsort(-ranking.scores, kind="stable")[:k]
        out = []
        for rank, row in enumerate(order, start=1):
            if ranking.scores[row] <= EXCLUDED:
                break
            ref = self.index.refs[row]
            note = "问题点名的条文" if row in ranking.named_rows else ranking.moved.get(ref.document, "")
            signals = {name: round(float(values[row]), 4) for name, values in ranking.scaled.items()}
            out.append(Hit(rank, ref, round(float(ranking.scores[row]), 6), signals, note))
        return out


def _blended(matches: Matches, own: Matches | None) -> dict[str, np.ndarray]:
    """The signals from 0 to 1; those of a follow-up's own words beside those of the conversation."""
    joint = scale(matches.provisions)
    if own is None:
        return joint
    fresh = scale(own.provisions)
    return {name: (1 - OWN_WORDS) * values + OWN_WORDS * fresh[name] for name, values in joint.items()}
