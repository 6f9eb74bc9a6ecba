"""One server for all tests of the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from live import PHONE, Opened, Server, opened


@pytest.fixture(scope="session")
def server(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    # the tests together are faster than any reader: the rate limit has tests of its own
    running = Server(tmp_path_factory.mktemp("data"), LAWQA_INDEX=str(index), LAWQA_RATE_PER_MINUTE="0")
    try:
        running.wait()
        yield running
    finally:
        running.stop()


@pytest.fixture
def wide(chromium: Any, server: Server) -> Iterator[Opened]:
    with opened(chromium, server) as page:
        yield page
        assert page.errors == []


@pytest.fixture
def phone(chromium: Any, server: Server) -> Iterator[Opened]:
    with opened(chromium, server, viewport=PHONE, is_mobile=True, has_touch=True) as page:
        yield page
        assert page.errors == []
