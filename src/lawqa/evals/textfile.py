"""Reading the files of the field line by line, with the place of every fault."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lawqa.corpus.faults import Fault
from lawqa.errors import SetError


def numbered_lines(path: Path, faults: list[Fault]) -> Iterator[tuple[int, str]]:
    """(line number, text) of every line that is not blank; ``.gz`` is unpacked on the way.

    A file that is missing or not UTF-8 becomes a fault, and the lines end there.
    """
    opened = gzip.open if path.suffix == ".gz" else open
    number = 0
    try:
        with opened(path, "rb") as file:
            for number, raw in enumerate(file, start=1):
                text = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
                if text.strip():
                    yield number, text
    except UnicodeDecodeError:
        faults.append(Fault(str(path), number, "不是 UTF-8 编码：请转成 UTF-8"))
    except (OSError, EOFError) as error:
        reason = "文件不存在" if isinstance(error, FileNotFoundError) else f"不能读取（{error}）"
        faults.append(Fault(str(path), max(number, 1), reason))


def json_lines(path: Path, faults: list[Fault]) -> Iterator[tuple[int, dict[str, Any]]]:
    """(line number, object) of every line of a JSON Lines file."""
    for number, text in numbered_lines(path, faults):
        try:
            value = json.loads(text)
        except ValueError as error:
            reason = getattr(error, "msg", str(error))
            faults.append(
                Fault(str(path), number, f"不是合格的 JSON：{reason}（第{getattr(error, 'colno', 1)}个字符）")
            )
            continue
        if isinstance(value, dict):
            yield number, value
        else:
            faults.append(Fault(str(path), number, "应为一个 JSON 对象"))


def raise_faults(faults: list[Fault]) -> None:
    """SetError with all of them, in the order of files and lines; nothing where there are none."""
    if faults:
        raise SetError(sorted(faults))


def file_digest(*paths: Path) -> str:
    """SHA-256 over the bytes of the files, in the order given."""
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
        digest.update(b"\0")
    return digest.hexdigest()
