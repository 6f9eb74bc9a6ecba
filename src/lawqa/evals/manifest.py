"""What an evaluation was made from, so that a stranger can make it again."""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Mapping
from datetime import UTC, date, datetime
from importlib.metadata import version
from typing import Any

from lawqa import __version__
from lawqa.evals.score import DRAWS, SEED
from lawqa.lawqa import LawQA
from lawqa.retrieve.fusion import learnt_weights

#: Settings that name places on this machine; what lies there has digests of its own.
_PLACES = {"corpus", "index", "eval_cache", "embed_model", "host", "port"}
_LIBRARIES = ("ir_measures", "numpy", "bm25s", "faiss-cpu", "jieba")


def manifest(
    lawqa: LawQA, system: Mapping[str, Any], set_name: str, set_digest: str, as_of: date, seconds: float
) -> dict[str, Any]:
    """Digests of everything that goes into the figures; ``when``, ``seconds`` and ``machine`` do not."""
    settings = {k: v for k, v, *_ in lawqa.settings.rows() if k not in _PLACES}
    weights = learnt_weights()
    return {
        "lawqa": __version__,
        "corpus": lawqa.corpus.digest,
        "index": lawqa.index.digest,
        "set": {"name": set_name, "digest": set_digest},
        "settings": {"digest": _digest(settings), "values": settings},
        "weights": weights.digest,
        "system": dict(system),
        "as_of": as_of.isoformat(),
        "seed": SEED,
        "bootstrap_draws": DRAWS,
        "libraries": {name: version(name) for name in _LIBRARIES},
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 2),
        "machine": {
            "python": platform.python_version(),
            "system": platform.system(),
            "processor": platform.machine(),
            "cores": os.cpu_count(),
        },
    }


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
