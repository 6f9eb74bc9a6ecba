"""A LawQA on its own index for the whole folder, and a short way to ask for verdicts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lawqa.check.report import CheckedCitation
from lawqa.lawqa import LawQA
from lawqa.settings import load_settings

DAY = "2026-06-01"
Check = Callable[..., list[CheckedCitation]]


@pytest.fixture(scope="session")
def checking(tmp_path_factory: pytest.TempPathFactory) -> LawQA:
    return LawQA.open(load_settings({}, index=tmp_path_factory.mktemp("index")))


@pytest.fixture(scope="session")
def check(checking: LawQA) -> Check:
    """``check(text, day)`` → the entries of the report."""

    def run(text: str, day: str = DAY) -> list[CheckedCitation]:
        return list(checking.check(text, day).citations)

    return run
