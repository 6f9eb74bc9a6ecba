"""Sentences of a legal text: cut at full stops and semicolons, never inside quotation marks or brackets."""

from __future__ import annotations

import re

_END = re.compile(r"[。；！？;!?]+[”’」』）]*")


def sentences(text: str) -> list[str]:
    """Literal pieces of ``text``, each with its closing punctuation; joined they give ``text`` again."""
    out: list[str] = []
    start = 0
    for match in _END.finditer(text):
        piece = text[start : match.end()]
        if _balanced(piece):
            out.append(piece)
            start = match.end()
    rest = text[start:]
    if rest.strip():
        out.append(rest)
    elif out:
        out[-1] += rest
    return out


def _balanced(piece: str) -> bool:
    return piece.count("（") <= piece.count("）") and piece.count("“") <= piece.count("”")
