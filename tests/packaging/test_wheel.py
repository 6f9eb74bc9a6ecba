"""The wheel carries everything, and an installed lawqa never writes to where it is installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from lawqa.corpus import load_corpus
from lawqa.index.build import CURRENT_FILE
from lawqa.index.store import open_index
from lawqa.settings import load_settings

ROOT = Path(__file__).resolve().parents[2]
#: What a build of the wheel reads beside the corpus, of which two documents are enough here.
SOURCES = ("src", "models", "pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "NOTICE")
DOCUMENTS = ("genai-interim-measures-2023.md", "ai-governance-principles-2019.md")


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout with a fresh index, as ``make wheel`` sees it."""
    root = tmp_path_factory.mktemp("checkout")
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, root / name)
    (root / "corpus").mkdir()
    for name in DOCUMENTS:
        shutil.copy(ROOT / "corpus" / name, root / "corpus")
    settings = load_settings({}, corpus=root / "corpus", index=root / "index")
    open_index(load_corpus(settings.corpus), settings)
    return root


def build(checkout: Path, folder: Path) -> Path:
    """Build with the hatchling of this environment: nothing is downloaded."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=checkout, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def installed(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the wheel is installed to; a wheel of pure Python is a zip of what goes there."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(build(checkout, tmp_path_factory.mktemp("dist"))) as wheel:
        wheel.extractall(folder)
    return folder


def lawqa(installed: Path, home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LAWQA_", "XDG_"))}
    return subprocess.run(
        [sys.executable, "-B", "-m", "lawqa", *arguments],
        env={**kept, "PYTHONPATH": str(installed), "HOME": str(home), **environment},
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )


def state(folder: Path) -> dict[str, int]:
    return {str(p.relative_to(folder)): p.stat().st_mtime_ns for p in folder.rglob("*")}


def test_the_wheel_holds_corpus_model_index_and_licence(installed: Path, checkout: Path) -> None:
    data = installed / "lawqa" / "_data"
    for name in ("corpus", "models"):
        expected = {p.relative_to(checkout) for p in (checkout / name).rglob("*") if p.is_file()}
        assert {p.relative_to(data) for p in (data / name).rglob("*") if p.is_file()} == expected
    current = (data / "index" / CURRENT_FILE).read_text(encoding="utf-8").strip()
    assert [p.name for p in (data / "index").iterdir() if p.is_dir()] == [current]
    assert {p.name for p in installed.glob("*.dist-info/licenses/*")} == {"LICENSE", "NOTICE"}


def test_an_installed_lawqa_answers_from_its_own_index(installed: Path, tmp_path: Path) -> None:
    before = state(installed)
    done = lawqa(installed, tmp_path, "ask", "暂行办法第七条", "--json")
    assert done.returncode == 0, done.stderr
    assert done.stderr == "", "the shipped index was not seen as fresh"
    assert json.loads(done.stdout)["citations"][0]["document"] == "genai-interim-measures-2023"
    assert state(installed) == before
    assert not (tmp_path / ".cache" / "lawqa" / "index").exists()


def test_another_corpus_is_indexed_in_the_cache(installed: Path, checkout: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    shutil.copy(checkout / "corpus" / DOCUMENTS[0], corpus)
    before = state(installed)
    first = lawqa(installed, tmp_path, "ask", "暂行办法第七条", LAWQA_CORPUS=str(corpus))
    assert first.returncode == 0, first.stderr
    assert "已过时：语料已改变" in first.stderr
    assert (tmp_path / ".cache" / "lawqa" / "index" / CURRENT_FILE).is_file()
    again = lawqa(installed, tmp_path, "ask", "暂行办法第七条", LAWQA_CORPUS=str(corpus))
    assert again.stderr == ""
    assert again.stdout == first.stdout
    assert state(installed) == before


def test_a_damaged_shipped_index_is_not_served(installed: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(installed, broken)
    table = next((broken / "lawqa" / "_data" / "index").glob("index-*/table.json"))
    table.write_text(table.read_text(encoding="utf-8") + " ", encoding="utf-8")
    done = lawqa(broken, tmp_path, "ask", "暂行办法第七条")
    assert done.returncode == 0, done.stderr
    assert "已损坏" in done.stderr
    assert (tmp_path / ".cache" / "lawqa" / "index" / CURRENT_FILE).is_file()


def test_a_wheel_without_an_index_is_built_too(checkout: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    shutil.copytree(checkout, bare, ignore=shutil.ignore_patterns("index-*", CURRENT_FILE))
    with zipfile.ZipFile(build(bare, tmp_path)) as wheel:
        assert not [n for n in wheel.namelist() if n.startswith("lawqa/_data/index")]
