"""A small corpus of two documents whose index is built in about a second."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from lawqa.corpus import load_corpus
from lawqa.index.store import Index, open_index
from lawqa.settings import Settings, load_settings
from tests.conftest import ROOT

SMALL = ("genai-interim-measures-2023", "ai-governance-principles-2019")


@dataclass
class Small:
    """A folder with a corpus, an index of it and perhaps a model."""

    root: Path

    @property
    def settings(self) -> Settings:
        model = self.root / "model"
        given = {"embed_model": str(model)} if model.exists() else {}
        return load_settings({}, corpus=self.root / "corpus", index=self.root / "index", **given)

    def open(self, rebuild: bool = False) -> tuple[Index, list[str]]:
        """The index, and the stages that were reported while it was built (none where it was only loaded)."""
        stages: list[str] = []
        settings = self.settings
        index = open_index(load_corpus(settings.corpus), settings, lambda s, d, t: stages.append(s), rebuild)
        return index, stages


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("small")
    (root / "corpus" / "editorial").mkdir(parents=True)
    for id in SMALL:
        shutil.copy(ROOT / "corpus" / f"{id}.md", root / "corpus")
        shutil.copy(ROOT / "corpus" / "editorial" / f"{id}.yaml", root / "corpus" / "editorial")
    # questions may name further provisions (also), of documents that this corpus lacks
    for path in (root / "corpus" / "editorial").glob("*.yaml"):
        lines = path.read_text(encoding="utf-8").split("\n")
        path.write_text("\n".join(x for x in lines if "also:" not in x), encoding="utf-8")
    Small(root).open()
    return root


@pytest.fixture
def small(built: Path, tmp_path: Path) -> Small:
    """A copy that a test may damage."""
    shutil.copytree(built, tmp_path / "small")
    return Small(tmp_path / "small")
