"""Two versions of one text: the numbers are those of the comparison, the pairs its alignment."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from lawqa.answer.sides.renumbered import became
from lawqa.answer.sides.versions import changed_pieces
from lawqa.compare.comparison import KINDS
from lawqa.lawqa import LawQA
from lawqa.retrieve.sides import Sides
from tests.answer.sides.articles import article
from tests.conftest import TODAY

CSL, OLD_CSL = "cybersecurity-law-2025", "cybersecurity-law-2016"
GENAI, DRAFT = "genai-interim-measures-2023", "genai-measures-draft-2023"


def answered(lawqa: LawQA, question: str) -> str:
    return lawqa.ask(question, as_of=TODAY).answer


@pytest.mark.parametrize(
    ("question", "a", "b"),
    [("新旧网络安全法改了什么？", OLD_CSL, CSL), ("暂行办法最后改了征求意见稿的什么", DRAFT, GENAI)],
)
def test_the_counts_are_those_of_the_comparison(lawqa: LawQA, question: str, a: str, b: str) -> None:
    text = answered(lawqa, question)
    for kind, number in lawqa.compare(a, b).counts.items():
        assert f"{KINDS[kind][0]}{number}条" in text
    assert f"lawqa compare {a} {b}" in text


@pytest.mark.parametrize(
    "question",
    [
        "新旧网络安全法改了什么？",
        "网络安全法2016年版和2025年版的罚款有什么变化？",
        "征求意见稿和暂行办法在备案和罚款上有什么差别？",
    ],
)
def test_the_pairs_are_those_of_the_alignment(lawqa: LawQA, question: str) -> None:
    answer = lawqa.ask(question, as_of=TODAY)
    old, new = (OLD_CSL, CSL) if "网络安全法" in question else (DRAFT, GENAI)
    became = {(r.a, r.b) for r in lawqa.compare(old, new).rows}
    cited = list(dict.fromkeys(re.sub(r"(:\w+).*", r"\1", c.ref) for c in answer.citations))
    olds, news = ([ref for ref in cited if ref.startswith(f"{id}:")] for id in (old, new))
    assert olds
    assert news
    for ref in olds:
        assert any((ref, other) in became for other in [*news, None])
    for ref in news:
        assert any((other, ref) in became for other in [*olds, None])


def test_the_penalties_that_really_differ(lawqa: LawQA) -> None:
    text = answered(lawqa, "网络安全法2016年版和2025年版的罚款有什么变化？")
    assert "**（2016年）第五十九条 → （2025年修正）第六十一条**：内容修改；旧文本两款，新文本三款" in text
    assert "旧文本“一百万元”，新文本“一千万元”" in text
    assert "其中说到“罚款”而有改动的有9处" in text
    assert "说到“罚款”的改动还有：" in text
    assert "施行日期" not in text


def test_articles_that_became_one_stand_together(lawqa: LawQA) -> None:
    text = answered(lawqa, "新旧网络安全法改了什么？")
    assert "**（2016年）第六十四条、第六十六条、第七十条 → （2025年修正）第七十一条**：旧文本三条并为新文本一条" in text


def test_what_was_kept_is_said_to_be(lawqa: LawQA) -> None:
    text = answered(lawqa, "网络安全法（2016）与网络安全法（2025）实名制要求对比")
    assert "**（2016年）第二十四条 → （2025年修正）第二十六条**：文字相同" in text


def test_what_stands_on_one_side_only(lawqa: LawQA) -> None:
    assert "**征求意见稿第九条**：删去，新文本没有文字相近的条文" in answered(lawqa, "意见稿里的实名要求正式稿还保留吗")
    text = answered(lawqa, "2016年网络安全法和2025年网络安全法关于人工智能的规定有什么不同")
    assert "**（2025年修正）第二十条**：新增，旧文本没有文字相近的条文" in text
    assert "（2016年）的条文里没有“人工智能”一词" in text


def test_beside_a_new_article_the_one_that_was_dropped(lawqa: LawQA) -> None:
    text = answered(lawqa, "意见稿和暂行办法对投诉处理有什么不同")
    assert "**正式文本第十五条**：新增" in text
    assert "**征求意见稿第十三条**：删去" in text


@pytest.mark.parametrize(
    ("question", "kinds", "none"),
    [
        ("网安法2025年修正新增了哪些条款", {"新增"}, ""),
        ("这次修改网络安全法，删掉了哪些条？", {"旧文本三条并为新文本一条"}, "没有整条删去的条文"),
    ],
)
def test_one_kind_of_change_is_asked_for(lawqa: LawQA, question: str, kinds: set[str], none: str) -> None:
    text = answered(lawqa, question)
    said = {m[1] for m in re.finditer(r"^\*\*（[^*]+\*\*：(旧文本三条并为新文本一条|[^；，。]+)", text, re.MULTILINE)}
    assert said == kinds
    assert none in text


def test_only_what_changed_of_a_long_article_is_quoted() -> None:
    old = article("5", "应当：", "依照第七条处理。", items=("（一）告知；", "（二）记录。")).provision
    new = article(
        "6", "应当：", "依照第九条处理。", "情节严重的，从重处罚。", items=("（一）告知；", "（二）备案。")
    ).provision
    assert [text for _, text in changed_pieces(new, [old])] == ["应当：", "（二）备案。", "情节严重的，从重处罚。"]
    assert [text for _, text in changed_pieces(old, [new])] == ["应当：", "（二）记录。"]
    assert [text for _, text in changed_pieces(old, [old])] == ["应当："]


def test_an_abridged_text_is_not_compared(lawqa: LawQA) -> None:
    question = lawqa.understand("有什么变化", TODAY)
    digests = tuple(i.id for i in lawqa.corpus.instruments if i.is_digest)[:2]
    table = lawqa.answerer.compared(replace(question, sides=Sides(digests, True)))
    assert table is not None
    assert not table.blocks
    assert "只有摘编" in table.opening


@pytest.mark.parametrize(
    ("ref", "said"),
    [
        (f"{OLD_CSL}:21", "2016年文本第二十一条在2025年修正文本中为第二十三条。"),
        (f"{OLD_CSL}:59", "2016年文本第五十九条在2025年修正文本中对应第六十一条，内容有改动。"),
        (f"{OLD_CSL}:66", "2016年文本第六十六条在2025年修正文本中并入第七十一条。"),
        (f"{CSL}:21", ""),
    ],
)
def test_what_became_of_an_article(lawqa: LawQA, ref: str, said: str) -> None:
    assert became(lawqa.corpus, lawqa.compare(OLD_CSL, CSL), ref) == said


def test_what_was_dropped_became_nothing(lawqa: LawQA) -> None:
    comparison = lawqa.compare(DRAFT, GENAI)
    assert became(lawqa.corpus, comparison, f"{DRAFT}:9") == "征求意见稿第九条在正式文本中没有文字相近的条文。"


def test_an_article_by_its_old_number(lawqa: LawQA) -> None:
    said = answered(lawqa, "网络安全法第二十一条现在是等级保护吗")
    assert "2016年文本第二十一条在2025年修正文本中为第二十三条。" in said
    assert "**（2016年）第二十一条 → （2025年修正）第二十三条**" in said
    assert "→ （2025年修正）第二十一条**" in said
    once = answered(lawqa, "网络安全法原第五十九条现在是第几条")
    assert "2016年文本第五十九条在2025年修正文本中对应第六十一条，内容有改动。" in once
    assert "→ （2025年修正）第五十九条**" not in once
