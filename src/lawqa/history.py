"""The earlier questions of a conversation, as callers give them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lawqa.errors import HistoryError

#: Questions, or turns ``{"q": question}`` that may hold more (an answer), oldest first.
History = Sequence[str | Mapping[str, Any]]


def earlier_questions(history: object) -> list[str]:
    """The questions of a history; HistoryError for what is none, with the place of the first item that is none."""
    if not isinstance(history, Sequence) or isinstance(history, (str, bytes)):
        raise HistoryError(f"history 应为此前问题的列表，不是 {history!r:.40}")
    out = []
    for number, turn in enumerate(history, 1):
        said = turn.get("q") if isinstance(turn, Mapping) else turn
        if not isinstance(said, str):
            raise HistoryError(f'history 的第{number}项应为问题，或 {{"q": 问题}}，不是 {turn!r:.40}')
        out.append(said)
    return out
