""".docx through python-docx: paragraphs and tables in their order, tracked deletions left out."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from lawqa.importers.limits import ImportFault, check_package, why
from lawqa.importers.source import Line, Source, table_row, tidy
from lawqa.importers.word_numbers import WordNumbers

_NS = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
_W = f"{{{_NS['w']}}}"
#: Runs that no reader of the final text sees: deletions, moved-away text, text boxes' fallbacks, field codes.
_HIDDEN = "ancestor::w:del or ancestor::w:moveFrom or ancestor::w:txbxContent or ../w:rPr/w:vanish"
_HEADING = re.compile(r"(?:heading|标题)\s*(\d)$", re.IGNORECASE)
_TOC = re.compile(r"(?:toc|目录)\s*\d*$|toc heading$|toc 标题$", re.IGNORECASE)


def read_docx(name: str, raw: bytes) -> Source:
    """The text of a Word file; headings by their styles, automatic numbers as Word prints them."""
    check_package(name, raw)
    from docx import Document

    try:
        document = Document(io.BytesIO(raw))
        numbers = WordNumbers(document)
        lines = [line for line in _body(document, document.element.body, numbers) if line.text]
        facts = _facts(document)
        changed = bool(document.element.body.xpath(".//w:ins|.//w:del|.//w:moveFrom"))
    except Exception as error:  # python-docx raises KeyError, ValueError and lxml's own for damaged files
        raise ImportFault(f"{name}：不是完好的 .docx（{why(error)}）") from error
    doubts = ("有修订痕迹：按接受全部修订后的文字读取",) if changed else ()
    return Source(name, tuple(lines), facts, doubts)


def _body(document: Any, container: Any, numbers: WordNumbers) -> Iterator[Line]:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    for child in container.iterchildren():
        if child.tag == f"{_W}p":
            yield from _paragraph(Paragraph(child, document), numbers)
        elif child.tag == f"{_W}tbl":
            for row in Table(child, document).rows:
                yield Line(table_row([_cell_text(cell) for cell in row.cells]), table=True)
        elif child.tag == f"{_W}sdt":
            gallery = child.xpath("./w:sdtPr/w:docPartObj/w:docPartGallery/@w:val")
            content = child.find(f"{_W}sdtContent")
            if content is not None and "Table of Contents" not in gallery:
                yield from _body(document, content, numbers)


def _paragraph(paragraph: Any, numbers: WordNumbers) -> Iterator[Line]:
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    text = _text(paragraph._p)
    if _TOC.match(style):
        return
    marker = numbers.marker(paragraph) if tidy(text) else ""
    level = int(match[1]) if (match := _HEADING.match(style)) else 1 if style in ("Title", "标题") else None
    for n, part in enumerate(text.split("\n")):  # a line break inside a paragraph sets a new one in legal texts
        yield Line(tidy(marker + part if n == 0 else part), level)


def _text(element: Any) -> str:
    """All visible text of a paragraph, also inside links, insertions and content controls."""
    out = []
    for node in element.xpath(
        f".//w:t[not({_HIDDEN})]|.//w:tab[parent::w:r][not({_HIDDEN})]|.//w:br|.//w:noBreakHyphen"
    ):
        if node.tag == f"{_W}t":
            out.append(node.text or "")
        elif node.tag == f"{_W}br":
            out.append("\n" if node.get(f"{_W}type") in (None, "textWrapping") else "")
        else:
            out.append("\t" if node.tag == f"{_W}tab" else "-")
    return "".join(out)


def _cell_text(cell: Any) -> str:
    return "".join(_text(p) for p in cell._tc.xpath(".//w:p"))


def _facts(document: Any) -> dict[str, str]:
    properties = document.core_properties
    title = tidy(properties.title or "")
    return {"title": title} if re.search(r"[\u4e00-\u9fff]{4}", title) else {}
