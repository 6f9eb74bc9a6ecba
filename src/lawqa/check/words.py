"""Words that a text gives as a law's, and the provisions it gives them for, ready to be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lawqa.check.citation import Citation
from lawqa.check.passages import Passage, Passages
from lawqa.check.quotation import segments
from lawqa.corpus.reference import Reference
from lawqa.text.skeleton import Skeleton, skeleton_of


@dataclass(frozen=True, slots=True)
class Words:
    """Words given as a law's: literal, and their pieces between marks of omission as skeletons."""

    text: str
    pieces: tuple[str, ...]
    whole: Skeleton

    @property
    def joined(self) -> str:
        return "".join(self.pieces)


def words_of(text: str) -> Words:
    pieces = []
    for start, end in segments(text):
        piece = skeleton_of(text[start:end], quotation=True).text
        if piece:
            pieces.append(piece)
    return Words(text, tuple(pieces), skeleton_of(text, quotation=True))


def cited_passages(citations: Sequence[Citation], passages: Passages) -> list[Passage]:
    """The provisions that ``citations`` name; all of the document for one that names no article."""
    out: dict[Reference, Passage] = {}
    for citation in citations:
        for place in citation.places:
            if place.ref is not None and place.exists and (passage := passages.at(place.ref)):
                out.setdefault(place.ref, passage)
        if not citation.places:
            for id in citation.documents:
                out.update({p.ref: p for p in passages.of(id)})
    return list(out.values())
