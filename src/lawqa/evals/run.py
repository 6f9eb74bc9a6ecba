"""TREC runs: what a system retrieved for every question."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from pathlib import Path

from lawqa.corpus.faults import Fault
from lawqa.evals.textfile import numbered_lines, raise_faults

#: question id → document id → score, best first.
Run = dict[str, dict[str, float]]


def ranked(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Documents with strictly falling scores, in the order given.

    trec_eval sorts by score and breaks ties by name: a tie would be scored in another order than it was ranked.
    """
    out: dict[str, float] = {}
    last = math.inf
    for document, score in pairs:
        if document in out:
            continue
        last = round(min(score, last - 1e-6), 6)
        out[document] = last
    return out


def read_run(path: Path) -> Run:
    """A run file (``qid Q0 docid rank score tag``, by blanks). SetError lists every faulty line.

    The score decides the order, as in trec_eval; equal scores are taken in the order of the ranks.
    """
    faults: list[Fault] = []
    rows: dict[str, list[tuple[float, int, str]]] = {}
    seen: set[tuple[str, str]] = set()
    for number, line in numbered_lines(path, faults):
        cells = line.split()
        try:
            question, _, document, rank, score = cells[0], cells[1], cells[2], int(cells[3]), float(cells[4])
            if len(cells) not in (5, 6) or not math.isfinite(score):
                raise ValueError
        except (ValueError, IndexError):
            faults.append(
                Fault(str(path), number, f"“{line[:40]}”不是 TREC run 的一行：应为 qid Q0 docid 名次 分数 标签")
            )
            continue
        if (question, document) in seen:
            faults.append(Fault(str(path), number, f"“{question}”的“{document}”出现两次"))
        seen.add((question, document))
        rows.setdefault(question, []).append((-score, rank, document))
    if not faults and not rows:
        faults.append(Fault(str(path), 1, "没有任何一行结果"))
    raise_faults(faults)
    return {q: ranked((d, -negative) for negative, _, d in sorted(rows[q])) for q in sorted(rows)}


def write_run(path: Path, run: Mapping[str, Mapping[str, float]], tag: str) -> None:
    """The run as TREC wants it, questions sorted by id."""
    with path.open("w", encoding="utf-8") as file:
        for question in sorted(run):
            for rank, (document, score) in enumerate(run[question].items(), start=1):
                file.write(f"{question} Q0 {document} {rank} {score:.6f} {tag}\n")
