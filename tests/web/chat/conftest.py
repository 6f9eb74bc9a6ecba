"""One server and one Chromium for all tests of the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from live import CHROMIUM, FLAGS, PHONE, Opened, Server, opened


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("data"))
    try:
        running.wait()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no Chromium: apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="no Playwright: pip install playwright")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


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
