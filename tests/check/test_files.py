"""Files in and out: every format read, bad ones refused in one line, annotated copies true to the input."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import html

from lawqa.check.html import annotated, document
from lawqa.check.reader import read_text, text_of
from lawqa.check.word import annotated_docx
from lawqa.cli import main
from lawqa.errors import UsageError
from lawqa.lawqa import LawQA

TEXT = "《暂行办法》第七条规定，“使用具有合法来源的数据和基础模型”。第八条规定，“使用具有合法来源的数据和基础模型”。"


def _docx(*lines: str) -> bytes:
    file = docx.Document()
    for line in lines:
        paragraph = file.add_paragraph()
        paragraph.add_run(line[:12])
        paragraph.add_run(line[12:]).bold = True
    table = file.add_table(1, 2)
    table.cell(0, 0).text = "表中文字"
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _pdf(text: str) -> bytes:
    """A small PDF by hand: one page, a standard font."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode("latin-1")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % o for o in offsets)
    start = len(out)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start
    )


def test_every_format_gives_its_text() -> None:
    assert text_of(TEXT.encode(), "a.txt") == TEXT
    assert text_of(TEXT.encode("gb18030"), "a.md") == TEXT
    assert text_of(b"\xef\xbb\xbf" + TEXT.encode(), "a.txt") == TEXT
    page = f"<html><head><title>x</title><script>alert(1)</script></head><body><p>{TEXT}</p><p>次段</p></body></html>"
    assert text_of(page.encode(), "a.html") == f"{TEXT}\n次段"
    assert text_of(_docx(TEXT, "次段"), "a.docx") == f"{TEXT}\n次段\n表中文字\n"
    assert "Article 7" in text_of(_pdf("Article 7 of the Interim Measures"), "a.pdf")


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.exe", b"MZ", "格式不能识别"),
        ("a.docx", b"MZ\x90\x00", "不是完好的 Word 文件"),
        ("a.pdf", b"hello", "不是完好的 PDF 文件"),
        ("a.txt", b"\x00\x01\x02\xff", "不是文本文件"),
        ("a.txt", b"  \n ", "没有文字"),
        ("a.html", b"", "不是网页"),
    ],
)
def test_bad_files_get_one_line(name: str, data: bytes, told: str) -> None:
    with pytest.raises(UsageError, match=told) as caught:
        text_of(data, name)
    assert "\n" not in str(caught.value)


def test_a_zip_bomb_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (201 * 2**20))
    with pytest.raises(UsageError, match="解压后过大"):
        text_of(out.getvalue(), "a.docx")


def test_missing_files_and_folders(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(UsageError):
            read_text(path)


def test_annotated_html_marks_and_escapes(checking: LawQA) -> None:
    text = f"<script>alert(1)</script>{TEXT}"
    report = checking.check(text, "2026-06-01")
    fragment = html.fragment_fromstring(annotated(report))
    assert not fragment.xpath("//script")
    assert [m.get("class") for m in fragment.xpath(".//mark")] == ["good", "bad"]
    assert "".join(fragment.xpath(".//div[@class='text']//text()[not(ancestor::sup)]")) == text
    whole = document(report, "核对 <结果>", lang="en")
    assert "http" not in whole
    assert "&lt;结果&gt;" in whole
    assert "Wrong article" in whole


def test_annotated_word_keeps_the_text_and_comments_the_words(checking: LawQA) -> None:
    source = _docx(TEXT, "次段")
    report = checking.check(text_of(source, "a.docx"), "2026-06-01")
    copy = docx.Document(io.BytesIO(annotated_docx(report, source, "a.docx")))
    assert [p.text for p in copy.paragraphs] == [TEXT, "次段"]
    assert len(list(copy.comments)) == len(report.citations) == 2
    highlighted = ["".join(r.text for r in p.runs if r.font.highlight_color is not None) for p in copy.paragraphs]
    assert highlighted[0] == "使用具有合法来源的数据和基础模型" * 2
    assert any(r.bold for r in copy.paragraphs[0].runs)
    fresh = docx.Document(io.BytesIO(annotated_docx(report)))
    assert fresh.paragraphs[0].text == TEXT


def test_the_command(
    checking: LawQA, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAWQA_INDEX", str(checking.settings.index))
    wrong, right = tmp_path / "wrong.txt", tmp_path / "right.txt"
    wrong.write_text(TEXT, encoding="utf-8")
    right.write_text(
        "民法典第五条规定“自愿原则”。《暂行办法》第七条要求“使用具有合法来源的数据和基础模型”。", encoding="utf-8"
    )
    assert main(["check", str(wrong), "--html", str(tmp_path / "o.html"), "--docx", str(tmp_path / "o.docx")]) == 1
    assert "条款号有误" in capsys.readouterr().out
    assert (tmp_path / "o.html").stat().st_size > 500
    assert (tmp_path / "o.docx").stat().st_size > 5000
    assert main(["check", str(right), "--json"]) == 0
    assert '"verdict": "not_held"' in capsys.readouterr().out
    assert main(["check", str(tmp_path / "none.txt")]) == 2
    assert "不存在" in capsys.readouterr().err
    assert main(["check", str(right), "--html", str(tmp_path / "no" / "o.html")]) == 2
    assert "不能写入" in capsys.readouterr().err
