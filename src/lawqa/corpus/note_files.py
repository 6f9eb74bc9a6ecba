"""The notes on provisions: one file a document, read and checked against the document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lawqa.corpus.faults import Fault
from lawqa.corpus.library import Corpus
from lawqa.corpus.note import Note, Question
from lawqa.corpus.note_rows import rows_of
from lawqa.corpus.reference import Reference, split_reference
from lawqa.errors import UsageError
from lawqa.text.normalise import skeleton

MAX_CAPTION = 16
_NOTE_KEYS = {"ref", "caption", "binds", "questions", "everyday", "terms", "drafted_by_machine"}
#: Every question by its skeleton: where it stands, and what else it names.
Owners = dict[str, list[tuple[Reference, tuple[Reference, ...], Fault]]]


def read_notes(
    path: Path,
    corpus: Corpus,
    notes: dict[Reference, Note],
    owners: Owners,
    faults: list[Fault],
) -> None:
    if not corpus.has(path.stem):
        faults.append(Fault(str(path), 1, f"没有标识为“{path.stem}”的文件"))
        return
    rows = rows_of(path, faults)
    lines = path.read_text(encoding="utf-8").split("\n") if rows else []
    for row in rows:
        name = str(row.get("ref"))
        line = next((i for i, x in enumerate(lines, 1) if f'ref: "{name}"' in x or x.strip() == f"- ref: {name}"), 1)
        problems: list[str] = []
        note = _note(row, path.stem, corpus, problems)
        if note and note.ref in notes:
            problems.append(f"{name}出现两次")
        faults += [Fault(str(path), line, p) for p in problems]
        if note is None or row.get("drafted_by_machine"):
            continue  # a machine's draft counts from the day somebody accepts it
        notes.setdefault(note.ref, note)
        for question in note.questions:
            where = Fault(str(path), line, f"问题“{question.text}”")
            owners.setdefault(skeleton(question.text), []).append((note.ref, question.also, where))


def _reference(text: str, corpus: Corpus, problems: list[str]) -> Reference | None:
    try:
        ref = Reference(*split_reference(text))
    except UsageError as error:
        problems.append(str(error))
        return None
    if ref not in corpus.provisions:
        problems.append(f"引用“{text}”不存在")
        return None
    return ref


def _note(row: dict[str, Any], document: str, corpus: Corpus, problems: list[str]) -> Note | None:
    ref = _reference(str(row.get("ref")), corpus, problems)
    if ref is not None and ref.document != document:
        problems.append(f"引用“{ref}”不属于文件 {document}")
    problems += [f"未知字段“{k}”" for k in row if k not in _NOTE_KEYS]
    caption = row.get("caption")
    if not isinstance(caption, str) or not 1 <= len(caption) <= MAX_CAPTION:
        problems.append(f"条旨应为1至{MAX_CAPTION}字：{caption}")
    for key in ("binds", "terms", "questions", "everyday"):
        if not isinstance(row.get(key), list):
            problems.append(f"{key} 应为列表")
    if ref is None or problems:
        return None
    questions = []
    for key in ("questions", "everyday"):
        for item in row[key]:
            text, also = (item.get("q"), item.get("also", [])) if isinstance(item, dict) else (item, [])
            if not isinstance(text, str) or not text.strip() or not isinstance(also, list):
                problems.append(f"{key} 里有不合格式的问题：{item}")
                continue
            others = tuple(r for a in also if (r := _reference(str(a), corpus, problems)))
            questions.append(Question(text, key == "everyday", others))
    if not questions:
        problems.append("没有任何问题")
    return Note(ref, str(caption), tuple(map(str, row["binds"])), tuple(questions), tuple(map(str, row["terms"])))


def shared_questions(
    owners: Owners,
) -> list[Fault]:
    """No question stands under two provisions: it names the other one (``also``) instead."""
    out = []
    for standing in owners.values():
        for ref, _, where in standing[1:]:
            message = f"{where.message}已经在 {standing[0][0]} 之下：改为在一处用 also 指出 {ref}"
            out.append(Fault(where.path, where.line, message))
    return out


def coverage(corpus: Corpus, notes: dict[Reference, Note], folder: Path) -> list[Fault]:
    """A document with notes has one for every provision; a document without any is a user's own."""
    out = []
    annotated = {ref.document for ref in notes}
    for instrument in corpus.instruments:
        missing = [p.ref.number for p in instrument.provisions if p.ref not in notes]
        if instrument.id in annotated and missing and instrument.id not in corpus.own:
            path = str(folder / f"{instrument.id}.yaml")
            out.append(
                Fault(path, 1, f"缺少对这些条文的编者注：{'、'.join(missing[:12])}{'…' if len(missing) > 12 else ''}")
            )
    return out
