"""The classifier: which provision a question is about, learnt from the editorial questions.

The words, characters and bigrams of a question are hashed to the rows of a table, whose mean is compared with one
vector a class: a provision, or a group of questions that nothing answers (the model of fastText, Joulin et al. 2017).
Nearness of two questions is the embedder's matter; this tells apart provisions whose questions are alike.
``tools/train_classifier.py`` makes the file.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from lawqa.text.tokenise import Tokeniser, grams

#: The class of a group of questions that nothing answers is named so, and its number.
BEYOND_CLASS = "beyond:"


def features(text: str, tokeniser: Tokeniser) -> set[str]:
    """What of a text is learnt from: its words, characters and bigrams."""
    return {*tokeniser.tokens(text), *grams(text)}


def bag(found: Iterable[str], buckets: int) -> np.ndarray:
    """The rows of the table for ``features``: int64, each once; one row of nothing for no feature."""
    rows = {zlib.crc32(feature.encode()) % buckets for feature in found}
    return np.array(sorted(rows) or [0], np.int64)


@dataclass(frozen=True)
class Classifier:
    """``table``: (buckets, dim), ``classes``: (classes, dim), ``bias``: (classes,), ``names``: what each class is."""

    table: np.ndarray
    classes: np.ndarray
    bias: np.ndarray
    names: tuple[str, ...]

    def __call__(self, found: Iterable[str]) -> np.ndarray:
        """The logit of every class for a question's ``features``, float32 of shape (classes,)."""
        mean = self.table[bag(found, len(self.table))].mean(axis=0, dtype=np.float32)
        logits: np.ndarray = self.classes @ mean + self.bias
        return logits

    def rows(self, names: Iterable[str]) -> np.ndarray:
        """The class of each name, int64; -1 for a name that was not learnt."""
        known = {name: row for row, name in enumerate(self.names)}
        return np.array([known.get(name, -1) for name in names], np.int64)

    @cached_property
    def beyond(self) -> np.ndarray:
        """The classes of what nothing answers."""
        return np.array([row for row, name in enumerate(self.names) if name.startswith(BEYOND_CLASS)], np.int64)

    @cached_property
    def digest(self) -> str:
        """The first 16 hex digits of SHA-256 over the whole model."""
        parts = (self.table, self.classes, self.bias, np.frombuffer("\n".join(self.names).encode(), np.uint8))
        return hashlib.sha256(b"".join(np.ascontiguousarray(p).tobytes() for p in parts)).hexdigest()[:16]


def load_classifier(path: Path) -> Classifier:
    """The classifier in a safetensors file, as ``save_classifier`` writes it."""
    from safetensors import safe_open

    with safe_open(path, "np") as file:
        names = tuple(json.loads(file.metadata()["names"]))
        table, classes, bias = (file.get_tensor(name) for name in ("table", "classes", "bias"))
    return Classifier(table, classes.astype(np.float32), bias.astype(np.float32), names)


def save_classifier(classifier: Classifier, path: Path) -> None:
    """Half precision: the ranking does not change, the file is half as large."""
    from safetensors.numpy import save_file

    tensors = {"table": classifier.table, "classes": classifier.classes, "bias": classifier.bias}
    names = json.dumps(classifier.names, ensure_ascii=False)
    save_file({name: t.astype(np.float16) for name, t in tensors.items()}, path, {"names": names})
