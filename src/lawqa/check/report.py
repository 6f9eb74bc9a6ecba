"""The result of a check: one entry for every citation and quotation, with its verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lawqa.text.difference import Segment

EXACT = "exact"
ALTERED = "altered"
WRONG_ARTICLE = "wrong_article"
WRONG_DOCUMENT = "wrong_document"
NO_SUCH_PROVISION = "no_such_provision"
FABRICATED = "fabricated"
NOT_IN_FORCE = "not_in_force"
NOT_HELD = "not_held"
SUPPORTED = "paraphrase_supported"
UNSUPPORTED = "paraphrase_unsupported"
#: Every verdict with its Chinese and English name, in the order of summaries.
VERDICTS: Mapping[str, tuple[str, str]] = {
    EXACT: ("与原文相符", "Literal"),
    SUPPORTED: ("转述有依据", "Paraphrase supported"),
    ALTERED: ("引文有改动", "Quotation altered"),
    WRONG_ARTICLE: ("条款号有误", "Wrong article"),
    WRONG_DOCUMENT: ("文件有误", "Wrong document"),
    NO_SUCH_PROVISION: ("没有这一条款", "No such provision"),
    FABRICATED: ("查无此文", "Found nowhere"),
    UNSUPPORTED: ("转述没有依据", "Paraphrase unsupported"),
    NOT_IN_FORCE: ("不是有效条文", "Not in force"),
    NOT_HELD: ("未收录，无法核对", "Not held, not checked"),
}
FINE = frozenset({EXACT, SUPPORTED})


@dataclass(frozen=True, slots=True)
class CheckedCitation:
    """One citation with what it claims and what is so.

    ``span``: characters of the input that it covers, citation and words; ``quote``: the words given as the
    law's (or the paraphrase; None for a mere pointer) at ``quote_span``; ``form``: ``quotation``,
    ``paraphrase`` or ``pointer``; ``difference``: runs of characters (empty where nothing differs);
    ``correct_ref``: where the words stand, or what the cited provision is; ``correct_text``: literal.
    """

    span: tuple[int, int]
    text: str
    form: str
    claimed_ref: str | None
    claimed_label: str | None
    quote: str | None
    quote_span: tuple[int, int] | None
    verdict: str
    reason: str
    difference: tuple[Segment, ...] = ()
    correct_ref: str | None = None
    correct_label: str | None = None
    correct_text: str | None = None
    warnings: tuple[str, ...] = ()

    @property
    def fine(self) -> bool:
        return self.verdict in FINE

    def to_dict(self) -> dict[str, Any]:
        return {
            "span": list(self.span),
            "text": self.text,
            "form": self.form,
            "claimed_ref": self.claimed_ref,
            "claimed_label": self.claimed_label,
            "quote": self.quote,
            "quote_span": list(self.quote_span) if self.quote_span else None,
            "verdict": self.verdict,
            "reason": self.reason,
            "difference": [s.to_dict() for s in self.difference] or None,
            "correct_ref": self.correct_ref,
            "correct_label": self.correct_label,
            "correct_text": self.correct_text,
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Everything found in one text. ``as_of`` is the ISO date whose law applied."""

    text: str = field(repr=False)
    as_of: str
    citations: tuple[CheckedCitation, ...]

    @property
    def flagged(self) -> tuple[CheckedCitation, ...]:
        """Those that are not simply right."""
        return tuple(c for c in self.citations if not c.fine)

    @property
    def counts(self) -> dict[str, int]:
        counts = Counter(c.verdict for c in self.citations)
        return {verdict: counts[verdict] for verdict in VERDICTS if counts[verdict]}

    def to_dict(self) -> dict[str, Any]:
        return {"as_of": self.as_of, "counts": self.counts, "citations": [c.to_dict() for c in self.citations]}
