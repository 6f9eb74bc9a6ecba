"""What all benchmarks share: the machine in words, tables, a measured process, and the section of RESULTS.md."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "RESULTS.md"
_PACKAGES = ("numpy", "faiss-cpu", "bm25s", "jieba", "tokenizers", "gradio", "fastapi", "llama-index-core")


@dataclass(frozen=True, slots=True)
class Usage:
    """What one process cost: wall clock and processor time in seconds, peak resident memory in MB."""

    wall: float
    cpu: float
    peak_mb: float
    output: str


def measured(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Usage:
    """Run ``command`` to its end; SystemExit where it fails."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=output, env=surroundings(environment), cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read()
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{text}")
    return Usage(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, text)


def surroundings(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a measured process: this checkout, default settings but for ``extra``."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("LAWQA_")}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), **(extra or {})}


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-len(ordered) * share // 1).__int__() - 1))]


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def machine() -> str:
    """Processor, cores, memory, load, Python and the libraries that carry the weight."""
    model = platform.processor() or platform.machine()
    try:
        found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
        model = found.group(1) if found else model
        memory = f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"
    except (OSError, ValueError):
        memory = "unknown memory"
    versions = []
    for name in _PACKAGES:
        try:
            versions.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    return (
        f"{model}, {os.cpu_count()} cores, {memory}; {platform.system()}, Python {platform.python_version()}; "
        f"{', '.join(versions)}; load average at the end {os.getloadavg()[0]:.1f}"
    )


def record(name: str, command: str, body: str) -> None:
    """Print ``body`` and put it into RESULTS.md as the section ``name``, in place of an earlier one."""
    section = f"## {name}\n\n`{command}`, {date.today().isoformat()}\n\n{body.strip()}\n\nMachine: {machine()}.\n"
    print(section)
    intro = "# Results\n\nWritten by the commands named below; nothing here is typed by hand.\n"
    old = RESULTS.read_text(encoding="utf-8") if RESULTS.is_file() else intro
    head, *sections = re.split(r"^(?=## )", old, flags=re.MULTILINE)
    kept = [s.strip() for s in sections if not s.startswith(f"## {name}\n")]
    parts = [head.strip(), *sorted([*kept, section.strip()])]
    RESULTS.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
