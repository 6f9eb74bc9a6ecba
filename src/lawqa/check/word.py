"""The input as a Word file with a comment at every citation; a .docx keeps its own form."""

from __future__ import annotations

import io
from typing import Any

from lawqa.check.html import tone, verdict_name
from lawqa.check.reader import open_docx, paragraphs_of
from lawqa.check.report import CheckedCitation, CheckReport

_COLOURS = {"bad": "PINK", "open": "YELLOW", "good": "BRIGHT_GREEN"}


def annotated_docx(report: CheckReport, source: bytes | None = None, name: str = "") -> bytes:
    """The bytes of a .docx: ``source`` (the file that was checked) with comments, or a new one of the text."""
    import docx

    if source is None:
        document: Any = docx.Document()
        for line in report.text.split("\n"):
            document.add_paragraph(line)
    else:
        document = open_docx(source, name)
    places, at = [], 0
    for paragraph in paragraphs_of(document):
        places.append((at, paragraph))
        at += len(paragraph.text) + 1  # type: ignore[attr-defined]
    for citation in report.citations:
        start, end = citation.quote_span or citation.span
        runs = [run for begin, paragraph in places for run in _runs(paragraph, start - begin, end - begin)]
        if not runs:
            continue
        for run in runs:
            run.font.highlight_color = _colour(citation)
        document.add_comment(runs, text=_comment(citation), author="lawqa", initials="lq")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _runs(paragraph: Any, start: int, end: int) -> list[Any]:
    """The runs of exactly the characters ``start`` to ``end`` of a paragraph; runs are cut where they cross."""
    length = len(paragraph.text)
    start, end = max(0, start), min(length, end)
    if start >= end:
        return []
    out, at = [], 0
    for run in list(paragraph.runs):
        size = len(run.text)
        a, b = max(start - at, 0), min(end - at, size)
        if a < b:
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
