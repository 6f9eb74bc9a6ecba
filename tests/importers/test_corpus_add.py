"""``lawqa corpus add`` and ``remove`` on a small corpus of their own."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from lawqa.cli import main

RULES = "甲公司数据管理办法\n第1条 为了管理数据，制定本办法。\n第2条 员工离职前应当交还全部客户名录。\n第3条 本办法自2024年6月1日起施行。\n"
ID = "jia-gongsi-shujuguanli-banfa-2024"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.txt"
    path.write_text(RULES, encoding="utf-8")
    return path


def files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} if folder.exists() else set()


def test_added_found_checked_and_removed(own_command: Path, rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", "add", str(rules), "--yes"]) == 0
    assert files(own_command) == {f"{ID}.md", "CHECKSUMS"}
    capsys.readouterr()
    assert main(["search", "员工离职交还客户名录", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["hits"][0]["ref"] == f"{ID}:2"
    assert main(["show", "甲公司数据管理办法第2条"]) == 0
    assert "员工离职前应当交还全部客户名录。" in capsys.readouterr().out
    assert main(["corpus", "list", "--json"]) == 0
    held = {i["id"]: i["own"] for i in json.loads(capsys.readouterr().out)["instruments"]}
    assert held[ID] is True
    assert held["genai-interim-measures-2023"] is False
    assert main(["corpus", "remove", ID, "--yes"]) == 0
    assert files(own_command) == {"CHECKSUMS"}
    capsys.readouterr()
    assert main(["show", f"{ID}:2"]) == 2


def test_dry_run_writes_nothing(own_command: Path, rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", "add", str(rules), "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert "识别出3条" in out
    assert "2024-06-01" in out
    assert not own_command.exists()


def test_flags_go_before_proposals(own_command: Path, rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flags = ["--id", "acme-data-2024", "--kind", "规范性文件", "--issuer", "甲、乙", "--short-title", "数据办法"]
    assert main(["corpus", "add", str(rules), *flags, "--dry-run", "--json"]) == 0
    metadata = json.loads(capsys.readouterr().out)[0]["metadata"]
    assert (metadata["id"], metadata["kind"]) == ("acme-data-2024", "规范性文件")
    assert metadata["issuers"] == ["甲", "乙"]
    assert metadata["effective"] == "2024-06-01"


def test_all_faults_of_all_files_at_once_and_nothing_written(
    own_command: Path, rules: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.docx").write_bytes(b"MZ" + b"\0" * 50)
    (tmp_path / "b.pdf").write_bytes(b"no pdf")
    assert main(["corpus", "add", str(rules), str(tmp_path / "a.docx"), str(tmp_path / "b.pdf"), "--yes"]) == 2
    error = capsys.readouterr().err
    assert "a.docx" in error
    assert "b.pdf" in error
    assert not own_command.exists()


def test_bad_flags_all_at_once(own_command: Path, rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flags = ["--effective", "明年", "--kind", "宪法", "--id", "Bad", "--url", "ftp://x"]
    assert main(["corpus", "add", str(rules), *flags, "--yes"]) == 2
    error = capsys.readouterr().err
    assert all(x in error for x in ("--effective", "--kind", "--id", "--url"))


def test_a_script_must_say_yes(own_command: Path, rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert main(["corpus", "add", str(rules)]) == 2
    assert not own_command.exists()


def test_asked_on_a_terminal(
    own_command: Path, rules: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = ["", "", "数据办法", "宪法", "规范性文件", *[""] * 8, "y"]
    terminal = io.StringIO("\n".join(answers) + "\n")
    monkeypatch.setattr(terminal, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdin", terminal)
    assert main(["corpus", "add", str(rules)]) == 0
    text = (own_command / f"{ID}.md").read_text(encoding="utf-8")
    assert "kind: 规范性文件" in text
    assert "- 数据办法" in text
    assert "不在许可的值之内" in capsys.readouterr().err


def test_ids_and_short_titles_of_shipped_documents_are_kept(
    own_command: Path, rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["corpus", "add", str(rules), "--id", "genai-interim-measures-2023", "--yes"]) == 2
    assert "--id" in capsys.readouterr().err
    assert main(["corpus", "add", str(rules), "--short-title", "生成式人工智能办法", "--dry-run"]) == 0
    assert "未采用" in capsys.readouterr().out
    assert main(["corpus", "remove", "genai-interim-measures-2023", "--yes"]) == 2


def test_added_twice_needs_replace(own_command: Path, rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", "add", str(rules), "--yes"]) == 0
    assert main(["corpus", "add", str(rules), "--yes"]) == 2
    assert "--replace" in capsys.readouterr().err
    rules.write_text(RULES.replace("全部", "所有"), encoding="utf-8")
    assert main(["corpus", "add", str(rules), "--yes", "--replace"]) == 0
    assert "所有客户名录" in (own_command / f"{ID}.md").read_text(encoding="utf-8")


def test_a_failing_index_leaves_nothing_behind(
    own_command: Path, rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("LAWQA_INDEX", str(tmp_path / "file" / "index"))
    assert main(["corpus", "add", str(rules), "--yes"]) == 2
    assert files(own_command) == set()


def test_a_changed_own_text_is_noticed(own_command: Path, rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", "add", str(rules), "--yes"]) == 0
    path = own_command / f"{ID}.md"
    path.write_text(path.read_text(encoding="utf-8").replace("全部", "部分"), encoding="utf-8")
    capsys.readouterr()
    main(["corpus", "check", "--json"])
    faults: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    assert any(f["path"] == str(path) for f in faults)


def test_the_text_of_a_catalog_entry_takes_its_place(
    own_command: Path, small_copy: Any, tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    (small_copy.root / "catalog.yaml").write_bytes((settings.corpus / "catalog.yaml").read_bytes())
    path = tmp_path / "law.txt"
    path.write_text("人脸识别技术应用安全管理办法\n第一条 示例。\n第二条 示例二。\n", encoding="utf-8")
    assert main(["corpus", "add", str(path), "--yes"]) == 0
    assert (own_command / "face-recognition-measures-2025.md").is_file()
    capsys.readouterr()
    assert main(["corpus", "list", "--json"]) == 0
    assert "face-recognition-measures-2025" not in [e["id"] for e in json.loads(capsys.readouterr().out)["catalog"]]
