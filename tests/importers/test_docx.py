from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from export_corpus import export_docx

from lawqa.corpus import Corpus, Instrument
from lawqa.importers.draft import Draft


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def rows(instrument: Instrument) -> list[Any]:
    return [(p.ref.number, p.marker, p.heading, p.path, p.pieces()) for p in instrument.provisions]


@pytest.mark.parametrize(
    "id", ["cybersecurity-law-2025", "science-ethics-review-measures-2023", "us-malicious-deep-fake-act-2018"]
)
def test_round_trip_keeps_every_character(id: str, corpus: Corpus, draft: Callable[..., Draft], tmp_path: Path) -> None:
    held = corpus.instrument(id)
    export_docx(corpus.path(id), tmp_path / "law.docx")
    made = draft((tmp_path / "law.docx").read_bytes(), ".docx", id=id, title=held.title, kind=held.kind)
    assert rows(made.instrument) == rows(held)
    assert made.instrument.preamble == held.preamble


def _numbered(document: Any, formats: list[tuple[str, str]]) -> None:
    """Give the document a multilevel list, as Word's own numbering makes it."""
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(formats)
    )
    root = document.part.numbering_part.element
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>')
    root.insert(0, abstract)
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))


def _add(document: Any, text: str, level: int | None = None) -> Any:
    paragraph = document.add_paragraph(text)
    if level is not None:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = 77
    return paragraph


def test_automatic_article_numbers_are_read_as_word_prints_them(draft: Callable[..., Draft]) -> None:
    document = Document()
    document.add_heading("示例制度", 1)
    _numbered(document, [("chineseCountingThousand", "第%1条")])
    for n in range(12):
        _add(document, f"内容{n}。", 0)
    made = draft(saved(document), ".docx")
    assert [p.marker for p in made.instrument.provisions][:3] == ["第一条", "第二条", "第三条"]
    assert made.instrument.provisions[11].marker == "第十二条"
    assert made.instrument.provisions[11].text == "内容11。"


def test_automatic_multilevel_numbers(draft: Callable[..., Draft]) -> None:
    document = Document()
    document.add_heading("示例制度", 1)
    _numbered(document, [("decimal", "%1"), ("decimal", "%1.%2")])
    for text, level in (("目的", 0), ("为了示例。", 1), ("范围", 0), ("适用于员工。", 1), ("也适用于外包。", 1)):
        _add(document, text, level)
    made = draft(saved(document), ".docx")
    assert [p.ref.number for p in made.instrument.provisions] == ["1", "1.1", "2", "2.1", "2.2"]
