"""lawqa's question sets: JSON Lines, checked against the corpus before anything runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lawqa.corpus.faults import Fault
from lawqa.corpus.library import Corpus
from lawqa.errors import LawqaError, UsageError
from lawqa.evals.split import split_of
from lawqa.evals.textfile import file_digest, json_lines, raise_faults

_FIELDS: dict[str, tuple[type, ...]] = {
    "id": (str,),
    "type": (str,),
    "question": (str,),
    "gold": (list,),
    "primary": (str, type(None)),
    "answerable": (bool,),
    "must_say": (list,),
    "as_of": (str, type(None)),
    "history": (list,),
}
_REQUIRED = ("id", "question", "gold", "answerable")
_KIND = {str: "文字", list: "列表", bool: "true 或 false", type(None): "null"}


@dataclass(frozen=True, slots=True)
class EvalQuestion:
    """One question with what a right answer must hold; ``gold`` refs are at article or section level.

    ``foreign``: its gold are documents of another collection, not lawqa's references.
    """

    id: str
    question: str
    gold: tuple[str, ...]
    answerable: bool = True
    type: str = ""
    primary: str | None = None
    must_say: tuple[tuple[str, ...], ...] = ()
    as_of: str | None = None
    history: tuple[Mapping[str, Any], ...] = ()
    foreign: bool = False

    @property
    def document(self) -> str:
        """The document of the primary gold (else of the first), ``""`` without gold or for a foreign question."""
        if self.foreign:
            return ""
        ref = self.primary or (self.gold[0] if self.gold else "")
        return ref.removeprefix("catalog:").split(":")[0]


@dataclass(frozen=True)
class QuestionSet:
    """The questions of one or several files, sorted by id so that the files' order changes nothing."""

    name: str
    questions: tuple[EvalQuestion, ...]
    digest: str


def read_question_sets(paths: Sequence[Path], corpus: Corpus, split: str | None = None) -> QuestionSet:
    """Read and check the files. SetError lists every fault of all of them.

    ``split`` ("tuning" or "reporting") keeps one half of the questions, see ``lawqa.evals.split``.
    """
    if split not in (None, "tuning", "reporting"):
        raise UsageError(f"--split“{split}”应为 tuning 或 reporting")
    faults: list[Fault] = []
    found: dict[str, tuple[str, EvalQuestion]] = {}
    for path in paths:
        count = 0
        before = len(faults)
        for number, row in json_lines(path, faults):
            count += 1
            problems = _problems(row, corpus)
            place = f"{path}:{number}"
            if not problems and row["id"] in found:
                problems = [f"id“{row['id']}”已用于 {found[row['id']][0]}"]
            faults += [Fault(str(path), number, p) for p in problems]
            if not problems and (split is None or split_of(row) == split):
                found[row["id"]] = (place, _question(row))
        if count == 0 and len(faults) == before:
            faults.append(Fault(str(path), 1, "没有任何问题：文件是空的"))
    raise_faults(faults)
    if not found:
        raise UsageError(f"所给的题集里没有属于“{split}”的问题")
    name = "+".join(sorted(p.stem for p in paths))
    questions = tuple(found[id][1] for id in sorted(found))
    return QuestionSet(name, questions, file_digest(*sorted(paths, key=lambda p: p.name)))


def _problems(row: Mapping[str, Any], corpus: Corpus) -> list[str]:
    out = [f"缺少“{key}”" for key in _REQUIRED if key not in row]
    for key, kinds in _FIELDS.items():
        if key in row and not isinstance(row[key], kinds):
            out.append(f"“{key}”应为{'或'.join(_KIND[k] for k in kinds)}，不是 {row[key]!r:.40}")
    if out:
        return out
    out += [f"“{key}”是空的" for key in ("id", "question") if not row[key].strip()]
    if any(c.isspace() for c in row["id"]):
        out.append(f"id“{row['id']}”里有空白：TREC 文件以空白分列")
    gold, primary = row["gold"], row.get("primary")
    for ref in gold:
        if problem := _reference_problem(ref, corpus):
            out.append(problem)
    if len(set(map(str, gold))) != len(gold):
        out.append("gold 里有重复的引用")
    if primary is not None and primary not in gold:
        out.append(f"primary“{primary}”不在 gold 里")
    if row["answerable"] != bool(gold):
        out.append("answerable 为 true 时要有 gold" if row["answerable"] else "answerable 为 false 时不应有 gold")
    for group in row.get("must_say", []):
        if not isinstance(group, list) or not group or not all(isinstance(w, str) and w for w in group):
            out.append(f"must_say 的每一项应为若干说法的列表，不是 {group!r:.40}")
    for turn in row.get("history", []):
        if not isinstance(turn, dict) or not isinstance(turn.get("q"), str):
            out.append(f'history 的每一项应为 {{"q": 问题}}，不是 {turn!r:.40}')
    if row.get("as_of") is not None:
        try:
            date.fromisoformat(row["as_of"])
        except ValueError:
            out.append(f"as_of“{row['as_of']}”不是 YYYY-MM-DD 的日期")
    return out


def _reference_problem(ref: Any, corpus: Corpus) -> str | None:
    if not isinstance(ref, str):
        return f"gold 里的 {ref!r:.40} 应为文字"
    if ref.startswith("catalog:"):
        return None if corpus.entry(ref.removeprefix("catalog:")) else f"目录里没有“{ref}”"
    try:
        parsed = corpus.parse(ref)
    except LawqaError as error:
        return str(error)
    return None if str(parsed.provision) == ref else f"gold“{ref}”比条更细：应为“{parsed.provision}”"


def _question(row: Mapping[str, Any]) -> EvalQuestion:
    return EvalQuestion(
        id=row["id"],
        question=row["question"],
        gold=tuple(row["gold"]),
        answerable=row["answerable"],
        type=row.get("type") or "",
        primary=row.get("primary"),
        must_say=tuple(tuple(group) for group in row.get("must_say", [])),
        as_of=row.get("as_of"),
        history=tuple(row.get("history", [])),
    )
