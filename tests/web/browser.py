"""The Chromium of the browser tests. One for the session: a process has room for one running Playwright only."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # the widget lives in other people's pages: its tests want no cookies of third parties, the page has none
    "--test-third-party-cookie-phaseout",
]


@contextmanager
def launched() -> Iterator[Any]:
    """A running Chromium; skips the test where there is none, or no Playwright.

    While it runs, this thread counts as inside Playwright's event loop: ``asyncio.run`` needs another thread.
    """
    if CHROMIUM is None:
        pytest.skip("no Chromium: apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="no Playwright: pip install playwright")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
