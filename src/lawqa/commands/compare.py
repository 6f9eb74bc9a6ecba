"""``lawqa compare DOC_A DOC_B``."""

from __future__ import annotations

import argparse
from pathlib import Path

from lawqa.commands.common import Commands, add_json, open_lawqa, print_json, settings_of
from lawqa.errors import UsageError


def add(commands: Commands) -> None:
    parser = commands.add_parser(
        "compare",
        help="逐条比较两份文件",
        description="逐条比较两份文件：保留、改号、修改、合并、分出、移动、删去、新增。",
    )
    parser.add_argument("a", metavar="旧文件", help="文件标识或名称，如 cybersecurity-law-2016、旧网安法")
    parser.add_argument("b", metavar="新文件", help="文件标识或名称，如 cybersecurity-law-2025")
    parser.add_argument("--html", metavar="文件", help="另存一份并排对照的网页")
    parser.add_argument("--all", action="store_true", help="文字相同的条文也列出")
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from lawqa.compare.comparison import KINDS, SAME
    from lawqa.compare.html import document, summary

    comparison = open_lawqa(settings_of(arguments)).compare(arguments.a, arguments.b)
    if arguments.html:
        path = Path(arguments.html)
        try:
            path.write_text(document(comparison), encoding="utf-8")
        except OSError as error:
            raise UsageError(f"“{path}”不能写入（{error.strerror}）：请换一个位置") from None
    if arguments.json:
        print_json(comparison.to_dict())
        return 0
    print(f"{comparison.a_label} → {comparison.b_label}")
    print(f"{summary(comparison)}；旧文本有{comparison.substance}条内容有实质变化")
    for chapter, counts in comparison.chapters.items():
        print(f"  {chapter or '（不分章）'}：{'，'.join(f'{KINDS[k][0]}{n}' for k, n in counts.items())}")
    print()
    for row in comparison.rows:
        if row.kind == SAME and not arguments.all:
            continue
        names = [(label or "").rpartition("》")[2] for label in (row.a_label, row.b_label)]
        print(f"【{KINDS[row.kind][0]}】{' → '.join(n for n in names if n)}")
        print("    " + "".join(_marked(r.op, r.a, r.b) for r in row.runs).replace("\n", "\n    "))
        for text, to in row.moved:
            print(f"    移至 {to}：{text[:60]}")
    return 0


def _marked(op: str, a: str, b: str) -> str:
    """Characters for a terminal: ［-deleted-］ and ［+inserted+］."""
    if op == "equal":
        return b
    return (f"［-{a}-］" if a else "") + (f"［+{b}+］" if b else "")
