"""How long a question takes, cold and in a running server, and what dominates.

    python -m benchmarks.latency [--runs 7] [--part cold|parts|warm|server|build]…

Cold: the whole process ``lawqa ask``. Warm: all questions of ``evals/dev`` one after the other, in this process and
over HTTP in a running ``lawqa serve``. Results go to benchmarks/RESULTS.md. Wall clock is what a user waits for; on a
machine that does other work the processor time beside it says what lawqa itself costs.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from benchmarks.record import ROOT, Usage, measured, percentile, record, table
from benchmarks.server import Server

QUESTION = "训练数据有什么要求？"
ASK = [sys.executable, "-m", "lawqa", "ask", QUESTION]
COMMAND = "python -m benchmarks.latency --part {}"
#: What ``lawqa ask`` does, step by step, in a process of its own.
_STEPS = """
import time
t = time.perf_counter
at = [t()]
from lawqa.lawqa import LawQA; at.append(t())
from lawqa.corpus import load_corpus
from lawqa.settings import load_settings
settings = load_settings({})
corpus = load_corpus(settings.corpus); at.append(t())
from lawqa.index.store import open_index
index = open_index(corpus, settings); at.append(t())
lawqa = LawQA(settings, corpus, index); at.append(t())
lawqa.index.tokeniser.words("训练数据"); at.append(t())
lawqa.ask("QUESTION"); at.append(t())
lawqa.ask("QUESTION"); at.append(t())
print(*(round(1000 * (b - a)) for a, b in zip(at, at[1:])))
""".replace("QUESTION", QUESTION)
_STEP_NAMES = (
    "import lawqa",
    "read and parse the corpus",
    "check the index's digests, load FAISS, BM25 and the model",
    "titles, cross-references, signals",
    "jieba's dictionary and our terms",
    "the first question",
    "the same question again",
)


def questions() -> list[str]:
    """Every question of the development sets."""
    lines = [line for path in sorted((ROOT / "evals" / "dev").glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    return [json.loads(line)["question"] for line in lines]


def cold(runs: int) -> None:
    measured(ASK)  # builds the index where there is none, and warms the disk cache
    usages = [measured(ASK) for _ in range(runs)]
    record("Cold `lawqa ask`", COMMAND.format("cold"), _usage_table(usages, "2.5 s, 500 MB"))


def parts(runs: int) -> None:
    rows = [[int(n) for n in measured([sys.executable, "-c", _STEPS]).output.split()] for _ in range(runs)]
    medians = [statistics.median(column) for column in zip(*rows, strict=True)]
    steps = table(["step", "median ms"], [[n, f"{ms:.0f}"] for n, ms in zip(_STEP_NAMES, medians, strict=True)])
    text = measured([sys.executable, "-X", "importtime", "-c", _STEPS]).output
    own: dict[str, int] = defaultdict(int)
    for microseconds, module in re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", text):
        own[module.split(".")[0]] += int(microseconds)
    top = sorted(own.items(), key=lambda item: -item[1])[:8]
    imports = table(["package", "import, own ms"], [[name, f"{us / 1000:.0f}"] for name, us in top])
    body = f"{steps}\n\n{imports}\n\n{runs} runs; imports from the last."
    record("What a cold question costs", COMMAND.format("parts"), body)


def warm(runs: int) -> None:
    from lawqa import LawQA
    from lawqa.settings import load_settings

    lawqa = LawQA.open(load_settings({}))
    asked = questions()
    lawqa.ask(QUESTION)
    rows = [_latency_row("in the process", _timed(lawqa.ask, asked))]
    rows.append(_latency_row("the same, processor time", _timed(lawqa.ask, asked, time.process_time)))
    with Server() as server:
        server.wait()
        server.ask(QUESTION)
        before = server.cpu()
        rows.append(_latency_row("HTTP, one client", _timed(server.ask, asked)))
        cost = 1000 * (server.cpu() - before) / len(asked)
    header = ["way", "questions", "p50 ms", "p95 ms", "longest ms", "target"]
    body = f"{table(header, rows)}\n\nThe server spends {cost:.1f} ms of processor time on a question over HTTP, in the mean."
    record("A question in a running server", COMMAND.format("warm"), body)


def server(runs: int) -> None:
    times, costs = [], []
    for _ in range(runs):
        with Server() as started:
            times.append(started.wait())
            costs.append(started.cpu())
    cost = f"{statistics.median(costs):.2f}"
    row = [f"{statistics.median(times):.2f}", f"{min(times):.2f}", f"{max(times):.2f}", cost, "5 s"]
    body = table(["median s", "min s", "max s", "processor time, median s", "target"], [row]) + f"\n\n{runs} runs."
    record("`lawqa serve` until ready", COMMAND.format("server"), body)


def build(runs: int) -> None:
    usages = []
    for _ in range(min(runs, 3)):
        with tempfile.TemporaryDirectory() as folder:
            usages.append(measured([sys.executable, "-m", "lawqa", "index"], {"LAWQA_INDEX": folder}))
            size = sum(p.stat().st_size for p in Path(folder).rglob("*") if p.is_file()) / 1e6
    body = _usage_table(usages, "20 s") + f"\n\nThe index takes {size:.0f} MB on disk."
    record("`lawqa index`, the whole corpus", COMMAND.format("build"), body)


def _usage_table(usages: list[Usage], target: str) -> str:
    rows = []
    for name, values, form in (
        ("wall clock, s", [u.wall for u in usages], ".2f"),
        ("processor time, s", [u.cpu for u in usages], ".2f"),
        ("peak memory, MB", [u.peak_mb for u in usages], ".0f"),
    ):
        rows.append([name, *(format(v, form) for v in (statistics.median(values), min(values), max(values)))])
    return table(["", "median", "min", "max"], rows) + f"\n\n{len(usages)} runs. Target: {target}."


def _timed(
    ask: Callable[[str], object], asked: list[str], clock: Callable[[], float] = time.perf_counter
) -> list[float]:
    """Milliseconds of every question."""
    out = []
    for question in asked:
        started = clock()
        ask(question)
        out.append(1000 * (clock() - started))
    return out


def _latency_row(name: str, values: list[float]) -> list[str]:
    figures = [percentile(values, 0.5), percentile(values, 0.95), max(values)]
    return [name, str(len(values)), *(f"{v:.1f}" for v in figures), "p50 30, p95 100"]


PARTS = {"cold": cold, "parts": parts, "warm": warm, "server": server, "build": build}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--part", action="append", choices=PARTS, help="only this part; may be repeated")
    arguments = parser.parse_args()
    for name in arguments.part or PARTS:
        PARTS[name](arguments.runs)


if __name__ == "__main__":
    main()
