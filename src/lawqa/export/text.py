"""Answers as text: plain, Markdown, or with notes in the manner of the 《法学引注手册》."""

from __future__ import annotations

from collections.abc import Sequence

from lawqa.answer.answer import Answer
from lawqa.corpus.library import Corpus
from lawqa.export.blocks import ITEM, QUOTE, blocks
from lawqa.export.legal_citation import legal_citation

FORMATS = ("plain", "markdown", "citation")
_RECEIPT = {
    "lawqa": "lawqa 版本",
    "corpus": "语料",
    "index": "索引",
    "model": "嵌入模型",
    "weights": "权重",
    "settings": "设置",
    "as_of": "法律状态日期",
    "docs": "限定文件",
    "mode": "回答方式",
    "llm": "语言模型",
    "llm_temperature": "温度",
}
_MODES = {"extractive": "条文摘录", "generated": "语言模型撰写，逐句核实"}


def render(corpus: Corpus, answers: Sequence[Answer], format: str) -> str:
    """A conversation in one of FORMATS, oldest answer first, ending in a line end."""
    parts = [_markdown(a) if format == "markdown" else _plain(corpus, a, format == "citation") for a in answers]
    return "\n\n\n".join(parts) + "\n"


def receipt_rows(answer: Answer) -> list[tuple[str, str]]:
    """What the answer was made from, for people."""
    rows = []
    for key, value in answer.receipt.items():
        shown = "、".join(value) if isinstance(value, list | tuple) else _MODES.get(str(value), str(value))
        if shown:
            rows.append((_RECEIPT.get(key, key), shown))
    return rows


def _plain(corpus: Corpus, answer: Answer, notes: bool) -> str:
    lines = [f"问：{answer.question}", ""]
    last = ""
    for block in blocks(answer.answer):
        if last and not (block.kind == last == QUOTE or block.kind == last == ITEM):
            lines.append("")
        lines.append({QUOTE: "　　", ITEM: "· "}.get(block.kind, "") + block.plain)
        last = block.kind
    if answer.citations:
        lines += ["", "注：" if notes else "引用："]
        for c in answer.citations:
            lines.append(f"[{c.marker}] {legal_citation(corpus, c) if notes else f'{c.label}（{c.status}）'}")
    return "\n".join([*lines, "", _receipt_line(answer)])


def _markdown(answer: Answer) -> str:
    lines = [f"## {answer.question}", "", answer.answer]
    if answer.citations:
        lines += ["", "### 引用", ""]
        for c in answer.citations:
            label = f"[{c.label}]({c.url})" if c.url else c.label
            lines.append(f"{c.marker}. {label}（{c.status}） `{c.ref}`")
    return "\n".join([*lines, "", f"*{_receipt_line(answer)}*"])


def _receipt_line(answer: Answer) -> str:
    return "回执：" + "；".join(f"{name} {value}" for name, value in receipt_rows(answer))
