"""The index of a foreign collection: our retrieval without editorial notes, which no foreign collection has.

Words and bigrams in BM25, our embedder in FAISS, added with lawqa's scaling. The index lies in a cache by the digest of
everything that it depends on. Its parts are written as they are made: a build that was stopped goes on where it stood.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from lawqa import __version__
from lawqa.errors import IndexFault
from lawqa.index.embedder import Embedder
from lawqa.index.lexical import Lexical
from lawqa.retrieve.fusion import scale
from lawqa.text.tokenise import Tokeniser, bigrams, hand_kept_terms

Progress = Callable[[str, int, int], None]
#: Documents a part; each part is one step that is never done twice.
PART = 4000
#: Dense candidates that enter the fusion, scaled between the best and the last of them.
CANDIDATES = 1000
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Mixture:
    """What a collection is searched by. ``text`` and ``dense`` are the weights of BM25 and of the embedder.

    The default follows the usual finding that a small embedder helps most with half the weight of BM25.
    """

    words: bool = True
    bigrams: bool = True
    text: float = 1.0
    dense: float = 0.5


class Collection:
    """Ranks documents, by row, for a query."""

    def __init__(self, folder: Path, size: int, mixture: Mixture, embedder: Embedder | None) -> None:
        import faiss

        self.size = size
        self.mixture = mixture
        self._tokeniser = plain_tokeniser()
        self._embedder = embedder
        self._lexical = Lexical.load(folder / "bm25", size) if mixture.text else None
        self._vectors: Any = faiss.read_index(str(folder / "vectors.faiss")) if embedder else None

    def rank(self, query: str, k: int) -> list[tuple[int, float]]:
        """The best ``k`` (row, score), scores between 0 and 1; ties in the collection's order."""
        signals = {}
        if self._lexical is not None:
            signals["text"] = self._lexical.scores(tokens_of(self._tokeniser, self.mixture, query))
        if self._embedder is not None:
            signals["dense"] = self._dense(self._embedder.queries([query]))
        weights = {"text": self.mixture.text, "dense": self.mixture.dense}
        total = sum(weights[name] for name in signals)
        scores = np.zeros(self.size, np.float32)
        for name, values in scale(signals).items():
            scores += np.float32(weights[name] / total) * values
        best = np.argpartition(-scores, k)[: k + 1] if k + 1 < self.size else np.arange(self.size)
        # argpartition leaves out some of the rows that tie with the last one: take them all, then cut
        best = np.flatnonzero(scores >= scores[best].min())
        order = best[np.argsort(-scores[best], kind="stable")][:k]
        return [(int(row), float(scores[row])) for row in order if scores[row] > 0]

    def _dense(self, vector: np.ndarray) -> np.ndarray:
        """Cosines above the last candidate's, 0 for all others: ``scale`` then makes them min-max scaled."""
        found, rows = self._vectors.search(vector, min(CANDIDATES, self.size))
        out = np.zeros(self.size, np.float32)
        keep = rows[0] >= 0
        floor = found[0][keep].min() if self.size > CANDIDATES else 0.0
        out[rows[0][keep]] = found[0][keep] - floor
        return out


@lru_cache(maxsize=1)
def plain_tokeniser() -> Tokeniser:
    """jieba with the hand-kept terms only; loading its dictionary takes a second."""
    return Tokeniser()


def tokens_of(tokeniser: Tokeniser, mixture: Mixture, text: str) -> list[str]:
    """The tokens of a text under a mixture."""
    words = tokeniser.words(text) if mixture.words else []
    return [*words, *(bigrams(text) if mixture.bigrams else [])]


def open_collection(
    texts: Sequence[str],
    digest: str,
    mixture: Mixture,
    embedder: Embedder,
    model: str,
    cache: Path,
    progress: Progress = lambda stage, done, total: None,
) -> Collection:
    """The index of ``texts`` (whose digest is ``digest``), built first or finished where it is not in ``cache``.

    ``model`` is the digest of the embedding model. IndexFault where the cache cannot be written.
    """
    folder = cache / f"collection-{_key(digest, mixture, model)}"
    dense = embedder if mixture.dense else None
    if not (folder / "DONE").is_file():
        try:
            _build(folder, texts, mixture, dense, progress)
        except OSError as error:
            raise IndexFault(
                f"集合索引“{folder}”写不下（{error.strerror}）：请用 --cache 或 LAWQA_EVAL_CACHE 指定可写的文件夹"
            ) from error
    return Collection(folder, len(texts), mixture, dense)


def _key(digest: str, mixture: Mixture, model: str) -> str:
    indexed = {**asdict(mixture), "text": bool(mixture.text), "dense": bool(mixture.dense)}
    parts = [_FORMAT, PART, __version__, digest, indexed, model if mixture.dense else "", hand_kept_terms()]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def _build(folder: Path, texts: Sequence[str], mixture: Mixture, embedder: Embedder | None, progress: Progress) -> None:
    parts = folder / "parts"
    parts.mkdir(parents=True, exist_ok=True)
    tokeniser = plain_tokeniser()
    starts = range(0, len(texts), PART)
    for start in starts:
        batch = texts[start : start + PART]
        if mixture.text and not (path := parts / f"tokens-{start:09d}.txt").is_file():
            lines = [" ".join(tokens_of(tokeniser, mixture, t)) for t in batch]
            _write(path, "".join(f"{line}\n" for line in lines).encode())
        if embedder is not None and not (path := parts / f"vectors-{start:09d}.f32").is_file():
            _write(path, embedder.documents(batch).astype("<f4").tobytes())
        progress("分词和嵌入", min(start + PART, len(texts)), len(texts))
    progress("写入索引", 0, 0)
    if mixture.text:
        Lexical.build(list(_token_lists(parts, starts))).save(folder / "bm25")
    if embedder is not None:
        import faiss

        index = faiss.IndexFlatIP(embedder.dim)
        for start in starts:
            data = np.frombuffer((parts / f"vectors-{start:09d}.f32").read_bytes(), "<f4")
            index.add(data.reshape(-1, embedder.dim))
        faiss.write_index(index, str(folder / "vectors.faiss"))
    _write(folder / "DONE", b"")
    shutil.rmtree(parts)


def _token_lists(parts: Path, starts: range) -> Iterator[list[str]]:
    """Every token is one object however often it occurs: 100,000 articles hold some 20 million tokens."""
    known: dict[str, str] = {}
    for start in starts:
        for line in (parts / f"tokens-{start:09d}.txt").read_text(encoding="utf-8").split("\n")[:-1]:
            yield [known.setdefault(t, t) for t in line.split(" ") if t]


def _write(path: Path, data: bytes) -> None:
    """In one step: a file that is there is whole."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.write_bytes(data)
    os.replace(unfinished, path)
