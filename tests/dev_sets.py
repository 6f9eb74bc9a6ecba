"""The development questions of ``evals/dev``, for tests that run all of them."""

from __future__ import annotations

import json
from typing import Any

from tests.conftest import ROOT


def dev_questions() -> list[dict[str, Any]]:
    files = sorted((ROOT / "evals" / "dev").glob("*.jsonl"))
    return [json.loads(line) for f in files for line in f.read_text(encoding="utf-8").splitlines() if line.strip()]
