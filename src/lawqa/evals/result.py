"""A result that lies on disk: a TREC run, or the folder that ``lawqa eval --out`` wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lawqa.corpus.faults import Fault
from lawqa.errors import UsageError
from lawqa.evals.answer_measures import NAMES
from lawqa.evals.qrels import Qrels, read_qrels
from lawqa.evals.retrieval_measures import retrieval_scores
from lawqa.evals.run import read_run
from lawqa.evals.score import Scores
from lawqa.evals.textfile import json_lines, numbered_lines, raise_faults

#: Answer measures that are a mean over questions, and so can be read back from per_question.tsv.
_MEANS = ("Cite_P", "Cite_R", "Primary", "Must_say")


@dataclass(frozen=True)
class Result:
    """``missing``: judged questions that the run lacks; they count as zero."""

    name: str
    scores: Scores
    missing: tuple[str, ...]


def read_result(path: Path, qrels: Qrels, measures: Sequence[str]) -> Result:
    """Score a run against ``qrels``; from a folder the answer measures are read too."""
    file = path / "run.trec" if path.is_dir() else path
    if not file.is_file():
        raise UsageError(f"“{path}”既不是 TREC run，也不是 lawqa eval --out 的文件夹（没有 run.trec）")
    run = read_run(file)
    scores = retrieval_scores(qrels, run, measures)
    if path.is_dir() and (path / "per_question.tsv").is_file():
        scores |= _answer_scores(path / "per_question.tsv", set(qrels))
    return Result(path.stem if path.is_file() else path.name, scores, tuple(q for q in sorted(qrels) if q not in run))


def judgements(path: Path) -> tuple[Qrels, dict[str, str]]:
    """Qrels, and the wording of the questions where the file (a question set) has it."""
    if path.suffix != ".jsonl":
        return read_qrels(path)[0], {}
    faults: list[Fault] = []
    qrels: Qrels = {}
    questions: dict[str, str] = {}
    for number, row in json_lines(path, faults):
        if not isinstance(row.get("id"), str) or not isinstance(row.get("gold"), list):
            faults.append(Fault(str(path), number, "缺少“id”或“gold”"))
            continue
        if row["gold"]:
            qrels[row["id"]] = {str(ref): 1 for ref in row["gold"]}
        questions[row["id"]] = str(row.get("question", ""))
    if not faults and not qrels:
        faults.append(Fault(str(path), 1, "没有任何有 gold 的问题"))
    raise_faults(faults)
    return qrels, questions


def _answer_scores(path: Path, judged: set[str]) -> Scores:
    faults: list[Fault] = []
    lines = numbered_lines(path, faults)
    header = next(lines, (1, ""))[1].split("\t")
    found: dict[str, dict[str, tuple[float, float]]] = {n: {} for n in header if n in _MEANS and n in NAMES}
    for number, line in lines:
        row = dict(zip(header, line.split("\t"), strict=False))
        for name, values in found.items():
            try:
                if row["id"] in judged and row.get(name):
                    values[row["id"]] = (float(row[name]), 1.0)
            except (KeyError, ValueError):
                faults.append(Fault(str(path), number, f"“{name}”不是数"))
    raise_faults(faults)
    return {name: values for name, values in found.items() if values}
