"""Verifying the audit log: any changed, removed, added or reordered record is a fault with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lawqa.errors import UsageError, reason_of
from lawqa.web.audit.chain import GENESIS, digest, link, log_files, parse, read_head


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
    start: tuple[str, int, object] | None = None
    for place, record in _records(files, faults):
        try:
            number, hash = link(record)
        except ValueError:
            faults.append(f"{place}：缺少 n 或 hash，或其值不合格")
            continue
        if first:
            start, first = (place, number, record.get("previous")), False
        else:
            if number != n + 1:
                faults.append(f"{place}：序号{number}应为{n + 1}，中间有记录被删、被加或被换序")
            if record.get("previous") != previous:
                faults.append(f"{place}：第{number}条与上一条接不上，其间有记录被改或被删")
        if digest(record, key) != hash:
            faults.append(f"{place}：第{number}条的内容与散列不符，已被改动（或密钥不对）")
        if record.get("event") == "retention":
            try:
                until, last = link(record, "until", "last")
                removed[until] = last
            except ValueError:
                faults.append(f"{place}：第{number}条记保留期，却缺少 until 或 last，或其值不合格")
        n, previous = number, hash
        seen[number] = hash
    if start is not None:
        faults += _start_faults(start, removed)
    faults += _head_faults(folder, n, previous, seen, expected)
    return Verdict(len(seen), len(files), (n, previous), tuple(faults))


def _records(files: list[Path], faults: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every record with its place. What the server would not have written, byte for byte, is a fault."""
    for path in files:
        try:
            raw = path.read_bytes()
        except OSError as error:
            faults.append(f"{path.name}：不能读（{reason_of(error)}）")
            continue
        if not raw and path != files[-1]:  # the newest may be empty: the server rotated and wrote nothing yet
            faults.append(f"{path.name}：是空的，其中的记录被删")
        *lines, half = raw.split(b"\n")
        for line, text in enumerate(lines, 1):
            yield from _record(f"{path.name}第{line}行", text, faults)
        if half:
            place = f"{path.name}第{len(lines) + 1}行"
            faults.append(f"{place}：没有写完（末尾缺换行），服务中断在这里，或已被改动")
            yield from _record(place, half, [])


def _record(place: str, line: bytes, faults: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    if not line:
        faults.append(f"{place}：是空行，不是服务写的")
        return
    try:
        record, exact = parse(line)
    except ValueError:
        faults.append(f"{place}：不是合格的 JSON，已损坏")
        return
    if not exact:
        faults.append(f"{place}：与服务的写法不符（多出的键、空格，或数、字的别样写法），已被改动")
    yield place, record


def _start_faults(start: tuple[str, int, object], removed: dict[int, str]) -> list[str]:
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
        noted = re.fullmatch(r"([0-9]{1,18}):(.+)", expected)
        if noted is None:
            raise UsageError(f"--expect“{expected}”应为 序号:散列，即早先 lawqa audit verify 所报的")
        if seen.get(int(noted[1])) != noted[2]:
            out.append(f"早先记下的第{noted[1]}条已不在日志里：日志被换成了别的或旧的")
    return out
