"""``lawqa config``."""

from __future__ import annotations

import argparse

from lawqa.commands.common import Commands, add_json, print_json, settings_of


def add(commands: Commands) -> None:
    parser = commands.add_parser("config", help="显示全部设置", description="显示每项设置的值和来源；密钥被遮住。")
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    rows = settings_of(arguments).rows()
    if arguments.json:
        print_json({key: {"value": value, "source": source, "help": help} for key, value, source, help in rows})
        return 0
    width = max(len(key) for key, *_ in rows)
    for key, value, source, help in rows:
        print(f"{key:<{width}}  {value or '（空）'}\n{'':<{width}}  {help}；来自{source}；环境变量 LAWQA_{key.upper()}")
    return 0
