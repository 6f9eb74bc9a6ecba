"""Vectors of texts that were embedded before, so that a new document costs only its own embeddings."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from lawqa.index.embedder import Embedder

_BATCH = 512


class EmbeddingCache:
    """One file a model in the index folder, keyed by the SHA-256 of the texts. A damaged file counts as empty."""

    def __init__(self, root: Path, model_digest: str) -> None:
        self.path = root / f"embeddings-{model_digest[:16]}.npz"
        self.embedded = 0  # how many texts the last call had to embed

    def documents(
        self, embedder: Embedder, texts: Sequence[str], progress: Callable[[int], None] = lambda done: None
    ) -> np.ndarray:
        """float32 (len(texts), dim) of unit rows; only unknown texts go through ``embedder``.

        ``progress`` hears how many texts are done. The file then holds exactly the vectors of ``texts``.
        """
        keys = [hashlib.sha256(t.encode()).digest()[:16] for t in texts]
        known = self._read(embedder.dim)
        vectors = np.zeros((len(texts), embedder.dim), np.float32)
        unknown = []
        for row, key in enumerate(keys):
            if (vector := known.get(key)) is None:
                unknown.append(row)
            else:
                vectors[row] = vector
        for start in range(0, len(unknown), _BATCH):
            rows = unknown[start : start + _BATCH]
            vectors[rows] = embedder.documents([texts[r] for r in rows])
            progress(len(texts) - len(unknown) + start + len(rows))
        self.embedded = len(unknown)
        if unknown or len(known) != len(set(keys)):
            self._write(keys, vectors)
        return vectors

    def _read(self, dim: int) -> dict[bytes, np.ndarray]:
        try:
            # numpy leaves a file open where it is no archive: the bytes are read here
            with np.load(io.BytesIO(self.path.read_bytes()), allow_pickle=False) as file:
                keys, vectors = file["keys"], file["vectors"]
        except (OSError, ValueError, KeyError, zipfile.BadZipFile):
            return {}
        if keys.shape != (len(vectors), 16) or keys.dtype != np.uint8:
            return {}
        if vectors.shape[1:] != (dim,) or vectors.dtype != np.float32:
            return {}
        return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}

    def _write(self, keys: list[bytes], vectors: np.ndarray) -> None:
        rows = list({key: row for row, key in enumerate(keys)}.values())
        table = np.frombuffer(b"".join(keys[r] for r in rows), np.uint8).reshape(len(rows), 16)
        draft = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        with draft.open("wb") as file:
            np.savez(file, keys=table, vectors=vectors[rows])
        os.replace(draft, self.path)
        for other in self.path.parent.glob("embeddings-*.npz"):
            if other != self.path:
                other.unlink(missing_ok=True)  # another model's: of no use any more
