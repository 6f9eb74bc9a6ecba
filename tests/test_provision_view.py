"""A provision in its place, also where the corpus lacks documents that it is related to."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawqa.cli import main
from lawqa.lawqa import LawQA
from lawqa.provision_view import provision_view, relations_of
from lawqa.settings import load_settings
from lawqa.web.library_view import document_view
from tests.conftest import TODAY, CorpusCopy

ID = "genai-interim-measures-2023"


@pytest.fixture
def reduced(small_copy: CorpusCopy, tmp_path: Path) -> LawQA:
    """Two documents; of those that the Measures cite, the catalog knows one."""
    (small_copy.root / "catalog.yaml").write_text(
        "- id: data-security-law-2021\n  title: 中华人民共和国数据安全法\n  kind: 法律\n  issuers: null\n"
        "  document_number: null\n  promulgated: null\n  effective: null\n  status: null\n  source_url: null\n"
        "  summary: 数据安全。\n  related: []\n",
        encoding="utf-8",
    )
    return LawQA.open(load_settings({}, corpus=small_copy.root, index=tmp_path / "index", user_corpus=tmp_path / "own"))


def test_a_related_document_that_is_not_held_is_named(reduced: LawQA) -> None:
    relations = {r["id"]: r for r in relations_of(reduced, reduced.corpus.instrument(ID))}
    known, unknown = relations["data-security-law-2021"], relations["cybersecurity-law-2016"]
    assert (known["held"], known["text"]) == (False, "引用：《中华人民共和国数据安全法》（没有收录）")
    assert (unknown["held"], unknown["text"]) == (False, "引用：cybersecurity-law-2016（没有收录）")
    view = document_view(reduced, reduced.corpus.instrument(ID), TODAY)
    assert view["beside"] == []
    assert provision_view(reduced, *reduced.show(f"{ID}:7"))["relations"] == view["relations"]


def test_a_related_document_that_is_held_has_its_label(lawqa: LawQA) -> None:
    relations = relations_of(lawqa, lawqa.corpus.instrument(ID))
    assert all(r["held"] and "没有收录" not in r["text"] for r in relations)
    assert {"cites", "finalizes"} <= {r["type"] for r in relations}


def test_the_command_shows_it(
    reduced: LawQA, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for key in ("corpus", "index", "user_corpus"):
        monkeypatch.setenv(f"LAWQA_{key.upper()}", str(getattr(reduced.settings, key)))
    assert main(["show", f"{ID}:7"]) == 0
    assert "《中华人民共和国数据安全法》（没有收录）" in capsys.readouterr().out
