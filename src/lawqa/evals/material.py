"""What is evaluated on: lawqa's question sets, a BEIR folder, or judgements with or without texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from lawqa.corpus.library import Corpus
from lawqa.errors import LawqaError, UsageError
from lawqa.evals.evaluation import qrels_of
from lawqa.evals.qrels import Qrels, read_qrels
from lawqa.evals.question_set import EvalQuestion, read_question_sets
from lawqa.evals.test_collection import TestCollection, is_beir, read_beir, read_collection
from lawqa.evals.textfile import file_digest


@dataclass(frozen=True)
class Material:
    """``own``: the questions are about lawqa's corpus, and can be answered. ``collection``: documents that come with
    the set. Neither: only judgements, which can score a run. ``note`` says how a file was read."""

    name: str
    digest: str
    questions: tuple[EvalQuestion, ...]
    qrels: Qrels
    own: bool = False
    collection: TestCollection | None = None
    note: str = ""

    def lookup(self, corpus: Corpus) -> Callable[[str], tuple[str, str]]:
        """Label and text of a document or provision by its id; the id itself where nothing is known of it."""
        found = self.collection
        texts = dict(zip(found.ids, found.texts, strict=True)) if found else {}

        def of(id: str) -> tuple[str, str]:
            if self.collection is not None or id.startswith("catalog:"):
                return "", texts.get(id, "")
            try:
                provision = corpus.provision(corpus.parse(id))
            except LawqaError:  # another system's run may name anything
                return "", ""
            return provision.label, provision.text

        return of


def read_material(
    paths: Sequence[Path],
    corpus: Callable[[], Corpus],
    split: str | None = None,
    documents: Path | None = None,
    queries: Path | None = None,
) -> Material:
    """Read the sets. Several of them must all be question sets (``.jsonl``, or folders that hold some).

    Raises UsageError for a combination that makes no sense, SetError with every fault of the files.
    """
    if missing := [str(p) for p in paths if not p.exists()]:
        raise UsageError(f"题集不存在：{'、'.join(missing)}")
    files = [f for p in paths for f in _question_files(p)]
    if all(_question_files(p) for p in paths):
        found = read_question_sets(files, corpus(), split)
        return Material(found.name, found.digest, found.questions, qrels_of(found.questions), own=True)
    if len(paths) > 1:
        raise UsageError("几个题集一起评时都应是题集 .jsonl；BEIR 文件夹、qrels 文件请单独评")
    path = paths[0]
    if is_beir(path):
        return _of_collection(read_beir(path, split))
    if path.is_dir():
        raise UsageError(f"“{path}”里既没有题集 .jsonl，也不是 BEIR 文件夹（corpus.jsonl、queries.jsonl、qrels/）")
    if (documents is None) != (queries is None):
        raise UsageError("--collection（文档）与 --queries（问题）要一起给")
    if documents is not None and queries is not None:
        return _of_collection(read_collection(path.stem, documents, queries, path))
    qrels, note = read_qrels(path)
    questions = tuple(_judged(q, "", qrels) for q in sorted(qrels))
    return Material(path.stem, file_digest(path), questions, qrels, note=f"{path} {note}")


def _question_files(path: Path) -> list[Path]:
    if path.is_dir():
        return [] if is_beir(path) else sorted(path.glob("*.jsonl"))
    return [path] if path.suffix == ".jsonl" else []


def _of_collection(found: TestCollection) -> Material:
    questions = tuple(_judged(q, text, found.qrels) for q, text in found.queries.items())
    note = f"{found.name}：{len(found.ids)}篇文档，{len(questions)}个问题；判断{found.note}"
    digest = f"{found.digest}+{found.set_digest}"
    return Material(found.name, digest, questions, found.qrels, collection=found, note=note)


def _judged(id: str, text: str, qrels: Qrels) -> EvalQuestion:
    relevant = tuple(d for d, grade in sorted(qrels[id].items()) if grade > 0)
    return EvalQuestion(id, text, relevant, foreign=True)
