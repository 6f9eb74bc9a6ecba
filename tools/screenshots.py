"""Makes the pictures of docs/images out of the running page: ``python tools/screenshots.py`` (needs Chromium)."""

from __future__ import annotations

import argparse
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
QUESTION = "?q=训练数据有什么要求？"


@contextmanager
def served() -> Iterator[str]:
    """The address of ``lawqa serve`` in a process of its own, ready to answer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([sys.executable, str(ROOT / "app.py"), "--port", str(port)], cwd=ROOT)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"{url}/api/ui/state", timeout=5) as response:
                    if b'"ready":true' in response.read():
                        break
            except OSError:
                pass
            time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(20)


def cited(page: Any) -> None:
    """An answer whose third citation is open in the reader."""
    page.locator(".lq-follow").wait_for()
    page.locator(".lq-answer a.cite").nth(2).click()
    page.locator("#lq-reader mark").first.wait_for()
    page.evaluate("document.querySelector('.message-row').scrollIntoView()")


def shot(browser: Any, url: str, query: str, target: Path, prepare: Any, **context: Any) -> None:
    view = browser.new_context(**{"viewport": WIDE, "locale": "zh-CN", "color_scheme": "light", **context})
    page = view.new_page()
    page.goto(f"{url}/ui/{query}")
    prepare(page)
    page.wait_for_timeout(400)
    page.screenshot(path=target)
    view.close()
    print(target.relative_to(ROOT))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images")
    out: Path = parser.parse_args().out.resolve()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("no Chromium: apt-get install chromium fonts-noto-cjk", file=sys.stderr)
        return 1
    from playwright.sync_api import sync_playwright

    out.mkdir(parents=True, exist_ok=True)
    with served() as url, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        phone = {"viewport": PHONE, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
        shot(browser, url, QUESTION, out / "chat-wide.png", cited)
        shot(browser, url, QUESTION, out / "dark.png", cited, color_scheme="dark")
        shot(browser, url, QUESTION, out / "chat-phone.png", cited, **phone)
        library = "?doc=genai-interim-measures-2023"
        shot(browser, url, library, out / "browse.png", lambda page: page.locator(".lq-doc h2").first.wait_for())
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
