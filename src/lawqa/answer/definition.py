"""The part of a provision that defines a term: 深度合成服务提供者，是指…"""

from __future__ import annotations

import re

from lawqa.corpus.provision import Provision
from lawqa.corpus.reference import Reference
from lawqa.text.normalise import fold

_ITEM = r"（[一二三四五六七八九十]+）"
#: So many characters at a term's end are a word that stands for it.
_WORD = 3
_SAID = r"本(?:法|办法|规定|条例)(?:所称)?(?:的)?"
#: The defined term at the head of a 款 or 项: （三）生成式人工智能服务使用者，是指…
_DEFINIENDUM = re.compile(rf"^(?:{_ITEM})?(?:{_SAID})?(?P<term>[^，。；：“”]{{2,24}}?)(?:，?是指|，指|是(?!否|不|以))")


def defining(thing: str, provision: Provision) -> tuple[tuple[Reference, str], ...]:
    """The pieces that define ``thing``: 显式标识是指…, （二）网络运营者，是指…; empty where none does."""
    pattern = re.compile(rf"^(?:{_ITEM})?(?:{_SAID})?{re.escape(thing)}(?:是指|，是指|，指|是(?!否)|包括)")
    return tuple((ref, text) for ref, text in provision.pieces() if pattern.search(fold(text)))


def defined_pieces(question: str, provision: Provision) -> list[tuple[Reference, str]]:
    """The 款 (with their 项) and 项 (with their lead-in) that define a term which the question names; empty where none
    does. Of several terms the longest that the question names counts: 服务提供者 is not 提供者. Where none is named whole,
    those count whose last word is: 提供者 for 生成式人工智能服务提供者."""
    asked = _plain(question)
    return _defined(asked, provision, 0) or _defined(asked, provision, _WORD)


def _defined(asked: str, provision: Provision, end: int) -> list[tuple[Reference, str]]:
    found: list[tuple[int, list[tuple[Reference, str]]]] = []
    pieces = provision.pieces()
    at = 0
    for paragraph in provision.paragraphs:
        own = pieces[at : at + 1 + len(paragraph.items)]
        at += len(own)
        if size := _names(own[0][1], asked, end):
            found.append((size, own))
            continue
        for item in own[1:]:
            if size := _names(item[1], asked, end):
                found.append((size, [own[0], item]))
    longest = max((size for size, _ in found), default=0)
    chosen = [piece for size, own in found if size == longest for piece in own]
    return list(dict.fromkeys(chosen))


def _names(text: str, asked: str, end: int) -> int:
    """The length of the term that ``text`` defines (of its last ``end`` characters, where given), where the question
    names it; else 0."""
    match = _DEFINIENDUM.match(fold(text).strip())
    term = _plain(match["term"])[-end:] if match else ""
    return len(term) if term and term in asked else 0


def _plain(text: str) -> str:
    return re.sub(r"[\s的“”\"《》]", "", fold(text))
