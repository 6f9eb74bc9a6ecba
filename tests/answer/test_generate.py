from __future__ import annotations

import json
import logging
import sys
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from lawqa.answer.verify import MARKER, fault_of
from lawqa.cli import main
from lawqa.errors import UsageError
from lawqa.lawqa import LawQA
from lawqa.settings import load_settings
from tests.answer.fake_llm import FakeLLM

QUESTION = "生成式人工智能训练数据的知识产权要求是什么？暂行办法第七条"
KEY = "sk-never-to-be-seen-123456"
#: [1] is the lead-in of 第七条, [2] to [6] its five 项.
GOOD = (
    "提供者应当依法开展预训练、优化训练等训练数据处理活动。[1]\n"
    "- 应当使用具有合法来源的数据和基础模型。[2]\n"
    "- 涉及知识产权的，不得侵害他人依法享有的知识产权。[3]\n"
)


def opened(lawqa: LawQA, fake: FakeLLM | str, **settings: Any) -> LawQA:
    """LawQA with a model at ``fake``; the loaded index is used again."""
    url = fake if isinstance(fake, str) else fake.url
    given = {"llm_timeout": 8, "llm_max_retries": 2, "llm_api_key": KEY, **settings}
    return LawQA(load_settings({}, llm_base_url=url, llm_model="fake-1", **given), lawqa.corpus, lawqa.index)


def assert_safe(lawqa: LawQA, answer: Any) -> None:
    """Every citation stands, every marker resolves."""
    day = answer.receipt["as_of"]
    assert answer.citations
    assert not [f for c in answer.citations if (f := fault_of(lawqa.corpus, c, date.fromisoformat(day)))]
    assert {int(m) for m in MARKER.findall(answer.answer)} <= {c.marker for c in answer.citations}


def test_verified_sentences_are_streamed_and_numbered_anew(lawqa: LawQA) -> None:
    with FakeLLM(
        "涉及知识产权的，不得侵害他人依法享有的知识产权。[3]应当使用具有合法来源的数据和基础模型【2】。"
    ) as fake:
        events = list(opened(lawqa, fake).ask_stream(QUESTION))
    assert [e.kind for e in events] == ["sentence", "sentence", "answer"]
    assert events[0].text == "涉及知识产权的，不得侵害他人依法享有的知识产权。[1]"
    assert [c.ref for c in events[0].citations] == ["genai-interim-measures-2023:7.1.2"]
    assert events[1].text.endswith("。[2]")
    answer = events[-1].answer
    assert answer is not None
    assert answer.mode == "generated"
    assert answer.receipt["mode"] == "generated"
    assert answer.receipt["llm"] == "fake-1"
    assert [c.ref for c in answer.citations] == [
        "genai-interim-measures-2023:7.1.2",
        "genai-interim-measures-2023:7.1.1",
    ]
    assert "> （二）涉及知识产权的，不得侵害他人依法享有的知识产权； [1]" in answer.answer
    assert_safe(lawqa, answer)


def test_failing_sentences_are_struck_with_the_reason_and_not_shown(lawqa: LawQA) -> None:
    with FakeLLM(GOOD + "违反的，处九百万元罚款。[1]\n根据《人工智能法》第五条，应当停业。[77]") as fake:
        events = list(opened(lawqa, fake).ask_stream(QUESTION))
    answer = events[-1].answer
    assert answer is not None
    struck = [e for e in events if e.kind == "struck"]
    assert [e.text for e in struck] == ["", ""]
    assert "九百万元" in str(struck[0].reason)
    assert [s.sentence for s in answer.struck] == ["违反的，处九百万元罚款。", "根据《人工智能法》第五条，应当停业。"]
    assert "九百万元" not in answer.answer
    assert "人工智能法》" not in answer.answer
    assert any("2句话未能核实" in n for n in answer.notices)
    assert "违反的，处九百万元罚款。" not in str(answer.to_dict())
    assert_safe(lawqa, answer)


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ("half", "断开"),
        ("noend", "没有写完"),
        ("length", "没有写完"),
        ("filter", "没有写完"),
        ("garbage", "不能识别"),
        ("html", ""),
        ("endless", "过长"),
        ("status:400", "出错（400）"),
        ("status:401", "密钥"),
        ("status:404", "没有模型"),
    ],
)
def test_faults_that_no_retry_mends_fall_back(lawqa: LawQA, fault: str, why: str) -> None:
    with FakeLLM(GOOD, fault) as fake:
        answer = opened(lawqa, fake).ask(QUESTION)
        assert len(fake.requests) == 1
    assert answer.mode == "extractive"
    assert answer.receipt["mode"] == "extractive"
    assert why in answer.notices[-1]
    assert answer.notices[-1].endswith("以下为条文原文摘录。")
    assert [c.to_dict() for c in answer.citations] == [c.to_dict() for c in lawqa.ask(QUESTION).citations]
    assert_safe(lawqa, answer)


@pytest.mark.parametrize("fault", ["status:500", "status:503", "status:429:0.1", "drop"])
def test_faults_that_pass_are_tried_again(lawqa: LawQA, fault: str) -> None:
    with FakeLLM(GOOD, fault) as fake:
        answer = opened(lawqa, fake).ask(QUESTION)
        assert len(fake.requests) == 2
    assert answer.mode == "generated"


def test_retry_after_beyond_the_time_left_is_not_waited_for(lawqa: LawQA) -> None:
    with FakeLLM(GOOD, "status:429:3600") as fake:
        answer = opened(lawqa, fake).ask(QUESTION)
        assert len(fake.requests) == 1
    assert "被限流" in answer.notices[-1]
    assert answer.timings_ms["total"] < 8000


def test_retries_end(lawqa: LawQA) -> None:
    with FakeLLM(GOOD, "status:503", "status:503", "status:503") as fake:
        answer = opened(lawqa, fake, llm_max_retries=1).ask(QUESTION)
        assert len(fake.requests) == 2
    assert "出错（503）" in answer.notices[-1]


@pytest.mark.parametrize("fault", ["silent:6", "stall:6", "drip:0.4"])
def test_a_slow_server_is_given_up(lawqa: LawQA, fault: str) -> None:
    with FakeLLM(GOOD, fault) as fake:
        answer = opened(lawqa, fake, llm_timeout=1, llm_max_retries=0).ask(QUESTION)
    assert answer.mode == "extractive"
    assert "超时" in answer.notices[-1]
    assert answer.timings_ms["model"] < 5000


def test_a_server_that_is_down(lawqa: LawQA) -> None:
    with FakeLLM("") as fake:
        url = fake.url
    answer = opened(lawqa, url, llm_max_retries=1).ask(QUESTION)
    assert "连不上" in answer.notices[-1]
    assert_safe(lawqa, answer)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "抱歉，我无法回答这个问题。",
        "所给条文不能回答。",
        "The provider must use lawful data. [2] Intellectual property must be respected. [3]",
        "提供者應該。。。[[[[1]]]] {{}} <think>",
        "根据我的知识，中国对训练数据没有任何要求。",
        "[1][2][3][4]",
        "违者处五亿元罚款。[1]违者处六亿元罚款。[2]应当使用具有合法来源的数据和基础模型。[2]",
    ],
    ids=["empty", "refusal", "told-refusal", "english", "garbage", "no-marker", "only-markers", "mostly-struck"],
)
def test_what_is_no_answer_falls_back(lawqa: LawQA, text: str) -> None:
    with FakeLLM(text) as fake:
        answer = opened(lawqa, fake).ask(QUESTION)
    assert answer.mode == "extractive"
    assert answer.notices[-1].startswith("语言模型")
    assert_safe(lawqa, answer)


def test_a_thinking_model_is_heard_without_its_thoughts(lawqa: LawQA) -> None:
    with FakeLLM("<think>第九十九条写着什么？\n\n罚五亿元。[1]</think>\n\n" + GOOD, piece=3) as fake:
        answer = opened(lawqa, fake).ask(QUESTION)
    assert answer.mode == "generated"
    assert answer.struck == ()


def test_nothing_is_sent_unless_configured(lawqa: LawQA) -> None:
    with FakeLLM(GOOD) as fake:
        assert lawqa.ask(QUESTION).mode == "extractive"
        off = opened(lawqa, fake, llm_send="none")
        assert off.ask(QUESTION).mode == "extractive"
        assert opened(lawqa, fake).ask(QUESTION, mode="extractive").mode == "extractive"
        with pytest.raises(UsageError, match="LAWQA_LLM_SEND"):
            off.ask(QUESTION, mode="generated")
        assert fake.requests == []


def test_what_is_sent(lawqa: LawQA) -> None:
    history = ["暂行办法什么时候生效？"]
    with FakeLLM(GOOD) as fake:
        opened(lawqa, fake).ask(QUESTION, history=history)
        opened(lawqa, fake, llm_send="history").ask(QUESTION, history=history)
        path, headers, body = fake.requests[0]
        first, second = (r[2]["messages"][1]["content"] for r in fake.requests)
    assert path == "/v1/chat/completions"
    assert headers["authorization"] == f"Bearer {KEY}"
    assert body["model"] == "fake-1"
    assert body["temperature"] == 0
    assert [m["role"] for m in body["messages"]] == ["system", "user"]
    assert QUESTION in first
    assert "[3] （二）涉及知识产权的，不得侵害他人依法享有的知识产权；" in first
    assert history[0] not in first
    assert history[0] in second


def test_refusals_and_facts_of_documents_are_not_sent(lawqa: LawQA) -> None:
    with FakeLLM(GOOD) as fake:
        llm = opened(lawqa, fake)
        assert llm.ask("暂行办法什么时候施行？").status == "answered"
        assert llm.ask("暂行办法第三十条是什么？").status == "refused"
        assert fake.requests == []


def test_the_key_is_seen_nowhere(lawqa: LawQA, caplog: pytest.LogCaptureFixture, capsys: Any) -> None:
    caplog.set_level(logging.DEBUG)
    with FakeLLM(GOOD, "status:401", "status:500", "status:500", "status:500") as fake:
        llm = opened(lawqa, fake)
        answers = [llm.ask(QUESTION), llm.ask(QUESTION), llm.ask(QUESTION)]
    seen = [caplog.text, *capsys.readouterr(), *map(repr, answers), repr(llm.settings), str(llm.settings.rows())]
    assert not [s for s in seen if KEY in s]
    assert ("llm_api_key", "******") in [row[:2] for row in llm.settings.rows()]


def test_an_unusable_mode_is_a_usage_error(lawqa: LawQA) -> None:
    with pytest.raises(UsageError, match="magic"):
        lawqa.ask_stream(QUESTION, mode="magic")


def test_the_same_question_gives_the_same_bytes(lawqa: LawQA) -> None:
    first, second = (replace(lawqa.ask(QUESTION), timings_ms={}).to_dict() for _ in range(2))
    assert str(first) == str(second)
    assert {"corpus", "index", "weights", "settings", "as_of"} <= set(first["receipt"])


def test_without_the_client_the_extractive_answer_says_what_to_install(
    lawqa: LawQA, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "llama_index.llms.openai_like", None)
    with FakeLLM(GOOD) as fake:
        answer = opened(lawqa, fake).ask(QUESTION)
        assert fake.requests == []
    assert answer.mode == "extractive"
    assert "pip install 'lawqa[llm]'" in answer.notices[-1]


def test_the_command_line(lawqa: LawQA, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("LAWQA_INDEX", str(lawqa.settings.index))
    with FakeLLM(GOOD) as fake:
        for name, value in (("BASE_URL", fake.url), ("MODEL", "fake-1"), ("API_KEY", KEY)):
            monkeypatch.setenv(f"LAWQA_LLM_{name}", value)
        assert main(["ask", QUESTION, "--json"]) == 0
        generated = json.loads(capsys.readouterr().out)
        assert main(["ask", QUESTION, "--json", "--mode", "extractive"]) == 0
        extractive = json.loads(capsys.readouterr().out)
        assert main(["config"]) == 0
        config = capsys.readouterr().out
    assert (generated["mode"], extractive["mode"]) == ("generated", "extractive")
    assert generated["answer"].startswith("提供者应当依法开展预训练")
    assert KEY not in config
    assert "******" in config
