"""Quotations of every style are found where they stand."""

from __future__ import annotations

import pytest

from lawqa.check.lines import joined_lines
from lawqa.check.quotation import find_quotations, segments


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("他说“甲乙丙”。", ["甲乙丙"]),
        ("“甲（以下称“乙”）丙”", ["甲（以下称“乙”）丙"]),
        ("「甲」和『乙』", ["甲", "乙"]),
        ('a "甲乙" b "丙"', ["甲乙", "丙"]),
        ("“甲\n没有收尾", []),
        ("> 甲乙\n> 丙丁\n\n戊", ["> 甲乙\n> 丙丁"]),
        ("text: '提供者应当依法开展训练数据处理'", ["提供者应当依法开展训练数据处理"]),
        ("it's a dog's life", []),
    ],
)
def test_find_quotations(text: str, words: list[str]) -> None:
    assert [q.words(text) for q in find_quotations(text)] == words


def test_a_string_that_cites_is_no_quotation_but_has_some() -> None:
    text = '"《暂行办法》第七条规定，“使用数据”。"'
    assert [q.words(text) for q in find_quotations(text)] == ["使用数据"]


def test_straight_marks_may_close_on_a_later_line() -> None:
    text = '第七条: "甲：\n（一）乙；\n（二）丙。"\n'
    assert [q.words(text) for q in find_quotations(text)] == ["甲：\n（一）乙；\n（二）丙。"]


@pytest.mark.parametrize("mark", ["……", "…", "...", "[…]", "（略）", "[...]"])
def test_marks_of_omission(mark: str) -> None:
    words = f"甲乙{mark}丙丁"
    assert [words[a:b] for a, b in segments(words)] == ["甲乙", "丙丁"]


def test_lines_broken_by_width_are_joined_and_others_are_not() -> None:
    wrapped = "该办法第十九条规定，有关主管部门依据职责对生成式人工智能服务开展监\n督检查。"
    assert joined_lines(wrapped) == wrapped.replace("\n", " ")
    for kept in ("## 第七条\n提供者应当", "一句话。\n又一句话", "标题\n\n正文", "第七条规定：\n（一）甲"):
        assert joined_lines(kept) == kept
    comment = "// 依据《暂行办法》第9条，\n// 与使用者签订服务协议"
    assert len(joined_lines(comment)) == len(comment)
    assert "\n" not in joined_lines(comment)
