"""The parts under the checker: names, paraphrases."""

from __future__ import annotations

from datetime import date

import pytest

from lawqa.check.names import TextTitles
from lawqa.check.paraphrase import contradictions, quantities
from lawqa.lawqa import LawQA


@pytest.mark.parametrize(
    "definition",
    [
        "《人工智能生成合成内容标识办法》（以下简称“《办法》”）",
        "《人工智能生成合成内容标识办法》（以下简称《办法》）",
        "《人工智能生成合成内容标识办法》（下称“办法”）",
        "《人工智能生成合成内容标识办法》(简称“《办法》”或“标识新办法”)",
        "《人工智能生成合成内容标识办法》（“《办法》”）",
        "人工智能生成合成内容标识办法（以下称“《办法》”）",
    ],
)
def test_a_text_names_its_documents(checking: LawQA, definition: str) -> None:
    titles = TextTitles(checking.titles, f"{definition}第三条", date(2026, 6, 1))
    assert titles.resolve("办法", date(2026, 6, 1)) == ("ai-content-labeling-measures-2025",)


def test_a_name_for_an_unheld_document_hides_the_usual_meaning(checking: LawQA) -> None:
    titles = TextTitles(checking.titles, "《网络主播管理暂行办法》（以下简称《暂行办法》）", date(2026, 6, 1))
    assert titles.resolve("暂行办法", date(2026, 6, 1)) == ()


@pytest.mark.parametrize(
    ("a", "b"),
    [("十个工作日", "10个工作日"), ("一万元", "1万元"), ("10000元", "一万元"), ("六个月", "6 个月"), ("三日", "3天")],
)
def test_quantities_are_compared_by_value(a: str, b: str) -> None:
    assert quantities(a) == quantities(b) != set()


@pytest.mark.parametrize(
    ("claim", "law"),
    [
        ("应当在三十日内报告", "应当在十日内报告"),
        ("由公安机关处罚", "由网信部门处罚"),
        ("可以留存输入信息", "不得非法留存输入信息"),
        ("应当收集非必要个人信息", "不得收集非必要个人信息"),
        ("所有提供者都应当备案", "提供者应当备案"),
        ("提供者应当履行算法备案手续", "提供具有舆论属性或者社会动员能力的服务的，应当履行算法备案手续"),
        ("应当投保责任保险", "应当加强管理"),
    ],
)
def test_contradictions(claim: str, law: str) -> None:
    assert contradictions(claim, law)


def test_a_faithful_paraphrase_contradicts_nothing() -> None:
    law = "提供者应当在提供服务之日起十个工作日内履行备案手续，不得泄露个人信息"
    assert contradictions("提供者须在10个工作日内备案且不得泄露个人信息", law) == []
