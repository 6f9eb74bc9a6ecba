"""A conversation of three answers."""

from __future__ import annotations

import pytest

from lawqa.answer.answer import Answer
from lawqa.lawqa import LawQA


@pytest.fixture(scope="session")
def answers(lawqa: LawQA) -> list[Answer]:
    first = "暂行办法第七条是什么？"
    return [
        lawqa.ask(first),
        lawqa.ask("那第八条呢？", history=[first]),
        lawqa.ask("暂行办法第三十条是什么？"),
    ]
