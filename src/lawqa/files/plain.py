""".txt and .md: decoded without guessing, headings by their marks."""

from __future__ import annotations

import re

from lawqa.files.limits import FileFault
from lawqa.files.paragraphs import join_wrapped
from lawqa.files.source import Line, Source, table_row, tidy

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decode(name: str, raw: bytes) -> str:
    """UTF-8, UTF-16 with a mark, or GB 18030 (which contains GBK and GB 2312); FileFault for anything else."""
    encodings = [e for bom, e in _BOMS if raw.startswith(bom)] or ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise FileFault(f"{name}：不是文本，或编码不是 UTF-8、UTF-16、GB18030；请另存为 UTF-8")


def read_as_is(name: str, raw: bytes) -> Source:
    """Every line as it stands, blank ones and marks included."""
    text = decode(name, raw).replace("\r\n", "\n").replace("\r", "\n")
    return Source(name, tuple(Line(x) for x in text.split("\n")))


def read_txt(name: str, raw: bytes) -> Source:
    """Every line is a paragraph, unless the text was wrapped at a fixed width."""
    lines = [tidy(x) for x in decode(name, raw).replace("\r\n", "\n").split("\n")]
    joined, wrapped = join_wrapped(lines)
    doubts = ("文字按固定宽度折行：已把折开的行接回段落",) if wrapped else ()
    return Source(name, tuple(Line(x) for x in joined if x), doubts=doubts)


def read_md(name: str, raw: bytes) -> Source:
    """Markdown: # headings, pipe tables, emphasis marks dropped; a corpus file keeps its front matter."""
    text = decode(name, raw).replace("\r\n", "\n")
    head = None
    if match := re.match(r"---\n(.*?\n)---\n", text, re.DOTALL):
        head, text = match[1], text[match.end() :]
    lines: list[Line] = []
    for row in text.split("\n"):
        stripped = tidy(row)
        if not stripped or re.fullmatch(r"[-*_=\s]{3,}|\|?[\s:|-]+\|[\s:|-]*", stripped):
            continue
        if heading := re.match(r"(#{1,6})\s+(.*?)\s*#*$", stripped):
            lines.append(Line(_inline(heading[2]), len(heading[1])))
        elif stripped.startswith("|") and stripped.endswith("|"):
            lines.append(Line(table_row(_inline(stripped.strip("|")).split("|")), table=True))
        else:
            lines.append(Line(_inline(re.sub(r"^(?:>\s*|[-*+]\s+)", "", stripped))))
    return Source(name, tuple(x for x in lines if x.text), head=head)


def _inline(text: str) -> str:
    """Without the marks of bold, code and links, and without escapes."""
    text = re.sub(r"\*\*(.+?)\*\*|__(.+?)__", lambda m: m[1] or m[2], text)
    text = re.sub(r"\[([^\]]+)\]\(https?://[^)]*\)", r"\1", text)
    return re.sub(r"\\([\\`*_{}\[\]()#+\-.!|>])", r"\1", text)
