"""A conversation as Gradio's messages: what was asked is read back from them, nothing is kept on the server."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from lawqa.answer.answer import Answer
from lawqa.corpus import Corpus
from lawqa.errors import LawqaError, UsageError
from lawqa.web.chat.answer_html import answer_html, error_html, is_answer, question_html, question_of
from lawqa.web.chat.scope import Command

Messages = list[dict[str, Any]]
#: question, date of the law, document ids, earlier questions → answer
Ask = Callable[[str, str | None, Sequence[str], Sequence[Mapping[str, Any]]], Answer]
_MAX_TURNS = 200


def asked(messages: Messages, command: Command) -> Messages:
    """The conversation up to the turn that the question replaces, and the question."""
    kept = messages if command.at is None else _before_turn(messages, command.at)
    return [*kept, {"role": "user", "content": question_html(command.question.strip())}]


def answered(corpus: Corpus, ask: Ask, messages: Messages, command: Command) -> Messages:
    """The conversation with the answer to its last question. Raises LawqaError for an unusable question."""
    earlier = [{"q": q} for q in _answered_questions(messages)]
    answer = ask(command.question, command.as_of, command.documents(corpus), earlier)
    return [*messages, {"role": "assistant", "content": answer_html(corpus, answer.to_dict())}]


def shown(corpus: Corpus, ask: Ask, turns: Iterable[Mapping[str, Any]]) -> Messages:
    """A conversation that the browser kept, asked anew: what is shown is always verified against today's corpus.

    A turn is ``{"q", "as_of", "docs", "binding"}``.
    """
    messages: Messages = []
    for turn in list(turns)[:_MAX_TURNS]:
        docs = tuple(map(str, turn.get("docs") or ()))
        as_of = str(turn["as_of"]) if turn.get("as_of") else None
        command = Command("ask", str(turn.get("q") or ""), as_of, docs, turn.get("binding") is True)
        messages = asked(messages, command)
        try:
            messages = answered(corpus, ask, messages, command)
        except LawqaError as error:
            messages.append({"role": "assistant", "content": error_html(str(error))})
    return messages


def failed(text: str, messages: Messages) -> Messages:
    """A sentence under a question that got no answer (server busy, stopped, broken), so that one can go on."""
    if not messages or messages[-1]["role"] != "user":
        return messages
    try:
        Command.parse(text)
        message = "没有得到回答：已停止，或服务正忙。请再问一次。"
    except UsageError as error:
        message = str(error)
    return [*messages, {"role": "assistant", "content": error_html(message)}]


def _text(message: Mapping[str, Any]) -> str:
    """A message's text; Gradio gives it back as a list of parts."""
    content = message["content"]
    if isinstance(content, str):
        return content
    return "".join(str(part.get("text", "")) for part in content if isinstance(part, Mapping))


def _answered_questions(messages: Messages) -> list[str]:
    """What a follow-up can lean on: a question that was unusable would make every later one unusable too."""
    found = (question_of(_text(q)) for q, a in pairwise(messages) if q["role"] == "user" and is_answer(_text(a)))
    return [q for q in found if q]


def _before_turn(messages: Messages, at: int) -> Messages:
    turn = -1
    for i, message in enumerate(messages):
        turn += message["role"] == "user"
        if turn == at:
            return messages[:i]
    return messages
