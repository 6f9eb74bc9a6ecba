"""Files in and out: every format read, bad ones refused in one line, annotated copies true to the input."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.oxml import OxmlElement
from lxml import html

from lawqa.check.html import annotated, document
from lawqa.check.word import annotated_docx
from lawqa.cli import main
from lawqa.errors import UsageError
from lawqa.files.reader import read_file, read_raw
from lawqa.lawqa import LawQA
from tests.files.pdfs import pdf, scan

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


def _changed(before: str, inserted: str) -> bytes:
    """A paragraph whose end is a tracked insertion."""
    file = docx.Document()
    change = OxmlElement("w:ins")
    change.append(file.add_paragraph(before).add_run(inserted)._r)
    file.paragraphs[0]._p.append(change)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def text_of(data: bytes, name: str) -> str:
    return read_raw(name, data, whole=True).text


def test_every_format_gives_its_text() -> None:
    assert text_of(TEXT.encode(), "a.txt") == TEXT
    assert text_of(TEXT.encode("gb18030"), "a.md") == TEXT
    assert text_of(b"\xef\xbb\xbf" + TEXT.encode(), "a.txt") == TEXT
    page = f"<html><head><title>x</title><script>alert(1)</script></head><body><p>{TEXT}</p><p>次段</p></body></html>"
    assert text_of(page.encode(), "a.html") == f"{TEXT}\n次段"
    assert text_of(_docx(TEXT, "次段"), "a.docx") == f"{TEXT}\n次段\n表中文字\n"
    assert "Article 7" in text_of(pdf(["Article 7 of the Interim Measures"]), "a.pdf")


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.exe", b"MZ", "不认识的类型"),
        ("a.docx", b"MZ\x90\x00", "Windows 程序"),
        ("a.pdf", b"hello", "内容不是 .pdf"),
        ("a.txt", b"\x00\x01\x02\xff", "不是文本"),
        ("a.txt", b"  \n ", "没有文字"),
        ("a.html", b"", "不是可读的网页"),
    ],
)
def test_bad_files_get_one_line(name: str, data: bytes, told: str) -> None:
    with pytest.raises(UsageError, match=told) as caught:
        text_of(data, name)
    assert "\n" not in str(caught.value)


def test_missing_files_and_folders(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(UsageError):
            read_file(path, whole=True)


def test_a_pdf_with_scanned_pages_is_checked_as_far_as_it_has_text() -> None:
    """A letter with a scanned annex: the letter is checked, and it is said what was not."""
    with pypdfium2.PdfDocument.new() as both:
        for data in (pdf(["Article 7 of the Interim Measures"]), scan()):
            with pypdfium2.PdfDocument(data) as part:
                both.import_pages(part)
        out = io.BytesIO()
        both.save(out)
    source = read_raw("a.pdf", out.getvalue(), whole=True)
    assert source.text == "Article 7 of the Interim Measures"
    assert source.doubts == ("第2页是没有文字的扫描页，没有读",)


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
    cited = _changed(TEXT[:10], TEXT[10:])
    report = checking.check(text_of(cited, "a.docx"), "2026-06-01")
    copy = docx.Document(io.BytesIO(annotated_docx(report, cited, "a.docx")))
    assert report.text == TEXT
    assert len(list(copy.comments)) == 2
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


def test_words_in_the_cell_beside_a_citation_are_its_quotation(checking: LawQA) -> None:
    words = "使用具有合法来源的数据和基础模型"
    page = f"<table><tr><th>条款<th>内容<tr><td>《暂行办法》第八条<td>{words}</table>"
    found = checking.check(text_of(page.encode(), "a.html"), "2026-06-01").citations
    assert [(c.verdict, c.quote) for c in found] == [("wrong_article", words)]
