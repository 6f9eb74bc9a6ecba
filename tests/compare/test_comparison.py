"""The figures of the two Cybersecurity Laws, and the rules behind them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lawqa.cli import main
from lawqa.compare.alignment import align_units, units_of
from lawqa.compare.comparison import Comparison, compare
from lawqa.compare.html import document, page
from lawqa.corpus import Corpus, Item, Paragraph, Provision, Reference, load_corpus
from lawqa.errors import UsageError
from lawqa.lawqa import LawQA
from lawqa.settings import load_settings


@pytest.fixture(scope="module")
def texts() -> Corpus:
    return load_corpus(load_settings({}).corpus)


@pytest.fixture(scope="module")
def laws(texts: Corpus) -> Comparison:
    return compare(texts, "cybersecurity-law-2016", "cybersecurity-law-2025")


def _numbers(comparison: Comparison, kind: str, side: str) -> list[str]:
    refs = [getattr(r, side) for r in comparison.rows if r.kind == kind]
    return [str(r).rpartition(":")[2] for r in refs]


def test_the_figures_of_the_amendment(laws: Comparison) -> None:
    assert laws.counts == {"same": 62, "references": 4, "changed": 11, "merged": 2, "new": 4}
    assert laws.substance == 13
    assert _numbers(laws, "new", "b") == ["3", "20", "63", "73"]
    assert _numbers(laws, "references", "a") == ["34", "63", "67", "73"]
    merged = {r.a: r.b for r in laws.rows if r.kind == "merged"}
    assert merged == {
        "cybersecurity-law-2016:64": "cybersecurity-law-2025:71",
        "cybersecurity-law-2016:66": "cybersecurity-law-2025:71",
    }


def test_every_article_of_both_is_accounted_for(laws: Comparison, texts: Corpus) -> None:
    assert {r.a for r in laws.rows if r.a} == {str(p.ref) for p in texts.instrument("cybersecurity-law-2016").articles}
    assert {r.b for r in laws.rows if r.b} == {str(p.ref) for p in texts.instrument("cybersecurity-law-2025").articles}
    assert sum(sum(c.values()) for c in laws.chapters.values()) == len(laws.rows)


def test_the_runs_give_both_texts_back(laws: Comparison, texts: Corpus) -> None:
    for row in laws.rows:
        if row.a:
            assert "".join(r.a for r in row.runs) == texts.provision(texts.parse(row.a)).text
        if row.b:
            assert "".join(r.b for r in row.runs) == texts.provision(texts.parse(row.b)).text


def test_the_draft_and_the_measures(texts: Corpus) -> None:
    both = compare(texts, "genai-measures-draft-2023", "genai-interim-measures-2023")
    pairs = {str(r.a).rpartition(":")[2]: str(r.b).rpartition(":")[2] for r in both.rows if r.kind == "changed"}
    assert pairs.items() >= {"4": "4", "5": "9", "6": "17", "7": "7", "14": "13", "16": "12", "20": "21"}.items()
    assert "9" in _numbers(both, "dropped", "a")
    assert "3" in _numbers(both, "new", "b")


def test_a_document_against_itself_or_a_digest(texts: Corpus) -> None:
    with pytest.raises(UsageError, match="两份不同的文件"):
        compare(texts, "data-security-law-2021", "data-security-law-2021")
    with pytest.raises(UsageError, match="摘编"):
        compare(texts, "next-gen-ai-plan-2017", "data-security-law-2021")


def _article(document: str, number: int, text: str) -> Provision:
    lines = text.split("|")
    items = tuple(Item(i, line) for i, line in enumerate(lines[1:], 1))
    ref = Reference(document, str(number))
    return Provision(ref, f"第{number}条", "", (), (Paragraph(1, lines[0], items),), True, f"第{number}条")


def test_split_and_swapped_articles() -> None:
    first = "网络运营者应当制定应急预案，及时处置系统漏洞，并在发生事件时启动预案"
    second = "网络运营者应当为公安机关侦查犯罪的活动提供技术支持和必要的协助，不得拒绝"
    third = "国家鼓励开发数据安全保护技术，促进公共数据资源开放，推动技术创新"
    old = units_of(
        [_article("a", 1, first + "。" + second), _article("a", 2, third), _article("a", 3, "本法自公布之日起施行")]
    )
    new = units_of(
        [
            _article("b", 1, third),
            _article("b", 2, first),
            _article("b", 3, second),
            _article("b", 4, "本法自公布之日起施行"),
        ]
    )
    found = align_units(old, new)
    assert (1, 0) in found.pairs  # moved before the others: alignment need not keep the order
    assert {(0, 1), (0, 2)} & set(found.pairs)
    assert set(found.split.values()) == {0}


def test_the_page_is_self_contained_and_escaped(laws: Comparison) -> None:
    whole = document(laws)
    assert not re.search(r"(?:src|href)=|https?:", whole)
    assert whole.count("<tr class=") == len(laws.rows)
    assert "<style>" not in page(laws, style=False)
    assert "Same wording: 62" in page(laws, lang="en")
    assert page(laws, changed_only=True).count('class="same"') == 0


def test_the_command(
    lawqa: LawQA, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAWQA_INDEX", str(lawqa.settings.index))
    assert main(["compare", "旧网安法", "《网络安全法》（2025年）", "--html", str(tmp_path / "o.html")]) == 0
    assert "文字相同62" in capsys.readouterr().out
    assert (tmp_path / "o.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert main(["compare", "没有这份法", "网安法"]) == 2
    assert "没有标识或名称为“没有这份法”的文件" in capsys.readouterr().err
