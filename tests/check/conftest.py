"""A LawQA on its own index for the whole folder, and a short way to ask for verdicts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lawqa.check.report import CheckedCitation
from lawqa.lawqa import LawQA

DAY = "2026-06-01"
Check = Callable[..., list[CheckedCitation]]


@pytest.fixture(scope="session")
def checking(lawqa: LawQA) -> LawQA:
    return lawqa


@pytest.fixture(scope="session")
def check(checking: LawQA) -> Check:
    """``check(text, day)`` → the entries of the report."""

    def run(text: str, day: str = DAY) -> list[CheckedCitation]:
        return list(checking.check(text, day).citations)

    return run
