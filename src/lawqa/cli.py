"""The command line; every command is a module of ``lawqa.commands``."""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

from lawqa import __version__
from lawqa.commands import ALL
from lawqa.errors import LawqaError

#: argparse's messages that users meet, in Chinese.
_MESSAGES = (
    (re.compile(r"the following arguments are required: (.+)"), r"缺少参数：\1"),
    (re.compile(r"unrecognized arguments: (.+)"), r"不认识的参数：\1"),
    (re.compile(r"argument (.+): invalid choice: '?(.*?)'? \(choose from (.+)\)"), r"没有这个\1：“\2”；可用的有 \3"),
    (re.compile(r"argument (.+): expected .*argument.*"), r"\1 后面缺少值"),
    (re.compile(r"argument (.+): ignored explicit argument '?(.*?)'?"), r"\1 不带值，却给了“\2”"),
    (re.compile(r"ambiguous option: (.+) could match (.+)"), r"“\1”可能指 \2：请写全"),
)


class Parser(argparse.ArgumentParser):
    """Says a wrong usage in one Chinese line, as every other mistake is said."""

    def error(self, message: str) -> NoReturn:
        for pattern, chinese in _MESSAGES:
            if match := pattern.fullmatch(message):
                message = match.expand(chinese)
                break
        self.exit(2, f"lawqa: {message}（{self.prog} --help 显示用法）\n")


def parser() -> argparse.ArgumentParser:
    """The whole command line; every module of ``lawqa.commands`` adds its own part."""
    top = Parser(prog="lawqa", description="中国人工智能法规问答：引用必经核实，没有依据就拒答。")
    top.add_argument("--version", action="version", version=f"lawqa {__version__}")
    commands = top.add_subparsers(dest="command", metavar="命令", required=True)
    for module in ALL:
        module.add(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Exit codes: 0 fine, 1 a check or bar failed, 2 wrong usage or bad input."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a console that cannot show a character must not end us
    arguments = parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
        return code
    except LawqaError as error:
        print(f"lawqa: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("lawqa: 已中断", file=sys.stderr)
        return 130
    except BrokenPipeError:  # `lawqa corpus list | head`
        sys.stderr.close()
        return 0


if __name__ == "__main__":
    sys.exit(main())
