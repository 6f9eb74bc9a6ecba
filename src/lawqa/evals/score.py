"""Scores: every measure is a ratio of two sums over questions, so that all are averaged and resampled alike.

A mean over questions has the denominator 1 a question. A share over citations (``Verbatim``) or over refusals
(``Refuse_P``) has as denominator what the question contributes; a question that contributes nothing is left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

#: question id → (numerator, denominator)
Parts = Mapping[str, tuple[float, float]]
#: measure → parts
Scores = dict[str, Parts]

SEED = 20_230_815
DRAWS = 2000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure's value over ``n`` questions with its 95 % bootstrap interval; NaN where nothing was to be measured."""

    value: float
    low: float
    high: float
    n: int

    @property
    def defined(self) -> bool:
        return not math.isnan(self.value)


def estimate(parts: Parts, only: Iterable[str] | None = None) -> Estimate:
    """The measure over all questions, or over those of ``only``; questions are resampled (percentile bootstrap)."""
    ids = sorted(parts if only is None else set(only) & set(parts))
    pairs = np.array([parts[i] for i in ids], float).reshape(-1, 2)
    top, bottom = pairs.sum(axis=0) if ids else (0.0, 0.0)
    if bottom == 0:
        return Estimate(math.nan, math.nan, math.nan, 0)
    low, high = interval(pairs)
    return Estimate(float(top / bottom), low, high, int((pairs[:, 1] > 0).sum()))


def interval(pairs: np.ndarray) -> tuple[float, float]:
    """95 % percentile bootstrap interval of the ratio of the sums of ``pairs``, of shape (questions, 2)."""
    sums = resampled(len(pairs)) @ pairs
    ratios = sums[sums[:, 1] > 0]
    values = ratios[:, 0] / ratios[:, 1]
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)


@lru_cache(maxsize=16)
def resampled(n: int) -> np.ndarray:
    """How often each of ``n`` questions is drawn, float (DRAWS, n); the same for the same ``n``."""
    dice = np.random.default_rng(SEED)
    return dice.multinomial(n, np.full(n, 1 / n), size=DRAWS).astype(float)


def per_question(parts: Parts) -> dict[str, float]:
    """Each question's own value, of the questions that contribute."""
    return {i: top / bottom for i, (top, bottom) in sorted(parts.items()) if bottom > 0}
