"""How fast the page is: ``PYTHONPATH=src python benchmarks/web.py`` (needs Chromium).

first content: navigation to the first contentful paint; question box: navigation until one can type;
answer paint: Enter to the first frame in which the whole answer stands, in a real browser against a real server.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))
from screenshots import FLAGS, WIDE, served

QUESTIONS = (
    "训练数据有什么要求？",
    "网安法第二十一条",
    "算法备案需要什么手续？",
    "不标识AI生成内容会怎样处罚？",
    "第八条呢",
)
#: Resolves with the milliseconds from Enter to the frame after the nth answer stands with its buttons.
ASK = """([question, nth]) => new Promise((done) => {
  const box = document.getElementById('lq-box');
  box.value = question;
  const start = performance.now();
  box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  const look = () => document.querySelectorAll('.lq-answer .lq-actions').length >= nth
    ? requestAnimationFrame(() => setTimeout(() => done(performance.now() - start), 0)) : requestAnimationFrame(look);
  look();
})"""
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"


def load(page: Any, url: str) -> tuple[float, float]:
    page.goto(f"{url}/ui/")
    page.wait_for_selector("#lq-welcome li")
    box = page.evaluate("performance.now()")
    return float(page.evaluate(PAINT)), float(box)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=5, help="cold loads, and rounds of the questions")
    rounds: int = parser.parse_args().rounds
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("no Chromium: apt-get install chromium", file=sys.stderr)
        return 1
    from playwright.sync_api import sync_playwright

    cold, warm, answers = [], [], []
    with served() as url, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        for _ in range(rounds):
            context = browser.new_context(viewport={"width": WIDE["width"], "height": WIDE["height"]}, locale="zh-CN")
            page = context.new_page()
            cold.append(load(page, url))
            warm.append(load(page, url))
            for n, question in enumerate(QUESTIONS, 1):
                answers.append(float(page.evaluate(ASK, [question, n])))
            context.close()
        browser.close()

    def ms(values: list[float]) -> dict[str, float]:
        return {"median": round(statistics.median(values)), "max": round(max(values))}

    report = {
        "first_content_cold_ms": ms([c[0] for c in cold]),
        "usable_cold_ms": ms([c[1] for c in cold]),
        "first_content_warm_ms": ms([w[0] for w in warm]),
        "usable_warm_ms": ms([w[1] for w in warm]),
        "answer_paint_after_enter_ms": ms(answers),
        "answers": len(answers),
    }
    print(json.dumps(report, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
