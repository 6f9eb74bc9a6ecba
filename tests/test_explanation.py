from __future__ import annotations

import json

import pytest

from lawqa.cli import main
from lawqa.lawqa import LawQA

QUESTIONS = (
    "泄露个人信息罚多少钱？",
    "暂行办法第七条是什么？",
    "暂行办法第三十条",
    "网信办发布的标识办法什么时候施行",
    "今天吃什么",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_it_explains_the_answer_that_is_given(lawqa: LawQA, question: str) -> None:
    answer, found = lawqa.ask(question), lawqa.explain(question, k=5)
    assert (found.status, found.reason) == (answer.status, answer.reason)
    assert found.evidence == answer.evidence
    quoted = [ref for c in found.candidates for ref in c.quoted]
    assert sorted(quoted) == sorted(c.ref for c in answer.citations if not c.ref.startswith("catalog:"))
    assert [c.rank for c in found.candidates][:5] == [1, 2, 3, 4, 5]
    assert all(c.why for c in found.candidates)
    assert all(c.signals for c in found.candidates)


def test_the_evidence_adds_up(lawqa: LawQA) -> None:
    import math

    found = lawqa.explain("训练数据有什么要求？")
    z = found.intercept + sum(f.contribution for f in found.features)
    assert found.evidence == pytest.approx(1 / (1 + math.exp(-z)), abs=1e-3)


def test_a_named_provision_is_the_reason(lawqa: LawQA) -> None:
    first, second = lawqa.explain("暂行办法第七条是什么？", k=2).candidates
    assert first.why == "问题点名的条文"
    assert first.quoted
    assert second.why == "问题点名了别的条文"
    assert not second.quoted


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "那第八条呢？", "--history", "暂行办法第七条", "-k", "2"]) == 0
    text = capsys.readouterr().out
    for part in ("一、问题的理解", "接着上一个问题", "二、依据", "界限", "三、条文", "【引用】", "【略过】"):
        assert part in text
    assert main(["explain", "训练数据有什么要求？", "--json", "-k", "3"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["candidates"][0]["chosen"] is True
    assert {"probability", "threshold", "features"} <= set(data["evidence"])
    assert main(["explain", "训练数据", "-k", "0"]) == 2
    assert "-k" in capsys.readouterr().err
