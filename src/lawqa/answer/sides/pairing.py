"""Which provisions of different documents belong beside each other on a topic."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from lawqa.answer.sides.topical import Found, Topical
from lawqa.corpus.reference import Reference
from lawqa.retrieve.crossrefs import CrossReferences
from lawqa.retrieve.provision_kind import fits

#: How many provisions of each document are candidates, and the share of its best score that they must reach.
CANDIDATES, CLOSE = 6, 0.6
#: A second quotation's share of the best score, and of the first one's likeness to what the others say.
SECOND, SECOND_LIKENESS = 0.75, 0.3
#: What it is worth that our caption of a provision, or its heading, has the topic's words.
CAPTION = 0.15
#: What likeness of two provisions (cosine) is worth beside their scores; what is added to it where one names the other,
#: or both name the same third document.
LIKENESS, CITES, COUPLED = 0.3, 0.4, 0.2


class Pairing:
    """Chooses provisions of each document: high in their own, and like those of the others."""

    def __init__(self, topical: Topical, references: CrossReferences) -> None:
        self.topical = topical
        self.references = references

    def __call__(self, found: Found, rows: Sequence[Sequence[int]], most: int) -> list[list[int]]:
        """Up to ``most`` of the rows of every document, that belong together; ``rows`` as ``Found.rows`` gives them."""
        speaking = [i for i, own in enumerate(rows) if own]
        out: list[list[int]] = [[] for _ in rows]
        best = self._best([rows[i] for i in speaking], found)
        for i, row in zip(speaking, best, strict=True):
            others = [r for r in best if r != row]
            out[i] = [row, *self._further(row, rows[i], others, found)][:most]
        return out

    def _best(self, rows: Sequence[Sequence[int]], found: Found) -> tuple[int, ...]:
        short = [[r for r in side[:CANDIDATES] if found.scores[r] >= CLOSE * found.scores[side[0]]] for side in rows]

        def worth(combination: tuple[int, ...]) -> float:
            pairs = list(itertools.combinations(combination, 2))
            likeness = sum(self._likeness(a, b) for a, b in pairs) / max(len(pairs), 1)
            own = sum(found.scores[r] / found.scores[side[0]] for r, side in zip(combination, rows, strict=True))
            about = sum(bool(self._said(self._head(r), found)) for r in combination)
            return float(own + CAPTION * about + LIKENESS * len(rows) * likeness)

        return max(itertools.product(*short), key=worth)

    def _likeness(self, a: int, b: int) -> float:
        vectors, refs = self.topical.index.vectors, self.topical.index.refs
        likeness = float(np.dot(vectors.reconstruct(a), vectors.reconstruct(b)))
        if refs[a] in self.references.cites(refs[b]) or refs[b] in self.references.cites(refs[a]):
            return likeness + CITES
        return likeness + COUPLED * bool(self._cited(refs[a]) & self._cited(refs[b]))

    def _cited(self, ref: Reference) -> set[str]:
        """The other documents that a provision names."""
        cited = {r.document for r in self.references.cites(ref)} | set(self.references.documents(ref))
        return cited - {ref.document}

    def _further(self, first: int, rows: Sequence[int], others: Sequence[int], found: Found) -> list[int]:
        """What else a document says in the same words, nearly as much to the point as the first."""

        def near(row: int) -> float:
            return max((self._likeness(row, other) for other in others), default=0.0)

        return [
            row
            for row in rows
            if row != first
            and (self._said(self._head(row), found) or fits(found.kind or "", self._text(row)))
            and self._said(self._text(row), found) & self._said(self._text(first), found)
            and found.scores[row] >= SECOND * found.scores[rows[0]]
            and near(row) >= SECOND_LIKENESS * near(first)
        ]

    def _text(self, row: int) -> str:
        return self.topical.provisions[row].text

    def _head(self, row: int) -> str:
        provision = self.topical.provisions[row]
        note = self.topical.index.note(provision.ref)
        return note.caption if note else provision.heading

    @staticmethod
    def _said(text: str, found: Found) -> set[str]:
        """Which of the topic's words, the law's words for them included, stand in ``text``."""
        return {word for word in (*found.words, *found.law) if word in text}
