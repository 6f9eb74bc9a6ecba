""".docx through python-docx: paragraphs and tables in their order, tracked deletions left out."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from lawqa.files.limits import FileFault, check_package, why
from lawqa.files.source import Line, Source, table_row, tidy
from lawqa.files.word_numbers import WordNumbers

_NS = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
_W = f"{{{_NS['w']}}}"
#: What no reader of the final text sees: deletions, moved-away text, text boxes' fallbacks, hidden runs.
_HIDDEN = "ancestor::w:del or ancestor::w:moveFrom or ancestor::w:txbxContent or ../w:rPr/w:vanish"
_VISIBLE = (
    ".//w:r/*[self::w:t or self::w:tab or self::w:br or self::w:cr or self::w:noBreakHyphen]" + f"[not({_HIDDEN})]"
)
_HEADING = re.compile(r"(?:heading|标题)\s*(\d)$", re.IGNORECASE)
_TOC = re.compile(r"(?:toc|目录)\s*\d*$|toc heading$|toc 标题$", re.IGNORECASE)


def read_docx(name: str, raw: bytes, whole: bool = False) -> Source:
    """The text of a Word file; headings by their styles, automatic numbers as Word prints them.

    ``whole``: a line for each of ``paragraphs``, as it stands.
    """
    document = open_docx(name, raw)
    body = document.element.body
    try:
        if whole:
            lines = [Line(paragraph_text(p)) for p in paragraphs(document)]
        else:
            lines = [line for line in _body(document, body, WordNumbers(document)) if line.text]
        facts = _facts(document)
        changed = bool(body.xpath(".//w:ins|.//w:del|.//w:moveFrom"))
    except Exception as error:  # python-docx raises KeyError, ValueError and lxml's own for damaged files
        raise FileFault(f"{name}：不是完好的 .docx（{why(error)}）") from error
    doubts = ("有修订痕迹：按接受全部修订后的文字读取",) if changed else ()
    return Source(name, tuple(lines), facts, doubts)


def open_docx(name: str, raw: bytes) -> Any:
    """The python-docx document; FileFault for what is none, is damaged, or would unpack to too much."""
    check_package(name, raw)
    from docx import Document

    try:
        document = Document(io.BytesIO(raw))
        _ = document.element.body
    except Exception as error:  # as above
        raise FileFault(f"{name}：不是完好的 .docx（{why(error)}）") from error
    return document


def paragraphs(document: Any) -> list[Any]:
    """Every paragraph element (``w:p``) in reading order, those of tables and content controls included."""
    found: list[Any] = document.element.body.xpath(".//w:p[not(ancestor::w:txbxContent)]")
    return found


def visible(paragraph: Any) -> Iterator[tuple[Any, str]]:
    """The pieces of text of a paragraph in order, also inside links and insertions: each its node in a run, and text."""
    for node in paragraph.xpath(_VISIBLE):
        if node.tag == f"{_W}t":
            yield node, node.text or ""
        elif node.tag == f"{_W}br":
            yield node, "\n" if node.get(f"{_W}type") in (None, "textWrapping") else ""
        else:
            yield node, {f"{_W}tab": "\t", f"{_W}cr": "\n"}.get(node.tag, "-")


def paragraph_text(paragraph: Any) -> str:
    """All visible text of a paragraph element."""
    return "".join(text for _, text in visible(paragraph))


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
    text = paragraph_text(paragraph._p)
    if _TOC.match(style):
        return
    marker = numbers.marker(paragraph) if tidy(text) else ""
    level = int(match[1]) if (match := _HEADING.match(style)) else 1 if style in ("Title", "标题") else None
    for n, part in enumerate(text.split("\n")):  # a line break inside a paragraph sets a new one in legal texts
        yield Line(tidy(marker + part if n == 0 else part), level)


def _cell_text(cell: Any) -> str:
    return "".join(paragraph_text(p) for p in cell._tc.xpath(".//w:p"))


def _facts(document: Any) -> dict[str, str]:
    properties = document.core_properties
    title = tidy(properties.title or "")
    return {"title": title} if re.search(r"[\u4e00-\u9fff]{4}", title) else {}
