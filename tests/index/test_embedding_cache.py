from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from lawqa.index.embedder import Embedder, open_embedder
from lawqa.index.embedding_cache import EmbeddingCache
from lawqa.settings import load_settings


class Counting:
    """The shipped model, counting the texts that reach it."""

    def __init__(self) -> None:
        self.model: Embedder = open_embedder(load_settings({}))
        self.name, self.dim = self.model.name, self.model.dim
        self.seen: list[str] = []

    def documents(self, texts: Sequence[str]) -> np.ndarray:
        self.seen += texts
        return self.model.documents(texts)

    queries = documents


def test_only_new_texts_are_embedded(tmp_path: Path) -> None:
    embedder, cache = Counting(), EmbeddingCache(tmp_path, "a" * 64)
    first = cache.documents(embedder, ["数据安全", "网络安全", "数据安全"])
    embedder.seen.clear()
    second = cache.documents(embedder, ["网络安全", "人工智能", "数据安全"])
    assert embedder.seen == ["人工智能"]
    assert cache.embedded == 1
    np.testing.assert_array_equal(second[[2, 0]], first[[0, 1]])
    np.testing.assert_array_equal(second, embedder.model.documents(["网络安全", "人工智能", "数据安全"]))


def test_another_model_starts_anew_and_a_damaged_file_counts_as_empty(tmp_path: Path) -> None:
    embedder = Counting()
    EmbeddingCache(tmp_path, "a" * 64).documents(embedder, ["数据安全"])
    embedder.seen.clear()
    other = EmbeddingCache(tmp_path, "b" * 64)
    other.documents(embedder, ["数据安全"])
    assert embedder.seen == ["数据安全"]
    assert [p.name for p in tmp_path.iterdir()] == [other.path.name]
    other.path.write_bytes(b"PK\x03\x04 damaged")
    embedder.seen.clear()
    other.documents(embedder, ["数据安全"])
    assert embedder.seen == ["数据安全"]
