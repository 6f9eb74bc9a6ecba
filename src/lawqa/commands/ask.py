"""``lawqa ask QUESTION``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from lawqa.commands.common import (
    Commands,
    add_json,
    add_scope,
    add_server,
    client_of,
    open_lawqa,
    print_json,
    settings_of,
)
from lawqa.errors import UsageError

if TYPE_CHECKING:
    from lawqa.answer.answer import Answer


def add(commands: Commands) -> None:
    parser = commands.add_parser("ask", help="提问，得到带引用的回答", description="提问，得到带引用的回答。")
    parser.add_argument("question", metavar="问题")
    parser.add_argument("--history", metavar="问题", action="append", default=[], help="此前的问题，可重复，先问的在前")
    parser.add_argument("--mode", choices=("extractive", "generated"), help="条文摘录，或语言模型撰写（默认看设置）")
    parser.add_argument("--format", choices=("plain", "markdown", "citation"), help="纯文本、Markdown，或法学引注")
    parser.add_argument("--export", metavar="文件", type=Path, help="连同此前的问题存为 .docx 备忘录、.md 或 .txt")
    add_scope(parser)
    add_server(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    if arguments.json and arguments.format:
        raise UsageError("--json 和 --format 只能用一个")
    settings = settings_of(arguments)
    client = client_of(settings)
    docs, earlier = tuple(arguments.doc), tuple(arguments.history)
    if client is not None:
        if arguments.format or arguments.export or arguments.mode:
            raise UsageError("--server 只回答问题：--format、--export、--mode 要在本机回答")
        return _print(client.ask(arguments.question, arguments.as_of, docs, earlier), arguments.json)
    if arguments.export:
        from lawqa.export.file import checked_path, write

        checked_path(arguments.export)
    lawqa = open_lawqa(settings)
    answer = lawqa.ask(arguments.question, arguments.as_of, docs, earlier, arguments.mode)
    if arguments.export:
        before = [
            lawqa.ask(q, arguments.as_of, docs, earlier[:n], arguments.mode) for n, q in enumerate(earlier) if q.strip()
        ]
        write(lawqa.corpus, [*before, answer], arguments.export)
    if arguments.format:
        from lawqa.export.text import render

        print(render(lawqa.corpus, [answer], arguments.format), end="")
        return 0
    return _print(answer, arguments.json)


def _print(answer: Answer, as_json: bool) -> int:
    if as_json:
        print_json(answer.to_dict())
        return 0
    print(answer.answer)
    if answer.citations:
        print("\n引用：")
        for citation in answer.citations:
            print(f"[{citation.marker}] {citation.label}（{citation.status}） {citation.ref}")
    return 0
