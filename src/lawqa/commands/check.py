"""``lawqa check FILE|-``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from lawqa.commands.common import Commands, add_json, open_lawqa, print_json, settings_of
from lawqa.errors import UsageError


def add(commands: Commands) -> None:
    parser = commands.add_parser(
        "check",
        help="核对一份文字里的引用",
        description="核对一份文字里的引用：条款是否存在、引文是否逐字相符、转述有没有依据。"
        "有引用需要改正时退出码为1；未收录而无法核对的不算。",
    )
    parser.add_argument("file", metavar="文件", help=".txt、.md、.html、.docx、.pdf；- 表示从标准输入读文字")
    parser.add_argument("--as-of", metavar="日期", help="按这一天的法律，如 2024-05-01（默认今天）")
    parser.add_argument("--html", metavar="文件", help="另存一份标注好的网页")
    parser.add_argument("--docx", metavar="文件", help="另存一份带批注的 Word 文件")
    parser.add_argument("--all", action="store_true", help="相符的也逐处列出")
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from lawqa.check.html import document, tone, verdict_name
    from lawqa.files.reader import parse, read_file

    source = None if arguments.file == "-" else Path(arguments.file)
    read = read_file(source, whole=True) if source else parse(".txt", "标准输入", sys.stdin.buffer.read(), whole=True)
    text = read.text
    for doubt in read.doubts:
        print(f"提示：{doubt}", file=sys.stderr)
    report = open_lawqa(settings_of(arguments)).check(text, arguments.as_of)
    title = f"引用核对：{source.name if source else '标准输入'}"
    if arguments.html:
        _write(Path(arguments.html), document(report, title).encode())
    if arguments.docx:
        from lawqa.check.word import annotated_docx

        is_docx = source is not None and source.suffix.lower() == ".docx"
        original = source.read_bytes() if source and is_docx else None
        _write(Path(arguments.docx), annotated_docx(report, original, source.name if source else ""))
    wrong = [c for c in report.citations if tone(c) == "bad"]
    if arguments.json:
        print_json(report.to_dict())
        return 1 if wrong else 0
    for citation in report.citations if arguments.all else [c for c in report.citations if not c.fine]:
        line = text.count("\n", 0, citation.span[0]) + 1
        print(f"第{line}行 【{verdict_name(citation.verdict)}】{citation.claimed_label or '（未注明出处）'}")
        print(f"    {' '.join(citation.text.split())}")
        print(f"    {citation.reason}")
        if not citation.fine and citation.correct_text and citation.correct_label:
            print(f"    {citation.correct_label}：{' '.join(citation.correct_text.split())}")
        for warning in citation.warnings:
            print(f"    提示：{warning}")
    counts = "，".join(f"{verdict_name(v)}{n}" for v, n in report.counts.items())
    print(f"共{len(report.citations)}处引用" + (f"：{counts}" if counts else "") + f"（按{report.as_of}的法律）")
    return 1 if wrong else 0


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UsageError(f"“{path}”不能写入（{error.strerror}）：请换一个位置") from None
