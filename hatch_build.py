"""What a wheel carries beside the code: corpus, embedding model and, where one is built, the current index."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class DataHook(BuildHookInterface[Any]):
    """An editable installation reads these folders from the checkout; only a real wheel needs its own copy."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        data = {root / "corpus": "corpus", root / "models": "models"}
        pointer = root / "index" / "CURRENT"
        if pointer.is_file():  # without one (a build from the sdist) the first start builds it
            folder = root / "index" / pointer.read_text(encoding="utf-8").strip()
            data |= {pointer: "index/CURRENT", folder: f"index/{folder.name}"}
        for source, target in data.items():
            build_data["force_include"][str(source)] = f"lawqa/_data/{target}"
