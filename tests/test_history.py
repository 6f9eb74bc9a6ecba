"""The earlier questions: what is none is refused with its place, wherever it comes in."""

from __future__ import annotations

from typing import Any

import pytest

from lawqa.client import Client
from lawqa.errors import HistoryError
from lawqa.history import earlier_questions
from lawqa.lawqa import LawQA

BAD: list[tuple[Any, str]] = [
    (5, "不是 5"),
    (None, "不是 None"),
    ("暂行办法第七条", "应为此前问题的列表"),
    ({"q": "暂行办法第七条"}, "应为此前问题的列表"),
    (["暂行办法", 5], "第2项"),
    ([{"question": "暂行办法"}], "第1项"),
    ([{"q": None}], "第1项"),
]


def test_questions_and_turns() -> None:
    assert earlier_questions(["甲", {"q": "乙", "a": "答"}]) == ["甲", "乙"]
    assert earlier_questions(()) == []


@pytest.mark.parametrize(("history", "message"), BAD)
def test_what_is_no_history_is_refused(lawqa: LawQA, history: Any, message: str) -> None:
    with Client("http://127.0.0.1:9") as client:
        for asked in (lawqa.ask, lawqa.search, lawqa.explain, client.ask, client.search):
            with pytest.raises(HistoryError, match=message) as found:
                asked("那期限呢？", history=history)
            assert "\n" not in str(found.value)


@pytest.mark.parametrize(("question", "message"), [("？？？", "没有文字"), ("\x00", "是空的"), ("字" * 4001, "太长")])
def test_an_earlier_question_that_cannot_be_used_is_named(lawqa: LawQA, question: str, message: str) -> None:
    with pytest.raises(HistoryError, match=f"history 的第2项：.*{message}"):
        lawqa.ask("那期限呢？", history=["暂行办法", question])
