"""Embedding models: a static model without torch, any other through sentence-transformers.

Importing torch costs seconds and half a gigabyte; a static model (a table of token vectors, averaged) needs
only numpy and ``tokenizers``. ``tests/index/test_embedder.py`` shows that both paths give the same vectors.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from lawqa.errors import ModelError
from lawqa.settings import Settings

#: Instructions that published models were trained to see before a query (from their model cards).
QUERY_PREFIXES = (
    ("bge-m3", ""),
    ("bge-large-zh", "为这个句子生成表示以用于检索相关文章："),
    ("bge-base-zh", "为这个句子生成表示以用于检索相关文章："),
    ("bge-small-zh", "为这个句子生成表示以用于检索相关文章："),
    ("multilingual-e5", "query: "),
)


class Embedder(Protocol):
    """Texts to unit vectors: float32 of shape (len(texts), dim)."""

    name: str
    dim: int

    def documents(self, texts: Sequence[str]) -> np.ndarray: ...

    def queries(self, texts: Sequence[str]) -> np.ndarray: ...


class StaticEmbedder:
    """A sentence-transformers ``StaticEmbedding`` (+ ``Normalize``) folder, read with numpy alone."""

    def __init__(self, folder: Path, module: Path) -> None:
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        self.name = str(folder)
        self._tokenizer = Tokenizer.from_file(str(module / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._table = next(iter(load_file(module / "model.safetensors").values())).astype(np.float32)
        self.dim = int(self._table.shape[1])

    def documents(self, texts: Sequence[str]) -> np.ndarray:
        out = np.zeros((len(texts), self.dim), np.float32)
        for row, encoded in zip(out, self._tokenizer.encode_batch(list(texts), add_special_tokens=False), strict=True):
            if encoded.ids:
                row[:] = self._table[encoded.ids].mean(axis=0)
        return _unit(out)

    queries = documents


class TransformerEmbedder:
    """Any other sentence-transformers model: a folder, or a hub name where the machine may reach the hub."""

    def __init__(self, settings: Settings) -> None:
        folder = Path(settings.embed_model).expanduser()
        name = str(folder) if folder.is_dir() else settings.embed_model
        if folder.is_dir():
            os.environ.setdefault("HF_HUB_OFFLINE", "1")  # a local folder needs no hub, and must not ask it
        try:
            from sentence_transformers import SentenceTransformer

            self._model: Any = SentenceTransformer(
                name, device="cpu", trust_remote_code=settings.embed_trust_remote_code
            )
        except ImportError as error:
            raise ModelError(f"嵌入模型“{name}”需要 sentence-transformers：pip install 'lawqa[models]'") from error
        except Exception as error:  # the library raises many kinds: OSError, ValueError, its own
            reason = str(error).strip().split("\n")[0][:200]
            raise ModelError(
                f"嵌入模型“{name}”无法载入：{reason}；LAWQA_EMBED_MODEL 应为 sentence-transformers 模型的文件夹或名称"
            ) from error
        self.name = name
        self.dim = int(np.asarray(self._model.encode(["维度"], show_progress_bar=False)).shape[-1])
        self._prefix = settings.embed_query_prefix or next((p for key, p in QUERY_PREFIXES if key in name.lower()), "")

    def documents(self, texts: Sequence[str]) -> np.ndarray:
        return self._encode(list(texts))

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        return self._encode([self._prefix + t for t in texts])

    def _encode(self, texts: list[str]) -> np.ndarray:
        vectors = self._model.encode(texts, batch_size=32, convert_to_numpy=True, show_progress_bar=False)
        # a text without any known token has no mean: some models give nan for it
        return _unit(np.nan_to_num(np.asarray(vectors, np.float32)).reshape(len(texts), self.dim))


def _unit(vectors: np.ndarray) -> np.ndarray:
    """Rows of length 1; a row of zeros (no known word) stays zero, so that it is near nothing."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: np.ndarray = vectors / np.where(norms == 0, 1, norms)
    return unit


def static_module(folder: Path) -> Path | None:
    """The StaticEmbedding's folder inside a model folder, or None where the model is of another kind."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    kinds = [str(m.get("type", "")).rsplit(".", 1)[-1] for m in modules]
    if not kinds or kinds[0] != "StaticEmbedding" or not set(kinds[1:]) <= {"Normalize"}:
        return None
    return folder / str(modules[0].get("path", ""))


def open_embedder(settings: Settings) -> Embedder:
    """The embedding model that the settings name; ModelError says what is wrong with it and which setting to mend."""
    folder = Path(settings.embed_model).expanduser()
    module = static_module(folder)
    if module is None:
        if folder.is_dir() and not (folder / "modules.json").exists() and not (folder / "config.json").exists():
            raise ModelError(f"“{folder}”不是模型：里面没有 modules.json 或 config.json；请检查 LAWQA_EMBED_MODEL")
        if not folder.is_dir() and (folder.exists() or settings.embed_model[:1] in "/.~"):
            # a mistyped path must not be asked of the hub
            raise ModelError(f"嵌入模型的文件夹“{folder}”不存在；请检查 LAWQA_EMBED_MODEL")
        return TransformerEmbedder(settings)
    try:
        return StaticEmbedder(folder, module)
    except Exception as error:  # safetensors and tokenizers raise bare Exceptions for a damaged file
        reason = str(error).split("\n")[0][:160]
        raise ModelError(f"嵌入模型“{folder}”已损坏：{reason}；请重新取得该模型") from error


def model_digest(name: str) -> str:
    """SHA-256 of the files of a local model folder; of the name alone for a hub model."""
    folder = Path(name).expanduser()
    digest = hashlib.sha256()
    if not folder.is_dir():
        return hashlib.sha256(name.encode()).hexdigest()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".md"):
        digest.update(str(path.relative_to(folder)).encode() + b"\0")
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    return digest.hexdigest()
