"""The signals: how every provision matches a question, one number a provision and signal.

Lexical signals are BM25 scores; ``*_q`` signals match the question against the editorial questions and take,
for a provision, its best (and the mean of its three best). Dense signals are cosines. All are arrays of shape
(provisions,), raw: fusion scales them.
"""

from __future__ import annotations

import numpy as np

from lawqa.index.nodes import PIECE, PROVISION, QUESTION
from lawqa.index.store import Index
from lawqa.retrieve.expansion import Lexicon

SIGNALS = ("text", "head", "notes", "law", "bm25_q", "bm25_q3", "dense", "dense_q", "dense_q3")


class Signals:
    """Computes all signals of a question against one index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.lexicon = Lexicon(index.concepts)
        self._size = len(index.refs)
        self._text_nodes = (index.kinds == PROVISION) | (index.kinds == PIECE)
        self._question_nodes = index.kinds == QUESTION
        self._text_rows = index.rows[self._text_nodes]
        self._question_rows = index.question_rows
        # where the questions of each provision begin, in an order that keeps them together
        self._order = np.argsort(self._question_rows, kind="stable")
        self._starts = np.searchsorted(self._question_rows[self._order], np.arange(self._size + 1))

    def __call__(self, question: str) -> dict[str, np.ndarray]:
        """Signal name → float32 (provisions,)."""
        tokens = self.index.tokeniser.tokens(question)
        fields = self.index.fields
        out: dict[str, np.ndarray] = {}
        for name in ("text", "head", "notes"):
            if name in fields:
                out[name] = fields[name].scores(tokens)
        expansions = self.lexicon.expand(question)
        law = [t for e in expansions for w in e.law for t in self.index.tokeniser.tokens(w)]
        out["law"] = fields["text"].scores(sorted(set(law)))
        similar = self._similarities(question)
        best = np.full(self._size, -1.0, np.float32)
        np.maximum.at(best, self._text_rows, similar[self._text_nodes])
        out["dense"] = best
        if "questions" in fields:
            out["bm25_q"], out["bm25_q3"] = self._best_questions(fields["questions"].scores(tokens))
            out["dense_q"], out["dense_q3"] = self._best_questions(similar[self._question_nodes])
        zero = np.zeros(self._size, np.float32)
        return {name: out.get(name, zero) for name in SIGNALS}

    def _similarities(self, question: str) -> np.ndarray:
        """Cosine of the question with every node, in the nodes' order."""
        vector = self.index.embedder.queries([question])
        scores, ids = self.index.vectors.search(vector, self.index.vectors.ntotal)
        out = np.zeros(self.index.vectors.ntotal, np.float32)
        out[ids[0]] = scores[0]
        return out

    def _best_questions(self, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The best question of every provision, and the mean of its three best; 0 without questions."""
        best, mean = np.zeros(self._size, np.float32), np.zeros(self._size, np.float32)
        ordered = scores[self._order]
        for row in range(self._size):
            own = ordered[self._starts[row] : self._starts[row + 1]]
            if own.size:
                top = np.sort(own)[-3:]
                best[row], mean[row] = top[-1], top.mean()
        return best, mean
