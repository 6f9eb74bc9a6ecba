"""The input as a Word file with a comment at every citation; a .docx keeps its own form."""

from __future__ import annotations

import io
from itertools import groupby
from typing import Any

from lawqa.check.html import tone, verdict_name
from lawqa.check.report import CheckedCitation, CheckReport
from lawqa.files.docx import open_docx, paragraph_text, paragraphs, visible

_COLOURS = {"bad": "PINK", "open": "YELLOW", "good": "BRIGHT_GREEN"}


def annotated_docx(report: CheckReport, source: bytes | None = None, name: str = "") -> bytes:
    """The bytes of a .docx: ``source`` (the file that was checked) with comments, or a new one of the text."""
    import docx

    if source is None:
        document: Any = docx.Document()
        for line in report.text.split("\n"):
            document.add_paragraph(line)
    else:
        document = open_docx(name, source)
    places, at = [], 0
    for paragraph in paragraphs(document):
        places.append((at, at + len(paragraph_text(paragraph)), paragraph))
        at = places[-1][1] + 1
    for citation in report.citations:
        start, end = citation.quote_span or citation.span
        within = [(begin, paragraph) for begin, stop, paragraph in places if begin < end and start < stop]
        runs = [run for begin, paragraph in within for run in _runs(document, paragraph, start - begin, end - begin)]
        if not runs:
            continue
        for run in runs:
            run.font.highlight_color = _colour(citation)
        document.add_comment(runs, text=_comment(citation), author="lawqa", initials="lq")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _runs(document: Any, paragraph: Any, start: int, end: int) -> list[Any]:
    """The runs of exactly the characters ``start`` to ``end`` of a paragraph; runs are cut where they cross."""
    from docx.text.run import Run

    out, at = [], 0
    for element, pieces in groupby(list(visible(paragraph)), key=lambda piece: piece[0].getparent()):
        size = sum(len(text) for _, text in pieces)
        a, b = max(start - at, 0), min(end - at, size)
        if a < b:
            run = Run(element, document)
            run = _cut(run, a)[1] if a else run
            out.append(_cut(run, b - a)[0] if b - a < len(run.text) else run)
        at += size
    return out


def _cut(run: Any, at: int) -> tuple[Any, Any]:
    """A run in two, both with its form. A run with a picture or a field is left whole."""
    import copy

    from docx.text.run import Run

    if len(run._r.xpath("./w:t")) != 1 or len(run._r.xpath("./*[not(self::w:rPr)]")) != 1:
        return run, run
    text = run.text
    second = copy.deepcopy(run._r)
    run._r.addnext(second)
    run.text, behind = text[:at], Run(second, run._parent)
    behind.text = text[at:]
    return run, behind


def _colour(citation: CheckedCitation) -> Any:
    from docx.enum.text import WD_COLOR_INDEX

    return getattr(WD_COLOR_INDEX, _COLOURS[tone(citation)])


def _comment(citation: CheckedCitation) -> str:
    lines = [f"{verdict_name(citation.verdict)}：{citation.reason}"]
    if citation.correct_text and not citation.fine:
        lines.append(f"{citation.correct_label}：{citation.correct_text}")
    return "\n".join([*lines, *citation.warnings])
