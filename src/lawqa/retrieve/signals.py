"""The signals: how every provision matches a question, one number a provision and signal.

``text``, ``head``, ``notes`` and ``whole`` are BM25 scores of those fields, ``law`` that of the law's terms for the
question's; ``classified`` is the classifier's; ``*_q`` signals match the question against the editorial questions and take, for a provision, its best
(and the mean of its three best). Dense signals are cosines. All are arrays of shape
(provisions,), raw: fusion scales them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np

from lawqa.index.nodes import BEYOND, PIECE, PROVISION, PROVISION_FIELDS, QUESTION
from lawqa.index.store import Index
from lawqa.index.vectors import nearest_vectors
from lawqa.retrieve.classifier import Classifier
from lawqa.retrieve.expansion import Lexicon
from lawqa.text.tokenise import grams

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2,}")
#: How many nodes FAISS returns: far more than can matter, far fewer than all.
NEAREST = 8192
#: How many questions make up the neighbourhood of a question.
NEIGHBOURS = 30
#: How many of a provision's questions the ``*_q3`` signals average.
TOP = 3
SIGNALS = (*PROVISION_FIELDS, "law", "dense", "dense_q", "dense_q3", "classified")
#: By how much a class' logit lies below the best one's before its signal falls to 1/e.
SOFTNESS = 4.0


@dataclass(frozen=True)
class Matches:
    """``provisions``: signal name → float32 (provisions,). ``question_bm25``: how the question matches the editorial
    question most like it, by words and bigrams. How the question matches those that nothing answers:
    ``beyond_dense`` (cosine) and ``beyond_bm25`` of the nearest, ``beyond`` its group (None without any);
    ``unknown`` the share of its words that no editorial question has;
    ``tokens`` the question's words and bigrams; ``beyond_share`` how much of the neighbourhood of the question they
    are (0 to 1), by kind of likeness; ``beyond_class`` the classifier's probability that nothing here answers."""

    provisions: dict[str, np.ndarray]
    question_bm25: float = 0.0
    beyond_dense: float = 0.0
    beyond_bm25: float = 0.0
    beyond: int | None = None
    beyond_share: dict[str, float] = field(default_factory=dict)
    tokens: tuple[str, ...] = ()
    unknown: float = 0.0
    beyond_class: float = 0.0


class Signals:
    """Computes all signals of a question against one index."""

    def __init__(self, index: Index, classifier: Classifier | None = None) -> None:
        self.index = index
        self._classifier = classifier
        if classifier:
            # a provision without notes here was not learnt from them, whatever was held when the classifier was
            names = (str(ref) if index.note(ref) else "" for ref in index.refs)
            self._classes = classifier.rows(names)
        self.lexicon = Lexicon(index.concepts)
        self._size = len(index.refs)
        self._text_nodes = (index.kinds == PROVISION) | (index.kinds == PIECE)
        self._question_nodes = index.kinds == QUESTION
        self._beyond_nodes = index.kinds == BEYOND
        self._text_rows = index.rows[self._text_nodes]
        self._question_rows = index.question_rows
        # the questions of each provision as a row of positions, padded with the position of a score that never wins
        counts = np.bincount(self._question_rows, minlength=self._size)
        self._places = np.full((self._size, max(int(counts.max(initial=0)), TOP)), len(self._question_rows), np.int64)
        order = np.argsort(self._question_rows, kind="stable")
        columns = np.concatenate([np.arange(n) for n in counts]) if len(order) else order
        self._places[self._question_rows[order], columns] = order
        self._counts = np.minimum(counts, TOP)

    def __call__(self, question: str) -> Matches:
        """All signals of ``question``."""
        expansions = self.lexicon.expand(question)
        if _is_latin(question):  # the documents are Chinese: the law's words stand in for a translation
            question = " ".join([question, *dict.fromkeys(w for e in expansions for w in e.law)])
        tokens = self.index.tokeniser.tokens(question)
        fields = self.index.fields
        out: dict[str, np.ndarray] = {}
        characters = list(dict.fromkeys(grams(question)))
        for name in PROVISION_FIELDS:
            out[name] = fields[name].scores(characters)
        law = [t for e in expansions for w in e.law for t in grams(w)]
        out["law"] = fields["text"].scores(sorted(set(law)))
        similar = self._similarities(question)
        best = np.full(self._size, -1.0, np.float32)
        np.maximum.at(best, self._text_rows, similar[self._text_nodes])
        out["dense"] = best
        question_scores = np.zeros(0, np.float32)
        if "questions" in fields:
            question_scores = fields["questions"].scores(tokens)
            out["dense_q"], out["dense_q3"] = self._best_questions(similar[self._question_nodes])
        beyond_class = 0.0
        if self._classifier:
            out["classified"], beyond_class = self._classified(self._classifier, {*tokens, *characters})
        best_question = float(question_scores.max(initial=0.0))
        zero = np.zeros(self._size, np.float32)
        provisions = {name: out.get(name, zero) for name in SIGNALS}
        words = [t for t in tokens if len(t) > 1 and not t.startswith("_")]
        known = [t for t in words if "questions" in fields and fields["questions"].knows(t)]
        unknown = 1 - len(known) / len(words) if words else 0.0
        if "beyond" not in fields:
            return Matches(provisions, best_question, tokens=tuple(tokens), unknown=unknown, beyond_class=beyond_class)
        dense = similar[self._beyond_nodes]
        bm25 = fields["beyond"].scores(tokens)
        nearest = int(np.argmax(dense + 0.3 * bm25 / max(float(bm25.max()), 1e-6)))
        answered = similar[self._question_nodes], question_scores
        share = {"dense": beyond_share(answered[0], dense, 8.0), "bm25": beyond_share(answered[1], bm25, 6.0)}
        for name, own, other in (("near", dense, answered[0]), ("near_bm25", bm25, answered[1])):
            share[name] = beyond_share(other, own, 0.0)
        return Matches(
            provisions,
            best_question,
            float(dense.max()),
            float(bm25.max()),
            int(self.index.beyond_rows[nearest]),
            share,
            tuple(tokens),
            unknown,
            beyond_class,
        )

    def _classified(self, classifier: Classifier, features: set[str]) -> tuple[np.ndarray, float]:
        """How likely each provision's class is, against the likeliest class (1 for that one, 0 without a class), and
        the probability of all classes of what nothing answers."""
        logits = classifier(features)
        logits -= logits.max()
        probable = np.exp(logits)
        signal = np.where(self._classes < 0, 0, np.exp(logits / SOFTNESS)[self._classes])
        return signal.astype(np.float32), float(probable[classifier.beyond].sum() / probable.sum())

    def _similarities(self, question: str) -> np.ndarray:
        """Cosine of the question with every node, in the nodes' order; 0 beyond the nearest ``NEAREST``."""
        vector = self.index.embedder.queries([question])
        total = self.index.vectors.ntotal
        scores, ids = nearest_vectors(self.index.vectors, vector, min(NEAREST, total))
        out = np.zeros(total, np.float32)
        out[ids[0]] = scores[0]
        return out

    def _best_questions(self, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The best question of every provision, and the mean of its three best; 0 without questions."""
        padded = np.append(scores, np.float32(0))[self._places]
        padded.partition(padded.shape[1] - TOP, axis=1)
        top = padded[:, -TOP:]
        mean = top.sum(axis=1) / np.maximum(self._counts, 1)
        return top.max(axis=1), mean.astype(np.float32)


def _is_latin(text: str) -> bool:
    """True where a question has (nearly) no Chinese."""
    chinese = len(_CHINESE.findall(text))
    return chinese < 4 and chinese < len(_LATIN.findall(text))


def beyond_share(answered: np.ndarray, beyond: np.ndarray, sharpness: float) -> float:
    """The weight of questions that nothing answers among the ``NEIGHBOURS`` most alike, 0 to 1.

    ``answered`` and ``beyond`` are likenesses to the question. With ``sharpness`` the weight falls off
    exponentially below the best likeness; without it is the likeness itself.
    """
    scores = np.concatenate([answered, beyond])
    if not scores.size:
        return 0.0
    nearest = np.argpartition(-scores, min(NEIGHBOURS, scores.size - 1))[:NEIGHBOURS]
    values = scores[nearest].clip(0)
    best = float(values.max(initial=0.0))
    if best <= 0:
        return 0.5
    weights = np.exp(sharpness * (values / best - 1)) if sharpness else values
    return float((weights * (nearest >= answered.size)).sum() / weights.sum())
