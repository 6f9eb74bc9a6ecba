"""The pages beside the chat (check, compare): one light frame, everything in it drawn by the page's own script."""

from __future__ import annotations

from html import escape

from fastapi.responses import HTMLResponse

_PAGE = """<!doctype html><html lang="zh-CN" class="lq-page"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">
<title>{title} · lawqa</title><link rel="icon" type="image/svg+xml" href="../static/favicon.svg">
<link rel="stylesheet" href="../static/chat/tokens.css"><link rel="stylesheet" href="../static/chat/shell.css">
<link rel="stylesheet" href="../static/pages/page.css"><link rel="stylesheet" href="../static/pages/{name}.css">
<script type="module" src="../static/pages/{name}.js"></script></head>
<body><noscript>本页需要 JavaScript。This page needs JavaScript.</noscript></body></html>"""


def own_page(name: str, title: str) -> HTMLResponse:
    """The page at ``/ui/NAME``, whose script and style are ``static/pages/NAME.js`` and ``.css``."""
    return HTMLResponse(_PAGE.format(name=escape(name), title=escape(title)))
