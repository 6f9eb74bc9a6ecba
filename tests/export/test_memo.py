from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import docx
import mammoth
from lxml import etree

from lawqa.answer.answer import Answer
from lawqa.export.legal_citation import legal_citation
from lawqa.export.memo import memo
from lawqa.lawqa import LawQA

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def html_of(data: bytes) -> str:
    """The memo as an independent reader sees it, footnotes included."""
    return str(mammoth.convert_to_html(io.BytesIO(data)).value)


def test_an_independent_reader_sees_all_of_it(lawqa: LawQA, answers: list[Answer]) -> None:
    html = html_of(memo(lawqa.corpus, answers))
    headings = re.findall(r"<h1>(.*?)</h1>", html)
    assert headings == [f"{n}、{a.question}" for n, a in zip("一二三", answers, strict=True)] + ["回执"]
    notes = re.findall(r'<li id="footnote-(\d+)"><p> (.*?) <a', html)
    expected = [legal_citation(lawqa.corpus, c) for a in answers for c in a.citations]
    assert [text for _, text in notes] == expected
    for answer in answers:
        for citation in answer.citations:
            assert f"{citation.quote}<sup>" in html
    assert str(answers[2].reason) in html
    assert answers[0].receipt["corpus"] in html


def test_footnotes_are_real_and_declared(lawqa: LawQA, answers: list[Answer]) -> None:
    data = memo(lawqa.corpus, answers)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        notes = etree.fromstring(package.read("word/footnotes.xml"))
        body = etree.fromstring(package.read("word/document.xml"))
        settings = etree.fromstring(package.read("word/settings.xml"))
        styles = etree.fromstring(package.read("word/styles.xml"))
        types = package.read("[Content_Types].xml").decode()
        relations = package.read("word/_rels/document.xml.rels").decode()
    ids = [n.get(f"{W}id") for n in notes]
    assert ids[:2] == ["-1", "0"]
    assert [r.get(f"{W}id") for r in body.iter(f"{W}footnoteReference")] == ids[2:]
    assert "footnotes+xml" in types
    assert "footnotes.xml" in relations
    assert [n.get(f"{W}id") for n in settings.find(f"{W}footnotePr")] == ["-1", "0"]
    known = {s.get(f"{W}styleId") for s in styles.iter(f"{W}style")}
    used = {e.get(f"{W}val") for tree in (notes, body) for tag in ("pStyle", "rStyle") for e in tree.iter(W + tag)}
    assert used <= known


def test_the_writer_itself_reads_it_back(lawqa: LawQA, answers: list[Answer]) -> None:
    document = docx.Document(io.BytesIO(memo(lawqa.corpus, answers)))
    assert document.core_properties.title == "法规问答备忘录"
    quotes = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Quote"]
    assert quotes == [c.quote for a in answers for c in a.citations]
    assert len(document.tables) == len({str(a.receipt) for a in answers})


def test_a_marker_that_comes_again_refers_to_its_note(lawqa: LawQA, answers: list[Answer]) -> None:
    again = replace(answers[1], answer=answers[1].answer + "\n又见该条。[1]")
    assert "同前注1。" in html_of(memo(lawqa.corpus, [again]))
