"""Verifying the audit log: any changed, removed, added or reordered record is a fault with its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lawqa.errors import UsageError
from lawqa.web.audit.chain import GENESIS, digest, log_files, read_head


@dataclass(frozen=True)
class Verdict:
    """``faults`` is empty for an unbroken chain; ``head`` is the last record's number and hash."""

    records: int
    files: int
    head: tuple[int, str]
    faults: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "records": self.records,
            "files": self.files,
            "head": {"n": self.head[0], "hash": self.head[1]},
            "faults": list(self.faults),
        }


def verify(folder: Path, key: str = "", expected: str | None = None) -> Verdict:
    """Check every record against its neighbour, HEAD and retention records.

    ``expected``: a head "n:hash" noted elsewhere earlier, which must still stand in the log; this shows even a log
    that was put back whole to an older state. Raises UsageError where there is no log.
    """
    files = log_files(folder)
    if not files:
        raise UsageError(f"“{folder}”里没有审计日志（audit-*.jsonl）：检查 LAWQA_AUDIT_FOLDER 或 --folder")
    faults: list[str] = []
    seen: dict[int, str] = {}
    removed: dict[int, str] = {}
    n, previous, first = 0, GENESIS, True
    start: tuple[str, int, str] | None = None
    for place, record in _records(files, faults):
        number, hash = record.get("n"), record.get("hash")
        if not isinstance(number, int) or not isinstance(hash, str):
            faults.append(f"{place}：缺少 n 或 hash")
            continue
        if first:
            start, first = (place, number, str(record.get("previous"))), False
        else:
            if number != n + 1:
                faults.append(f"{place}：序号{number}应为{n + 1}，中间有记录被删、被加或被换序")
            if record.get("previous") != previous:
                faults.append(f"{place}：第{number}条与上一条接不上，其间有记录被改或被删")
        if digest(record, key) != hash:
            faults.append(f"{place}：第{number}条的内容与散列不符，已被改动（或密钥不对）")
        if record.get("event") == "retention":
            removed[int(record.get("until", 0))] = str(record.get("last"))
        n, previous = number, hash
        seen[number] = hash
    if start is not None:
        faults += _start_faults(start, removed)
    faults += _head_faults(folder, n, previous, seen, expected)
    return Verdict(len(seen), len(files), (n, previous), tuple(faults))


def _records(files: list[Path], faults: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in files:
        for line, raw in enumerate(path.read_bytes().split(b"\n"), 1):
            if not raw:
                continue
            try:
                record = json.loads(raw)
                if not isinstance(record, dict):
                    raise ValueError
                yield f"{path.name}第{line}行", record
            except ValueError:
                faults.append(f"{path.name}第{line}行：不是合格的 JSON，已损坏")


def _start_faults(start: tuple[str, int, str], removed: dict[int, str]) -> list[str]:
    """The first record follows nothing, or the end of a file that retention removed and recorded."""
    place, number, previous = start
    if number == 1 and previous == GENESIS:
        return []
    if removed.get(number - 1) == previous:
        return []
    return [f"{place}：日志应从第1条开始，却从第{number}条开始，前面的文件被删（不是按保留期删的）"]


def _head_faults(folder: Path, n: int, last: str, seen: dict[int, str], expected: str | None) -> list[str]:
    out = []
    head = read_head(folder)
    if head is None:
        out.append("HEAD 文件不见了或不可读，无法知道末尾是否被删")
    elif seen.get(head[0]) != head[1]:
        out.append(f"HEAD 记着第{head[0]}条，日志到第{n}条为止：末尾有记录被删或被改")
    elif n - head[0] > 1:  # one more is a crash between the record and HEAD
        out.append(f"HEAD 停在第{head[0]}条，其后又有{n - head[0]}条，不是服务写的")
    if expected is not None:
        number, _, hash = expected.partition(":")
        if not number.isdigit() or not hash:
            raise UsageError(f"--expect“{expected}”应为 序号:散列，即早先 lawqa audit verify 所报的")
        if seen.get(int(number)) != hash:
            out.append(f"早先记下的第{number}条已不在日志里：日志被换成了别的或旧的")
    return out
