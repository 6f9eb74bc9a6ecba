"""An answer as an HTML fragment for the conversation: Markdown made safe, citations made into links.

Gradio's sanitiser keeps ``class``, ``id`` and ``href="#…"``; the page's own script adds names, buttons and the rest.
The fragment carries its answer as JSON text (``lq-data``), so that copy, export and the browser's own history need no
second request. It must hold no blank line: Gradio reads messages as Markdown, and a blank line ends an HTML block.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape, unescape
from typing import Any

from lawqa.corpus import Corpus
from lawqa.errors import LawqaError

_MARKER = re.compile(r"([^\s<>;\ue001]{0,2})\s*\[(\d{1,3})\]")
_URL = re.compile(r"https?://[\w\-./%?=&;#:~+@]+")
_QUESTION = re.compile(r'<div class="lq-question">(.*)</div>', re.DOTALL)
#: The line after a document's name is set below it, so it needs no brackets.
_STATUS = re.compile(r'(<p class="lq-document"><strong>[^<]*</strong>)（([^<]*)）</p>')
#: A quoted line held out of the Markdown, and the start of the number that follows it.
_HELD = re.compile('\ue000(\\d+)\ue001(<span class="lq-keep">)')
_ROLES = (("注意：", "lq-notice"), ("另见：", "lq-see"), ("现有文件不能回答", "lq-why"))


@lru_cache(maxsize=1)
def _markdown() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "breaks": True})


def question_html(question: str) -> str:
    """The reader's own words, never read as Markdown or HTML."""
    return f'<div class="lq-question">{escape(question).replace(chr(10), "<br>")}</div>'


def question_of(html: str) -> str | None:
    """The words inside a fragment of ``question_html``; None for any other message."""
    match = _QUESTION.search(html)
    return unescape(match[1].replace("<br>", "\n")) if match else None


def is_answer(html: str) -> bool:
    """True for a fragment of ``answer_html``."""
    return html.lstrip().startswith('<div class="lq-answer')


def error_html(message: str) -> str:
    """A human sentence where no answer can stand."""
    return f'<div class="lq-error">{escape(message)}</div>'


def answer_html(corpus: Corpus, answer: Mapping[str, Any]) -> str:
    """The fragment of one answer (``Answer.to_dict()``)."""
    citations = {str(c["marker"]): c for c in answer["citations"]}
    body = _body(_hold_quotes(str(answer["answer"]), citations))
    body = _MARKER.sub(lambda m: _chip(m, citations), body)
    body = _link_related(corpus, body, answer["related"])
    body = _URL.sub(lambda m: f'<a href="{m[0]}" rel="noopener noreferrer">{m[0]}</a>', body)
    body = _HELD.sub(lambda m: _quoted(citations[m[1]]["quote"], m[2]), body)
    data = escape(json.dumps(answer, ensure_ascii=False, separators=(",", ":")), quote=False)
    state = "refused" if answer["status"] == "refused" else "answered"
    return f'<div class="lq-answer lq-{state}"><div class="lq-body">{body}</div><div class="lq-data">{data}</div></div>'


def _hold_quotes(markdown: str, citations: Mapping[str, Any]) -> str:
    """Quoted lines as placeholders: the law's own “1.”, “*” and “_” are no Markdown and must be shown as they are."""
    for marker, citation in citations.items():
        markdown = markdown.replace(f"> {citation['quote']} [{marker}]", f"> \ue000{marker}\ue001 [{marker}]")
    return markdown


def _quoted(quote: str, keep: str) -> str:
    """The literal quote, its last characters beside the number that follows."""
    return f"{escape(quote[:-2], quote=False)}{keep}{escape(quote[-2:], quote=False)}"


def _body(text: str) -> str:
    """Markdown as HTML on one line, paragraphs named by what they are: document, article, notice."""
    renderer = _markdown()
    tokens = renderer.parse(text)
    for i, token in enumerate(tokens):
        if token.type != "paragraph_open" or token.level:
            continue
        inline = tokens[i + 1]
        first = inline.children[0] if inline.children else None
        followed = i + 3 < len(tokens) and tokens[i + 3].type == "blockquote_open"
        role = next((name for start, name in _ROLES if inline.content.startswith(start)), None)
        if role is None and first is not None and (first.type == "strong_open" or inline.content.startswith("**")):
            role = "lq-document"
        if role is None and followed:
            role = "lq-article"
        if role:
            token.attrSet("class", role)
    html: str = renderer.renderer.render(tokens, renderer.options, {})
    return _STATUS.sub(r"\1<span>\2</span></p>", html.replace("\n", ""))


def _chip(match: re.Match[str], citations: Mapping[str, Any]) -> str:
    """The last characters of the clause and the number, kept on one line."""
    citation = citations.get(match[2])
    if citation is None:
        return match[0]
    ref, label = escape(citation["ref"]), escape(citation["label"])
    return f'<span class="lq-keep">{match[1]}<a class="cite" href="#cite:{ref}" title="{label}">{match[2]}</a></span>'


def _link_related(corpus: Corpus, html: str, related: list[str]) -> str:
    """Provisions that are named beside the answer open in the reader too."""
    for text in related:
        try:
            label = escape(corpus.provision(corpus.parse(text)).label, quote=False)
        except LawqaError:  # a kept answer of an earlier corpus
            continue
        link = f'<a class="see" href="#cite:{escape(text)}">{label}</a>'
        # not inside a longer label (第七条 in 第七条第一款), and a replacement must not read the label's backslashes
        found = re.search(rf"{re.escape(label)}(?![款项（\w])|{re.escape(label)}(?=（)", html)
        if found:
            html = html[: found.start()] + link + html[found.end() :]
    return html
