from __future__ import annotations

import pytest

from lawqa.answer.definition import defined_pieces, defining
from lawqa.lawqa import LawQA
from tests.conftest import TODAY


@pytest.mark.parametrize(
    ("question", "article", "wanted"),
    [
        ("生成式人工智能服务的提供者是指谁？", "genai-interim-measures-2023:22", ["22.1", "22.1.2"]),
        ("隐式标识是啥", "ai-content-labeling-measures-2025:3", ["3.4"]),
        ("显式标识和隐式标识有什么区别", "ai-content-labeling-measures-2025:3", ["3.3", "3.4"]),
        # the longer of two terms that the question names: 技术支持者, not 深度合成服务
        ("深度合成服务技术支持者是什么", "deep-synthesis-provisions-2022:23", ["23.4"]),
        ("什么叫敏感个人信息", "personal-information-protection-law-2021:28", ["28.1"]),
        ("什么是关键信息基础设施", "deep-synthesis-provisions-2022:23", []),
        ("算法备案要多久", "algorithm-recommendation-provisions-2021:24", []),
        ("提供者和使用者分别指谁", "genai-interim-measures-2023:22", ["22.1", "22.1.2", "22.1.3"]),
    ],
)
def test_only_the_term_asked_about(lawqa: LawQA, question: str, article: str, wanted: list[str]) -> None:
    provision = next(p for r, p in lawqa.corpus.provisions.items() if str(r) == article)
    assert [str(ref).partition(":")[2] for ref, _ in defined_pieces(question, provision)] == wanted


def test_a_list_that_defines_comes_with_its_items(lawqa: LawQA) -> None:
    answer = lawqa.ask("什么是深度合成技术？", TODAY)
    refs = [str(c.ref) for c in answer.citations]
    assert refs == ["deep-synthesis-provisions-2022:23.2"] + [
        f"deep-synthesis-provisions-2022:23.2.{n}" for n in range(1, 7)
    ]


def test_defining_wants_the_whole_word(lawqa: LawQA) -> None:
    provision = next(p for r, p in lawqa.corpus.provisions.items() if str(r) == "cybersecurity-law-2025:78")
    assert [text[:8] for _, text in defining("网络运营者", provision)] == ["（三）网络运营者"]
    assert defining("运营者", provision) == ()
