"""``lawqa eval convert NAME SOURCE TARGET``."""

from __future__ import annotations

import argparse
from pathlib import Path

from lawqa.errors import UsageError


def parser(prog: str) -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(
        prog=f"{prog} convert",
        description="把公开的中文法律题集转成 BEIR 文件夹；各题集从哪里取得见 evals/public/README.md。",
    )
    found.add_argument("name", metavar="名称", help="stard、lecard 或 lexrag")
    found.add_argument("source", metavar="SOURCE", type=Path, help="所发布的 data 文件夹")
    found.add_argument("target", metavar="TARGET", type=Path, help="要写的 BEIR 文件夹")
    found.set_defaults(run=run)
    return found


def run(arguments: argparse.Namespace) -> int:
    from lawqa.evals.convert import CONVERTERS, convert

    if arguments.name not in CONVERTERS:
        raise UsageError(f"没有题集“{arguments.name}”（有：{'、'.join(CONVERTERS)}）")
    print(f"{arguments.target}：{convert(arguments.name, arguments.source, arguments.target)}")
    return 0
