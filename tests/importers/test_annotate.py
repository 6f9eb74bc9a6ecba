"""``lawqa corpus annotate`` against a real server that speaks the OpenAI protocol."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from lawqa.cli import main
from tests.answer.fake_llm import FakeLLM

ID = "acme-data-2024"
RULES = "甲公司数据管理办法\n第1条 为了管理数据，制定本办法。\n第2条 员工离职前应当交还全部客户名录。\n"


def reply(request: dict[str, Any]) -> str:
    text = request["messages"][-1]["content"]
    if "客户名录" in text:
        note = {
            "caption": "离职交还",
            "binds": ["员工"],
            "questions": ["离职人员手里的客户资料归谁"],
            "everyday": ["走人前要还啥"],
        }
        return "```json\n" + json.dumps({**note, "terms": ["离职交接"]}, ensure_ascii=False) + "\n```"
    return "我不知道"


@pytest.fixture
def added(own_command: Path, tmp_path: Path) -> Path:
    path = tmp_path / "rules.txt"
    path.write_text(RULES, encoding="utf-8")
    assert main(["corpus", "add", str(path), "--id", ID, "--yes"]) == 0
    return own_command / "editorial" / f"{ID}.yaml"


def test_drafted_then_accepted(
    added: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with FakeLLM(reply) as server:
        monkeypatch.setenv("LAWQA_LLM_BASE_URL", server.url)
        monkeypatch.setenv("LAWQA_LLM_MODEL", "fake")
        assert main(["corpus", "annotate", ID]) == 1  # one provision got no usable answer
        assert len(server.requests) == 2
    assert f"{ID}:1" in capsys.readouterr().err
    rows = yaml.safe_load(added.read_text(encoding="utf-8"))
    assert [(r["ref"], r["drafted_by_machine"]) for r in rows] == [(f"{ID}:2", True)]
    assert _captions(capsys) == ""
    assert main(["corpus", "annotate", ID, "--accept"]) == 0
    assert "drafted_by_machine" not in added.read_text(encoding="utf-8")
    assert "离职交还" in _captions(capsys)


def _captions(capsys: pytest.CaptureFixture[str]) -> str:
    """What ``show`` says that editors added."""
    capsys.readouterr()
    assert main(["show", f"{ID}:2"]) == 0
    return "".join(x for x in capsys.readouterr().out.split("\n") if "编者" in x)


def test_faulty_notes_are_not_accepted(added: Path, capsys: pytest.CaptureFixture[str]) -> None:
    added.parent.mkdir()
    row = {"ref": f"{ID}:9", "caption": "无", "binds": [], "questions": ["问"], "everyday": [], "terms": []}
    text = yaml.safe_dump([{**row, "drafted_by_machine": True}], allow_unicode=True)
    added.write_text(text, encoding="utf-8")
    assert main(["corpus", "annotate", ID, "--accept"]) == 2
    assert added.read_text(encoding="utf-8") == text


def test_without_a_model_and_for_shipped_documents(added: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", "annotate", ID]) == 2
    assert "LAWQA_LLM_BASE_URL" in capsys.readouterr().err
    assert main(["corpus", "annotate", "genai-interim-measures-2023"]) == 2
    assert main(["corpus", "annotate", ID, "--accept"]) == 2
