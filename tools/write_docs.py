"""Write what README.md and docs/ show of the program itself: examples, commands, settings, documents, figures.

    python tools/write_docs.py [--check]

Each block stands between ``<!-- NAME: … -->`` and ``<!-- /NAME -->``. ``--check`` changes nothing and exits with 1
where a block is not what the program says now.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from lawqa import cli
from lawqa.corpus import load_corpus
from lawqa.settings import Settings, load_settings

ROOT = Path(__file__).resolve().parent.parent
FILES = ("README.md", "README.en.md")
EXAMPLES = (
    ["ask", "训练数据有什么要求？"],
    ["ask", "深度合成管理规定第十四条第二款"],
    ["ask", "提供者违反暂行办法会怎么罚"],
    ["ask", "网安法21条", "--as-of", "2025-06-01"],
    ["ask", "今年的个税起征点是多少"],
)
_CPU = "processor time, s"
_VERIFICATION = {"full": "逐字核对", "partial": "部分核对", "recall": "未能核对"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    for name in [n for n in os.environ if n.startswith("LAWQA_")]:
        del os.environ[name]  # a reader has none of them
    stale = []
    for name in FILES:
        path = ROOT / name
        old = path.read_text(encoding="utf-8")
        new = re.sub(r"(<!-- (\w+):.*? -->\n).*?(?=<!-- /\2 -->)", _filled, old, flags=re.DOTALL)
        if new != old:
            stale.append(name)
            if not check:
                path.write_text(new, encoding="utf-8")
    if check and stale:
        print(f"{'、'.join(stale)} 与程序不符：make docs 重写", file=sys.stderr)
        return 1
    return 0


def _filled(match: re.Match[str]) -> str:
    return f"{match[1]}{BLOCKS[match[2]]().strip()}\n"


def examples() -> str:
    """Real questions with what ``lawqa`` prints."""
    out = []
    for arguments in EXAMPLES:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            cli.main(arguments)
        command = " ".join(["lawqa", *arguments])
        out.append(f"```text\n$ {command}\n{printed.getvalue().strip()}\n```")
    return "\n\n".join(out)


def commands() -> str:
    rows = [f"| `lawqa {name}` | {help} |" for name, help in _commands(cli.parser(), "")]
    return "\n".join(["| 命令 | 作用 |", "|---|---|", *rows])


def _commands(parser: argparse.ArgumentParser, prefix: str) -> Iterator[tuple[str, str]]:
    """(name with its arguments, help) of every command that does something."""
    for action in parser._actions:
        if not isinstance(action, argparse._SubParsersAction):
            continue
        helps = {a.dest: a.help or "" for a in action._choices_actions}
        for name, below in action.choices.items():
            if any(isinstance(a, argparse._SubParsersAction) for a in below._actions):
                yield from _commands(below, f"{prefix}{name} ")
                continue
            arguments = [str(a.metavar or a.dest) for a in below._actions if not a.option_strings]
            yield " ".join([prefix + name, *arguments]), helps.get(name, "")


def settings() -> str:
    lines = ["| 设置 | 默认值 | 含义 |", "|---|---|---|"]
    for f in fields(Settings):
        if f.name != "sources":
            value = f.default_factory() if f.default_factory is not MISSING else f.default
            lines.append(f"| `{f.name}` | {_shown(value)} | {f.metadata['help']} |")
    return "\n".join(lines)


def _shown(value: Any) -> str:
    """A default as every machine would show it: paths in the checkout and the home folder shortened."""
    if value in ("", ()):
        return "空"
    if isinstance(value, bool):
        return "是" if value else "否"
    text = str(value).replace(f"{ROOT}{os.sep}", "").replace(str(Path.home()), "~")
    return f"`{text}`"


def documents() -> str:
    corpus = load_corpus(load_settings({}).corpus)
    lines = ["| 文件 | 种类 | 效力 | 施行 | 文本 |", "|---|---|---|---|---|"]
    for i in sorted(corpus.instruments, key=lambda i: (i.force_rank, i.id)):
        text = "要点摘编，非原文" if i.is_digest else f"原文，{_VERIFICATION[i.verification.level]}"
        lines.append(f"| {i.label} | {i.kind} | {i.status} | {i.effective or '—'} | {text} |")
    held = sum(len(i.provisions) for i in corpus.instruments)
    lines.append(f"\n共{len(corpus.instruments)}份文件，{held}条；另有{len(corpus.catalog)}份文件只有目录、没有正文。")
    return "\n".join(lines)


def figures() -> str:
    """The figures of benchmarks/RESULTS.md in one table; they are measured there and copied here."""
    cold, warm, ready = "Cold `lawqa ask`", "A question in a running server", "`lawqa serve` until ready"
    build, lookups = "`lawqa index`, the whole corpus", "Numbered look-ups"
    wall, memory = _cell(cold, "wall clock, s", 1), _cell(cold, "peak memory, MB", 1)
    p50, p95 = _cell(warm, "HTTP, one client", 2), _cell(warm, "HTTP, one client", 3)
    found = min((row[2] for row in _rows(lookups)), key=lambda share: float(share.split()[0]))
    rows = [
        (
            "`lawqa ask` 冷启动，整个进程（中位数）",
            f"{wall} 秒（处理器 {_cell(cold, _CPU, 1)} 秒），内存峰值 {memory} MB",
            "2.5 秒，500 MB",
        ),
        ("运行中的服务答一个问题（HTTP）", f"p50 {p50} 毫秒，p95 {p95} 毫秒", "30、100 毫秒"),
        ("建立整个索引", f"{_cell(build, 'wall clock, s', 1)} 秒（处理器 {_cell(build, _CPU, 1)} 秒）", "20 秒"),
        ("服务启动到可以回答", f"{_rows(ready)[0][0]} 秒（处理器 {_rows(ready)[0][3]} 秒）", "5 秒"),
        ("按条号查找，六种写法，排在第一（最差的一种）", found, "100 %"),
    ]
    lines = ["| 测什么 | 结果 | 目标 |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)]
    machine = re.search(r"^Machine: (.+?); (?:numpy|load)", _section(cold), re.MULTILINE)
    loads = [re.search(r"load average at the end (\d+\.\d)", _section(name)) for name in (cold, warm, ready, build)]
    busiest = max((float(load.group(1)) for load in loads if load), default=0.0)
    about = (
        f"{machine.group(1) if machine else ''}；测量时机器的负载最高 {busiest}（高于核数时，钟表时间含等待其他程序）"
    )
    return "\n".join(lines) + f"\n\n机器：{about}。命令和全部数字见 [benchmarks/RESULTS.md](benchmarks/RESULTS.md)。"


def _section(name: str) -> str:
    results = (ROOT / "benchmarks" / "RESULTS.md").read_text(encoding="utf-8")
    for section in re.split(r"^## ", results, flags=re.MULTILINE):
        if section.startswith(name + "\n"):
            return section
    sys.exit(f"benchmarks/RESULTS.md has no section {name!r}: make benchmarks")


def _rows(section: str) -> list[list[str]]:
    lines = [line for line in _section(section).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def _cell(section: str, row: str, column: int) -> str:
    return next(cells[column] for cells in _rows(section) if cells[0] == row)


BLOCKS: dict[str, Callable[[], str]] = {
    "examples": examples,
    "commands": commands,
    "settings": settings,
    "documents": documents,
    "figures": figures,
}

if __name__ == "__main__":
    sys.exit(main())
