"""Feedback is appended, survives a torn line, and becomes question-set candidates."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lawqa.cli import main
from lawqa.errors import SettingsError
from lawqa.web.feedback import FeedbackStore, eval_candidates

GOOD = {
    "question": "训练数据？",
    "helpful": True,
    "status": "answered",
    "provisions": ["a-2023:7", "a-2023:7"],
    "as_of": "2026-01-01",
}
BAD = {"question": "罚多少？", "helpful": False, "note": "漏了第二十一条", "provisions": ["a-2023:1"]}


def test_appended_in_order_and_never_rewritten(tmp_path: Path) -> None:
    store = FeedbackStore(tmp_path / "deep" / "data")
    store.append(GOOD)
    before = store.path.read_bytes()
    store.append(BAD)
    assert store.path.read_bytes().startswith(before)
    assert [r["question"] for r in store.records()] == ["训练数据？", "罚多少？"]


def test_a_torn_line_is_passed_over(tmp_path: Path) -> None:
    store = FeedbackStore(tmp_path)
    store.append(GOOD)
    with store.path.open("a", encoding="utf-8") as out:
        out.write('{"question": "to')
    assert len(list(store.records())) == 1


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(SettingsError, match="LAWQA_DATA_DIR"):
        FeedbackStore(tmp_path / "file" / "data").append(GOOD)


def test_only_helpful_answers_give_gold() -> None:
    good, bad = eval_candidates(iter([GOOD, BAD]))
    assert good["gold"] == ["a-2023:7"]
    assert good["primary"] == "a-2023:7"
    assert bad["gold"] == []
    assert bad["note"] == "漏了第二十一条"


def test_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("LAWQA_DATA_DIR", str(tmp_path))
    FeedbackStore(tmp_path).append(BAD)
    out = tmp_path / "candidates.jsonl"
    assert main(["feedback", "--out", str(out)]) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["question"] == "罚多少？"
    assert main(["feedback", "--out", str(out)]) == 2
    assert "已存在" in capsys.readouterr().err or out.is_file()
    assert main(["feedback"]) == 0
    assert "漏了第二十一条" in capsys.readouterr().out
