"""Lines that only the width of a page or a comment broke: a sentence goes on over them."""

from __future__ import annotations

import re

_PREFIX = re.compile(r"[ \t]*(?://+|\*+|#+!?|--|;+|>+|'''|\"\"\")?[ \t]*")
_OPENS = re.compile(
    r"(?:[#>|•·●○◆■\-*+]|[（(【\[]?[一二三四五六七八九十\d]{1,3}[）)】\].、．]|第[零〇一二三四五六七八九十百\d]+[条章节编款]|[①-⑳]|@|https?:|[\"“「『]|\}|\{|<)"
)
_HEADS = re.compile(
    r"(?:#{1,6}\s|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.、．]|第.{1,4}[章节编]|\|)"
)
#: Shorter lines end where their author ended them: headings, list entries, verse.
_FULL_WIDTH = 24


def joined_lines(text: str) -> str:
    """``text`` with a blank for every line break inside a sentence; of the same length."""
    out = list(text)
    at = text.find("\n")
    start = 0
    while at >= 0:
        end = text.find("\n", at + 1)
        if _goes_on(text[start:at], text[at + 1 : end if end >= 0 else len(text)]):
            prefix = _PREFIX.match(text, at + 1)
            assert prefix is not None
            out[at : prefix.end()] = " " * (prefix.end() - at)
        start, at = at + 1, end
    return "".join(out)


def _goes_on(line: str, following: str) -> bool:
    head, comment = line.strip(), _PREFIX.match(following)
    assert comment is not None
    rest = following[comment.end() :].strip()
    bare = head.lstrip("/*#;-> \t")
    if not bare or not rest or head[-1] in "。！？!?：:；;}{>|\"'”" or _HEADS.match(bare):
        return False
    if _OPENS.match(rest):
        return head[-1] == "，" and rest[0] in '“「『"'
    if head.startswith("#") and not following.lstrip().startswith("#"):
        return False  # a heading of Markdown, with its text below
    if head[-1] in "，、,（(《“「":
        return True
    width = sum(1 if "\u4e00" <= c <= "\u9fff" else 0.5 for c in bare)
    return width >= _FULL_WIDTH and "\u4e00" <= head[-1] <= "\u9fff"
