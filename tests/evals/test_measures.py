"""Measures against values worked out by hand, against ir_measures itself, and under permutation."""

import math
import random

import ir_measures
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawqa.errors import UsageError
from lawqa.evals.retrieval_measures import DEFAULT, parse_measures, recall_curve, retrieval_scores
from lawqa.evals.run import ranked


def value(scores, measure, question):
    top, bottom = scores[measure][question]
    return top / bottom


def test_values_by_hand():
    qrels = {"a": {"x": 1, "y": 1}, "b": {"z": 1}, "c": {"k": 1}}
    run = {"a": ranked([("n", 3.0), ("x", 2.0), ("y", 1.0)]), "b": ranked([("z", 1.0)])}
    scores = retrieval_scores(qrels, run, ["R@2", "RR@10", "nDCG@10", "Success@1", "Judged@10"])
    assert [value(scores, "R@2", q) for q in "abc"] == [0.5, 1.0, 0.0]
    assert [value(scores, "RR@10", q) for q in "abc"] == [0.5, 1.0, 0.0]
    assert [value(scores, "Success@1", q) for q in "abc"] == [0.0, 1.0, 0.0]
    gain = (1 / math.log2(3) + 1 / math.log2(4)) / (1 + 1 / math.log2(3))
    assert value(scores, "nDCG@10", "a") == pytest.approx(gain)
    assert value(scores, "Judged@10", "a") == pytest.approx(2 / 3)


def test_a_judged_question_that_the_run_lacks_counts_as_zero():
    scores = retrieval_scores({"a": {"x": 1}, "b": {"x": 1}}, {"a": {"x": 1.0}}, ["R@5"])
    assert scores["R@5"] == {"a": (1.0, 1.0), "b": (0.0, 1.0)}


def test_an_empty_run_scores_zero_throughout():
    scores = retrieval_scores({"a": {"x": 1}}, {}, DEFAULT)
    assert {v for parts in scores.values() for v in parts.values()} == {(0.0, 1.0)}


documents = st.sampled_from([f"d{n}" for n in range(8)])
runs = st.dictionaries(st.sampled_from("abcd"), st.lists(documents, min_size=1, unique=True), min_size=1)
judgements = st.dictionaries(
    st.sampled_from("abcd"), st.dictionaries(documents, st.integers(0, 2), min_size=1), min_size=1
)


@settings(max_examples=60, deadline=None)
@given(runs, judgements, st.randoms(use_true_random=False))
def test_equal_to_ir_measures_and_blind_to_the_order_of_the_input(lists, qrels, dice):
    run = {q: ranked((d, 1.0) for d in found) for q, found in lists.items()}  # all scores tie: ``ranked`` keeps order
    scores = retrieval_scores(qrels, run)
    measures = [ir_measures.parse_measure(m) for m in DEFAULT]
    expected = {(str(m.measure), m.query_id): m.value for m in ir_measures.iter_calc(measures, qrels, run)}
    for name, parts in scores.items():
        for question, (top, _) in parts.items():
            assert top == pytest.approx(expected.get((name, question), 0.0))
    shuffled_run, shuffled_qrels = _shuffled(run, dice), _shuffled(qrels, dice)
    assert retrieval_scores(shuffled_qrels, shuffled_run) == scores


def _shuffled(mapping, dice: random.Random):
    keys = list(mapping)
    dice.shuffle(keys)
    return {k: mapping[k] for k in keys}


def test_recall_grows_with_depth():
    qrels = {"a": {"x": 1, "y": 1}}
    curve = recall_curve(qrels, {"a": ranked([("x", 2.0), ("n", 1.5), ("y", 1.0)])}, 3)
    assert curve == [(1, 0.5), (2, 0.5), (3, 1.0)]


def test_unknown_measures_are_all_named():
    with pytest.raises(UsageError, match="Foo@3、Bar"):
        parse_measures(["R@5", "Foo@3", "Bar"])
