"""Labels that people (or a model) give to answers, and how far two of them agree."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lawqa.corpus.faults import Fault
from lawqa.errors import UsageError
from lawqa.evals.textfile import json_lines, raise_faults

#: label → its name on the page. An answer that is right but leaves out what matters is incomplete; one whose
#: statements the cited text does not carry is unsupported.
LABELS = {"correct": "正确", "incomplete": "不完整", "unsupported": "依据不支持", "wrong": "错误"}


@dataclass(frozen=True, slots=True)
class Label:
    """One judgement on one answer; ``answer`` is the digest of the answer that was seen."""

    id: str
    label: str
    note: str
    who: str
    answer: str
    when: str


def answer_digest(row: Mapping[str, Any]) -> str:
    """What the labeller saw: the answer's text and its quotations (``row``: an answer's JSON)."""
    seen = [row["answer"], [[c["ref"], c["quote"]] for c in row["citations"]]]
    return hashlib.sha256(json.dumps(seen, ensure_ascii=False).encode()).hexdigest()[:16]


def read_answers(path: Path) -> list[dict[str, Any]]:
    """The answers of ``answers.jsonl`` (or of the folder that holds it). SetError lists every faulty line."""
    file = path / "answers.jsonl" if path.is_dir() else path
    faults: list[Fault] = []
    out: dict[str, dict[str, Any]] = {}
    for number, row in json_lines(file, faults):
        lacking = [k for k in ("id", "question", "status", "answer", "citations") if k not in row]
        if lacking:
            faults.append(
                Fault(str(file), number, f"缺少{'、'.join(lacking)}：应为 lawqa eval --out 写的 answers.jsonl")
            )
        elif row["id"] in out:
            faults.append(Fault(str(file), number, f"id“{row['id']}”出现两次"))
        else:
            out[row["id"]] = row
    if not faults and not out:
        faults.append(Fault(str(file), 1, "没有任何答案"))
    raise_faults(faults)
    return list(out.values())


def read_labels(path: Path) -> dict[str, Label]:
    """The labels of a file by question id; a later line replaces an earlier one. SetError lists every faulty line."""
    faults: list[Fault] = []
    out: dict[str, Label] = {}
    for number, row in json_lines(path, faults):
        if row.get("label") not in LABELS or not isinstance(row.get("id"), str):
            faults.append(Fault(str(path), number, f"应有 id 和 label（{'、'.join(LABELS)} 之一）"))
            continue
        texts = {k: str(row.get(k) or "") for k in ("note", "who", "answer", "when")}
        out[row["id"]] = Label(row["id"], row["label"], **texts)
    raise_faults(faults)
    return out


def append_label(path: Path, row: Mapping[str, Any], label: str, note: str, who: str) -> Label:
    """Write one label at the end of the file, at once: nothing is lost when the page is closed."""
    when = datetime.now(UTC).isoformat(timespec="seconds")
    found = Label(row["id"], label, note, who, answer_digest(row), when)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(found), ensure_ascii=False) + "\n")
    return found


@dataclass(frozen=True)
class Agreement:
    """Cohen's kappa over the ``n`` answers that both labelled; ``table`` counts (label of A, label of B)."""

    n: int
    observed: float
    kappa: float
    table: Mapping[tuple[str, str], int]
    other_answers: int


def agreement(a: Mapping[str, Label], b: Mapping[str, Label]) -> Agreement:
    """How far two label files agree. Answers that differ between the files are left out, and counted.

    Kappa = (observed − expected) / (1 − expected) (Cohen 1960); 1 where both gave one and the same label throughout.
    """
    common = sorted(set(a) & set(b))
    same = [i for i in common if not (a[i].answer and b[i].answer) or a[i].answer == b[i].answer]
    if not same:
        raise UsageError("两份标注没有共同的答案，无从计算一致程度")
    return _agreement([(a[i].label, b[i].label) for i in same], len(common) - len(same))


def _agreement(pairs: Sequence[tuple[str, str]], other_answers: int) -> Agreement:
    n = len(pairs)
    first, second = Counter(x for x, _ in pairs), Counter(y for _, y in pairs)
    observed = sum(x == y for x, y in pairs) / n
    expected = sum(first[name] * second[name] for name in LABELS) / n**2
    kappa = 1.0 if expected == 1 else (observed - expected) / (1 - expected)
    return Agreement(n, observed, kappa, Counter(pairs), other_answers)
