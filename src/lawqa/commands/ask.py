"""``lawqa ask QUESTION``."""

from __future__ import annotations

import argparse

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


def add(commands: Commands) -> None:
    parser = commands.add_parser("ask", help="提问，得到带引用的回答", description="提问，得到带引用的回答。")
    parser.add_argument("question", metavar="问题")
    parser.add_argument("--history", metavar="问题", action="append", default=[], help="此前的问题，可重复，先问的在前")
    add_scope(parser)
    add_server(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    settings = settings_of(arguments)
    lawqa = client_of(settings) or open_lawqa(settings)
    answer = lawqa.ask(arguments.question, arguments.as_of, tuple(arguments.doc), tuple(arguments.history))
    if arguments.json:
        print_json(answer.to_dict())
        return 0
    print(answer.answer)
    if answer.citations:
        print("\n引用：")
        for citation in answer.citations:
            print(f"[{citation.marker}] {citation.label}（{citation.status}） {citation.ref}")
    return 0
