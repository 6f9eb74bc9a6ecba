"""Word files as lines: changes, tables, links; and every paragraph as it stands."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from lawqa.files.docx import read_docx


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_tracked_deletions_are_left_out_and_insertions_kept() -> None:
    document = Document()
    paragraph = document.add_paragraph("应当")
    for tag, text_tag, text in (("w:del", "w:delText", "立即"), ("w:ins", "w:t", "及时")):
        change, run, node = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
        change.set(qn("w:id"), "1")
        node.text = text
        run.append(node)
        change.append(run)
        paragraph._p.append(change)
    paragraph.add_run("报告。")
    source = read_docx("file.docx", saved(document))
    assert source.text == "应当及时报告。"
    assert any("修订" in d for d in source.doubts)


def test_tables_are_rows_of_text_in_their_place() -> None:
    document = Document()
    document.add_paragraph("前文。")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["级别", "说明", "一级", "核心"], strict=True):
        cell.text = text
    document.add_paragraph("后文。")
    source = read_docx("file.docx", saved(document))
    assert [(x.text, x.table) for x in source.lines] == [
        ("前文。", False),
        ("级别 ｜ 说明", True),
        ("一级 ｜ 核心", True),
        ("后文。", False),
    ]


def test_whole_is_every_paragraph_as_it_stands() -> None:
    """Numbers that Word makes are not in the text; links, insertions, cells and blank lines are."""
    document = Document()
    document.add_heading("意见", 1)
    document.add_paragraph("")
    paragraph = document.add_paragraph("依据\xa0")
    link, run, text = OxmlElement("w:hyperlink"), OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "第七条"
    run.append(text)
    link.append(run)
    paragraph._p.append(link)
    table = document.add_table(1, 2)
    for cell, words in zip(table._cells, ["甲", "乙"], strict=True):
        cell.text = words
    assert read_docx("file.docx", saved(document), whole=True).text == "意见\n\n依据\xa0第七条\n甲\n乙"
