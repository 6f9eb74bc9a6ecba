"""What all tests share: the real corpus, and one index of it, built once in a temporary folder."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import hypothesis
import pytest

from lawqa.corpus import Corpus, Fault, load_corpus
from lawqa.corpus.check import check_corpus
from lawqa.corpus.editorial import load_aliases
from lawqa.corpus.titles import Titles
from lawqa.lawqa import LawQA
from lawqa.settings import Settings, load_settings

# a busy machine is no fault: no test is timed
hypothesis.settings.register_profile("lawqa", deadline=None)
hypothesis.settings.load_profile("lawqa")

ROOT = Path(__file__).resolve().parent.parent
#: A day on which the 2025 amendment of the Cybersecurity Law is in force: no test depends on the real date.
TODAY = date(2026, 6, 1)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Default settings, whatever the environment says, but for the index's folder."""
    return load_settings({}, index=tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="session")
def corpus(settings: Settings) -> Corpus:
    return load_corpus(settings.corpus)


@pytest.fixture(scope="session")
def titles(corpus: Corpus) -> Titles:
    return Titles(corpus, load_aliases(corpus.root))


@pytest.fixture(scope="session")
def lawqa(settings: Settings) -> LawQA:
    """The whole system on the real corpus; building its index takes some ten seconds, once."""
    return LawQA.open(settings)


@dataclass
class CorpusCopy:
    """A copy of the corpus that a test may damage."""

    root: Path

    def path(self, name: str) -> Path:
        return self.root / name

    def edit(self, name: str, old: str, new: str) -> int:
        """Replace the first ``old`` and give its line."""
        text = self.path(name).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        self.path(name).write_text(text.replace(old, new, 1), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def faults(self) -> list[Fault]:
        return check_corpus(self.root)[1]

    def fault_lines(self) -> set[tuple[str, int]]:
        return {(Path(f.path).name, f.line) for f in self.faults()}


@pytest.fixture
def corpus_copy(tmp_path: Path, settings: Settings) -> CorpusCopy:
    """The texts, the catalog and the checksums; no editorial notes."""
    root = tmp_path / "corpus"
    shutil.copytree(settings.corpus, root, ignore=shutil.ignore_patterns("editorial"))
    return CorpusCopy(root)


@pytest.fixture
def editorial_copy(tmp_path: Path, settings: Settings) -> CorpusCopy:
    """All of the corpus, with the editorial notes."""
    root = tmp_path / "annotated"
    shutil.copytree(settings.corpus, root)
    return CorpusCopy(root)


@pytest.fixture
def small_copy(tmp_path: Path, settings: Settings) -> CorpusCopy:
    """Two short documents without notes and the catalog: indexed in a second."""
    root = tmp_path / "small"
    root.mkdir()
    for name in ("genai-interim-measures-2023.md", "ai-governance-principles-2019.md"):
        shutil.copy(settings.corpus / name, root)
    return CorpusCopy(root)
