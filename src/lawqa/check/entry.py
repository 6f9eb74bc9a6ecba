"""One line of the report: a claim with its finding, labelled."""

from __future__ import annotations

from dataclasses import replace

from lawqa.check.citation import Citation
from lawqa.check.claim import POINTER, Claim
from lawqa.check.fault import place_label
from lawqa.check.report import CheckedCitation
from lawqa.check.verdict import Finding, Judge

_OPENING, _CLOSING = tuple('“「『"＂'), tuple('”」』"＂')


def entry(claim: Claim, main: Citation | None, form: str, finding: Finding, text: str, judge: Judge) -> CheckedCitation:
    """``main`` is the citation that is reported (None for a quotation without a source)."""
    spans = [(c.start, c.end) for c in claim.citations] + ([(claim.start, claim.end)] if form != POINTER else [])
    start, end = min(s for s, _ in spans), max(e for _, e in spans)
    if text[end : end + 1] in _CLOSING and end == claim.end:
        end += 1
    if text[start - 1 : start] in _OPENING and start == claim.start:
        start -= 1
    name, label = _claimed(main, judge) if main else (None, None)
    return CheckedCitation(
        span=(start, end),
        text=text[start:end],
        form=form,
        claimed_ref=name,
        claimed_label=label,
        quote=text[claim.start : claim.end] if form != POINTER else None,
        quote_span=(claim.start, claim.end) if form != POINTER else None,
        verdict=finding.verdict,
        reason=finding.reason,
        difference=finding.difference,
        correct_ref=str(finding.ref) if finding.ref else None,
        correct_label=judge.label(finding.ref) if finding.ref else None,
        correct_text=finding.text,
        warnings=finding.warnings,
    )


def _claimed(main: Citation, judge: Judge) -> tuple[str | None, str | None]:
    """The reference (None where nothing here has one) and the label of what is cited."""
    place = main.places[0] if main.places else None
    marker = place_label(place) if place else ""
    if main.documents:
        held = (place.ref.document if place and place.ref else None) or main.documents[0]
        name = str(place.ref) if place and place.ref else held
        return name, judge.corpus.instrument(held).label + marker
    if main.catalog and (known := judge.corpus.entry(main.catalog)):
        return known.ref, f"《{known.title}》{marker}"
    return None, f"《{main.unheld}》{marker}" if main.unheld else None


def moved(checked: CheckedCitation, by: int) -> CheckedCitation:
    """The entry of a text that begins ``by`` characters into another."""
    span = (checked.span[0] + by, checked.span[1] + by)
    quote = (checked.quote_span[0] + by, checked.quote_span[1] + by) if checked.quote_span else None
    return replace(checked, span=span, quote_span=quote)
