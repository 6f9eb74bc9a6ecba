"""The answer that every interface returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lawqa.answer.citation import Citation

ANSWERED, REFUSED = "answered", "refused"


@dataclass(frozen=True)
class Answer:
    """``answer`` is Markdown with [1] markers; a refusal has a ``reason`` and no citations.

    ``understood`` says how the question was read, ``receipt`` what the answer was made from (corpus version,
    index digest, settings), ``evidence`` how surely the documents answer (0 to 1).
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

    def to_dict(self) -> dict[str, Any]:
        """The JSON of DESIGN.md's contract, with ``understood``, ``receipt`` and ``evidence`` added."""
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
        }
