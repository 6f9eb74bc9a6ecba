"""Texts that are made to keep the reader busy."""

from __future__ import annotations

import pytest

from lawqa.check.checker import MAX_PLACES
from lawqa.corpus.pinpoint import find_pinpoints
from lawqa.errors import UsageError
from lawqa.lawqa import LawQA


@pytest.mark.parametrize("piece", ["一", "一、", "第1"])
def test_numerals_without_an_article_cost_no_square(piece: str) -> None:
    # not timed: with the square it would not end within the suite's patience
    assert list(find_pinpoints(piece * 100_000)) == []


def test_far_apart_articles_are_all_found() -> None:
    text = ("第三条、第五条" + "无" * 1000) * 3 + "第" + "、".join(str(n) for n in range(1, 40)) + "条"
    numbers = [place[0] for p in find_pinpoints(text) for place in p.places]
    assert numbers == ["3", "5"] * 3 + [str(n) for n in range(1, 40)]


@pytest.mark.parametrize("piece", ["该法", "网络安全法", "第一条，"])
def test_too_many_citations_are_refused_with_their_number(lawqa: LawQA, piece: str) -> None:
    with pytest.raises(UsageError, match=f"最多核对{MAX_PLACES}处：请分开核对"):
        lawqa.check(piece * (MAX_PLACES + 1))
