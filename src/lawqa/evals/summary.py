"""The tables of an evaluation: all questions, by type, by document, one system beside another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lawqa.evals.comparison import Difference
from lawqa.evals.evaluation import Evaluation
from lawqa.evals.score import Estimate
from lawqa.evals.table import Table, figure, groups_table, measures_table

_TITLES = {"type": ("按问题类型", "类型"), "document": ("按主要依据所在的文件", "文件")}


def tables(evaluation: Evaluation) -> list[Table]:
    """Overall first, then by type and by document where the questions have them."""
    out = [measures_table(f"{evaluation.system}：全部问题", evaluation.estimates())]
    for attribute, (title, column) in _TITLES.items():
        groups = evaluation.groups(attribute)
        if groups:
            values = {name: evaluation.estimates(ids) for name, ids in groups.items()}
            out.append(groups_table(title, column, values, {name: len(ids) for name, ids in groups.items()}))
    return out


def metrics(evaluation: Evaluation) -> dict[str, Any]:
    """The same as data, for ``metrics.json``: no times, nothing that changes between two equal runs."""
    groups = {
        f"by_{attribute}": {name: _values(evaluation.estimates(ids)) for name, ids in groups.items()}
        for attribute in _TITLES
        if (groups := evaluation.groups(attribute))
    }
    return {
        "system": evaluation.system,
        "questions": len(evaluation.questions),
        "failed": dict(evaluation.failed),
        "measures": _values(evaluation.estimates()),
        **groups,
    }


def _values(estimates: dict[str, Estimate]) -> dict[str, dict[str, float]]:
    return {
        name: {"value": round(e.value, 6), "low": round(e.low, 6), "high": round(e.high, 6), "n": e.n}
        for name, e in estimates.items()
    }


def systems_table(evaluations: Sequence[Evaluation], names: Sequence[str]) -> Table:
    """One system a row."""
    rows = []
    for evaluation in evaluations:
        found = evaluation.estimates()
        rows.append((evaluation.system, *(figure(found[n].value) if n in found else "—" for n in names)))
    return Table("各系统", ("系统", *names), tuple(rows))


def differences_table(differences: Sequence[Difference], a: str, b: str) -> Table:
    """One measure a row: both values, B − A with interval and p, wins, ties, losses of B."""
    rows = [
        (
            d.measure,
            figure(d.a.value),
            figure(d.b.value),
            f"{d.difference:+.4f}",
            f"[{d.low:+.4f}, {d.high:+.4f}]",
            figure(d.p),
            figure(d.p_holm),
            f"{d.wins}/{d.ties}/{d.losses}",
        )
        for d in differences
    ]
    header = ("指标", "A", "B", "B−A", "95% 区间", "p", "p（Holm）", "B 胜/平/负")
    return Table(f"A = {a}，B = {b}", header, tuple(rows))


def comparison_data(differences: Sequence[Difference]) -> list[dict[str, Any]]:
    """The same as data, with every question that changed."""
    return [
        {
            "measure": d.measure,
            "a": d.a.value,
            "b": d.b.value,
            "difference": d.difference,
            "low": d.low,
            "high": d.high,
            "p": d.p,
            "p_holm": d.p_holm,
            "wins": d.wins,
            "ties": d.ties,
            "losses": d.losses,
            "questions": d.a.n,
            "changed": [{"id": i, "a": x, "b": y} for i, x, y in d.changed],
        }
        for d in differences
    ]
