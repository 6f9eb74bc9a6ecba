"""report.html: one page that stands alone, with no script and nothing loaded from anywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import resources
from typing import Any

from lawqa.evals import chart
from lawqa.evals.comparison import Difference
from lawqa.evals.evaluation import Evaluation
from lawqa.evals.failure import failures
from lawqa.evals.retrieval_measures import recall_curve
from lawqa.evals.summary import differences_table, systems_table, tables

#: ref or document id → (label, text), for the gold and the retrieved of a failing question.
Lookup = Callable[[str], tuple[str, str]]
_BY_GROUP = ("R@5", "Primary", "Must_say")
_SHOWN = 5
_TEXT = 280


def evaluation_report(
    evaluation: Evaluation, manifest: Mapping[str, Any], lookup: Lookup, others: Sequence[Evaluation] = ()
) -> str:
    """The page of one evaluation; ``others`` are the systems that were run beside it, for comparison."""
    found = failures(evaluation)
    by_id = {q.id: q for q in evaluation.questions}
    return _render(
        title=f"评测报告：{manifest['set']['name']} · {evaluation.system}",
        tables=tables(evaluation),
        tiles=_tiles(evaluation),
        charts=_charts(evaluation, others),
        systems=_systems(evaluation, others),
        failures=[_failure(evaluation, by_id[id], reasons, lookup) for id, reasons in found.items()],
        total=len(evaluation.questions),
        manifest=manifest,
    )


def comparison_report(differences: Sequence[Difference], a: str, b: str, questions: Mapping[str, str]) -> str:
    """The page of two runs; ``questions`` gives the wording of a question id where it is known."""
    rows = [(d.measure, d.a.value, d.b.value) for d in differences]
    changed = [
        {"measure": d.measure, "rows": [(i, questions.get(i, ""), x, y) for i, x, y in d.changed]}
        for d in differences
        if d.changed
    ]
    return _render(
        title=f"比较：{a} 与 {b}",
        tables=[differences_table(differences, a, b)],
        charts=[("两份结果 / Two runs", chart.pairs(rows, a, b))],
        changed=changed,
    )


def _render(**values: Any) -> str:
    from jinja2 import Environment, StrictUndefined

    source = resources.files("lawqa.evals").joinpath("report.html.jinja").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    empty: dict[str, Any] = {"tiles": [], "systems": None, "failures": [], "changed": [], "total": 0, "manifest": None}
    return environment.from_string(source).render(**{**empty, **values})


def _tiles(evaluation: Evaluation) -> list[tuple[str, str, str]]:
    wanted = ("R@5", "nDCG@10", "Primary", "Must_say", "Refuse_F1", "Verbatim", "Exists")
    found = evaluation.estimates()
    tiles = [(n, f"{found[n].value:.3f}", f"{found[n].low:.3f}–{found[n].high:.3f}") for n in wanted if n in found]
    return [*tiles, ("未得结果", str(len(evaluation.failed)), "计作 0")]


def _charts(evaluation: Evaluation, others: Sequence[Evaluation]) -> list[tuple[str, str]]:
    out: list[tuple[str, str]] = []
    for attribute, heading in (("type", "按问题类型 / By type"), ("document", "按文件 / By document")):
        groups = evaluation.groups(attribute)
        for name in _BY_GROUP:
            rows = [
                (f"{group} · {e.n}", e.value, e.low, e.high, "")
                for group, ids in groups.items()
                if (e := evaluation.estimates(ids).get(name))
            ]
            if rows:
                out.append((f"{name} {heading}", chart.intervals(rows)))
    depth = max((len(r) for r in evaluation.run.values()), default=0)
    if evaluation.qrels and depth:
        curves = [(e.system, recall_curve(e.qrels, e.run, depth)) for e in (evaluation, *others[:4])]
        out.append(("随深度的召回率 / Recall by depth", chart.curve(curves, "k（对数）")))
    if evaluation.answers:
        out.append(("证据分布与拒答线 / Evidence, and the bar under which is refused", _evidence(evaluation)))
    if evaluation.latency_ms:
        values = sorted(evaluation.latency_ms.values())
        high = values[min(int(len(values) * 0.99), len(values) - 1)] * 1.05
        middle, late = values[len(values) // 2], values[min(int(len(values) * 0.95), len(values) - 1)]
        label = f"毫秒（中位 {middle:.1f}，95% {late:.1f}；最慢的1%并入末格）"
        out.append(("用时分布 / Latency", chart.histogram([("每题用时", values)], 0.0, high, label)))
    return out


def _evidence(evaluation: Evaluation) -> str:
    due = {q.id: q.answerable for q in evaluation.questions}
    series = [
        (name, [a.evidence for i, a in evaluation.answers.items() if due[i] is kind])
        for name, kind in (("可回答 answerable", True), ("不可回答 unanswerable", False))
    ]
    return chart.histogram([s for s in series if s[1]], 0.0, 1.0, "证据 evidence", evaluation.threshold)


def _systems(evaluation: Evaluation, others: Sequence[Evaluation]) -> Any:
    return systems_table([evaluation, *others], list(evaluation.estimates())) if others else None


def _failure(evaluation: Evaluation, question: Any, reasons: list[str], lookup: Lookup) -> dict[str, Any]:
    grades = evaluation.qrels.get(question.id, {})
    ranking = list(evaluation.run.get(question.id, {}).items())
    place = {d: rank for rank, (d, _) in enumerate(ranking, start=1)}
    answer = evaluation.answers.get(question.id)
    gold = [(d, *_shown(lookup, d), place.get(d)) for d, grade in sorted(grades.items()) if grade > 0]
    top = [(d, *_shown(lookup, d), score, grades.get(d, 0) > 0) for d, score in ranking[:_SHOWN]]
    return {
        "id": question.id,
        "type": question.type,
        "question": question.question,
        "history": [h.get("q", "") for h in question.history],
        "reasons": reasons,
        "gold": gold,
        "top": top,
        "cited": [c.label for c in answer.citations] if answer else [],
        "refused": answer.reason if answer else None,
        "must_say": [" / ".join(group) for group in question.must_say],
    }


def _shown(lookup: Lookup, id: str) -> tuple[str, str]:
    label, text = lookup(id)
    return label, text if len(text) <= _TEXT else text[:_TEXT] + "…"
