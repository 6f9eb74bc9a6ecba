"""The bar on the development texts: every wrong citation flagged, the kinds right, nothing right accused."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from lawqa.check.report import FINE, VERDICTS, CheckedCitation
from lawqa.lawqa import LawQA

SET = Path(__file__).resolve().parents[2] / "evals" / "check" / "development.jsonl"
TEXTS = [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines()]


def _overlap(a: Any, b: Any) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def _match(span: list[int], citations: tuple[CheckedCitation, ...]) -> CheckedCitation | None:
    best = max(citations, key=lambda c: (_overlap(span, c.quote_span or c.span), _overlap(span, c.span)), default=None)
    return best if best and _overlap(span, best.span) else None


def test_the_set_has_every_verdict() -> None:
    counts = Counter(c["verdict"] for t in TEXTS for c in t["citations"])
    assert sum(counts.values()) >= 120
    assert set(counts) == set(VERDICTS)


@pytest.mark.parametrize("row", TEXTS, ids=[t["id"] for t in TEXTS])
def test_wrong_ones_are_flagged_and_right_ones_are_not(checking: LawQA, row: dict[str, Any]) -> None:
    report = checking.check(row["text"], row["as_of"])
    for known in row["citations"]:
        found = _match(known["span"], report.citations)
        words = row["text"][slice(*known["span"])]
        assert found is not None, words
        assert found.fine == (known["verdict"] in FINE), (words, found.verdict, found.reason)


def test_the_verdicts_agree(checking: LawQA) -> None:
    total, agree = 0, 0
    for row in TEXTS:
        report = checking.check(row["text"], row["as_of"])
        for known in row["citations"]:
            found = _match(known["span"], report.citations)
            total += 1
            agree += found is not None and found.verdict == known["verdict"]
    assert agree / total >= 0.95
