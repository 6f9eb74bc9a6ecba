"""Which article became which: one optimal assignment over all pairs, then merges and splits.

The assignment maximises the summed similarity of all pairs at once (Kuhn 1955; scipy's
``linear_sum_assignment``), so an early lookalike never takes an article's true successor.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from lawqa.check.skeleton import skeleton_of
from lawqa.corpus.provision import Provision

#: Below this similarity two articles are not versions of each other.
PAIR = 0.35
#: A paired article is settled by its text; position only breaks ties.
_ORDER = 0.04
#: Share of an unpaired article that must stand in another for the two to be one.
ABSORBED = 0.5
_REFERENCE = re.compile(r"第[零〇一二三四五六七八九十百\d]+(?=[条款项])")
_GRAM = 4


@dataclass(frozen=True)
class Unit:
    """An article or section with what is compared of it."""

    provision: Provision
    position: float

    @cached_property
    def skeleton(self) -> str:
        return skeleton_of(self.provision.text).text

    @cached_property
    def masked(self) -> str:
        """The skeleton with the numbers of cross-references left out."""
        return skeleton_of(_REFERENCE.sub("第", self.provision.text)).text

    @cached_property
    def grams(self) -> set[str]:
        return {self.masked[i : i + _GRAM] for i in range(len(self.masked) - _GRAM + 1)}

    def absorbed_by(self, other: Unit) -> float:
        """Share of this text's characters that stand in ``other`` in runs of four and more."""
        covered = bytearray(len(self.masked))
        for i in range(len(self.masked) - _GRAM + 1):
            if self.masked[i : i + _GRAM] in other.grams:
                covered[i : i + _GRAM] = b"\1" * _GRAM
        return sum(covered) / len(self.masked) if self.masked else 0.0


@dataclass(frozen=True)
class Aligned:
    """``pairs`` of indices (a, b); ``merged`` a→b for what went into another pair's b; ``split`` b→a likewise."""

    pairs: tuple[tuple[int, int], ...]
    merged: dict[int, int]
    split: dict[int, int]


def units_of(provisions: Sequence[Provision]) -> list[Unit]:
    """What can be compared: provisions with text of their own."""
    own = [p for p in provisions if p.paragraphs]
    return [Unit(p, i / max(len(own) - 1, 1)) for i, p in enumerate(own)]


def align_units(a: Sequence[Unit], b: Sequence[Unit]) -> Aligned:
    """The best pairs over all of ``a`` and ``b``, and what was absorbed."""
    import numpy as np
    from rapidfuzz import process
    from rapidfuzz.distance import Indel
    from scipy.optimize import linear_sum_assignment

    if not a or not b:
        return Aligned((), {}, {})
    similarity = process.cdist(
        [u.masked for u in a], [u.masked for u in b], scorer=Indel.normalized_similarity, dtype=np.float32
    )
    order = 1 - np.abs(np.subtract.outer([u.position for u in a], [u.position for u in b]))
    # a pair that is no pair must not be preferred for its place: what is too unlike counts nothing
    gain = np.where(similarity >= PAIR, similarity + _ORDER * order, 0.0)
    rows, columns = linear_sum_assignment(gain, maximize=True)
    pairs = [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if gain[i, j] > 0 and _same(a[i], b[j])]
    merged = _absorbed(a, b, {i for i, _ in pairs}, {j for _, j in pairs})
    split = _absorbed(b, a, {j for _, j in pairs}, {i for i, _ in pairs})
    return Aligned(tuple(sorted(pairs)), merged, split)


def _same(a: Unit, b: Unit) -> bool:
    """Legal prose is alike everywhere; versions of one article share whole clauses."""
    return max(a.absorbed_by(b), b.absorbed_by(a)) >= PAIR


def _absorbed(these: Sequence[Unit], those: Sequence[Unit], paired: set[int], targets: set[int]) -> dict[int, int]:
    out = {}
    for i, unit in enumerate(these):
        if i in paired:
            continue
        best = max(targets, key=lambda j: unit.absorbed_by(those[j]), default=None)
        if best is not None and unit.absorbed_by(those[best]) >= ABSORBED:
            out[i] = best
    return out
