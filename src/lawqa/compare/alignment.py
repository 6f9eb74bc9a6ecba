"""Which article became which: one optimal assignment over all pairs, then merges and splits.

The similarity of two articles is the cosine of their n-grams weighted by rarity (tf-idf), so that the formulas
that every penalty shares (责令改正，给予警告) do not make two articles one. The assignment maximises the sum
over all pairs at once (Kuhn 1955; scipy's ``linear_sum_assignment``), so an early lookalike never takes an
article's true successor. A first pass tells what the numbers became; the second knows that articles about the
breach of different duties (违反本法第三十七条) are different articles, whatever wording they share.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lawqa.corpus.numerals import NUMERAL_CHARS, parse_numeral
from lawqa.corpus.provision import Provision
from lawqa.text.skeleton import skeleton_of

#: The similarity of versions of one article; a weaker one does where each is the other's best.
PAIR, MUTUAL = 0.25, 0.15
#: Position only breaks ties.
_ORDER = 0.02
#: What is left of a similarity where both cite articles of their law and none in common.
_OTHER_DUTY = 0.3
#: Share of an unpaired article that must stand in another, references counted, for it to have gone there.
ABSORBED = 0.45
_REFERENCE = re.compile(rf"第([{NUMERAL_CHARS}]+)(?=[条款项])")
_CITED = re.compile(rf"(?<!》)第([{NUMERAL_CHARS}]+)条(?:至第([{NUMERAL_CHARS}]+)条)?")


def masked(text: str) -> str:
    """The skeleton of ``text`` with the numbers of cross-references left out."""
    return skeleton_of(_REFERENCE.sub("第", text)).text


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
        return masked(self.provision.text)

    @cached_property
    def grams(self) -> Counter[str]:
        return Counter(self.masked[i : i + n] for n in (2, 3) for i in range(len(self.masked) - n + 1))

    @cached_property
    def cited(self) -> tuple[str, ...]:
        """The numbers of the articles of its own document that it names; ranges in full."""
        out: list[str] = []
        for first, last in _CITED.findall(self.provision.text):
            a, b = parse_numeral(first), parse_numeral(last) if last else None
            if a is not None:
                out += [str(n) for n in range(a, (b if b and a < b < a + 100 else a) + 1)]
        return tuple(out)


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

    if not a or not b:
        return Aligned((), {}, {})
    vectors = _vectors(a, b)
    similarity = vectors[: len(a)] @ vectors[len(a) :].T
    renamed = {a[i].provision.ref.number: b[j].provision.ref.number for i, j in _assigned(a, b, similarity)}
    duties = np.array([[_same_duties(x, y, renamed) for y in b] for x in a])
    similarity = similarity * duties
    pairs = _assigned(a, b, similarity)
    renamed = {a[i].provision.ref.number: b[j].provision.ref.number for i, j in pairs}
    back = {new: old for old, new in renamed.items()}
    rare = vectors > 0
    merged = _absorbed(a, b, vectors[: len(a)], rare[len(a) :], {i for i, _ in pairs}, {j for _, j in pairs}, renamed)
    split = _absorbed(b, a, vectors[len(a) :], rare[: len(a)], {j for _, j in pairs}, {i for i, _ in pairs}, back)
    return Aligned(tuple(pairs), merged, split)


def _vectors(a: Sequence[Unit], b: Sequence[Unit]) -> Any:
    """Unit-length rows of tf-idf weights, those of ``a`` first; a gram is as common as in either document."""
    import numpy as np

    units = [*a, *b]
    columns: dict[str, int] = {}
    for unit in units:
        for gram in unit.grams:
            columns.setdefault(gram, len(columns))
    counts = np.zeros((len(units), len(columns)), dtype=np.float32)
    for row, unit in enumerate(units):
        for gram, n in unit.grams.items():
            counts[row, columns[gram]] = 1 + np.log(n)
    frequency = np.maximum((counts[: len(a)] > 0).sum(0), (counts[len(a) :] > 0).sum(0))
    weighted = counts * (np.log((1 + max(len(a), len(b))) / (1 + frequency)) + 0.05)
    return weighted / np.maximum(np.linalg.norm(weighted, axis=1, keepdims=True), 1e-9)


def _assigned(a: Sequence[Unit], b: Sequence[Unit], similarity: Any) -> list[tuple[int, int]]:
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    best_b, best_a = similarity.argmax(1), similarity.argmax(0)
    mutual = (np.arange(len(b))[None, :] == best_b[:, None]) & (np.arange(len(a))[:, None] == best_a[None, :])
    allowed = (similarity >= PAIR) | (mutual & (similarity >= MUTUAL))
    order = 1 - np.abs(np.subtract.outer([u.position for u in a], [u.position for u in b]))
    # what is too unlike must gain nothing, or the assignment would pair it to fill a row
    gain = np.where(allowed, similarity + _ORDER * order, 0.0)
    rows, columns = linear_sum_assignment(gain, maximize=True)
    return sorted((int(i), int(j)) for i, j in zip(rows, columns, strict=True) if gain[i, j] > 0)


def _same_duties(a: Unit, b: Unit, renamed: dict[str, str]) -> float:
    theirs = set(b.cited)
    ours = {renamed[n] for n in a.cited if n in renamed}
    return _OTHER_DUTY if ours and theirs and not ours & theirs else 1.0


def _absorbed(
    these: Sequence[Unit],
    those: Sequence[Unit],
    weights: Any,
    present: Any,
    paired: set[int],
    targets: set[int],
    renamed: dict[str, str],
) -> dict[int, int]:
    """Of the unpaired, where each went: by the weight of its grams that stand there, and by what it cites."""
    out = {}
    for i, unit in enumerate(these):
        if i in paired or not targets:
            continue
        own = weights[i] ** 2
        scores = {}
        for j in targets:
            cited = [renamed[n] for n in unit.cited if n in renamed]
            shared = sum(n in those[j].cited for n in cited) / len(cited) if cited else 0.0
            scores[j] = float(own[present[j]].sum()) + 0.5 * shared
        best = max(scores, key=lambda j: scores[j])
        if scores[best] >= ABSORBED:
            out[i] = best
    return out
