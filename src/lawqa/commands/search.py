"""``lawqa search QUERY``."""

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
from lawqa.errors import UsageError


def add(commands: Commands) -> None:
    parser = commands.add_parser("search", help="查找条文", description="查找条文，按相关程度排列。")
    parser.add_argument("query", metavar="查询")
    parser.add_argument("-k", metavar="N", default="10", help="最多几条（默认 10）")
    add_scope(parser)
    add_server(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    if not (arguments.k.isascii() and arguments.k.isdigit()):
        raise UsageError(f"-k“{arguments.k}”应为正整数")
    settings = settings_of(arguments)
    lawqa = client_of(settings) or open_lawqa(settings)
    result = lawqa.search(arguments.query, int(arguments.k), arguments.as_of, tuple(arguments.doc))
    if arguments.json:
        print_json(result.to_dict())
        return 0
    for hit in result.hits:
        text = hit.text.replace("\n", " ")
        print(f"{hit.rank:>3}. {hit.score:.3f} {hit.label}  {hit.ref}\n     {text[:90]}{'…' if len(text) > 90 else ''}")
    return 0
