"""The held-out split of the development questions.

Questions about the same provision share its words, so they go to the same side: the split is drawn by the primary
provision (its article or section), never by the question. Whatever is fitted (signal weights, thresholds) may look at
"tuning" only; figures that claim to hold for unseen questions come from "reporting".
"""

import hashlib
from collections.abc import Mapping
from typing import Any, Literal

Side = Literal["tuning", "reporting"]

_SALT = "lawqa-split-1"


def split_key(question: Mapping[str, Any]) -> str:
    """What decides the side of a question: its primary reference, else its first gold reference, else its id."""
    gold = question.get("gold") or ()
    return str(question.get("primary") or (gold[0] if gold else question["id"]))


def split_of(question: Mapping[str, Any]) -> Side:
    """The side of one question record (a line of a question set, as a mapping).

    Half of the keys fall on each side, by SHA-256 of the key: the same on every machine, and adding or removing
    questions moves no other one.
    """
    digest = hashlib.sha256(f"{_SALT}:{split_key(question)}".encode()).digest()
    return "tuning" if digest[0] % 2 == 0 else "reporting"
