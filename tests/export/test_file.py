from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from lawqa.answer.answer import Answer
from lawqa.cli import main
from lawqa.errors import UsageError
from lawqa.export import file
from lawqa.export.text import render
from lawqa.lawqa import LawQA


@pytest.mark.parametrize(("name", "format"), [("a.md", "markdown"), ("a.txt", "citation")])
def test_text_files(lawqa: LawQA, answers: list[Answer], tmp_path: Path, name: str, format: str) -> None:
    file.write(lawqa.corpus, answers, tmp_path / name)
    assert (tmp_path / name).read_text("utf-8") == render(lawqa.corpus, answers, format)
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_all_faults_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.docx、\.md、\.txt.*不存在"):
        file.checked_path(tmp_path / "none" / "a.pdf")


def test_nothing_is_overwritten_and_nothing_half_written(
    lawqa: LawQA, answers: list[Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="已经存在"):
        file.write(lawqa.corpus, answers, tmp_path / "a.md")
    assert (tmp_path / "a.md").read_text("utf-8") == "mine"

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(UsageError, match="No space left"):
        file.write(lawqa.corpus, answers, tmp_path / "b.md")
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]


def test_the_command_exports_the_conversation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "memo.docx"
    arguments = [
        "ask",
        "那第八条呢？",
        "--history",
        "暂行办法第七条是什么？",
        "--export",
        str(path),
        "--format",
        "citation",
    ]
    assert main(arguments) == 0
    assert "第8条，国家互联网信息办公室等7部门令第15号" in capsys.readouterr().out
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as package:
        body = package.read("word/document.xml").decode()
    assert "一、暂行办法第七条是什么？" in body
    assert "二、那第八条呢？" in body
    assert main(arguments) == 2
    assert "已经存在" in capsys.readouterr().err
    assert main(["ask", "第七条", "--json", "--format", "plain"]) == 2
