"""The answer that every interface returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lawqa.answer.citation import Citation

ANSWERED, REFUSED = "answered", "refused"
EXTRACTIVE, GENERATED = "extractive", "generated"


@dataclass(frozen=True, slots=True)
class Struck:
    """A sentence of a language model that was struck out. ``sentence`` is kept for audits and never shown."""

    sentence: str
    reason: str


@dataclass(frozen=True)
class Answer:
    """``answer`` is Markdown with [1] markers; a refusal has a ``reason`` and no citations.

    ``understood`` says how the question was read, ``receipt`` what the answer was made from (corpus version,
    index digest, settings), ``evidence`` how surely the documents answer (0 to 1). ``mode`` says who wrote the
    sentences: "extractive" (nobody: verified parts) or "generated" (a language model, every sentence verified);
    ``struck`` what of a language model's did not pass.
    """

    question: str
    status: str
    answer: str
    citations: tuple[Citation, ...] = ()
    reason: str | None = None
    notices: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    understood: Mapping[str, Any] = field(default_factory=dict)
    receipt: Mapping[str, Any] = field(default_factory=dict)
    evidence: float = 1.0
    mode: str = EXTRACTIVE
    struck: tuple[Struck, ...] = ()

    def noticed(self, *notices: str) -> Answer:
        """The same answer with further notices, which stand at its end and in ``notices``."""
        text = self.answer + "".join(f"\n\n注意：{n}" for n in notices)
        return replace(self, answer=text, notices=(*self.notices, *notices))

    def to_dict(self) -> dict[str, Any]:
        """The JSON of DESIGN.md's contract, with ``understood``, ``receipt``, ``evidence`` and ``mode`` added.

        Of struck sentences it gives the reasons only: an unverified citation leaves in no field.
        """
        return {
            "question": self.question,
            "status": self.status,
            "answer": self.answer,
            "citations": [c.to_dict() for c in self.citations],
            "reason": self.reason,
            "notices": list(self.notices),
            "related": list(self.related),
            "timings_ms": dict(self.timings_ms),
            "understood": dict(self.understood),
            "receipt": dict(self.receipt),
            "evidence": self.evidence,
            "mode": self.mode,
            "struck": [s.reason for s in self.struck],
        }
