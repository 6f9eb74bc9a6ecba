"""Receipts: what an answer was made from, so that it can be made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from lawqa import __version__
from lawqa.answer.answer import GENERATED
from lawqa.corpus.library import Corpus
from lawqa.index.store import Index
from lawqa.retrieve.fusion import Weights
from lawqa.settings import Settings

#: Settings that change what is answered; paths, ports and secrets are none.
_SETTINGS = ("embed_query_prefix", "primary_document", "max_question_chars")


def receipt(
    corpus: Corpus, index: Index, settings: Settings, weights: Weights, day: date, docs: Sequence[str], mode: str
) -> dict[str, Any]:
    """Versions and digests (the first 16 hex digits of SHA-256).

    The same receipt and question (with its history) give the same extractive answer, byte for byte but for its
    timings; a language model promises no such thing, so a generated answer's receipt names the model.
    """
    out: dict[str, Any] = {
        "lawqa": __version__,
        "corpus": corpus.digest[:16],
        "index": index.digest[:16],
        "model": settings.embed_model.rstrip("/").rsplit("/", 1)[-1],
        "weights": weights.digest,
        "settings": _digest({key: getattr(settings, key) for key in _SETTINGS}),
        "as_of": day.isoformat(),
        "docs": list(docs),
        "mode": mode,
    }
    if mode == GENERATED:
        out |= {"llm": settings.llm_model, "llm_temperature": settings.llm_temperature}
    return out


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]
