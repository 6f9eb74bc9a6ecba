"""Two runs on the same questions: the difference, how sure it is, and which questions changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from lawqa.errors import UsageError
from lawqa.evals.score import SEED, Estimate, Parts, estimate, per_question, resampled

PERMUTATIONS = 10_000
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure of A and of B. ``low`` and ``high`` bound B − A (95 %, paired bootstrap); ``p`` is the two-sided
    randomisation test's, ``p_holm`` after Holm's correction over the measures compared; ``changed`` holds
    (question, A, B) of every question whose value differs, what B lost most first."""

    measure: str
    a: Estimate
    b: Estimate
    difference: float
    low: float
    high: float
    p: float
    p_holm: float
    wins: int
    ties: int
    losses: int
    changed: tuple[tuple[str, float, float], ...]


def compare(a: Mapping[str, Parts], b: Mapping[str, Parts]) -> list[Difference]:
    """Every measure that both have, over the questions that both were measured on."""
    names = [name for name in a if name in b and set(a[name]) & set(b[name])]
    if not names:
        raise UsageError("两份结果没有共同的问题，无从比较：请检查它们是否出自同一题集")
    found = [_difference(name, a[name], b[name]) for name in names]
    corrected = holm([d.p for d in found])
    return [replace(d, p_holm=p) for d, p in zip(found, corrected, strict=True)]


def _difference(name: str, a: Parts, b: Parts) -> Difference:
    """With ``p_holm`` still that of one measure alone."""
    ids = sorted(set(a) & set(b))
    left = np.array([a[i] for i in ids], float)
    right = np.array([b[i] for i in ids], float)
    draws = resampled(len(ids))
    values = _ratio(draws @ right) - _ratio(draws @ left)
    values = values[~np.isnan(values)]
    low, high = np.quantile(values, [0.025, 0.975]) if values.size else (np.nan, np.nan)
    own_a, own_b = per_question(a), per_question(b)
    both = [(i, own_a[i], own_b[i]) for i in ids if i in own_a and i in own_b]
    changed = [row for row in both if abs(row[2] - row[1]) > 1e-9]
    p = randomisation_p(left, right)
    wins = sum(y > x for _, x, y in changed)
    return Difference(
        measure=name,
        a=estimate(a, ids),
        b=estimate(b, ids),
        difference=float(_ratio(right.sum(axis=0)) - _ratio(left.sum(axis=0))),
        low=float(low),
        high=float(high),
        p=p,
        p_holm=p,
        wins=wins,
        ties=len(both) - len(changed),
        losses=len(changed) - wins,
        changed=tuple(sorted(changed, key=lambda row: (row[2] - row[1], row[0]))),
    )


def randomisation_p(a: np.ndarray, b: np.ndarray) -> float:
    """Two-sided p of Fisher's randomisation test: the labels A and B swapped at random, question by question.

    ``a`` and ``b`` hold numerators and denominators, shape (questions, 2). The p is never 0: it is
    (1 + swaps at least as extreme) / (1 + swaps).
    """
    seen = abs(float(_ratio(b.sum(axis=0)) - _ratio(a.sum(axis=0))))
    if np.isnan(seen):
        return float("nan")
    differ = (a != b).any(axis=1)
    rest = a[~differ].sum(axis=0)
    left, right = a[differ], b[differ]
    dice = np.random.default_rng(SEED)
    extreme = 0
    for _ in range(PERMUTATIONS // _CHUNK):
        swap = dice.integers(0, 2, (_CHUNK, len(left))).astype(float)
        new_left = rest + (1 - swap) @ left + swap @ right
        new_right = rest + (1 - swap) @ right + swap @ left
        extreme += int((np.abs(_ratio(new_right) - _ratio(new_left)) >= seen - 1e-12).sum())
    return (1 + extreme) / (1 + PERMUTATIONS)


def holm(p_values: list[float]) -> list[float]:
    """Holm's step-down correction, in the order given (Holm 1979)."""
    order = sorted(range(len(p_values)), key=lambda i: (np.isnan(p_values[i]), p_values[i]))
    out = [float("nan")] * len(p_values)
    tested = sum(not np.isnan(p) for p in p_values)
    largest = 0.0
    for place, i in enumerate(order[:tested]):
        largest = max(largest, min(1.0, (tested - place) * p_values[i]))
        out[i] = largest
    return out


def _ratio(sums: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore", divide="ignore"):
        ratios: np.ndarray = np.where(sums[..., 1] > 0, sums[..., 0] / sums[..., 1], np.nan)
    return ratios
