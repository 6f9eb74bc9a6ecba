"""Answers as fragments: nothing of the reader's or the law's text becomes HTML, every marker becomes its citation."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from lawqa.lawqa import LawQA
from lawqa.web.chat.answer_html import answer_html, is_answer, question_html, question_of

QUESTIONS = [
    "训练数据有什么要求？",
    "网安法21条",
    "拟人化互动办法有什么要求",
    "征求意见稿和暂行办法有什么区别",
    "GPT-5 多少钱",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_marker_becomes_a_link_to_its_citation(lawqa: LawQA, question: str) -> None:
    answer = lawqa.ask(question)
    html = answer_html(lawqa.corpus, answer.to_dict())
    links = re.findall(r'<a class="cite" href="#cite:([^"]+)" title="[^"]*">(\d+)</a>', html)
    cited = {(c.ref, str(c.marker)) for c in answer.citations}
    assert {(unescape(ref), marker) for ref, marker in links} == cited
    assert "\n" not in html
    assert is_answer(html)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_fragment_carries_its_answer(lawqa: LawQA, question: str) -> None:
    answer = lawqa.ask(question)
    html = answer_html(lawqa.corpus, answer.to_dict())
    data = re.search(r'<div class="lq-data">(.*?)</div>', html)
    assert data is not None
    assert json.loads(unescape(data[1])) == json.loads(json.dumps(answer.to_dict()))


def test_every_quote_is_shown_literally(lawqa: LawQA) -> None:
    """The law's own 1., *, _ and [1] are no Markdown: what a reader sees of a quote is the quote."""
    shown = 0
    for instrument in lawqa.corpus.instruments:
        for provision in [p for p in instrument.provisions if p.paragraphs][::6]:
            answer = lawqa.ask(provision.label)
            body = answer_html(lawqa.corpus, answer.to_dict()).split('<div class="lq-data">')[0]
            text = unescape(re.sub(r"<a class=\"cite\".*?</a>|<[^>]+>", "", body))
            for citation in answer.citations:
                if citation.quote not in text:
                    raise AssertionError((citation.ref, citation.quote))
                shown += 1
    assert shown > 150


def test_markdown_in_a_quote_is_no_markdown(lawqa: LawQA) -> None:
    answer = lawqa.ask("暂行办法第七条").to_dict()
    quote = "1. 本条 *不是* 列表，[2] 也不是引用 & <b>"
    answer["citations"][0]["quote"] = quote
    answer["answer"] = f"原文如下。\n\n> {quote} [1]"
    body = answer_html(lawqa.corpus, answer).split('<div class="lq-data">')[0]
    assert unescape(re.sub(r"<[^>]+>", "", body)) == f"原文如下。{quote}1"
    assert "<li>" not in body


def test_related_provisions_are_links(lawqa: LawQA) -> None:
    answer = lawqa.ask("训练数据有什么要求？")
    html = answer_html(lawqa.corpus, answer.to_dict())
    assert answer.related
    for ref in answer.related:
        assert f'<a class="see" href="#cite:{ref}">' in html


def test_html_in_an_answer_stays_text(lawqa: LawQA) -> None:
    answer = lawqa.ask("训练数据有什么要求？").to_dict()
    answer["answer"] = "<script>alert(1)</script> <img src=x onerror=alert(1)> [1] [77]"
    html = answer_html(lawqa.corpus, answer)
    body = html.split('<div class="lq-data">')[0]
    assert "<script" not in body
    assert "<img" not in body
    assert "[77]" in body


@pytest.mark.parametrize(
    "question", ["a\nb", "<b>粗</b> & “引号”", "# 标题\n\n- 列表", "$$x$$ `code` [1]", "</div><script>x</script>"]
)
def test_a_question_survives_the_round_trip(question: str) -> None:
    html = question_html(question)
    assert "<script" not in html
    assert "\n" not in html
    assert question_of(html) == question


def test_other_messages_hold_no_question() -> None:
    assert question_of('<div class="lq-error">x</div>') is None
