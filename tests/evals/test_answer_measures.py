"""Answer measures on answers made by hand."""

import pytest

from lawqa.answer.answer import Answer
from lawqa.answer.citation import cite
from lawqa.evals.answer_measures import answer_scores
from lawqa.evals.question_set import EvalQuestion
from lawqa.evals.score import estimate

from .conftest import GENAI


def citation(lawqa, text, quote=None):
    from datetime import date

    ref = lawqa.corpus.parse(text)
    literal = lawqa.corpus.provision(ref).piece(ref)
    return cite(lawqa.corpus, ref, literal[:10] if quote is None else quote, date(2024, 1, 1), 1)


def values(lawqa, question, answer):
    scores = answer_scores([question], {question.id: answer} if answer else {}, lawqa.corpus)
    return {name: estimate(parts).value for name, parts in scores.items()}


ASKED = EvalQuestion(
    "q", "？", (f"{GENAI}:7", f"{GENAI}:4"), primary=f"{GENAI}:7", must_say=(("合法来源", "来源合法"), ("无",))
)


def test_citations_count_at_article_level(lawqa):
    cited = (citation(lawqa, f"{GENAI}:7.1.1"), citation(lawqa, f"{GENAI}:7.1.2"), citation(lawqa, f"{GENAI}:9"))
    found = values(lawqa, ASKED, Answer("？", "answered", "应使用具有合法 来源的数据[1]", cited))
    assert found["Cite_P"] == 0.5  # two articles cited, one of them gold
    assert found["Cite_R"] == 0.5
    assert found["Primary"] == 1.0
    assert found["Must_say"] == 0.5
    assert found["Exists"] == found["Verbatim"] == 1.0


def test_an_invented_provision_and_an_altered_quote_are_seen(lawqa):
    good = citation(lawqa, f"{GENAI}:7")
    from dataclasses import replace

    altered = replace(good, quote=good.quote + "改")
    invented = replace(good, ref=f"{GENAI}:99")
    found = values(lawqa, ASKED, Answer("？", "answered", "x", (good, altered, invented)))
    assert found["Exists"] == pytest.approx(2 / 3)
    assert found["Verbatim"] == pytest.approx(1 / 3)


def test_a_refusal_or_no_answer_at_all_says_nothing(lawqa):
    refused = values(lawqa, ASKED, Answer("？", "refused", "没有合法来源", reason="无"))
    for found in (refused, values(lawqa, ASKED, None)):
        assert [found[n] for n in ("Cite_P", "Cite_R", "Primary", "Must_say")] == [0.0] * 4
    assert refused["Refuse_P"] == 0.0


def test_refusals(lawqa):
    due = [EvalQuestion(f"u{n}", "？", (), answerable=False) for n in range(4)]
    answers = {"u0": Answer("？", "refused", ""), "u1": Answer("？", "refused", ""), "q": Answer("？", "refused", "")}
    answers |= {"u2": Answer("？", "answered", ""), "u3": Answer("？", "answered", "")}
    scores = answer_scores([*due, ASKED], answers, lawqa.corpus)
    found = {name: estimate(parts).value for name, parts in scores.items()}
    precision, recall = 2 / 3, 1 / 2
    assert found["Refuse_P"] == pytest.approx(precision)
    assert found["Refuse_R"] == pytest.approx(recall)
    assert found["Refuse_F1"] == pytest.approx(2 * precision * recall / (precision + recall))
