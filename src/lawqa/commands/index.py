"""``lawqa index``."""

from __future__ import annotations

import argparse
import time

from lawqa.commands.common import Commands, open_lawqa, settings_of


def add(commands: Commands) -> None:
    parser = commands.add_parser(
        "index", help="建立索引", description="从语料建立索引；旧索引在新索引写完之前一直可用。"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    settings = settings_of(arguments)
    started = time.perf_counter()
    lawqa = open_lawqa(settings, rebuild=True)
    seconds = time.perf_counter() - started
    print(
        f"已建立索引：{len(lawqa.corpus.instruments)}份文件，{len(lawqa.index.refs)}条，"
        f"{len(lawqa.index.kinds)}个节点，用时{seconds:.1f}秒；{lawqa.index.folder}"
    )
    return 0
