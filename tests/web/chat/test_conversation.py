"""The conversation in Gradio's messages: turns replaced, histories read back, failures answered."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lawqa.errors import LawqaError, UsageError
from lawqa.lawqa import LawQA
from lawqa.settings import load_settings
from lawqa.web.chat.answer_html import question_of
from lawqa.web.chat.conversation import Messages, answered, asked, failed, shown
from lawqa.web.chat.page import asking
from lawqa.web.chat.scope import Command
from lawqa.web.service import Service
from tests.answer.fake_llm import FakeLLM


def turn(lawqa: LawQA, messages: Messages, question: str, **given: Any) -> Messages:
    command = Command("ask", question, **given)
    return answered(lawqa.corpus, lawqa.ask, asked(messages, command), command)


def as_gradio_gives_back(messages: Messages) -> Messages:
    return [{**m, "content": [{"type": "text", "text": m["content"]}]} for m in messages]


def test_a_follow_up_sees_the_earlier_questions(lawqa: LawQA) -> None:
    messages = as_gradio_gives_back(turn(lawqa, [], "生成式人工智能服务管理暂行办法第七条"))
    messages = turn(lawqa, messages, "第八条呢")
    assert "#cite:genai-interim-measures-2023:8" in messages[-1]["content"]


def test_an_unusable_question_does_not_spoil_the_next(lawqa: LawQA) -> None:
    command = Command("ask", "😀")
    messages = asked([], command)
    with pytest.raises(LawqaError):
        answered(lawqa.corpus, lawqa.ask, messages, command)
    messages = failed(json.dumps({"kind": "ask", "q": "😀"}), messages)
    assert "lq-answer" in turn(lawqa, messages, "训练数据有什么要求？")[-1]["content"]


def test_asking_again_drops_the_later_turns(lawqa: LawQA) -> None:
    messages = turn(lawqa, turn(lawqa, [], "网安法21条"), "网安法22条")
    again = turn(lawqa, messages, "数据安全法21条", at=0)
    assert [question_of(m["content"]) for m in again if m["role"] == "user"] == ["数据安全法21条"]


def test_kept_turns_are_asked_anew_with_their_scope(lawqa: LawQA) -> None:
    messages = shown(
        lawqa.corpus,
        lawqa.ask,
        [{"q": "网安法21条", "as_of": "2024-05-01"}, {"q": ""}, {"q": "训练数据", "docs": ["no-such"]}],
    )
    assert "cybersecurity-law-2016:21" in messages[1]["content"]
    assert "问题是空的" in messages[3]["content"]
    assert "no-such" in messages[5]["content"]


def test_a_failure_is_said_once() -> None:
    command = json.dumps({"kind": "ask", "q": "x"})
    messages = failed(command, asked([], Command("ask", "x")))
    assert "没有得到回答" in messages[-1]["content"]
    assert failed(command, messages) == messages


@pytest.mark.parametrize("text", ["", "[]", "7", '{"at": "x"}', "null"])
def test_a_foreign_command_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="刷新"):
        Command.parse(text)


def test_binding_only_keeps_what_binds(lawqa: LawQA) -> None:
    chosen = Command("ask", "x", binding=True).documents(lawqa.corpus)
    assert "genai-interim-measures-2023" in chosen
    assert "genai-measures-draft-2023" not in chosen
    assert "ai-ethics-norms-2021" not in chosen
    with pytest.raises(UsageError, match="约束力"):
        Command("ask", "x", binding=True, docs=("ai-ethics-norms-2021",)).documents(lawqa.corpus)


@pytest.mark.parametrize("again", [False, True], ids=["asked", "reopened"])
def test_a_reopened_conversation_costs_no_language_model(lawqa: LawQA, again: bool) -> None:
    """A question goes to the model once; shown again, it is answered from the law's own words, and says so."""
    with FakeLLM("应当使用具有合法来源的数据和基础模型。[2]") as fake:
        service = Service(load_settings({}, llm_base_url=fake.url, llm_model="fake-1"))
        service._lawqa = LawQA(service.settings, lawqa.corpus, lawqa.index)
        service._ready.set()
        question = "训练数据的知识产权要求是什么？暂行办法第七条"
        messages = shown(lawqa.corpus, asking(service, again), [{"q": question}, {"q": "第八条呢"}])
    assert len(fake.requests) == (0 if again else 2)
    assert f'"mode":"{"extractive" if again else "generated"}"' in messages[1]["content"]
    for message in messages[1::2]:
        assert "lq-answered" in message["content"]
        assert ("没有再用语言模型" in message["content"]) == again


def test_without_a_language_model_a_reopened_conversation_says_nothing_of_one(lawqa: LawQA) -> None:
    service = Service(lawqa.settings)
    service._lawqa = lawqa
    service._ready.set()
    messages = shown(lawqa.corpus, asking(service, again=True), [{"q": "网安法21条"}])
    assert "语言模型" not in messages[1]["content"]
