"""Query expansion: the law's words for the words that people use, from the concept lexicon."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lawqa.corpus.note import Concept
from lawqa.text.normalise import fold


@dataclass(frozen=True, slots=True)
class Expansion:
    """One lexicon entry that a question touched: the words said, and the law's words for them."""

    said: str
    law: tuple[str, ...]
    documents: tuple[str, ...]


class Lexicon:
    """All concepts, found by their everyday words in one pass over the question."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self._by_word: dict[str, list[Concept]] = {}
        for concept in concepts:
            for word in concept.say:
                self._by_word.setdefault(fold(word), []).append(concept)
        words = sorted((w for w in self._by_word if len(w) > 1), key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_spell, words))) if words else None

    def expand(self, question: str) -> tuple[Expansion, ...]:
        """Every concept that the question names, longest words first where they overlap."""
        if self._pattern is None:
            return ()
        out: dict[tuple[str, ...], Expansion] = {}
        for match in self._pattern.finditer(fold(question)):
            for concept in self._by_word[re.sub(r"\s+", " ", match[0])]:
                out.setdefault(concept.law, Expansion(match[0], concept.law, concept.documents))
        return tuple(out.values())


def _spell(word: str) -> str:
    pattern = re.escape(word).replace(r"\ ", r"\s+")
    return rf"(?<![a-z0-9]){pattern}(?![a-z0-9])" if word.isascii() else pattern
