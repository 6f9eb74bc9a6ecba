"""One system on one set: every question run and measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from lawqa.answer.answer import Answer
from lawqa.corpus.library import Corpus
from lawqa.errors import LawqaError
from lawqa.evals.answer_measures import answer_scores
from lawqa.evals.pipeline import Pipeline
from lawqa.evals.qrels import Qrels
from lawqa.evals.question_set import EvalQuestion
from lawqa.evals.retrieval_measures import retrieval_scores
from lawqa.evals.run import Run, ranked
from lawqa.evals.score import Estimate, Scores, estimate

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Evaluation:
    """Everything that tables, files and the report are made from.

    ``questions`` are sorted by id; ``failed`` says of each question without a result why; ``latency_ms``,
    ``answers`` by question id; ``threshold`` is the evidence below which the system refuses.
    """

    system: str
    questions: tuple[EvalQuestion, ...]
    qrels: Qrels
    run: Run
    scores: Scores
    answers: Mapping[str, Answer] = field(default_factory=dict)
    failed: Mapping[str, str] = field(default_factory=dict)
    latency_ms: Mapping[str, float] = field(default_factory=dict)
    threshold: float | None = None
    _estimates: dict[tuple[str, ...] | None, dict[str, Estimate]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def estimates(self, only: Sequence[str] | None = None) -> dict[str, Estimate]:
        """Every measure, over all questions or those of ``only``; a measure without any is left out."""
        key = None if only is None else tuple(only)
        if key not in self._estimates:  # tables, files and charts all ask for the same intervals
            found = {name: estimate(parts, only) for name, parts in self.scores.items()}
            self._estimates[key] = {name: value for name, value in found.items() if value.defined}
        return self._estimates[key]

    def groups(self, attribute: str) -> dict[str, list[str]]:
        """Question ids by ``type`` or ``document``; questions that have none belong to no group."""
        out: dict[str, list[str]] = {}
        for question in self.questions:
            if value := getattr(question, attribute):
                out.setdefault(value, []).append(question.id)
        return dict(sorted(out.items()))


def qrels_of(questions: Sequence[EvalQuestion]) -> Qrels:
    """The gold as judgements: every gold ref is relevant, grade 1; the unanswerable have none and are left out."""
    return {q.id: dict.fromkeys(q.gold, 1) for q in questions if q.gold}


def evaluate(
    pipeline: Pipeline,
    name: str,
    questions: Sequence[EvalQuestion],
    qrels: Qrels,
    measures: Sequence[str],
    corpus: Corpus,
    as_of: date,
    depth: int = 100,
    progress: Progress = lambda stage, done, total: None,
) -> Evaluation:
    """Run every question. One that lawqa cannot take is counted as failed, and as zero."""
    run: Run = {}
    answers: dict[str, Answer] = {}
    failed: dict[str, str] = {}
    latency: dict[str, float] = {}
    for done, question in enumerate(questions, start=1):
        try:
            outcome = pipeline(question, depth, as_of)
        except LawqaError as error:
            failed[question.id] = str(error)
        else:
            run[question.id] = ranked(outcome.ranking)
            latency[question.id] = outcome.ms
            if outcome.answer is not None:
                answers[question.id] = outcome.answer
        progress(f"评测 {name}", done, len(questions))
    failed.update({q: "没有检出任何结果" for q in qrels if q not in failed and not run.get(q)})
    scores = retrieval_scores(qrels, run, measures) if qrels else {}
    if answers:
        scores |= answer_scores(questions, answers, corpus)
    return Evaluation(
        name, tuple(questions), qrels, run, scores, answers, dict(sorted(failed.items())), latency, pipeline.threshold
    )


def evaluate_run(
    name: str, questions: Sequence[EvalQuestion], qrels: Qrels, run: Run, measures: Sequence[str]
) -> Evaluation:
    """Score another system's run; judged questions that it lacks count as zero."""
    missing = {q: "run 里没有这个问题" for q in sorted(qrels) if not run.get(q)}
    kept = {q: run[q] for q in sorted(qrels) if q in run}
    return Evaluation(name, tuple(questions), qrels, kept, retrieval_scores(qrels, kept, measures), failed=missing)
