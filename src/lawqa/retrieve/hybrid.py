"""Hybrid retrieval at article level: named provisions first, then FAISS and BM25 fused, in-force law before the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lawqa.corpus.library import Corpus
from lawqa.corpus.titles import Titles
from lawqa.index.store import Index
from lawqa.retrieve.fusion import Weights, fuse, learnt_weights, scale
from lawqa.retrieve.hit import Hit
from lawqa.retrieve.question import Question
from lawqa.retrieve.signals import Signals
from lawqa.text.normalise import fold

#: Added where the question names the document; subtracted where the text is not the law on the date asked.
NAMED_BONUS = 0.35
NOT_CURRENT = 0.35
FOREIGN = 0.2
_FOREIGN_CUE = re.compile(
    r"美国|国外|外国|境外文件|海外|us\b|usa|america|acm|行政令|法案|参议院|国会|联邦|白宫|特朗普|trump|executive order|deepfake"
)
_DRAFT_CUE = re.compile(r"征求意见稿|意见稿|草案|draft|正式稿|当初|最初|定稿|征求意见|原来那版|初稿")
_OLD_CUE = re.compile(r"修改前|修订前|修正前|旧法|旧版|原来的|老版|2016|2017|新旧|改之前|修法|前后|原网络安全法|旧网")


@dataclass(frozen=True)
class Ranking:
    """``scores`` of every provision (the corpus' order), the raw and scaled signals behind them, and why each
    document was moved (document id → reason)."""

    scores: np.ndarray
    raw: dict[str, np.ndarray]
    scaled: dict[str, np.ndarray]
    moved: dict[str, str]
    named_rows: tuple[int, ...]


class Retriever:
    """Ranks provisions for an understood question."""

    def __init__(self, corpus: Corpus, titles: Titles, index: Index, weights: Weights | None = None) -> None:
        self.corpus = corpus
        self.titles = titles
        self.index = index
        self.weights = weights or learnt_weights()
        self.signals = Signals(index)
        self._row = {ref: row for row, ref in enumerate(index.refs)}
        self._documents = np.array([ref.document for ref in index.refs])

    def rank(self, question: Question, docs: Sequence[str] = ()) -> Ranking:
        """Scores of all provisions; ``docs`` (ids) is a hard filter, everything else moves the order only."""
        raw = self.signals(question.search_text)
        scaled = scale(raw)
        scores = fuse(scaled, self.weights.rank)
        moved: dict[str, str] = {}
        for instrument in self.corpus.instruments:
            shift, reason = self._shift(instrument.id, question, docs)
            if shift:
                scores = np.where(self._documents == instrument.id, scores + shift, scores)
                moved[instrument.id] = reason
        named = tuple(self._row[r.provision] for r in question.references)
        for place, row in enumerate(named):
            scores[row] = 3.0 - 0.01 * place  # above everything that is only similar
        if docs:
            scores = np.where(np.isin(self._documents, list(docs)), scores, -1.0)
        return Ranking(scores, raw, scaled, moved, named)

    def _shift(self, id: str, question: Question, docs: Sequence[str]) -> tuple[float, str]:
        instrument = self.corpus.instrument(id)
        if id in question.documents or id in docs:
            return (NAMED_BONUS, "问题点名的文件") if id in question.documents else (0.0, "")
        text = fold(question.search_text)
        if not self.corpus.current_on(instrument, question.as_of.day):
            status = self.corpus.status_on(instrument, question.as_of.day)
            asked = _DRAFT_CUE if instrument.kind == "征求意见稿" else _OLD_CUE
            foreign = instrument.kind == "境外文件" and _FOREIGN_CUE.search(text)
            if not asked.search(text) and not foreign:
                return -NOT_CURRENT, f"{question.as_of.day.isoformat()}的状态：{status}"
        if instrument.kind == "境外文件" and not _FOREIGN_CUE.search(text):
            return -FOREIGN, "境外文件，问题没有问境外"
        if question.documents:
            return 0.0, ""
        return 0.0, ""

    def hits(self, ranking: Ranking, k: int) -> list[Hit]:
        """The best ``k`` provisions, ties in the corpus' order."""
        order = np.argsort(-ranking.scores, kind="stable")[:k]
        out = []
        for rank, row in enumerate(order, start=1):
            if ranking.scores[row] <= -1.0:
                break
            ref = self.index.refs[row]
            note = "问题点名的条文" if row in ranking.named_rows else ranking.moved.get(ref.document, "")
            signals = {name: round(float(values[row]), 4) for name, values in ranking.scaled.items()}
            out.append(Hit(rank, ref, round(float(ranking.scores[row]), 6), signals, note))
        return out
