"""One file into a Source, read in a process of its own so that a hostile file costs its limits and no more."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from lawqa.files.limits import MAX_CHARS, MAX_MEMORY, MAX_SECONDS, PLAIN, FileFault, kind_of, read_bytes
from lawqa.files.source import Line, Source


def read_file(path: Path, ocr: bool = False, whole: bool = False) -> Source:
    """The text of a .docx, .pdf, .html, .txt or .md file; FileFault says in one line why it cannot be read.

    The lines are a legal text's, without what surrounds it on a page; with ``whole`` they are all that the file says,
    where it says it (a text that is to be checked).
    """
    return read_raw(str(path), read_bytes(path), ocr, whole=whole)


def read_raw(name: str, raw: bytes, ocr: bool = False, charset: str = "", whole: bool = False) -> Source:
    """As ``read_file``, for bytes that came from elsewhere."""
    if "\0" in name:  # no process can be given such a name
        raise FileFault(f"{name.replace(chr(0), '?')}：文件名含有空字符；请改名")
    kind = kind_of(name, raw)
    if whole and kind in PLAIN:  # nothing but decoding: not worth a process
        return replace(parse(kind, name, raw, whole=True), digest=hashlib.sha256(raw).hexdigest())
    flags = f"{'ocr ' if ocr else ''}{'whole' if whole else ''}"
    command = [sys.executable, "-m", "lawqa.files.reader", kind, name, flags, charset]
    package = str(Path(__file__).resolve().parents[2])
    try:
        done = subprocess.run(
            command, input=raw, capture_output=True, timeout=MAX_SECONDS * (10 if ocr else 1), cwd=package
        )
    except subprocess.TimeoutExpired:
        raise FileFault(f"{name}：{MAX_SECONDS} 秒内没有读完，已放弃") from None
    try:
        data = json.loads(done.stdout)
    except ValueError:
        raise FileFault(f"{name}：读取时超出内存上限或意外中止，已放弃") from None
    if "fault" in data:
        raise FileFault(data["fault"])
    lines = tuple(Line(*row) for row in data["lines"])
    digest = hashlib.sha256(raw).hexdigest()
    return Source(name, lines, data["facts"], tuple(data["doubts"]), data["ocr"], data["head"], digest)


def parse(
    kind: str, name: str, raw: bytes, ocr: bool = False, charset: str | None = None, whole: bool = False
) -> Source:
    """Read in this very process; ``kind`` is one of limits.KINDS."""
    if kind == ".docx":
        from lawqa.files.docx import read_docx

        source = read_docx(name, raw, whole)
    elif kind == ".pdf":
        from lawqa.files.pdf import read_pdf

        source = read_pdf(name, raw, ocr, whole)
    elif kind == ".html":
        from lawqa.files.html import read_html

        source = read_html(name, raw, charset, whole)
    else:
        from lawqa.files.plain import read_as_is, read_md, read_txt

        source = (read_as_is if whole else read_md if kind == ".md" else read_txt)(name, raw)
    if len(source.text) > MAX_CHARS:
        raise FileFault(f"{name}：{len(source.text)} 字，超过上限 {MAX_CHARS} 字")
    if not source.text.strip():
        raise FileFault(f"{name}：没有文字；请检查内容")
    return source


def _limit(ocr: bool) -> None:
    try:
        import resource
    except ImportError:  # Windows has the time limit only
        return
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS * (40 if ocr else 1),) * 2)
    if not ocr:  # its libraries reserve far more address space than they use
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


def _main() -> None:
    kind, name, flags, charset = sys.argv[1:5]
    ocr = "ocr" in flags.split()
    _limit(ocr)
    answer: dict[str, object]
    try:
        source = parse(kind, name, sys.stdin.buffer.read(), ocr, charset or None, "whole" in flags.split())
        answer = {
            "lines": [[x.text, x.level, x.table] for x in source.lines],
            "facts": source.facts,
            "doubts": source.doubts,
            "ocr": source.ocr,
            "head": source.head,
        }
    except FileFault as error:
        answer = {"fault": str(error)}
    except (MemoryError, RecursionError):
        answer = {"fault": f"{name}：内容过于庞大或嵌套过深，已放弃"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    _main()
