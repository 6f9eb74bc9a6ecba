"""Evidence: a calibrated estimate that the best provisions answer the question (0 to 1).

Features are taken from all signals; the coefficients of a logistic regression over them were learnt by
``tools/train_ranker.py`` on the development questions' tuning half.
"""

from __future__ import annotations

import math

import numpy as np

from lawqa.retrieve.fusion import Weights
from lawqa.retrieve.hybrid import Ranking
from lawqa.retrieve.question import Question

#: So much of a question must stand in a provision of the user's own before it is an answer without any notes.
OWN_OVERLAP = 0.5


def features(question: Question, ranking: Ranking) -> dict[str, float]:
    """What speaks for and against an answer, by name."""
    order = np.argsort(-ranking.scores)
    best = order[0]
    raw = ranking.matches.provisions
    length = max(len(set(question.search_text)), 1)
    beyond = ranking.matches
    return {
        "fused": float(np.clip(ranking.scores[best], -1, 1.35)),
        "margin": float(np.clip(ranking.scores[best] - ranking.scores[order[min(5, len(order) - 1)]], 0, 1)),
        "dense": float(raw["dense"].max()),
        "dense_q": float(raw["dense_q"].max()),
        "dense_q3": float(raw["dense_q3"].max()),
        "dense_q_best": float(raw["dense_q"][best]),
        "bm25_q": beyond.question_bm25 / length,
        "notes": float(raw["notes"].max()) / length,
        "text": float(raw["text"].max()) / length,
        "beyond_dense": beyond.beyond_dense,
        "beyond_bm25": beyond.beyond_bm25 / length,
        "beyond_dense_margin": float(raw["dense_q"].max()) - beyond.beyond_dense,
        "beyond_bm25_margin": (beyond.question_bm25 - beyond.beyond_bm25) / length,
        **{f"beyond_share_{name}": share for name, share in sorted(beyond.beyond_share.items())},
        "beyond_class": beyond.beyond_class,
        "classified": float(raw["classified"].max()),
        "classified_best": float(raw["classified"][best]),
        "unknown": beyond.unknown,
        "wording": float(np.clip(ranking.wording, -8, 8)),
        "figure": ranking.figure,
        "law": min(len(question.expansions), 4) / 4,
        "agreement": float(np.mean([ranking.scaled[s][best] for s in ("text", "notes", "whole", "dense", "dense_q")])),
        "named": float(bool(question.references or question.named)),
        "outside": float(bool(question.outside)),
        "outside_topics": min(len(question.outside_topics), 2) / 2,
        "catalog": float(bool(question.catalog)),
        "unknown_title": float(bool(question.unknown_titles)),
    }


def probability(question: Question, ranking: Ranking, weights: Weights) -> float:
    """The estimate; 1 where the question names a provision that exists, 0 where a follow-up leaves the subject."""
    if question.references:
        return 1.0
    if ranking.strange:
        return 0.0
    values = features(question, ranking)
    if ranking.own_overlap >= OWN_OVERLAP:
        return ranking.own_overlap
    z = weights.intercept + sum(weights.evidence.get(name, 0.0) * value for name, value in values.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))
