"""Estimates and comparisons against values worked out by hand and against scipy."""

import math

import numpy as np
import pytest
from scipy import stats

from lawqa.errors import UsageError
from lawqa.evals.comparison import compare, holm, randomisation_p
from lawqa.evals.score import estimate, per_question


def means(*values):
    return {f"q{n:03d}": (float(v), 1.0) for n, v in enumerate(values)}


def test_a_mean_and_a_share():
    assert estimate(means(1, 0, 1, 0)).value == 0.5
    shares = {"a": (3.0, 4.0), "b": (0.0, 1.0), "c": (0.0, 0.0)}
    found = estimate(shares)
    assert found.value == 0.6  # 3 of 5, not the mean of 0.75 and 0
    assert found.n == 2
    assert per_question(shares) == {"a": 0.75, "b": 0.0}


def test_the_interval_is_that_of_the_bootstrap():
    values = np.random.default_rng(1).normal(0.5, 0.1, 300)
    found = estimate(means(*values))
    expected = stats.bootstrap((values,), np.mean, method="percentile", rng=np.random.default_rng(2))
    assert found.low == pytest.approx(expected.confidence_interval.low, abs=0.002)
    assert found.high == pytest.approx(expected.confidence_interval.high, abs=0.002)
    assert found == estimate(dict(reversed(means(*values).items())))


def test_nothing_to_measure_is_not_zero():
    assert not estimate({}).defined
    assert math.isnan(estimate({"a": (0.0, 0.0)}).value)
    assert estimate(means(1, 1), only=["nobody"]).n == 0


def test_a_difference_with_its_wins_and_the_worst_first():
    a, b = {"R@5": means(1, 0, 1, 0.5)}, {"R@5": means(1, 1, 0, 0)}
    found = compare(a, b)[0]
    assert found.difference == pytest.approx(-0.125)
    assert (found.wins, found.ties, found.losses) == (1, 1, 2)
    assert [row[0] for row in found.changed] == ["q002", "q003", "q001"]
    assert found.low < found.difference < found.high


def test_no_difference_is_no_evidence():
    same = {"R@5": means(1, 0, 1)}
    found = compare(same, same)[0]
    assert (found.difference, found.p, found.changed) == (0.0, 1.0, ())


def test_randomisation_agrees_with_scipy():
    dice = np.random.default_rng(5)
    a, b = dice.random(40), dice.random(40) + 0.12
    pairs = [np.stack([v, np.ones(40)], axis=1) for v in (a, b)]
    expected = stats.permutation_test(
        (b, a), lambda x, y, axis: np.mean(x - y, axis=axis), permutation_type="samples", n_resamples=20000,
        rng=np.random.default_rng(0),
    ).pvalue  # fmt: skip
    assert randomisation_p(*pairs) == pytest.approx(expected, abs=0.01)


def test_holm_by_hand():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.6, 0.7]) == [1.0, 1.0]
    assert math.isnan(holm([float("nan"), 0.01])[0])
    assert holm([float("nan"), 0.01])[1] == 0.01


def test_runs_without_a_common_question():
    with pytest.raises(UsageError, match="没有共同的问题"):
        compare({"R@5": {"a": (1.0, 1.0)}}, {"R@5": {"b": (1.0, 1.0)}})
