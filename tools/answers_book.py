"""The answers book: docs/answers.md, the full answers to the questions of docs/answers_questions.txt.

    python tools/answers_book.py [--check]

``--check`` writes nothing and exits with 1 where the book is not what lawqa answers now. A question without a day
of its own is asked on DAY, so that the book changes only when lawqa, the corpus or the questions do.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from lawqa.answer.answer import Answer  # noqa: E402
from lawqa.lawqa import LawQA  # noqa: E402
from lawqa.settings import load_settings  # noqa: E402

QUESTIONS = ROOT / "docs" / "answers_questions.txt"
BOOK = ROOT / "docs" / "answers.md"
DAY = "2026-06-01"
_DATED = re.compile(r"\[(\d{4}-\d{2}-\d{2})\]\s*(.+)")


@dataclass(frozen=True)
class Entry:
    """One question with its group, the questions before it, and the day it is asked on."""

    group: str
    question: str
    history: tuple[str, ...]
    day: str


def entries(text: str) -> Iterator[Entry]:
    """The questions of the file; its first lines, up to an empty one, are notes."""
    group = ""
    for line in text.partition("\n\n")[2].splitlines():
        if line.startswith("#"):
            group = line.lstrip("# ")
        elif line.strip():
            dated = _DATED.fullmatch(line.strip())
            *history, question = re.split(r"\s*->\s*", dated[2] if dated else line.strip())
            yield Entry(group, question, tuple(history), dated[1] if dated else DAY)


def book(lawqa: LawQA, found: list[Entry]) -> str:
    """The book in Markdown."""
    receipt = lawqa.ask(found[0].question, as_of=DAY, mode="extractive").receipt
    lines = [
        "# 回答集",
        "",
        f"{len(found)}个问题和 lawqa 的完整回答，由 `python tools/answers_book.py` 生成，没有改动过一个字。",
        f"没有另写日期的问题按{DAY}的法律回答。语料 `{receipt['corpus']}`，索引 `{receipt['index']}`，"
        f"权重 `{receipt['weights']}`。",
    ]
    group = ""
    for number, entry in enumerate(found, start=1):
        if entry.group != group:
            group = entry.group
            lines += ["", f"## {group}"]
        answer = lawqa.ask(entry.question, entry.day, history=entry.history, mode="extractive")
        lines += ["", f"### {number}. {entry.question}", "", *_context(entry), answer.answer, *_citations(answer)]
    return "\n".join(lines) + "\n"


def _context(entry: Entry) -> list[str]:
    said = [f"此前问过：{'；'.join(entry.history)}"] if entry.history else []
    said += [f"按{entry.day}的法律"] if entry.day != DAY else []
    return [f"（{'。'.join(said)}）", ""] if said else []


def _citations(answer: Answer) -> list[str]:
    if not answer.citations:
        return []
    rows = [f"[{c.marker}] {c.label} · {c.status} · `{c.ref}`" for c in answer.citations]
    return ["", "<details><summary>引用</summary>", "", "  \n".join(rows), "", "</details>"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="exit with 1 where the book is out of date")
    check = parser.parse_args().check
    text = book(LawQA.open(load_settings({})), list(entries(QUESTIONS.read_text("utf-8"))))
    if not check:
        BOOK.write_text(text, "utf-8")
        print(f"{BOOK.relative_to(ROOT)}: {text.count('### ')} answers")
        return 0
    if not BOOK.is_file() or BOOK.read_text("utf-8") != text:
        print(f"{BOOK.relative_to(ROOT)} is out of date: run python tools/answers_book.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
