"""A provision that leaves the matter to other documents: they are quoted, or shown, in the version of the day asked."""

from __future__ import annotations

from datetime import date

from lawqa.lawqa import LawQA
from tests.conftest import TODAY


def _articles(refs: object) -> set[str]:
    return {str(r).split(".")[0] for r in refs}  # type: ignore[attr-defined]


def test_the_rules_that_a_provision_applies_are_quoted_with_it(lawqa: LawQA) -> None:
    answer = lawqa.ask("AI 生成的图片要不要打标识？", TODAY)
    cited = _articles(c.ref for c in answer.citations)
    assert "genai-interim-measures-2023:12" in cited  # 按照《互联网信息服务深度合成管理规定》…进行标识
    assert any(ref.startswith("deep-synthesis-provisions-2022:") for ref in cited)


def test_penalties_of_the_laws_that_a_provision_points_to_are_shown(lawqa: LawQA) -> None:
    answer = lawqa.ask("违反生成式人工智能服务管理暂行办法怎么处罚？", TODAY)
    assert _articles(c.ref for c in answer.citations) == {"genai-interim-measures-2023:21"}
    documents = {ref.partition(":")[0] for ref in answer.related}
    laws = {
        "data-security-law-2021",
        "personal-information-protection-law-2021",
        "science-technology-progress-law-2021",
    }
    assert documents >= {"cybersecurity-law-2025", *laws}
    assert "cybersecurity-law-2016" not in documents  # cited in 2023; the version of the day counts
    for ref in answer.related:
        provision = next(p for r, p in lawqa.corpus.provisions.items() if str(r) == ref)
        assert "罚款" in provision.text


def test_before_the_amendment_the_old_law_is_shown(lawqa: LawQA) -> None:
    answer = lawqa.ask("违反生成式人工智能服务管理暂行办法怎么处罚？", date(2024, 6, 1))
    documents = {ref.partition(":")[0] for ref in answer.related}
    assert "cybersecurity-law-2016" in documents
    assert "cybersecurity-law-2025" not in documents


def test_what_breaking_another_document_costs_is_not_cited(lawqa: LawQA) -> None:
    answer = lawqa.ask("违反个人信息保护法，最多罚多少钱？", TODAY)
    assert {c.document for c in answer.citations} == {"personal-information-protection-law-2021"}


def test_the_opening_says_what_the_provision_does(lawqa: LawQA) -> None:
    # 怎么处理 may ask for a penalty; the provision on complaints has none
    assert "法律责任" not in lawqa.ask("收到用户投诉，提供者应当怎么处理？", TODAY).answer.splitlines()[0]
    assert lawqa.ask("违反个人信息保护法，最多罚多少钱？", TODAY).answer.startswith("法律责任见")
