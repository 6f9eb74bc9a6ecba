from pathlib import Path

import pytest

from lawqa.corpus import Corpus, Provision
from lawqa.corpus.markdown import parse_document, split_heading
from tests.conftest import ROOT

HEAD = (
    """---
id: sample-law-2030
title: 样法
short_titles: []
english_title: null
kind: 法律
issuers: [全国人大]
document_number: null
adopted: null
promulgated: 2030-01-01
effective: 2030-02-01
status: 现行有效
source_url: null
text: verbatim
verification: {level: full, coverage: 1.0, note: 无}
---

# 样法

"""
)  # fmt: skip


def parse(body: str, head: str = HEAD) -> tuple[list[Provision], list[str]]:
    instrument, faults = parse_document(Path("sample-law-2030.md"), head + body)
    return list(instrument.provisions if instrument else ()), [f"{f.line}: {f.message}" for f in faults]


def test_articles_paragraphs_and_items() -> None:
    provisions, faults = parse(
        "## 第一章 总则\n\n第一条\u3000甲：\n\n（一）乙；\n\n（二）丙。\n\n丁。\n\n### 第一节 细则\n\n第一条之一\u3000戊。\n\n第二条\u3000己。\n"
    )
    assert faults == []
    first, inserted, second = provisions
    assert (first.ref.number, inserted.ref.number, second.ref.number) == ("1", "1-1", "2")
    assert [[i.text for i in p.items] for p in first.paragraphs] == [["（一）乙；", "（二）丙。"], []]
    assert first.text == "甲：\n（一）乙；\n（二）丙。\n丁。"
    assert first.path == ("第一章 总则",)
    assert inserted.path == ("第一章 总则", "第一节 细则")
    assert first.piece(first.ref.at(1)) == "甲：\n（一）乙；\n（二）丙。"
    assert first.piece(first.ref.at(1, 2)) == "（二）丙。"
    assert first.piece(first.ref.at(3)) is None
    assert first.piece(first.ref.at(2, 1)) is None


@pytest.mark.parametrize(
    ("heading", "number", "marker", "title"),
    [
        ("一、总体要求", "1", "一、", "总体要求"),
        ("十二、附则", "12", "十二、", "附则"),
        ("（三）指导思想", "3", "（三）", "指导思想"),
        ("3. 目标", "3", "3.", "目标"),
        ("第4条 定义", "4", "第4条", "定义"),
        ("战略4 安全", "4", "战略4", "安全"),
        ("§1041（b）处罚", "b", "§1041（b）", "处罚"),
        ("（a）一般规定", "a", "（a）", "一般规定"),
        ("前言", None, "", "前言"),
    ],
)
def test_headings(heading: str, number: str | None, marker: str, title: str) -> None:
    assert split_heading(heading) == (number, marker, title)


def test_sections_are_numbered_by_their_headings() -> None:
    body = "## 前言\n\n甲\n\n## 一、总则\n\n### （一）目标\n\n乙\n\n### 说明\n\n丙\n\n## 附录\n\n丁\n"
    provisions, faults = parse(body)
    assert faults == []
    assert [p.ref.number for p in provisions] == ["h1", "1", "1.1", "1.h1", "h2"]
    assert [str(c) for c in provisions[1].children] == ["sample-law-2030:1.1", "sample-law-2030:1.h1"]


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("第一条\u3000\n", "第一条没有正文"),
        ("第一条\u3000甲。\n\n第三条\u3000乙。\n", "22: 第三条不连续：前一条是第一条"),
        ("第二条\u3000乙。\n", "第二条不连续：前一条是（无）"),
        ("第一条之二\u3000乙。\n", "第一条之二不连续"),
        ("第一条 甲。\n", "“第一条”之后应有且只有一个全角空格"),
        ("第一条\u3000甲。\n\n第2条 乙。\n", "“第2条”之后应有且只有一个全角空格"),
        ("## 第一章 总则\n\n无主的段落\n\n第一条\u3000甲。\n", "这一段不属于任何条文或小节"),
        ("第一条\u3000甲(乙)。\n", "半角标点"),
        ("", "没有任何条文或小节"),
        ("# 又一个标题\n\n第一条\u3000甲。\n", "只能有一个一级标题"),
    ],
)
def test_faults(body: str, fault: str) -> None:
    assert any(fault in f for f in parse(body)[1]), parse(body)[1]


def test_title_must_be_the_titles() -> None:
    assert any("与文件头的 title" in f for f in parse("第一条\u3000甲。\n", HEAD.replace("# 样法", "# 别法"))[1])
    assert any("没有一级标题" in f for f in parse("第一条\u3000甲。\n", HEAD.replace("# 样法\n", ""))[1])


def test_a_paragraph_that_cites_an_article_is_no_article() -> None:
    provisions, faults = parse("第一条\u3000甲。\n\n第一条的规定不适用于乙。\n")
    assert faults == []
    assert len(provisions[0].paragraphs) == 2


def test_doubtful_mark() -> None:
    provisions, _ = parse("第一条\u3000甲。〔未核对〕\n\n第二条\u3000乙。\n")
    assert [p.doubtful for p in provisions] == [True, False]


def test_every_line_of_the_texts_is_somewhere(corpus: Corpus) -> None:
    """Nothing of a text is lost or altered on the way into data."""
    for instrument in corpus.instruments:
        body = (ROOT / "corpus" / f"{instrument.id}.md").read_text(encoding="utf-8").split("---\n", 2)[2]
        lines = [x for x in body.split("\n") if x.strip() and not x.startswith("#")]
        held = list(instrument.preamble)
        for provision in instrument.provisions:
            own = [text for _, text in provision.pieces()]
            if provision.is_article:
                own[0] = f"{provision.marker}\u3000{own[0]}"
            held += own
        assert held == lines


def test_lines_point_at_the_provisions(corpus: Corpus) -> None:
    for instrument in corpus.instruments:
        lines = (ROOT / "corpus" / f"{instrument.id}.md").read_text(encoding="utf-8").split("\n")
        for provision in instrument.provisions:
            assert provision.marker in lines[provision.line - 1]
