"""Every provision as a skeleton, and an index of character n-grams that finds where words stand."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from lawqa.corpus.library import Corpus
from lawqa.corpus.provision import Provision
from lawqa.corpus.reference import Reference
from lawqa.text.skeleton import Skeleton, skeleton_of

_GRAM = 3


def original_of(text: str) -> Skeleton:
    """The skeleton of what a digest quotes of its original; its own words are nobody's law."""
    whole = skeleton_of(text)
    quoted = [(m.start(), m.end()) for m in re.finditer(r"“[^“”]*”", text)]
    kept: list[tuple[str, int]] = []
    for start, end in quoted:
        # a mark between two quotations keeps words from standing where they never stood
        kept += [(c, i) for c, i in zip(whole.text, whole.at, strict=True) if start < i < end] + [("|", end - 1)]
    return Skeleton("".join(c for c, _ in kept), tuple(i for _, i in kept))


def _grams(text: str, n: int = _GRAM) -> set[str]:
    return {text[i : i + n] for i in range(len(text) - n + 1)}


@dataclass(frozen=True)
class Passage:
    """One provision, or a 款 or 项 of it: literal ``text`` and its skeleton."""

    ref: Reference
    provision: Provision
    text: str
    skeleton: Skeleton

    @cached_property
    def said(self) -> set[str]:
        """The bigrams of all of its text, a digest's own words included."""
        return _grams(skeleton_of(self.text).text, 2)

    @cached_property
    def grams(self) -> dict[int, set[str]]:
        return {n: _grams(self.skeleton.text, n) for n in (2, 3, 4)}

    @cached_property
    def breaks(self) -> tuple[int, ...]:
        """The skeleton characters that begin a sentence or clause of the law."""
        at = self.skeleton.at
        marks = "。；：\n"
        return tuple(i for i in range(1, len(at)) if any(m in self.text[at[i - 1] + 1 : at[i]] for m in marks))

    def find(self, pieces: Sequence[str]) -> tuple[int, int] | None:
        """Where all ``pieces`` (skeletons) stand in this order: the span from the first to the last."""
        start, at = -1, 0
        for piece in pieces:
            found = self.skeleton.text.find(piece, at)
            if found < 0:
                return None
            start = found if start < 0 else start
            at = found + len(piece)
        return (start, at) if start >= 0 else None

    def coverage(self, quote: str) -> float:
        """Share of the characters of ``quote`` that stand here too as part of a run, 0 to 1."""
        n = 4 if len(quote) >= 14 else 3 if len(quote) >= 8 else 2
        have, covered = self.grams[n], bytearray(len(quote))
        for i in range(len(quote) - n + 1):
            if quote[i : i + n] in have:
                covered[i : i + n] = b"\1" * n
        return sum(covered) / len(quote) if quote else 0.0

    def precise(self, start: int, end: int) -> Reference:
        """The 款 or 项 that holds skeleton characters ``start`` to ``end``; the whole where they cross borders."""
        if self.ref.paragraph is not None or not self.provision.is_article or start >= end:
            return self.ref
        a, b = self.skeleton.span(start, end)
        at, touched = 0, []
        for ref, text in self.provision.pieces():
            if a < at + len(text) and b > at:
                touched.append(ref)
            at += len(text) + 1
        if len(touched) == 1:
            # an article of one 款 without items is cited as the article
            only = touched[0]
            return self.ref if only.item is None and len(self.provision.paragraphs) == 1 else only
        paragraphs = {r.paragraph for r in touched}
        if len(paragraphs) == 1 and len(self.provision.paragraphs) > 1:
            return self.ref.at(paragraphs.pop() or 1)
        return self.ref

    def literal(self, start: int, end: int) -> str:
        """The words of the law at a span, with the punctuation inside and right behind it."""
        a, b = self.skeleton.span(start, end)
        while b < len(self.text) and self.text[b] in "。，；：、！？”）》":
            b += 1
        return self.text[a:b]

    def sentences(self, start: int, end: int) -> str:
        """The whole sentences of the law that a span lies in, never more than its 款 or 项."""
        a, b = self.skeleton.span(start, end)
        head = max(self.text.rfind(mark, 0, a) for mark in "。；\n") + 1
        tails = [at for mark in "。；\n" if (at := self.text.find(mark, max(b - 1, a))) >= 0]
        return self.text[head : min(tails) + 1 if tails else len(self.text)].strip()


class Passages:
    """All provisions of a corpus. Building takes a fraction of a second and is done once."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._by_ref: dict[Reference, Passage] = {}
        self._index: dict[str, list[int]] = defaultdict(list)
        self.all: list[Passage] = []
        for provision in corpus.provisions.values():
            digest = corpus.instrument(provision.ref.document).is_digest
            skeleton = original_of(provision.text) if digest else skeleton_of(provision.text)
            passage = Passage(provision.ref, provision, provision.text, skeleton)
            self._by_ref[provision.ref] = passage
            if not skeleton.text:
                continue
            for gram in passage.grams[_GRAM]:
                self._index[gram].append(len(self.all))
            self.all.append(passage)

    def at(self, ref: Reference) -> Passage | None:
        """The passage at ``ref``, down to 款 and 项."""
        if ref.paragraph is None:
            return self._by_ref.get(ref)
        whole = self._by_ref.get(ref.provision)
        text = whole.provision.piece(ref) if whole else None
        return Passage(ref, whole.provision, text, skeleton_of(text)) if whole and text else None

    def of(self, document: str) -> list[Passage]:
        return [p for p in self.all if p.ref.document == document]

    def candidates(self, quote: str, k: int = 12) -> list[Passage]:
        """The ``k`` passages that share most n-grams with ``quote`` (a skeleton), best first."""
        counts: Counter[int] = Counter()
        for gram in _grams(quote):
            counts.update(self._index.get(gram, ()))
        # of two that share as much, the shorter is the better match
        ranked = sorted(counts, key=lambda i: (-counts[i], len(self.all[i].skeleton.text)))
        return [self.all[i] for i in ranked[:k]]

    def standing(self, pieces: Sequence[str], within: Iterable[Passage] | None = None) -> list[Passage]:
        """Every passage in which all ``pieces`` stand literally and in this order."""
        pool = self.all if within is None else within
        return [p for p in pool if p.find(pieces) is not None]
