"""LawQA with the corpus and index of the checkout."""

from __future__ import annotations

import pytest

from lawqa.lawqa import LawQA
from lawqa.settings import load_settings


@pytest.fixture(scope="session")
def lawqa() -> LawQA:
    return LawQA.open(load_settings({}))
