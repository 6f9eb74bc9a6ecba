"""``lawqa token add|list|revoke``."""

from __future__ import annotations

import argparse

from lawqa.commands.common import Commands, add_json, print_json, settings_of


def add(commands: Commands) -> None:
    parser = commands.add_parser("token", help="管理访问令牌", description="管理访问令牌；文件里只存散列。")
    actions = parser.add_subparsers(dest="action", metavar="动作", required=True)
    make = actions.add_parser("add", help="新建令牌，只显示这一次")
    make.add_argument("name", metavar="名称", help="使用令牌的人或程序")
    make.set_defaults(run=run_add)
    listing = actions.add_parser("list", help="列出令牌的名称和建立时间")
    add_json(listing)
    listing.set_defaults(run=run_list)
    revoke = actions.add_parser("revoke", help="吊销令牌，立即生效")
    revoke.add_argument("name", metavar="名称")
    revoke.set_defaults(run=run_revoke)


def run_add(arguments: argparse.Namespace) -> int:
    from lawqa.web.signon.tokens import TokenStore

    print(TokenStore(settings_of(arguments).tokens_file).add(arguments.name))
    return 0


def run_list(arguments: argparse.Namespace) -> int:
    from lawqa.web.signon.tokens import TokenStore

    tokens = TokenStore(settings_of(arguments).tokens_file).tokens()
    if arguments.json:
        print_json([{"name": t.name, "created": t.created} for t in tokens])
        return 0
    for t in tokens:
        print(f"{t.created}\t{t.name}")
    if not tokens:
        print("还没有令牌：lawqa token add 名称")
    return 0


def run_revoke(arguments: argparse.Namespace) -> int:
    from lawqa.web.signon.tokens import TokenStore

    TokenStore(settings_of(arguments).tokens_file).revoke(arguments.name)
    print(f"已吊销“{arguments.name}”的令牌")
    return 0
