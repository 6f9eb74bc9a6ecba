"""The input with its citations marked, as HTML: a fragment for a page, or a whole file."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from lawqa.check.report import FINE, NOT_HELD, VERDICTS, CheckedCitation, CheckReport
from lawqa.text.difference import ADDED, CHANGED, DROPPED, Segment

#: For a page whose policy forbids inline styles: serve this as a file and pass ``style=False``.
STYLE = """
.lawqa-check{font-family:system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;line-height:1.8;color:#1c2530}
.lawqa-check .text{white-space:pre-wrap;overflow-wrap:anywhere}
.lawqa-check mark{background:#e3f4e8;color:inherit;border-radius:3px;padding:0 .1em}
.lawqa-check mark.bad{background:#fde3e1;box-shadow:inset 0 -2px #c62828}
.lawqa-check mark.open{background:#fff3d6;box-shadow:inset 0 -2px #b7791f}
.lawqa-check sup a{text-decoration:none;color:inherit;padding:0 .2em}
.lawqa-check li{margin:.8em 0;overflow-wrap:anywhere}
.lawqa-check .verdict{font-weight:600}
.lawqa-check .bad>.verdict{color:#a31515}
.lawqa-check .open>.verdict{color:#8a5a00}
.lawqa-check ins{background:#fde3e1;text-decoration:line-through}
.lawqa-check del{background:#d9ecff;text-decoration:none;border-bottom:2px solid #1565c0}
.lawqa-check blockquote{margin:.3em 0;padding:.2em .8em;border-left:3px solid #c8d1dc}
@media (prefers-color-scheme:dark){.lawqa-check{color:#e4e9ef}.lawqa-check mark{background:#1d3b28}
.lawqa-check mark.bad,.lawqa-check ins{background:#5a2020}.lawqa-check mark.open{background:#4d3a10}
.lawqa-check del{background:#17395a}.lawqa-check .bad>.verdict{color:#ff9d94}.lawqa-check .open>.verdict{color:#f0c36d}}
""".strip()

_WORDS = {
    "zh": {
        "summary": "共{n}处引用，{bad}处需要改正，{open}处无法核对（按{day}的法律）",
        "none": "没有找到引用。",
        "law": "原文",
        "marks": "（蓝色：原文有而引文没有；红色：引文有而原文没有）",
        "warning": "提示",
    },
    "en": {
        "summary": "{n} citations: {bad} to correct, {open} not checkable (law of {day})",
        "none": "No citations found.",
        "law": "The law says",
        "marks": " (blue: in the law only; red: in the quotation only)",
        "warning": "Note",
    },
}


def tone(citation: CheckedCitation) -> str:
    """``good``, ``bad``, or ``open`` for what cannot be checked here."""
    return "good" if citation.verdict in FINE else "open" if citation.verdict == NOT_HELD else "bad"


def verdict_name(verdict: str, lang: str = "zh") -> str:
    return VERDICTS[verdict][0 if lang == "zh" else 1]


def annotated(report: CheckReport, lang: str = "zh", style: bool = True, link: str = "{ref}") -> str:
    """The checked text with marks and a list of findings, as one ``<div class="lawqa-check">``.

    ``link`` makes the address of a provision from its ``{ref}`` (``""``: no links). Everything is escaped.
    """
    words = _WORDS[lang]
    bad = sum(tone(c) == "bad" for c in report.citations)
    unknown = sum(tone(c) == "open" for c in report.citations)
    summary = words["summary"].format(n=len(report.citations), bad=bad, open=unknown, day=report.as_of)
    items = "".join(_finding(i, c, lang, link) for i, c in enumerate(report.citations, 1))
    return (
        '<div class="lawqa-check">'
        + (f"<style>{STYLE}</style>" if style else "")
        + f'<p class="summary">{escape(summary if report.citations else words["none"])}</p>'
        + f'<div class="text">{_marked(report)}</div>'
        + (f"<ol>{items}</ol>" if items else "")
        + "</div>"
    )


def document(report: CheckReport, title: str, lang: str = "zh") -> str:
    """A whole HTML file that loads nothing from anywhere."""
    language = "zh-CN" if lang == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{escape(title)}</title></head>'
        f'<body style="max-width:56rem;margin:2rem auto;padding:0 1rem"><h1>{escape(title)}</h1>'
        f"{annotated(report, lang, link='')}</body></html>\n"
    )


def _marked(report: CheckReport) -> str:
    text, out, at = report.text, [], 0
    for number, citation in enumerate(report.citations, 1):
        start, end = citation.quote_span or citation.span
        if start < at:  # words that two citations share are marked once; the number still stands there
            out.append(f'<sup><a href="#check-{number}">{number}</a></sup>')
            continue
        out.append(escape(text[at:start]))
        out.append(
            f'<mark class="{tone(citation)}" id="mark-{number}">{escape(text[start:end])}</mark>'
            f'<sup><a href="#check-{number}">{number}</a></sup>'
        )
        at = end
    return "".join(out) + escape(text[at:])


def _finding(number: int, citation: CheckedCitation, lang: str, link: str) -> str:
    words = _WORDS[lang]
    parts = [
        f'<li id="check-{number}" class="{tone(citation)}">'
        f'<span class="verdict">{escape(verdict_name(citation.verdict, lang))}</span> '
        f'<a href="#mark-{number}">{escape(citation.claimed_label or "—")}</a>：{escape(citation.reason)}'
    ]
    if citation.difference:
        parts.append(
            f"<blockquote>{difference_html(citation.difference)}<br><small>{words['marks']}</small></blockquote>"
        )
    elif citation.correct_text and not citation.fine:
        parts.append(f"<blockquote>{words['law']}：{escape(citation.correct_text)}</blockquote>")
    if citation.correct_label and not citation.fine:
        label = escape(citation.correct_label)
        ref = escape(citation.correct_ref or "", quote=True)
        parts.append(f'<a href="{link.format(ref=ref)}">{label}</a>' if link else label)
    parts += [f"<br>{words['warning']}：{escape(w)}" for w in citation.warnings]
    return "".join(parts) + "</li>"


def difference_html(segments: Sequence[Segment]) -> str:
    """The runs of a comparison: ``<del>`` is the law's alone, ``<ins>`` the quotation's alone."""
    out = []
    for segment in segments:
        if segment.op in (DROPPED, CHANGED):
            out.append(f"<del>{escape(segment.law)}</del>")
        if segment.op in (ADDED, CHANGED):
            out.append(f"<ins>{escape(segment.quote)}</ins>")
        if segment.op not in (DROPPED, ADDED, CHANGED):
            out.append(escape(segment.quote))
    return "".join(out)
