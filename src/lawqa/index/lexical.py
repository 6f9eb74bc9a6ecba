"""BM25 over tokens (bm25s), one index a field."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np


class Lexical:
    """BM25 scores of one field. Lucene's variant: never negative, and 0 where no word is shared."""

    def __init__(self, model: Any, size: int) -> None:
        self._model = model
        self._size = size
        self._known: frozenset[str] = frozenset(model.vocab_dict)

    @classmethod
    def build(cls, documents: Sequence[Sequence[str]], k1: float = 1.2, b: float = 0.75) -> Lexical:
        """Index token lists; an empty document gets a token that no question has."""
        import bm25s

        model = bm25s.BM25(method="lucene", k1=k1, b=b)
        model.index([list(d) or ["\0"] for d in documents], show_progress=False)
        return cls(model, len(documents))

    def knows(self, token: str) -> bool:
        """True where any document of the field has the token."""
        return token in self._known

    def scores(self, tokens: Sequence[str]) -> np.ndarray:
        """float32 of shape (documents,)."""
        known = [t for t in tokens if t in self._known]
        if not known:
            return np.zeros(self._size, np.float32)
        scores: np.ndarray = self._model.get_scores(known)
        return scores

    def save(self, folder: Path) -> None:
        self._model.save(str(folder), show_progress=False)

    @classmethod
    def load(cls, folder: Path, size: int) -> Lexical:
        import bm25s

        return cls(bm25s.BM25.load(str(folder), show_progress=False), size)
