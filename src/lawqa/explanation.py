"""Why an answer is what it is: how the question was read, the evidence, and each provision chosen or passed over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lawqa.answer.answer import REFUSED, Answer
from lawqa.retrieve.evidence import features, probability
from lawqa.retrieve.hit import Hit
from lawqa.retrieve.question import Question

if TYPE_CHECKING:
    from lawqa.lawqa import LawQA


@dataclass(frozen=True)
class Feature:
    """One thing that speaks for or against an answer: ``contribution`` is weight times value, in log-odds."""

    name: str
    value: float
    weight: float

    @property
    def contribution(self) -> float:
        return self.weight * self.value


@dataclass(frozen=True)
class Candidate:
    """A ranked provision: ``quoted`` the references that the answer quotes of it (empty: passed over), ``why``."""

    rank: int
    ref: str
    label: str
    caption: str | None
    score: float
    quoted: tuple[str, ...]
    why: str
    signals: Mapping[str, float]


@dataclass(frozen=True)
class Explanation:
    """``evidence`` (0 to 1) below ``threshold`` is a refusal; ``weights`` are those of the ranking signals."""

    question: str
    status: str
    reason: str | None
    understood: Mapping[str, Any]
    evidence: float
    threshold: float
    intercept: float
    features: tuple[Feature, ...]
    weights: Mapping[str, float]
    candidates: tuple[Candidate, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "question": self.question,
            "status": self.status,
            "reason": self.reason,
            "understood": dict(self.understood),
            "evidence": {
                "probability": self.evidence,
                "threshold": self.threshold,
                "intercept": self.intercept,
                "features": [
                    {
                        "name": f.name,
                        "value": round(f.value, 4),
                        "weight": f.weight,
                        "contribution": round(f.contribution, 4),
                    }
                    for f in self.features
                ],
            },
            "weights": dict(self.weights),
            "candidates": [
                {**vars(c), "quoted": list(c.quoted), "chosen": bool(c.quoted), "signals": dict(c.signals)}
                for c in self.candidates
            ],
        }


def explain(lawqa: LawQA, question: Question, docs: Sequence[str], k: int) -> Explanation:
    """The explanation of the extractive answer, with the ``k`` best provisions and every other one that it quotes."""
    retriever = lawqa.retriever
    ranking = retriever.rank(question, docs)
    answer = lawqa.answerer(question, docs)
    quoted: dict[str, list[str]] = {}
    for citation in answer.citations:
        if not citation.ref.startswith("catalog:"):
            quoted.setdefault(str(lawqa.corpus.parse(citation.ref).provision), []).append(citation.ref)
    hits = retriever.hits(ranking, len(lawqa.corpus.provisions))
    shown = [h for h in hits if h.rank <= k or str(h.ref) in quoted]
    best = hits[0].score if hits else 1.0
    weights = retriever.weights
    return Explanation(
        question=question.text,
        status=answer.status,
        reason=answer.reason,
        understood=lawqa.understood(question, docs),
        evidence=round(probability(question, ranking, weights), 4),
        threshold=weights.threshold,
        intercept=weights.intercept,
        features=tuple(
            sorted(
                (Feature(n, v, weights.evidence.get(n, 0.0)) for n, v in features(question, ranking).items()),
                key=lambda f: -abs(f.contribution),
            )
        ),
        weights=weights.rank,
        candidates=tuple(_candidate(lawqa, h, quoted, best, answer, question) for h in shown),
    )


def _candidate(
    lawqa: LawQA, hit: Hit, quoted: Mapping[str, Sequence[str]], best: float, answer: Answer, question: Question
) -> Candidate:
    provision = lawqa.corpus.provision(hit.ref)
    note = lawqa.index.note(hit.ref)
    own = tuple(quoted.get(str(hit.ref), ()))
    share = f"得分是第一名的{hit.score / best:.0%}" if best > 0 else "没有得分"
    if own and question.sides and not question.references:
        why = "并列对照时选出"
    elif own:
        why = hit.note or ("得分最高" if hit.rank == 1 else share)
    elif answer.status == REFUSED:
        why = "拒答，不引用任何条文"
    elif not provision.paragraphs:
        why = "只有标题，没有正文"
    elif question.references:
        why = "问题点名了别的条文"
    elif any(provision.text == lawqa.corpus.provision(lawqa.corpus.parse(r)).text for r in quoted):
        why = "与已引用的条文文字相同"
    else:
        why = "，".join(w for w in (share, hit.note) if w)
    return Candidate(
        hit.rank,
        str(hit.ref),
        provision.label,
        note.caption if note else provision.heading or None,
        round(hit.score, 4),
        own,
        why,
        hit.signals,
    )
