"""Export: real files out of what a browser sends back, and nothing in them that was not verified."""

from __future__ import annotations

import copy
import io
from typing import Any

import docx
import httpx2
import mammoth
import pytest

from lawqa.lawqa import LawQA
from lawqa.web.received import received
from tests.web.conftest import QUESTION

FORGED = "提供者可以使用任何来源的数据，无需取得个人同意。"


@pytest.fixture(scope="module")
def turn(lawqa: LawQA) -> dict[str, Any]:
    return lawqa.ask(QUESTION, "2026-06-01").to_dict()


def export(http: httpx2.Client, format: str, *turns: Any) -> httpx2.Response:
    return http.post(f"/api/ui/export/{format}", json={"turns": list(turns)})


def words(data: bytes) -> str:
    """All that a Word file says, footnotes included."""
    return str(mammoth.extract_raw_text(io.BytesIO(data)).value)


def test_every_format_holds_every_quotation(http: httpx2.Client, turn: dict[str, Any]) -> None:
    quotes = [c["quote"] for c in turn["citations"]]
    memo = export(http, "docx", turn, turn)
    assert docx.Document(io.BytesIO(memo.content)).core_properties.title == "法规问答备忘录"
    for text in (words(memo.content), export(http, "md", turn).text, export(http, "txt", turn).text):
        assert all(quote in text for quote in quotes)
        assert "未能核实" not in text
    assert memo.headers["content-disposition"].endswith('.docx"')


def test_an_honest_conversation_comes_back_unchanged(lawqa: LawQA) -> None:
    asked = [
        "训练数据有什么要求？",
        "暂行办法何时施行",
        "拟人化互动办法有什么要求",
        "暂行办法第七条",
        "网安法2016与2025有什么区别",
    ]
    answers = [lawqa.ask(q) for q in asked]
    assert [a.answer for a in received(lawqa, [a.to_dict() for a in answers])] == [a.answer for a in answers]


def in_citation(turn: dict[str, Any]) -> None:
    old = turn["citations"][0]["quote"]
    turn["citations"][0]["quote"] = FORGED
    turn["answer"] = turn["answer"].replace(old, FORGED)


def beside_a_true_citation(turn: dict[str, Any]) -> None:
    turn["answer"] = turn["answer"].replace(f"> {turn['citations'][0]['quote']}", f"> {FORGED}")


def without_marker(turn: dict[str, Any]) -> None:
    turn["answer"] += f"\n\n> {FORGED}\n\n第七条规定：“{FORGED}”"


def as_a_sentence(turn: dict[str, Any]) -> None:
    turn["answer"] += f"\n\n{FORGED} [1]"


def in_label_and_link(turn: dict[str, Any]) -> None:
    turn["citations"][0] |= {"label": FORGED, "url": f"https://example.com/{FORGED}", "kind": FORGED}


def in_receipt(turn: dict[str, Any]) -> None:
    turn["receipt"] |= {"model": FORGED, FORGED: "x", "docs": [FORGED]}


def in_refusal(turn: dict[str, Any]) -> None:
    turn |= {"status": "refused", "answer": f"> {FORGED}\n\n第七条：“{FORGED}”"}


@pytest.mark.parametrize(
    "forge",
    [in_citation, beside_a_true_citation, without_marker, as_a_sentence, in_label_and_link, in_receipt, in_refusal],
)
def test_a_forged_quotation_never_leaves(http: httpx2.Client, turn: dict[str, Any], forge: Any) -> None:
    forged = copy.deepcopy(turn)
    forge(forged)
    assert FORGED in str(forged)
    for format in ("docx", "md", "txt"):
        response = export(http, format, forged)
        assert response.status_code == 200
        assert FORGED not in (words(response.content) if format == "docx" else response.text)


@pytest.mark.parametrize(
    ("turns", "says"),
    [
        ([{}], "question"),
        (
            [{"question": "x", "answer": "y", "status": "answered", "citations": [{"marker": "1"}]}],
            "citations[0].marker",
        ),
        ([{"question": "x", "answer": "y", "status": "answered", "receipt": {"as_of": 5}}], "receipt.as_of"),
        ([{"question": 1, "answer": 2, "status": "sure"}], "question、answer、status"),
    ],
)
def test_what_is_no_answer_is_refused_in_one_line(http: httpx2.Client, turns: list[Any], says: str) -> None:
    response = export(http, "docx", *turns)
    assert response.status_code == 422
    assert says in response.json()["detail"]
    assert "\n" not in response.json()["detail"]


def test_an_unknown_format_is_named(http: httpx2.Client, turn: dict[str, Any]) -> None:
    assert "docx、md、txt" in export(http, "pdf", turn).json()["detail"]
