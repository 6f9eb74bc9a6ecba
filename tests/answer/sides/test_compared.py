"""Questions that set two texts side by side cite a provision of each."""

import pytest


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("征求意见稿和正式的暂行办法在罚则上有什么不同", {"genai-measures-draft-2023", "genai-interim-measures-2023"}),
        ("新旧网安法对不履行等级保护义务的罚款有什么变化", {"cybersecurity-law-2016", "cybersecurity-law-2025"}),
        (
            "标识办法和深度合成管理规定对删除标识的禁止有什么区别",
            {"ai-content-labeling-measures-2025", "deep-synthesis-provisions-2022"},
        ),
    ],
)
def test_both_texts_are_cited(lawqa, question, documents):
    answer = lawqa.ask(question)
    assert {c.document for c in answer.citations} == documents
    assert "对照如下" in answer.answer


def test_a_draft_is_not_cited_beside_the_law_unless_it_is_asked_for(lawqa):
    answer = lawqa.ask("训练数据有什么要求？")
    assert answer.citations
    assert not {c.document for c in answer.citations} & {"genai-measures-draft-2023", "cybersecurity-law-2016"}
