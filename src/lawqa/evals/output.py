"""The files of an evaluation. Equal inputs give equal bytes, but for the manifest, the timings and the report."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lawqa.errors import UsageError
from lawqa.evals.comparison import compare
from lawqa.evals.evaluation import Evaluation
from lawqa.evals.label import Label
from lawqa.evals.qrels import write_qrels
from lawqa.evals.run import write_run
from lawqa.evals.score import per_question
from lawqa.evals.summary import differences_table, metrics, systems_table, tables
from lawqa.evals.table import Table, joined

_ENDINGS = {"markdown": "md", "latex": "tex", "csv": "csv"}


def prepare(folder: Path) -> None:
    """Make the folder before anything runs; UsageError where nothing can be written there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise PermissionError(13, "不可写")
    except OSError as error:
        raise UsageError(f"--out“{folder}”不能用（{error.strerror}）：请换一个可写的文件夹") from None


def write_evaluation(folder: Path, evaluation: Evaluation, manifest: Mapping[str, Any], report: str) -> None:
    """metrics.json, per_question.tsv, run.trec, qrels.trec, answers.jsonl, timings.tsv, tables, manifest, report.html."""
    _save(folder / "metrics.json", _json(metrics(evaluation)))
    _save(folder / "per_question.tsv", per_question_tsv(evaluation))
    _through(folder / "run.trec", lambda path: write_run(path, evaluation.run, evaluation.system))
    _through(folder / "qrels.trec", lambda path: write_qrels(path, evaluation.qrels))
    if evaluation.answers:
        _save(folder / "answers.jsonl", "".join(_answer_lines(evaluation)))
    else:
        (folder / "answers.jsonl").unlink(missing_ok=True)  # an earlier run's answers are not this one's
    rows = [f"{q}\t{ms:.2f}\n" for q, ms in sorted(evaluation.latency_ms.items())]
    _save(folder / "timings.tsv", "".join(["id\tms\n", *rows]))
    for style, ending in _ENDINGS.items():
        _save(folder / f"tables.{ending}", joined(tables(evaluation), style))
    _save(folder / "report.html", report)
    _save(folder / "manifest.json", _json(manifest))


def write_systems(folder: Path, evaluations: Sequence[Evaluation]) -> None:
    """systems.json, .md, .tex, .csv: one system a row, and each compared with the first (which is A)."""
    first, *others = evaluations
    names = list(first.estimates())
    found = [systems_table(evaluations, names)]
    found += [differences_table(compare(first.scores, e.scores), first.system, e.system) for e in others]
    for style, ending in _ENDINGS.items():
        _save(folder / f"systems.{ending}", joined(found, style))
    _save(folder / "systems.json", _json([metrics(e) for e in evaluations]))


def write_labels(path: Path, labels: Iterable[Label]) -> None:
    """Labels as ``lawqa eval label`` writes them."""
    _save(path, "".join(json.dumps(asdict(label), ensure_ascii=False) + "\n" for label in labels))


def write_comparison(folder: Path, table: Table, data: Any, report: str) -> None:
    """comparison.json, .md, .tex, .csv and report.html."""
    _save(folder / "comparison.json", _json(data))
    for style, ending in _ENDINGS.items():
        _save(folder / f"comparison.{ending}", joined([table], style))
    _save(folder / "report.html", report)


def per_question_tsv(evaluation: Evaluation) -> str:
    """One question a line: id, type, document, status, every measure (empty where it does not apply)."""
    values = {name: per_question(parts) for name, parts in evaluation.scores.items()}
    lines = ["\t".join(["id", "type", "document", "status", *values])]
    for q in evaluation.questions:
        answer = evaluation.answers.get(q.id)
        status = answer.status if answer else ("failed" if q.id in evaluation.failed else "retrieved")
        cells = [f"{own[q.id]:.6g}" if q.id in own else "" for own in values.values()]
        lines.append("\t".join([q.id, q.type, q.document, status, *cells]))
    return "\n".join(lines) + "\n"


def _answer_lines(evaluation: Evaluation) -> list[str]:
    out = []
    for question in evaluation.questions:
        if answer := evaluation.answers.get(question.id):
            body = {"id": question.id, **answer.to_dict(), "gold": list(question.gold)}
            del body["timings_ms"]  # they lie in timings.tsv
            out.append(json.dumps(body, ensure_ascii=False, sort_keys=True) + "\n")
    return out


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _save(path: Path, text: str) -> None:
    def write(unfinished: Path) -> None:
        unfinished.write_text(text, encoding="utf-8")

    _through(path, write)


def _through(path: Path, write: Callable[[Path], None]) -> None:
    """Written beside and moved into place: no reader sees half a file."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        write(unfinished)
        os.replace(unfinished, path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise UsageError(f"写不了“{path}”（{error.strerror}）：请检查磁盘空间和权限") from None
