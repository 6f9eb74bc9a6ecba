"""Definitions: the 款 or 项 that says what a word of the law means."""

from __future__ import annotations

import re

from lawqa.corpus.provision import Provision
from lawqa.corpus.reference import Reference
from lawqa.text.normalise import fold

_ITEM = r"（[一二三四五六七八九十]+）"
_SAID = r"本(?:法|办法|规定|条例)(?:所称)?(?:的)?"


def defining(thing: str, provision: Provision) -> tuple[tuple[Reference, str], ...]:
    """The pieces that define ``thing``: 显式标识是指…, （二）网络运营者，是指…; empty where none does."""
    pattern = re.compile(rf"^(?:{_ITEM})?(?:{_SAID})?{re.escape(thing)}(?:是指|，是指|，指|是(?!否)|包括)")
    return tuple((ref, text) for ref, text in provision.pieces() if pattern.search(fold(text)))
