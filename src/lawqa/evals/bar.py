"""Bars that a run must reach: ``R@5=0.95``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lawqa.errors import UsageError
from lawqa.evals import answer_measures
from lawqa.evals.evaluation import Evaluation
from lawqa.evals.failure import below
from lawqa.evals.retrieval_measures import parse_measures
from lawqa.evals.table import figure


@dataclass(frozen=True, slots=True)
class Bar:
    measure: str
    value: float


def parse_bars(texts: Sequence[str]) -> tuple[Bar, ...]:
    """UsageError names every text that is not MEASURE=VALUE with a known measure and a value between 0 and 1."""
    bars, wrong = [], []
    for text in texts:
        name, _, number = text.rpartition("=")
        try:
            value = float(number)
            if not 0 <= value <= 1:
                raise ValueError
            known = name if name in answer_measures.NAMES else next(iter(parse_measures([name])))
        except (ValueError, UsageError):
            wrong.append(f"“{text}”")
            continue
        bars.append(Bar(known, value))
    if wrong:
        raise UsageError(f"--fail-under {'、'.join(wrong)}应为 指标=0至1的数，如 R@5=0.95、Verbatim=1")
    return tuple(bars)


def missed(evaluation: Evaluation, bars: Sequence[Bar]) -> list[str]:
    """A paragraph for every bar that was not reached: the value, and the questions that lie under the bar."""
    found = evaluation.estimates()
    out = []
    for bar in bars:
        if bar.measure not in found:
            out.append(f"未达标：{bar.measure} 在这个题集上没有可量的问题")
        elif found[bar.measure].value < bar.value:
            ids = below(evaluation, bar.measure, bar.value)
            value = figure(found[bar.measure].value)
            out.append(f"未达标：{bar.measure} = {value} < {bar.value}；低于此值的{len(ids)}题：{' '.join(ids)}")
    return out
