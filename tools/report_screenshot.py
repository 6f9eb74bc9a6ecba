"""Take docs/images/eval-report.png: the report of a run on the development set, as Chromium shows it.

    python tools/report_screenshot.py [--chromium /usr/bin/chromium] [--target docs/images/eval-report.png]

Needs playwright. Fails where the page asks for anything but itself, or logs anything.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--target", type=Path, default=ROOT / "docs" / "images" / "eval-report.png")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as driver:
        command = [sys.executable, "-m", "lawqa", "eval", str(ROOT / "evals" / "dev"), "--split", "reporting"]
        systems = ["--systems", "full", "bm25+dense", "bm25-words"]
        subprocess.run([*command, *systems, "--out", scratch], check=True)
        browser = driver.chromium.launch(executable_path=arguments.chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1180, "height": 900})
        asked: list[str] = []
        said: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"file://{scratch}/report.html")
        page.locator("details").nth(0).locator("summary").click()  # it must open without a script
        page.set_viewport_size({"width": 1180, "height": 2500})
        page.evaluate("scrollTo(0, 0)")
        arguments.target.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(arguments.target))
        browser.close()
        if len(asked) != 1 or said:
            sys.exit(f"the page is not self-contained: {asked[1:]} {said}")
    print(arguments.target)


if __name__ == "__main__":
    main()
