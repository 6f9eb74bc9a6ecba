"""Sources: the numbered provisions that a language model sees and may cite; nothing else can be cited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lawqa.answer.citation import Citation
from lawqa.corpus.library import Corpus
from lawqa.corpus.provision import Provision
from lawqa.corpus.reference import Reference

#: What is sent of provisions that are near but not quoted, in characters.
NEAR_CHARS = 4000


@dataclass(frozen=True, slots=True)
class Source:
    """One literal piece (款, 项 or line) under its ``number``; ``lead`` is the words that its list begins with.

    ``quoted`` says whether the extractive answer quotes it too.
    """

    number: int
    ref: Reference
    text: str
    lead: str
    label: str
    quoted: bool

    @property
    def support(self) -> str:
        """What a sentence that cites this source may rest on."""
        return f"{self.lead}\n{self.text}" if self.lead else self.text


def sources(corpus: Corpus, citations: Sequence[Citation], near: Sequence[Provision], day: date) -> tuple[Source, ...]:
    """The pieces that the extractive answer quotes, with its markers, then those of the ``near`` provisions.

    Citations of the catalog are left out: they are facts, not provisions.
    """
    out: list[Source] = []
    for citation in citations:
        if citation.ref.startswith("catalog:"):
            continue
        ref = corpus.parse(citation.ref)
        out.append(Source(citation.marker, ref, citation.quote, _lead(corpus, ref), citation.label, True))
    known = {s.ref.provision for s in out}
    room, number = NEAR_CHARS, max((s.number for s in out), default=0)
    for provision in near:
        if provision.ref in known or not provision.paragraphs or len(provision.text) > room:
            continue
        room -= len(provision.text)
        known.add(provision.ref)
        for ref, text in provision.pieces():
            number += 1
            out.append(Source(number, ref, text, _lead(corpus, ref), provision.label, False))
    return tuple(out)


def _lead(corpus: Corpus, ref: Reference) -> str:
    if ref.paragraph is None or ref.item is None:
        return ""
    paragraphs = corpus.provision(ref).paragraphs
    return next((p.text for p in paragraphs if p.number == ref.paragraph), "")
