"""Load: N clients at once ask many questions of one server; how much slower than one client, and is memory flat?

    python -m benchmarks.load [--clients 50] [--questions 2000] [--port 8240]

Starts ``lawqa serve`` itself (no rate limit, audit log on), asks the questions of ``evals/dev`` in turn over HTTP,
prints one JSON object and writes it to benchmarks/RESULTS.md: errors, p50 of a single client, p50/p95 under load, their ratio, answers a second, and the
server's resident memory (MB) after a quarter of the questions and at the end. Times depend on the machine; the ratio
and the memory's growth are what to compare.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx2

from benchmarks.record import record, table

ROOT = Path(__file__).resolve().parents[1]


def questions() -> list[str]:
    rows = [json.loads(line) for p in sorted((ROOT / "evals/dev").glob("*.jsonl")) for line in p.open(encoding="utf-8")]
    return [row["question"] for row in rows]


def resident_mb(pid: int) -> float:
    """The process' resident memory from /proc."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise ValueError("no VmRSS")


async def single(client: httpx2.AsyncClient, asked: list[str]) -> list[float]:
    return [(await one(client, q))[0] for q in asked]


async def one(client: httpx2.AsyncClient, question: str) -> tuple[float, str]:
    """Seconds, and what was wrong ("" for a good answer)."""
    started = time.perf_counter()
    try:
        response = await client.post("/api/v1/ask", json={"question": question})
        answer = response.json()
        fine = response.status_code == 200 and answer["question"] == question
        fault = "" if fine else f"{response.status_code} {answer}"[:200]
    except (httpx2.HTTPError, ValueError, KeyError) as error:
        fault = repr(error)
    return time.perf_counter() - started, fault


async def load(url: str, pid: int, clients: int, count: int) -> dict[str, object]:
    pool = questions()
    limits = httpx2.Limits(max_connections=clients)
    async with httpx2.AsyncClient(base_url=url, timeout=120, limits=limits, trust_env=False) as client:
        alone = await single(client, pool[:100])
        todo = iter([pool[i % len(pool)] for i in range(count)])
        seconds: list[float] = []
        faults: list[str] = []
        memory: list[float] = []

        async def worker() -> None:
            for question in todo:
                took, fault = await one(client, question)
                seconds.append(took)
                if fault:
                    faults.append(fault)
                if len(seconds) in (count // 4, count):
                    memory.append(resident_mb(pid))

        started = time.perf_counter()
        await asyncio.gather(*(worker() for _ in range(clients)))
        wall = time.perf_counter() - started
    p50 = statistics.median(alone)
    cuts = statistics.quantiles(seconds, n=20)
    return {
        "clients": clients,
        "questions": len(seconds),
        "errors": len(faults),
        "first_errors": faults[:3],
        "single_p50_ms": round(p50 * 1000, 1),
        "load_p50_ms": round(cuts[9] * 1000, 1),
        "load_p95_ms": round(cuts[18] * 1000, 1),
        "p95_over_single_p50": round(cuts[18] / p50, 1),
        "answers_per_s": round(len(seconds) / wall, 1),
        "memory_mb_quarter": round(memory[0], 1),
        "memory_mb_end": round(memory[-1], 1),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--questions", type=int, default=2000)
    parser.add_argument("--port", type=int, default=8240)
    given = parser.parse_args()
    url = f"http://127.0.0.1:{given.port}"
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "LAWQA_RATE_PER_MINUTE": "0",
            "LAWQA_AUDIT_FOLDER": folder,
            "LAWQA_LOG_LEVEL": "warning",
        }
        environment |= {"LAWQA_ANSWER_TIMEOUT_S": "120"}
        command = [sys.executable, "-m", "lawqa", "serve", "--port", str(given.port)]
        server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        try:
            for _ in range(600):
                try:
                    if httpx2.get(f"{url}/readyz", trust_env=False).status_code == 200:
                        break
                except httpx2.HTTPError:
                    pass
                time.sleep(0.2)
            result = asyncio.run(load(url, server.pid, given.clients, given.questions))
        finally:
            server.terminate()
            server.wait(60)
        verdict = subprocess.run(
            [sys.executable, "-m", "lawqa", "audit", "verify", "--folder", folder, "--json"], capture_output=True
        )
        result["audit_records"] = json.loads(verdict.stdout)["records"]
        result["audit_faults"] = json.loads(verdict.stdout)["faults"]
    print(json.dumps(result, ensure_ascii=False, indent=1))
    rows = [[name.replace("_", " "), str(value)] for name, value in result.items() if not isinstance(value, list)]
    record("Many clients at once", "python -m benchmarks.load", table(("measure", "value"), rows))
    return 1 if result["errors"] else 0


if __name__ == "__main__":
    sys.exit(main())
