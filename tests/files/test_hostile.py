"""Files that must be refused: each with one line that names the file and the reason, in bounded time and memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from docx import Document

from lawqa.files import limits
from lawqa.files.limits import FileFault
from lawqa.files.reader import read_file
from tests.files.pdfs import pdf, scan


def _docx(parts: dict[str, bytes]) -> bytes:
    """A real Word file with parts added or replaced."""
    plain, out = io.BytesIO(), io.BytesIO()
    Document().save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *parts}:
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return out.getvalue()


_ENTITY = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&e;'
    b"</w:t></w:r></w:p></w:body></w:document>"
)
CASES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "exe": ("a.docx", lambda: b"MZ\x90\0" + b"\0" * 99, "Windows 程序"),
    "old doc": ("a.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "旧格式 .doc 或加密"),
    "bomb": ("a.docx", lambda: _docx({"word/media/x.bin": b"\0" * (limits.MAX_UNPACKED + 1)}), "压缩炸弹"),
    "macro": ("a.docx", lambda: _docx({"word/vbaProject.bin": b"x"}), "含有宏"),
    "entity": ("a.docx", lambda: _docx({"word/document.xml": _ENTITY}), "DTD 或外部实体"),
    "entity in utf-16": (
        "a.docx",
        lambda: _docx({"word/document.xml": _ENTITY.decode().encode("utf-16")}),
        "DTD 或外部实体",
    ),
    "damaged xml": ("a.docx", lambda: _docx({"word/document.xml": b"<w:document"}), "不是完好的 .docx"),
    "zip": ("a.docx", lambda: _zip(), "不是 Word 文件"),
    "cut zip": ("a.docx", lambda: _docx({})[:900], "不是完好的 .docx"),
    "locked": ("a.pdf", lambda: pdf([""], locked=True), "已加密"),
    "many pages": ("a.pdf", lambda: pdf([""] * (limits.MAX_PAGES + 1)), f"{limits.MAX_PAGES + 1} 页"),
    "blank": ("a.pdf", lambda: pdf([""] * 2), "没有文字"),
    "scan": ("a.pdf", scan, "扫描页"),
    "cut pdf": ("a.pdf", lambda: b"%PDF-1.7\nnonsense", "不是完好的 PDF"),
    "pdf as docx": ("a.docx", lambda: pdf([""]), "内容却是 .pdf"),
    "text as pdf": ("a.pdf", lambda: "第一条".encode(), "内容不是 .pdf"),
    "empty": ("a.txt", lambda: b"", "空文件"),
    "binary text": ("a.txt", lambda: bytes(range(256)), "不是文本"),
    "unknown": ("a.xyz", lambda: b"hello", "不认识的类型"),
    "picture": ("a.png", lambda: b"\x89PNG\r\n", "图片"),
    "script page": ("a.html", lambda: b"<html><body><script>load()</script></body></html>", "没有文字"),
    "deep page": ("a.html", lambda: b"<html><body>" + b"<div>" * 200_000 + "甲".encode() * 60, ""),
}


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("readme.txt", "x")
    return out.getvalue()


#: What is said otherwise of a text that is to be checked, for which --ocr is no remedy.
WHOLE = {"scan": "可能是扫描件"}


@pytest.mark.parametrize("whole", [False, True], ids=["document", "whole"])
@pytest.mark.parametrize("case", CASES)
def test_refused_in_one_line(case: str, whole: bool, tmp_path: Path) -> None:
    name, content, reason = CASES[case]
    path = tmp_path / name
    path.write_bytes(content())
    if not reason:  # must only not hang or crash
        with suppress(FileFault):
            read_file(path, whole=whole)
        return
    with pytest.raises(FileFault) as found:
        read_file(path, whole=whole)
    assert (WHOLE.get(case, reason) if whole else reason) in str(found.value)
    assert str(path) in str(found.value)
    assert "\n" not in str(found.value)


def test_missing_and_folder(tmp_path: Path) -> None:
    with pytest.raises(FileFault, match="不存在"):
        read_file(tmp_path / "none.docx")
    with pytest.raises(FileFault, match="文件夹"):
        read_file(tmp_path)


def test_a_reader_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reading process is ended, and one line says so."""
    monkeypatch.setattr("lawqa.files.reader.MAX_SECONDS", 0.05)
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([""] * 500))
    with pytest.raises(FileFault, match="没有读完"):
        read_file(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("示例办法\r\n第一条　甲。".encode(encoding))
    assert read_file(path).text == "示例办法\n第一条　甲。"
