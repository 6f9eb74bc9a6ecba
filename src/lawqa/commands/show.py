"""``lawqa show REF_OR_CITATION``."""

from __future__ import annotations

import argparse

from lawqa.commands.common import Commands, add_json, add_server, client_of, open_lawqa, print_json, settings_of


def add(commands: Commands) -> None:
    parser = commands.add_parser("show", help="显示一个条文", description="显示一个条文：全文、效力、关系、核对情况。")
    parser.add_argument("citation", metavar="引用", help="如 genai-interim-measures-2023:7、暂行办法第七条、网安法21条")
    parser.add_argument("--as-of", metavar="日期", help="按这一天的法律，如 2024-05-01（默认今天）")
    add_server(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    settings = settings_of(arguments)
    client = client_of(settings)
    if client:
        view = client.show(arguments.citation, arguments.as_of)
    else:
        from lawqa.provision_view import provision_view

        lawqa = open_lawqa(settings)
        provision, ref = lawqa.show(arguments.citation, arguments.as_of)
        view = provision_view(lawqa, provision, ref, arguments.as_of)
    if arguments.json:
        print_json(view)
        return 0
    print(view["label"] + (f"　{view['caption']}（条旨为编者所加）" if view["caption"] else ""))
    print(" › ".join([view["title"], *view["path"]]))
    print(f"{view['status_line']}" + "".join(f"〔{m}〕" for m in view["marks"]))
    print(f"\n{view['quote']}\n")
    if view["quote"] != view["text"]:
        print(f"全文：\n{view['text']}\n")
    for name, key in (("引用的条文", "cites"), ("被引用于", "cited_by"), ("引用的文件", "documents")):
        if view[key]:
            print(f"{name}：{'、'.join(x['label'] for x in view[key])}")
    for relation in view["relations"]:
        print(f"{relation['text']}")
    print(f"核对：{view['verification']['note']}")
    if view["url"]:
        print(f"官方页面：{view['url']}")
    return 0
