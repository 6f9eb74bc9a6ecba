"""``corpus/CHECKSUMS``: the SHA-256 of every legal text, so that a changed character is noticed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from lawqa.corpus.faults import Fault
from lawqa.errors import CorpusError, reason_of

FILE = "CHECKSUMS"


def texts(root: Path) -> list[Path]:
    return sorted(p for p in (*root.glob("*.md"), *root.glob("catalog.yaml")) if p.is_file())


def write(root: Path) -> None:
    """Record the texts as they are (``sha256sum`` format)."""
    try:
        _write(root)
    except OSError as error:
        raise CorpusError(f"不能写“{root / FILE}”（{reason_of(error)}）") from error


def _write(root: Path) -> None:
    lines = [f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.name}\n" for p in texts(root)]
    (root / FILE).write_text("".join(lines), encoding="utf-8")


def check(root: Path) -> list[Fault]:
    """Texts that changed, that are missing, or that were never recorded."""
    path = root / FILE
    if not path.is_file():
        return [Fault(str(path), 1, "没有校验和文件：lawqa corpus check --record 记录现有文本")]
    recorded: dict[str, tuple[str, int]] = {}
    faults = []
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        digest, _, name = line.partition("  ")
        if len(digest) != 64 or not name:
            faults.append(Fault(str(path), number, f"这一行不是“校验和  文件名”：{line[:40]}"))
            continue
        recorded[name] = (digest, number)
    present = {p.name: p for p in texts(root)}
    for name, (digest, number) in recorded.items():
        if name not in present:
            faults.append(Fault(str(path), number, f"文件 {name} 不见了"))
        elif hashlib.sha256(present[name].read_bytes()).hexdigest() != digest:
            faults.append(
                Fault(
                    str(present[name]), 1, f"文本与 {FILE} 记录的不同：法律文本不可改动，请还原；确是新版本则 --record"
                )
            )
    faults += [
        Fault(str(p), 1, f"没有记在 {FILE} 里：确认无误后 --record") for n, p in present.items() if n not in recorded
    ]
    return faults
