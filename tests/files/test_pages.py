"""Printed pages: furniture goes, lines become paragraphs again."""

from __future__ import annotations

from typing import Any

from lawqa.files.page_lines import PageLine, joined, without_furniture
from lawqa.files.paragraphs import join_wrapped


def line(text: str, x0: float = 90, x1: float = 500, at: float = 0.5, **more: Any) -> PageLine:
    return PageLine(text, x0, x1, at * 800, more.pop("size", 12), at, **more)


def test_running_heads_and_page_numbers_go() -> None:
    pages = [
        [line("内部资料 注意保存", at=0.05), line(f"第{n}页的正文。"), line(f"— {n} —", at=0.95)] for n in range(1, 5)
    ]
    assert [x.text for x in without_furniture(pages)] == [f"第{n}页的正文。" for n in range(1, 5)]


def test_a_line_in_the_text_that_recurs_stays() -> None:
    pages = [[line("违反本办法的，依法处理。", at=0.5)] for _ in range(4)]
    assert len(without_furniture(pages)) == 4


def test_indents_begin_paragraphs() -> None:
    lines = [
        line("第一条　网络数据处理者应当依照", x0=114),
        line("第二条的规定办理，并且", x0=90),
        line("保存记录。", x1=150),
        line("第二条　有关部门应当检查。", x0=114, x1=300),
    ]
    assert [x.text for x in joined(lines)] == [
        "第一条　网络数据处理者应当依照第二条的规定办理，并且保存记录。",
        "第二条　有关部门应当检查。",
    ]


def test_without_indents_a_short_line_ends_a_paragraph() -> None:
    lines = [
        line("数据处理者应当建立管理制度，并且"),
        line("落实。", x1=130),
        line("有关部门应当加强对数据处理者的监"),
        line("督检查。", x1=140),
    ]
    assert [x.text for x in joined(lines)] == [
        "数据处理者应当建立管理制度，并且落实。",
        "有关部门应当加强对数据处理者的监督检查。",
    ]


def test_text_wrapped_at_a_fixed_width_is_joined() -> None:
    paragraph = (
        "数据处理者应当按照规定建立健全全流程数据安全管理制度组织开展数据安全教育培训采取相应的技术措施和其他必要措施"
    )
    rows = []
    for n in range(1, 6):
        text = f"第{'一二三四五'[n - 1]}条　{paragraph}。"
        rows += [text[i : i + 20] for i in range(0, len(text), 20)]
    joined_lines, wrapped = join_wrapped(rows)
    assert wrapped
    assert joined_lines == [f"第{c}条　{paragraph}。" for c in "一二三四五"]
