"""The command line: ``lawqa ask|search|show|index|corpus|eval|serve|config``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from lawqa import __version__
from lawqa.commands import ALL
from lawqa.errors import LawqaError


def parser() -> argparse.ArgumentParser:
    """The whole command line; every module of ``lawqa.commands`` adds its own part."""
    top = argparse.ArgumentParser(prog="lawqa", description="中国人工智能法规问答：引用必经核实，没有依据就拒答。")
    top.add_argument("--version", action="version", version=f"lawqa {__version__}")
    commands = top.add_subparsers(dest="command", metavar="命令", required=True)
    for module in ALL:
        module.add(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Exit codes: 0 fine, 1 a check or bar failed, 2 wrong usage or bad input."""
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
