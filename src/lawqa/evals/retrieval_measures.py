"""Retrieval measures, by ir_measures and under its names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lawqa.errors import UsageError
from lawqa.evals.qrels import Qrels
from lawqa.evals.score import Scores

DEFAULT = ("Success@1", "Success@5", "R@5", "R@10", "R@100", "RR@10", "nDCG@10", "Judged@10")
#: Depths of the recall curve.
DEPTHS = (1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 70, 100)


def parse_measures(names: Sequence[str]) -> dict[str, Any]:
    """name → ir_measures' measure; UsageError names all unknown ones at once."""
    import ir_measures

    out, unknown = {}, []
    for name in names:
        try:
            measure = ir_measures.parse_measure(name)
            if not ir_measures.DefaultPipeline.supports(measure):
                raise ValueError
            out[str(measure)] = measure
        except (NameError, ValueError, TypeError, SyntaxError, AssertionError):
            unknown.append(name)
    if unknown:
        raise UsageError(
            f"不认识的指标：{'、'.join(unknown)}；写法如 R@5、RR@10、nDCG@10、Success@1、AP（ir_measures 的名称）"
        )
    return out


def retrieval_scores(qrels: Qrels, run: Mapping[str, Mapping[str, float]], names: Sequence[str] = DEFAULT) -> Scores:
    """Every measure for every judged question; a question that the run lacks counts as zero."""
    import ir_measures

    measures = parse_measures(names)
    judged = dict(sorted(qrels.items()))
    found = {q: dict(run[q]) for q in judged if run.get(q)}
    scores: dict[str, dict[str, tuple[float, float]]] = {n: dict.fromkeys(judged, (0.0, 1.0)) for n in measures}
    if found:
        for metric in ir_measures.iter_calc(list(measures.values()), judged, found):
            scores[str(metric.measure)][metric.query_id] = (float(metric.value), 1.0)
    return dict(scores)


def recall_curve(qrels: Qrels, run: Mapping[str, Mapping[str, float]], depth: int) -> list[tuple[int, float]]:
    """(k, mean R@k) up to ``depth``."""
    depths = [k for k in DEPTHS if k <= depth]
    scores = retrieval_scores(qrels, run, [f"R@{k}" for k in depths])
    return [(k, sum(v for v, _ in scores[f"R@{k}"].values()) / max(len(qrels), 1)) for k in depths]
