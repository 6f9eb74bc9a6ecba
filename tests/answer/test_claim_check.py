from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lawqa.answer.citation import cite
from lawqa.answer.claim_check import ClaimCheck
from lawqa.answer.claims import Claim
from lawqa.answer.sources import sources
from lawqa.lawqa import LawQA

DAY = date(2026, 6, 1)
CLAIMS = [json.loads(line) for line in (Path(__file__).parent / "claims.jsonl").read_text("utf-8").splitlines()]


def check_of(lawqa: LawQA, refs: list[str]) -> ClaimCheck:
    """A check against the lines at ``refs``: of a whole 款, its own words without the 项."""
    citations = []
    for n, text in enumerate(refs, start=1):
        ref = lawqa.corpus.parse(text)
        provision = lawqa.corpus.provision(ref)
        lines = [t for at, t in provision.pieces() if at == ref] or [provision.text]
        citations.append(cite(lawqa.corpus, ref, lines[0], DAY, n))
    return ClaimCheck(lawqa.titles, {s.number: s for s in sources(lawqa.corpus, citations, [], DAY)}, DAY)


@pytest.mark.parametrize("row", CLAIMS, ids=[row["sentence"][:24] for row in CLAIMS])
def test_sentences(lawqa: LawQA, row: dict[str, Any]) -> None:
    claim = Claim(row["sentence"], tuple(range(1, len(row["cites"]) + 1)))
    fault = check_of(lawqa, row["cites"]).fault(claim)
    if row["fault"] is None:
        assert fault is None
    else:
        assert fault is not None
        assert row["fault"] in fault


@pytest.mark.parametrize(("markers", "fault"), [((), "没有注明依据"), ((2,), "[2]"), ((1, 99), "[99]"), ((0,), "[0]")])
def test_markers_must_resolve(lawqa: LawQA, markers: tuple[int, ...], fault: str) -> None:
    check = check_of(lawqa, ["genai-interim-measures-2023:7.1.2"])
    assert fault in str(check.fault(Claim("不得侵害他人依法享有的知识产权。", markers)))


def test_the_provisions_own_words_pass(lawqa: LawQA) -> None:
    """Every 款 and 项 of the primary document, cited to itself, is borne out."""
    struck = []
    for provision in lawqa.corpus.instrument("genai-interim-measures-2023").provisions:
        for ref, text in provision.pieces():
            if provision.is_article:
                fault = check_of(lawqa, [str(ref)]).fault(Claim(text, (1,)))
                if fault:
                    struck.append((str(ref), fault))
    assert struck == []


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(
        alphabet="第七八十百万亿零条款项之至、，。《》“”（）可以应当不得无需2年月日5%元网信部门暂行办法[]1.",
        max_size=60,
    )
)
def test_no_text_breaks_the_check(lawqa: LawQA, text: str) -> None:
    fault = check_of(lawqa, ["genai-interim-measures-2023:7.1.2"]).fault(Claim(text, (1,)))
    assert fault is None or "\n" not in fault
