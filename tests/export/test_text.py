from __future__ import annotations

import re

import pytest

from lawqa.answer.answer import Answer
from lawqa.export.blocks import blocks
from lawqa.export.text import FORMATS, render
from lawqa.lawqa import LawQA


@pytest.mark.parametrize("format", FORMATS)
def test_every_quotation_and_citation_is_there(lawqa: LawQA, answers: list[Answer], format: str) -> None:
    text = render(lawqa.corpus, answers, format)
    for answer in answers:
        assert answer.question in text
        assert all(c.quote in text for c in answer.citations)
    assert text.count("回执：") == len(answers)
    assert text.endswith("\n")


@pytest.mark.parametrize("format", ["plain", "citation"])
def test_plain_text_has_no_markdown(lawqa: LawQA, answers: list[Answer], format: str) -> None:
    assert not re.search(r"\*\*|^>|^#|^- ", render(lawqa.corpus, answers, format), re.M)


def test_the_ways_to_cite(lawqa: LawQA, answers: list[Answer]) -> None:
    assert "[4] 《生成式人工智能服务管理暂行办法》第七条第一款第（三）项（现行有效）" in render(
        lawqa.corpus, answers, "plain"
    )
    assert "[4] 《生成式人工智能服务管理暂行办法》第7条第3项，" in render(lawqa.corpus, answers, "citation")
    url = answers[0].citations[3].url
    assert f"第七条第一款第（三）项]({url})" in render(lawqa.corpus, answers, "markdown")


def test_blocks() -> None:
    found = list(blocks("一**粗**[1]\n\n> 引 [2]\n>\n- 项"))
    assert [(b.kind, b.plain) for b in found] == [("text", "一粗[1]"), ("quote", "引 [2]"), ("item", "项")]
    assert [(s.text, s.bold, s.marker) for s in found[0].spans] == [
        ("一", False, None),
        ("粗", True, None),
        ("", False, 1),
    ]
    assert [(s.text, s.marker) for s in found[1].spans] == [("引", None), ("", 2)]
