"""``lawqa corpus check``: every kind of fault, with its file and line, all at once."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lawqa.corpus import checksums, load_corpus, read_corpus
from lawqa.corpus.check import check_corpus
from lawqa.errors import CorpusError
from tests.conftest import ROOT, CorpusCopy

GENAI = "genai-interim-measures-2023.md"
PLAN = "next-gen-ai-plan-2017.md"
CSL = "cybersecurity-law-2025.md"

#: (file, text to replace, replacement, part of the message); the fault stands on the replaced text's line.
FAULTS = [
    (GENAI, "short_titles: [", "short_titles: [[", "不是合格的 YAML"),
    (GENAI, "kind: 部门规章", "kind: 规章", "kind“规章”不在许可的值之内"),
    (GENAI, "status: 现行有效", "status: 有效", "status“有效”不在许可的值之内"),
    (GENAI, "effective: 2023-08-15", "effective: 八月", "不是 YYYY-MM-DD 的日期"),
    (GENAI, "source_url:", "source: x\nsource_url:", "未知字段“source”"),
    (GENAI, "type: finalizes", "type: follows", "未知的关系“follows”"),
    (GENAI, "id: genai-measures-draft-2023", "id: genai-measures-draft-1999", "关系指向不存在的文件"),
    (GENAI, "id: genai-interim-measures-2023", "id: genai-2023", "与文件名"),
    (GENAI, "id: genai-interim-measures-2023", "id: GenAI", "不合格式"),
    (GENAI, "level: ", "level: most ", "verification.level"),
    (GENAI, "coverage: ", "coverage: 7", "应在 0 与 1 之间"),
    (GENAI, "\n第六条\u3000", "\n第八条\u3000", "第八条不连续：前一条是第五条"),
    (GENAI, "\n第六条\u3000", "\n第五条\u3000", "第五条出现两次"),
    (GENAI, "\n第六条\u3000", "\n第六条 ", "“第六条”之后应有且只有一个全角空格"),
    (GENAI, "\n第六条\u3000", "\n第六条", "“第六条”之后应有且只有一个全角空格"),
    (GENAI, "\n（二）", "\n（三）", "项号不连续：第四条（三），此处应为第（2）项"),
    (GENAI, "第一条\u3000为了", "第一条\u3000为,了", "半角标点“,”"),
    (GENAI, "第一条\u3000", " 第一条\u3000", "多余的空白"),
    (GENAI, "## 第二章", "# 第二章", "只能有一个一级标题"),
    (CSL, "short_titles: [", "short_titles: [个保法, ", "简称“个保法”有歧义"),
    (PLAN, "## 二、", "## 一、", "编号重复"),
    ("catalog.yaml", "- id: anthropomorphic-ai-measures-2026", "- id: anthropomorphic-ai-measures-2026\n  colour: red", "未知字段“colour”"),
    ("catalog.yaml", "- id: ai-agent-opinions-2026", "- id: ai-ethics-review-service-measures-2026", "出现两次"),
]  # fmt: skip


def _line_of_effect(name: str, old: str, line: int) -> int:
    return line + 1 if old.startswith("\n") else line


@pytest.mark.parametrize(("name", "old", "new", "message"), FAULTS)
def test_fault_is_found_with_file_and_line(
    corpus_copy: CorpusCopy, name: str, old: str, new: str, message: str
) -> None:
    line = _line_of_effect(name, old, corpus_copy.edit(name, old, new))
    faults = [f for f in corpus_copy.faults() if message in f.message]
    assert faults
    assert Path(faults[0].path).name == name
    assert faults[0].line in (line, line + 1)  # libyaml names the line after an unclosed bracket


def test_the_corpus_has_no_fault() -> None:
    corpus, faults = check_corpus(ROOT / "corpus")
    assert faults == []
    assert len(corpus.instruments) == 24


def test_declared_gaps_are_no_fault_and_undeclared_ones_are(corpus_copy: CorpusCopy) -> None:
    text = corpus_copy.path(GENAI).read_text(encoding="utf-8")
    start = text.index("第六条\u3000")
    end = text.index("第七条\u3000")
    corpus_copy.path(GENAI).write_text(text[:start] + text[end:], encoding="utf-8")
    assert any("第七条不连续" in f.message for f in read_corpus(corpus_copy.root)[1])
    corpus_copy.edit(GENAI, "verification:\n", 'verification:\n  gaps: ["6"]\n')
    assert read_corpus(corpus_copy.root)[1] == []
    corpus = load_corpus(corpus_copy.root)
    assert corpus.instrument("genai-interim-measures-2023").last_article == 24


def test_a_gap_that_is_held_and_a_doubt_about_nothing(corpus_copy: CorpusCopy) -> None:
    corpus_copy.edit(GENAI, "verification:\n", 'verification:\n  gaps: ["6"]\n  doubtful: ["99"]\n')
    messages = " ".join(f.message for f in corpus_copy.faults())
    assert "gaps 列出的“6”却有正文" in messages
    assert "不存在的“99”" in messages


def test_faults_of_several_files_are_reported_together(corpus_copy: CorpusCopy) -> None:
    corpus_copy.edit(GENAI, "kind: 部门规章", "kind: 规章")
    corpus_copy.edit(GENAI, "status: 现行有效", "status: 有效")
    line = corpus_copy.edit(PLAN, "## 二、", "## 一、")
    corpus_copy.path(CSL).unlink()
    faults = corpus_copy.faults()
    text = "\n".join(map(str, faults))
    assert f"{GENAI}:" in text
    assert "kind“规章”" in text
    assert "status“有效”" in text
    assert f"{PLAN}:{line}: 编号重复" in text
    assert f"文件 {CSL} 不见了" in text
    assert faults == sorted(faults)


def test_missing_field_and_missing_head(corpus_copy: CorpusCopy) -> None:
    corpus_copy.edit(GENAI, "effective: 2023-08-15\n", "")
    path = corpus_copy.path(PLAN)
    path.write_text(path.read_text(encoding="utf-8").removeprefix("---\n"), encoding="utf-8")
    messages = [f.message for f in corpus_copy.faults()]
    assert "文件头缺少字段“effective”" in messages
    assert "没有以 --- 开头和结尾的文件头" in messages


def test_bytes_that_are_no_text(corpus_copy: CorpusCopy) -> None:
    path = corpus_copy.path(GENAI)
    raw = path.read_bytes()
    at = raw.index("第二条".encode())
    path.write_bytes(raw[:at] + b"\xff" + raw[at:])
    line = raw[:at].count(b"\n") + 1
    assert (GENAI, line) in {(Path(f.path).name, f.line) for f in corpus_copy.faults() if "UTF-8" in f.message}


def test_crlf(corpus_copy: CorpusCopy) -> None:
    path = corpus_copy.path(GENAI)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert any("CR" in f.message and f.line == 1 for f in corpus_copy.faults())


def test_a_folder_where_a_file_belongs(corpus_copy: CorpusCopy) -> None:
    corpus_copy.path("law-2020.md").mkdir()
    assert any("law-2020.md" in f.path and "不能读" in f.message for f in corpus_copy.faults())


def test_no_folder_and_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="不存在：请检查 LAWQA_CORPUS"):
        read_corpus(tmp_path / "none")
    with pytest.raises(CorpusError, match="没有任何可用的文件"):
        load_corpus(tmp_path)


def test_load_names_the_first_fault_and_their_number(corpus_copy: CorpusCopy) -> None:
    corpus_copy.edit(GENAI, "kind: 部门规章", "kind: 规章")
    corpus_copy.edit(GENAI, "status: 现行有效", "status: 有效")
    with pytest.raises(CorpusError, match=r"语料有误：.*另有1处") as caught:
        load_corpus(corpus_copy.root)
    assert len(caught.value.faults) == 2
    assert "\n" not in str(caught.value)


# checksums


def test_checksums_are_those_of_the_texts() -> None:
    recorded = (ROOT / "corpus" / checksums.FILE).read_text(encoding="utf-8").split("\n")
    path = ROOT / "corpus" / GENAI
    assert f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {GENAI}" in recorded


def test_one_changed_character_is_noticed(corpus_copy: CorpusCopy) -> None:
    corpus_copy.edit(GENAI, "应当", "可以")
    assert [(Path(f.path).name, "不可改动" in f.message) for f in corpus_copy.faults()] == [(GENAI, True)]


def test_unrecorded_file_lost_file_and_garbage_in_checksums(corpus_copy: CorpusCopy) -> None:
    corpus_copy.path("new-law-2030.md").write_text("x", encoding="utf-8")
    corpus_copy.path(PLAN).unlink()
    with corpus_copy.path(checksums.FILE).open("ab") as file:
        file.write(b"\xff garbage\n")
    messages = " ".join(f.message for f in checksums.check(corpus_copy.root))
    assert "没有记在" in messages
    assert f"文件 {PLAN} 不见了" in messages
    assert "这一行不是" in messages


def test_record_makes_a_clean_slate(corpus_copy: CorpusCopy) -> None:
    corpus_copy.edit(GENAI, "应当", "可以")
    checksums.write(corpus_copy.root)
    assert corpus_copy.faults() == []


def test_missing_checksums(corpus_copy: CorpusCopy) -> None:
    corpus_copy.path(checksums.FILE).unlink()
    assert any("--record" in f.message for f in corpus_copy.faults())


# editorial notes

EDITORIAL = [
    ("editorial/aliases.yaml", "genai-interim-measures-2023: [", "genai-interim-measures-2099: [", "没有标识为“genai-interim-measures-2099”"),
    ("editorial/aliases.yaml", "data-security-law-2021: [", "data-security-law-2021: [PIPL, ", "同时指向"),
    ("editorial/aliases.yaml", "data-security-law-2021: [", "data-security-law-2021: [[], ", "文字的列表"),
    ("editorial/outside.yaml", "names: [", "names: 著作权法 # [", "应为文字的列表"),
    ("editorial/genai-interim-measures-2023.yaml", "caption:", "title: x\n  caption:", "未知字段“title”"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "message"), EDITORIAL)
def test_editorial_faults(editorial_copy: CorpusCopy, name: str, old: str, new: str, message: str) -> None:
    editorial_copy.edit(name, old, new)
    assert [f for f in editorial_copy.faults() if message in f.message and f.path.endswith(name)]


# nothing that a file may hold ends in a traceback

GARBAGE = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["[", "{}", "null", "2023-13-45", "- x", "!!python/object:os.system", "&a *a", "\x00", "true", "9" * 400, "...\n---", "\t"]),
)  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])  # fmt: skip
@given(data=st.data())
def test_damaged_files_give_faults_never_tracebacks(small_copy: CorpusCopy, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([GENAI, "catalog.yaml"]))
    path = small_copy.path(name)
    original = (ROOT / "corpus" / name).read_text(encoding="utf-8")
    lines = original.split("\n")[:60]
    at = data.draw(st.integers(0, len(lines) - 1))
    key = lines[at].split(":")[0]
    garbage = data.draw(GARBAGE)
    lines[at] = data.draw(st.sampled_from([garbage, f"{key}: {garbage}", lines[at] + garbage, garbage + lines[at]]))
    path.write_text("\n".join(lines), encoding="utf-8", errors="replace")
    read_corpus(small_copy.root)
    _, faults = check_corpus(small_copy.root)
    assert all(f.line >= 1 and "\n" not in str(f) for f in faults)
