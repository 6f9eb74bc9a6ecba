"""What several commands share: options, opening lawqa with a progress line, printing JSON."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lawqa.settings import Settings, load_settings

if TYPE_CHECKING:
    from lawqa.client import Client
    from lawqa.lawqa import LawQA

Commands = Any  # argparse keeps the type of its sub-parsers private


def add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def add_scope(parser: argparse.ArgumentParser) -> None:
    """``--as-of`` and ``--doc``."""
    parser.add_argument("--as-of", metavar="日期", help="按这一天的法律，如 2024-05-01（默认今天）")
    parser.add_argument("--doc", metavar="ID", action="append", default=[], help="只在这份文件里找，可重复")


def add_server(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--server", metavar="网址", help="改问这个 lawqa 服务（令牌见设置 server_token，不写在命令行里）"
    )


def settings_of(arguments: argparse.Namespace) -> Settings:
    file: str | None = getattr(arguments, "config", None)
    return load_settings(file=Path(file) if file else None, server=getattr(arguments, "server", None))


def client_of(settings: Settings) -> Client | None:
    """The client of the server that the settings name, if they name one."""
    if not settings.server:
        return None
    from lawqa.client import Client

    return Client(settings.server, settings.server_token)


def open_lawqa(settings: Settings, rebuild: bool = False) -> LawQA:
    """LawQA with a progress line on stderr where the index has to be built."""
    from lawqa.lawqa import LawQA

    progress = Progress()
    try:
        return LawQA.open(settings, progress, rebuild)
    finally:
        progress.close()


class Progress:
    """One line that is rewritten on a terminal, and printed once a stage elsewhere."""

    def __init__(self, label: str = "建立索引") -> None:
        self._label = label
        self._stage = ""
        self._open = False

    def __call__(self, stage: str, done: int, total: int) -> None:
        terminal = sys.stderr.isatty()
        if total == 0 or not terminal:
            if stage != self._stage:
                self.close()
                print(f"lawqa: {stage}…", file=sys.stderr, flush=True)
        else:
            filled = round(24 * done / total)
            bar = "█" * filled + "·" * (24 - filled)
            print(f"\r{self._label} {bar} {done * 100 // total:3d}% {stage}", end="", file=sys.stderr, flush=True)
            self._open = True
        self._stage = stage

    def close(self) -> None:
        if self._open:
            print(file=sys.stderr)
            self._open = False


def print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))
