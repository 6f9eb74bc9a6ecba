"""A stale or damaged index is never served, and a build that dies leaves the old one whole."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from lawqa.corpus import load_corpus
from lawqa.errors import IndexFault
from lawqa.index import build as build_module
from lawqa.index.build import CURRENT_FILE
from lawqa.index.embedder import open_embedder
from lawqa.index.manifest import MANIFEST_FILE, read_manifest, sources_of
from lawqa.index.store import current_folder, load_index, open_index
from lawqa.settings import load_settings
from tests.index.conftest import Small

GENAI = "genai-interim-measures-2023.md"


def load(small: Small) -> object:
    settings = small.settings
    corpus = load_corpus(settings.corpus)
    return load_index(corpus, settings.index, sources_of(corpus, settings), open_embedder(settings))


def test_a_fresh_index_is_only_loaded(small: Small) -> None:
    index, stages = small.open()
    assert stages == []
    assert len(index.refs) == len(load_corpus(small.settings.corpus).provisions)
    assert index.vectors.ntotal == len(index.node_ids) == len(index.kinds) == len(index.rows)


def test_two_builds_give_the_same_index(small: Small) -> None:
    before, _ = small.open()
    again, stages = small.open(rebuild=True)
    assert stages
    assert again.digest == before.digest
    assert again.folder != before.folder
    assert not before.folder.exists()


def test_first_start_builds_unasked(small: Small) -> None:
    for path in sorted(small.settings.index.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    small.settings.index.rmdir()
    with pytest.raises(IndexFault, match="还没有索引"):
        load(small)
    _, stages = small.open()
    assert {"分词", "嵌入", "写入"} & set(stages)


def test_a_changed_text_makes_the_index_stale(small: Small) -> None:
    before, _ = small.open()
    path = small.settings.corpus / GENAI
    path.write_text(path.read_text(encoding="utf-8").replace("应当", "可以", 1), encoding="utf-8")
    with pytest.raises(IndexFault, match="已过时：语料已改变"):
        load(small)
    after, stages = small.open()
    assert any("语料" in s for s in stages)
    assert after.digest != before.digest


def test_a_changed_note_makes_the_index_stale(small: Small) -> None:
    path = small.settings.corpus / "editorial" / GENAI.replace(".md", ".yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("caption: ", "caption: 新", 1), encoding="utf-8")
    with pytest.raises(IndexFault, match="编者注已改变"):
        load(small)


def test_another_model_makes_the_index_stale(small: Small) -> None:
    shutil.copytree(load_settings({}).embed_model, small.root / "model")
    small.open()  # the same bytes under another name: still fresh
    (small.root / "model" / "config_sentence_transformers.json").write_text("{}", encoding="utf-8")
    with pytest.raises(IndexFault, match="嵌入模型已改变"):
        load(small)


def test_other_terms_make_the_index_stale(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lawqa.index.manifest.hand_kept_terms", lambda: ("新词",))
    with pytest.raises(IndexFault, match="词表已改变"):
        load(small)


@pytest.mark.parametrize(
    "name",
    ["table.json", "llama/default__vector_store.json", "llama/docstore.json", "bm25/text/data.csc.index.npy", MANIFEST_FILE, "gone"],
)  # fmt: skip
def test_a_damaged_file_is_noticed_and_rebuilt(small: Small, name: str) -> None:
    before, _ = small.open()
    if name == "gone":
        (before.folder / "table.json").unlink()
    else:
        path = before.folder / name
        raw = bytearray(path.read_bytes())
        raw[len(raw) // 2] ^= 1
        path.write_bytes(raw[:-1] if name == MANIFEST_FILE else raw)
    with pytest.raises(IndexFault, match="lawqa index 重建"):
        load(small)
    after, stages = small.open()
    assert stages
    read_manifest(after.folder)
    assert after.digest == before.digest


@pytest.mark.parametrize("content", ["", "../../etc", "no-such-folder", "."])
def test_a_damaged_pointer_is_noticed_and_rebuilt(small: Small, content: str) -> None:
    (small.settings.index / CURRENT_FILE).write_text(content, encoding="utf-8")
    _, stages = small.open()
    assert stages
    assert load(small)


def test_a_killed_build_leaves_the_old_index_whole(small: Small) -> None:
    """Really killed: another process, SIGKILL while it writes."""
    before, _ = small.open()
    root = small.settings.index
    environment = {k: v for k, v in os.environ.items() if not k.startswith("LAWQA_")}
    environment |= {"LAWQA_CORPUS": str(small.settings.corpus), "LAWQA_INDEX": str(root)}
    process = subprocess.Popen([sys.executable, "-m", "lawqa", "index"], env=environment, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not list(root.glob("building-*/bm25/*")) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL, "the build was over before it could be killed"
    leftovers = list(root.glob("building-*"))
    assert leftovers
    assert current_folder(root) == before.folder
    index, stages = small.open()
    assert stages == []
    assert index.digest == before.digest
    # what the dead build left goes with a later build, once it is surely dead
    os.utime(leftovers[0], (time.time() - 7200,) * 2)
    small.open(rebuild=True)
    assert not leftovers[0].exists()


def test_a_failing_build_leaves_nothing_behind(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    before, _ = small.open()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "x")

    monkeypatch.setattr(build_module, "persist", full)
    with pytest.raises(IndexFault, match="写索引失败（磁盘已满"):
        small.open(rebuild=True)
    assert not list(small.settings.index.glob("building-*"))
    assert current_folder(small.settings.index) == before.folder


def test_a_folder_that_cannot_be_written(built: Path, tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("x", encoding="utf-8")
    for path in (blocker, blocker / "index", Path("/proc/lawqa")):
        settings = load_settings({}, corpus=built / "corpus", index=path)
        with pytest.raises(IndexFault, match="不可写") as caught:
            open_index(load_corpus(settings.corpus), settings)
        assert str(path) in str(caught.value)
        assert "LAWQA_INDEX" in str(caught.value)
        assert "\n" not in str(caught.value)


def test_rows_are_the_corpus_order(small: Small) -> None:
    index, _ = small.open()
    table = json.loads((index.folder / "table.json").read_text(encoding="utf-8"))
    assert [str(r) for r in index.refs] == index.node_ids[: len(index.refs)]
    assert list(index.rows[: len(index.refs)]) == list(range(len(index.refs)))
    assert len(table["notes"]) == len(index.refs)
    assert np.isfinite(index.vectors.reconstruct_n(0, index.vectors.ntotal)).all()
