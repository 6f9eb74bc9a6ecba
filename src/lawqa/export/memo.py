"""A Word memo of a conversation: questions, answers, quotations, footnoted citations and receipts."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from lawqa.answer.answer import Answer
from lawqa.corpus.library import Corpus
from lawqa.corpus.numerals import to_chinese
from lawqa.export.blocks import ITEM, QUOTE, Block, blocks
from lawqa.export.legal_citation import legal_citation
from lawqa.export.text import receipt_rows

TITLE = "法规问答备忘录"
_STYLES = {QUOTE: "Quote", ITEM: "List Bullet"}
_BODY_FONT, _HEAD_FONT = "宋体", "黑体"


def memo(corpus: Corpus, answers: Sequence[Answer]) -> bytes:
    """The bytes of a .docx, oldest answer first.

    Every marker is a real footnote; a marker that comes again refers to its note.
    """
    import docx

    from lawqa.export.footnotes import Footnotes

    document = docx.Document()
    _layout(document)
    document.core_properties.title = TITLE
    document.core_properties.author = "lawqa"
    document.core_properties.comments = ""
    document.add_heading(TITLE, 0)
    days = sorted({str(a.receipt.get("as_of", "")) for a in answers} - {""})
    document.add_paragraph(f"共{len(answers)}个问题。法律状态日期：{'、'.join(days)}。引文逐字取自所引条文。")
    notes = Footnotes(document)
    for number, answer in enumerate(answers, start=1):
        document.add_heading(f"{to_chinese(number)}、{answer.question}", 1)
        seen: dict[int, int] = {}
        texts = {c.marker: legal_citation(corpus, c) for c in answer.citations}
        for block in blocks(answer.answer):
            _write(document, notes, block, texts, seen)
    _receipts(document, answers)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _write(document: Any, notes: Any, block: Block, texts: dict[int, str], seen: dict[int, int]) -> None:
    """One paragraph; ``seen`` keeps the note of each marker of this answer."""
    paragraph = document.add_paragraph(style=_STYLES.get(block.kind))
    for span in block.spans:
        if span.marker is None:
            paragraph.add_run(span.text).bold = span.bold or None
        elif span.marker in seen:
            notes.add(paragraph, f"同前注{seen[span.marker]}。")
        elif span.marker in texts:
            seen[span.marker] = notes.add(paragraph, texts[span.marker])


def _receipts(document: Any, answers: Sequence[Answer]) -> None:
    """Each receipt once, with the questions that it is for."""
    by_rows: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for number, answer in enumerate(answers, start=1):
        by_rows.setdefault(tuple(receipt_rows(answer)), []).append(number)
    document.add_heading("回执", 1)
    for rows, numbers in by_rows.items():
        if len(by_rows) > 1:
            document.add_paragraph(f"问题{'、'.join(map(to_chinese, numbers))}：")
        table = document.add_table(rows=0, cols=2, style="Table Grid")
        for name, value in rows:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = name, value


def _layout(document: Any) -> None:
    """A4, Chinese type and language: python-docx's template is American."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.8)
    fonts = {"Normal": _BODY_FONT, "Quote": _BODY_FONT, "Title": _HEAD_FONT, "Heading 1": _HEAD_FONT}
    for name, font in fonts.items():
        properties = document.styles[name].element.get_or_add_rPr()
        properties.get_or_add_rFonts().set(qn("w:eastAsia"), font)
    language = OxmlElement("w:lang", {qn("w:val"): "en-US", qn("w:eastAsia"): "zh-CN"})
    document.styles["Normal"].element.get_or_add_rPr().append(language)
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    quote = document.styles["Quote"]
    quote.font.italic = False  # slanted Chinese type is hard to read
    quote.paragraph_format.left_indent = Cm(0.8)
