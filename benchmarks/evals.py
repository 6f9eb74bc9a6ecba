"""How long a large BEIR folder takes, and how much memory.

    python benchmarks/evals.py --articles articles.jsonl.xz [--documents 60000] [--queries 1500] [--folder DIR]

``--articles`` is a JSON Lines file (also .xz) of articles with "title", "chapter", "number" and "text". A BEIR folder is
made of the first ``--documents`` different ones. A query is a clause out of the middle of an article, the article its
only judgement: the figures show what the machinery costs, and say little about how good retrieval is.
Then ``lawqa eval`` runs on it in a process of its own, twice: building the index, and with the index in the cache.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def articles(path: Path) -> Iterator[dict[str, Any]]:
    opened = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def make_folder(source: Path, folder: Path, documents: int, queries: int) -> int:
    """Write the BEIR folder; returns how many documents it holds."""
    chosen: dict[str, tuple[str, str]] = {}
    for row in articles(source):
        if len(chosen) == documents:
            break
        if len(row["text"]) >= 12:
            chosen.setdefault(row["text"], (f"{row['title']} {row['chapter'] or ''}".strip(), row["text"]))
    rows = list(chosen.values())
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    with (folder / "corpus.jsonl").open("w", encoding="utf-8") as file:
        for n, (title, text) in enumerate(rows):
            file.write(json.dumps({"_id": f"d{n}", "title": title, "text": text}, ensure_ascii=False) + "\n")
    dice = random.Random(13)
    lines: list[str] = []
    judged = ["query-id\tcorpus-id\tscore\n"]
    for n in dice.sample(range(len(rows)), len(rows)):
        clauses = [c for c in re.split(r"[，。；：\n]", rows[n][1]) if 8 <= len(c) <= 40]
        if not clauses or len(lines) == queries:
            continue
        lines.append(json.dumps({"_id": f"q{n}", "text": dice.choice(clauses)}, ensure_ascii=False) + "\n")
        judged.append(f"q{n}\td{n}\t1\n")
    (folder / "queries.jsonl").write_text("".join(lines), encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text("".join(judged), encoding="utf-8")
    return len(rows)


def measured(command: list[str]) -> tuple[float, float, float, str]:
    """Seconds, processor seconds, peak MB and stdout of a command."""
    started = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        process = subprocess.Popen(command, stdout=output, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - started
        output.seek(0)
        text = output.read()
    if process.returncode:
        sys.exit(f"lawqa eval ended with {process.returncode}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=60_000)
    parser.add_argument("--queries", type=int, default=1500)
    parser.add_argument("--folder", type=Path, help="where the BEIR folder goes (default: a temporary one)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.folder or Path(scratch) / "beir"
        count = make_folder(arguments.articles, folder, arguments.documents, arguments.queries)
        command = [sys.executable, "-m", "lawqa", "eval", str(folder), "--cache", str(Path(scratch) / "cache")]
        command += ["--out", str(Path(scratch) / "out")]
        for name in ("index and evaluate", "evaluate, index cached"):
            seconds, processor, peak, text = measured(command)
            times = f"{seconds:.1f} s ({processor:.1f} s of processor time)"
            print(f"{name}: {count} documents, {arguments.queries} queries: {times}, peak {peak:.0f} MB", flush=True)
        print(text)


if __name__ == "__main__":
    main()
