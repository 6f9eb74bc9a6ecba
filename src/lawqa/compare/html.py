"""A comparison as HTML: both texts side by side with the changed characters marked."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from lawqa.compare.comparison import KINDS, SAME, Comparison, Row, Run

STYLE = """
.lawqa-compare{font-family:system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;line-height:1.7;color:#1c2530}
.lawqa-compare table{border-collapse:collapse;width:100%;table-layout:fixed}
.lawqa-compare th,.lawqa-compare td{border:1px solid #c8d1dc;padding:.4em .6em;vertical-align:top;text-align:left;
white-space:pre-wrap;overflow-wrap:anywhere}
.lawqa-compare .kind{width:7em;white-space:normal}
.lawqa-compare del{background:#fde3e1}
.lawqa-compare ins{background:#d9f2df;text-decoration:none}
.lawqa-compare tr.same td{color:#5b6875}
.lawqa-compare small{color:#5b6875}
@media (prefers-color-scheme:dark){.lawqa-compare{color:#e4e9ef}.lawqa-compare del{background:#5a2020}
.lawqa-compare ins{background:#1d4a2b}.lawqa-compare tr.same td,.lawqa-compare small{color:#9aa7b4}}
@media (max-width:40rem){.lawqa-compare tr{display:block}.lawqa-compare td,.lawqa-compare th{display:block;width:auto}}
""".strip()

_WORDS = {
    "zh": {
        "kind": "变化",
        "renumbered": "条号变动",
        "moved": "移至",
        "summary": "旧文本有{n}条内容有实质变化（并入他条的计在内）",
    },
    "en": {
        "kind": "Change",
        "renumbered": "renumbered",
        "moved": "moved to",
        "summary": "{n} articles of the older text changed in substance, those merged into others included",
    },
}


def page(
    comparison: Comparison, lang: str = "zh", style: bool = True, changed_only: bool = False, link: str = ""
) -> str:
    """The whole comparison as one ``<div class="lawqa-compare">``; everything is escaped.

    ``changed_only`` leaves out articles whose wording is the same. ``style=False`` for pages that forbid inline
    styles: serve ``STYLE`` as a file. ``link`` makes the address of an article from its ``{ref}`` (empty: no links).
    """
    words = _WORDS[lang]
    rows = [r for r in comparison.rows if not changed_only or r.kind != SAME]
    body, chapter = [], None
    for row in rows:
        if row.chapter != chapter and row.chapter:
            body.append(f'<tr><th colspan="3">{escape(row.chapter)}</th></tr>')
        chapter = row.chapter
        body.append(_row(row, lang, link))
    return (
        '<div class="lawqa-compare">'
        + (f"<style>{STYLE}</style>" if style else "")
        + f"<p>{escape(summary(comparison, lang))}。{escape(words['summary'].format(n=comparison.substance))}。</p>"
        + f'<table><thead><tr><th class="kind">{words["kind"]}</th><th>{escape(comparison.a_label)}</th>'
        + f"<th>{escape(comparison.b_label)}</th></tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def document(comparison: Comparison, lang: str = "zh") -> str:
    """A whole HTML file that loads nothing from anywhere."""
    title = f"{comparison.a_label} → {comparison.b_label}"
    language = "zh-CN" if lang == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{escape(title)}</title></head>'
        f'<body style="max-width:80rem;margin:2rem auto;padding:0 1rem"><h1>{escape(title)}</h1>'
        f"{page(comparison, lang)}</body></html>\n"
    )


def summary(comparison: Comparison, lang: str = "zh") -> str:
    """``文字相同62，仅引用条号变动4，……，条号变动75``."""
    index = 0 if lang == "zh" else 1
    parts = [
        f"{KINDS[kind][index]}{n}" if lang == "zh" else f"{KINDS[kind][index]}: {n}"
        for kind, n in comparison.counts.items()
    ]
    renumbered = sum(r.renumbered for r in comparison.rows)
    name = _WORDS[lang]["renumbered"]
    return ("，" if lang == "zh" else ", ").join(
        [*parts, f"{name}{renumbered}" if lang == "zh" else f"{name}: {renumbered}"]
    )


def _row(row: Row, lang: str, link: str) -> str:
    words = _WORDS[lang]
    kind = escape(KINDS[row.kind][0 if lang == "zh" else 1])
    if row.renumbered:
        kind += f"<br><small>{words['renumbered']}</small>"
    moved = "".join(f"<br><small>{escape(text[:40])}… {words['moved']} {escape(to)}</small>" for text, to in row.moved)
    left = _side(row.a_label, row.a, row.runs, "a", link) + moved if row.a else ""
    right = _side(row.b_label, row.b, row.runs, "b", link) if row.b else ""
    return f'<tr class="{row.kind}"><td class="kind">{kind}</td><td>{left}</td><td>{right}</td></tr>'


def _side(label: str | None, ref: str | None, runs: Sequence[Run], side: str, link: str) -> str:
    tag = "del" if side == "a" else "ins"
    out = []
    for run in runs:
        text = escape(getattr(run, side))
        out.append(text if run.op == "equal" or not text else f"<{tag}>{text}</{tag}>")
    # the label's last part is the article; the document stands in the heading of the column
    article = (label or "").rpartition("》")[2] or label or ""
    name = f"<b>{escape(article)}</b>"
    if link and ref:
        name = f'<a href="{link.format(ref=escape(ref))}">{name}</a>'
    return f"{name}　{''.join(out)}"
