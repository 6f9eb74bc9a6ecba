"""Which questions failed, and in what way."""

from __future__ import annotations

from lawqa.answer.answer import REFUSED
from lawqa.evals.evaluation import Evaluation
from lawqa.evals.question_set import EvalQuestion
from lawqa.evals.score import per_question

#: How deep a gold may lie in the ranking before a question that was only retrieved counts as failed.
DEPTH = 5


def failures(evaluation: Evaluation) -> dict[str, list[str]]:
    """Question id → what went wrong, in Chinese; questions that went well are left out."""
    out: dict[str, list[str]] = {}
    for question in evaluation.questions:
        if reasons := _reasons(question, evaluation):
            out[question.id] = reasons
    return out


def _reasons(question: EvalQuestion, evaluation: Evaluation) -> list[str]:
    if question.id in evaluation.failed:
        return [evaluation.failed[question.id]]
    answer = evaluation.answers.get(question.id)
    if not question.answerable:
        return ["应当拒答，却作了回答"] if answer and answer.status != REFUSED else []
    relevant = {d for d, grade in evaluation.qrels.get(question.id, {}).items() if grade > 0}
    top = list(evaluation.run.get(question.id, {}))[:DEPTH]
    out = [] if relevant & set(top) else [f"前{DEPTH}条里没有任何依据"]
    if answer is None:
        return out
    if answer.status == REFUSED:
        return [*out, "应当回答，却拒答了"]
    values = {
        name: evaluation.scores[name].get(question.id) for name in ("Primary", "Must_say") if name in evaluation.scores
    }
    if (primary := values.get("Primary")) and primary[0] == 0:
        out.append("没有引用主要依据")
    if (said := values.get("Must_say")) and said[0] < 1:
        out.append("没有说全应说的话")
    return out


def below(evaluation: Evaluation, measure: str, bar: float) -> list[str]:
    """Ids of the questions whose own value of ``measure`` lies under ``bar``, the worst first."""
    values = per_question(evaluation.scores.get(measure, {}))
    return [i for i, _ in sorted(values.items(), key=lambda item: (item[1], item[0])) if values[i] < bar]
