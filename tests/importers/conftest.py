from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lawqa.corpus import Corpus
from lawqa.files.reader import parse
from lawqa.files.source import Line, Source
from lawqa.importers.draft import Draft, recognise_file, write_draft
from lawqa.importers.metadata import Metadata

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))


@pytest.fixture(scope="session")
def alone(corpus: Corpus) -> Corpus:
    """A corpus without documents: a text of the shipped one may be added to it again."""
    return replace(corpus, instruments=(), catalog=())


@pytest.fixture
def draft(alone: Corpus) -> Callable[..., Draft]:
    """The draft made of plain lines, of a Source, or of a file's bytes."""

    def make(content: str | Source | bytes, suffix: str = ".txt", **given: object) -> Draft:
        if isinstance(content, bytes):
            source = parse(suffix, f"file{suffix}", content)
        elif isinstance(content, str):
            source = Source("file.txt", tuple(Line(x) for x in content.split("\n") if x))
        else:
            source = content
        recognised = recognise_file(source, Metadata(**{"id": "example-2024", **given}), alone)  # type: ignore[arg-type]
        return write_draft(recognised, recognised.proposal, alone)

    return make


@pytest.fixture
def own_command(small_copy: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The environment of a command on a small corpus; returns the user's folder, which does not exist yet."""
    monkeypatch.setenv("LAWQA_CORPUS", str(small_copy.root))  # type: ignore[attr-defined]
    monkeypatch.setenv("LAWQA_INDEX", str(tmp_path / "index"))
    monkeypatch.setenv("LAWQA_USER_CORPUS", str(tmp_path / "own"))
    return tmp_path / "own"
