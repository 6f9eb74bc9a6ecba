"""A system made ready to run: one question in, a ranking and (for the full pipeline) an answer out."""

from __future__ import annotations

import copy
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from lawqa.answer.answer import Answer
from lawqa.answer.answerer import Answerer
from lawqa.errors import UsageError
from lawqa.evals.collection import Collection, Progress, open_collection
from lawqa.evals.question_set import EvalQuestion
from lawqa.evals.system import System
from lawqa.evals.test_collection import TestCollection
from lawqa.index.embedder import model_digest
from lawqa.index.nodes import heading_text
from lawqa.lawqa import LawQA
from lawqa.retrieve.conversation import Conversation
from lawqa.retrieve.fusion import learnt_weights
from lawqa.retrieve.hybrid import Ranking, Retriever
from lawqa.retrieve.question import Question, Understanding
from lawqa.settings import Settings, load_settings


@dataclass(frozen=True)
class Outcome:
    """``ranking`` holds (document or provision, score), best first; ``ms`` is how long the system took."""

    ranking: Sequence[tuple[str, float]]
    answer: Answer | None
    ms: float


class Pipeline(Protocol):
    """``threshold`` is the evidence below which the pipeline refuses; None where it answers nothing."""

    threshold: float | None

    def __call__(self, question: EvalQuestion, depth: int, as_of: date) -> Outcome: ...


class FullPipeline:
    """Understanding, retrieval and answer, as ``lawqa ask`` gives them; every question is ranked once."""

    def __init__(self, lawqa: LawQA, system: System) -> None:
        weights = learnt_weights()
        self.threshold: float | None = weights.threshold if system.threshold is None else system.threshold
        weights = replace(weights, rank={**weights.rank, **system.rank}, threshold=self.threshold)
        self._retriever = _Recorder(lawqa.corpus, lawqa.titles, lawqa.index, lawqa.settings.primary_document, weights)
        self._history = "history" not in system.off
        self._lawqa = copy.copy(lawqa)
        self._lawqa.retriever = self._retriever
        self._lawqa.answerer = Answerer(lawqa.corpus, lawqa.index, self._retriever, lawqa.references)
        if "named" in system.off:
            self._lawqa.understand = _Nameless.of(lawqa.understand)
        self._lawqa.conversation = Conversation(self._lawqa.understand, self._retriever, lawqa.references)

    def __call__(self, question: EvalQuestion, depth: int, as_of: date) -> Outcome:
        day = question.as_of or as_of
        answer = self._lawqa.ask(question.question, day, (), question.history if self._history else ())
        hits = self._retriever.hits(self._retriever.last, depth)
        return Outcome([(str(h.ref), h.score) for h in hits], answer, answer.timings_ms["total"])


class PlainPipeline:
    """BM25 and embedder over a collection; nothing is answered."""

    threshold: float | None = None

    def __init__(self, collection: Collection, ids: Sequence[str]) -> None:
        self._collection = collection
        self._ids = ids

    def __call__(self, question: EvalQuestion, depth: int, as_of: date) -> Outcome:
        started = time.perf_counter()
        ranking = [(self._ids[row], score) for row, score in self._collection.rank(question.question, depth)]
        return Outcome(ranking, None, (time.perf_counter() - started) * 1000)


def open_pipeline(
    lawqa: LawQA,
    system: System,
    progress: Progress,
    foreign: TestCollection | None = None,
) -> Pipeline:
    """The system over lawqa's own corpus, or over a ``foreign`` collection, which is searched by a mixture only.

    With settings of its own a system is opened (and indexed) beside the others. UsageError where a foreign collection
    is to be searched by the full pipeline.
    """
    if system.settings:
        lawqa = LawQA.open(_settings(lawqa.settings, system), progress)
    mixture = system.mixture
    if foreign is not None:
        if mixture is None:
            raise UsageError(f"系统“{system.name}”是全流程，外来的文档集没有编者注，只能用带 mixture 的系统检索")
        ids, texts, digest = foreign.ids, foreign.texts, foreign.digest
    elif mixture is None:
        return FullPipeline(lawqa, system)
    else:
        ids, texts, digest = _own_texts(lawqa)
    model = model_digest(lawqa.settings.embed_model)
    return PlainPipeline(
        open_collection(texts, digest, mixture, lawqa.index.embedder, model, lawqa.settings.eval_cache, progress), ids
    )


def _own_texts(lawqa: LawQA) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """References, texts and digest of lawqa's own provisions, as a foreign collection would have them."""
    ids, texts = [], []
    for ref, provision in lawqa.corpus.provisions.items():
        ids.append(str(ref))
        texts.append(f"{heading_text(lawqa.corpus.instrument(ref.document), provision)} {provision.text}")
    return tuple(ids), tuple(texts), lawqa.corpus.digest


def _settings(base: Settings, system: System) -> Settings:
    given: dict[str, Any] = {key: getattr(base, key) for key, *_ in base.rows()}
    given |= {"index": base.eval_cache / "systems" / system.name, **system.settings}
    known = {key for key, *_ in base.rows()}
    unknown = {k: v for k, v in given.items() if k not in known}
    if unknown:
        load_settings({f"LAWQA_{k}": str(v) for k, v in unknown.items()})  # raises, and names them all
    return load_settings({}, None, **given)


class _Recorder(Retriever):
    """Keeps the last ranking, so that the ranking behind an answer is the one that is measured."""

    last: Ranking

    def rank(self, question: Question, docs: Sequence[str] = ()) -> Ranking:
        self.last = super().rank(question, docs)
        return self.last


class _Nameless(Understanding):
    """Sees no provision and no document that the question names."""

    @classmethod
    def of(cls, understanding: Understanding) -> _Nameless:
        other = cls.__new__(cls)
        other.__dict__.update(understanding.__dict__)
        return other

    def __call__(self, *given: Any, **named: Any) -> Question:
        question = super().__call__(*given, **named)
        return replace(question, references=(), documents=(), missing=(), mentions=(), sides=None)
