"""axe-core on every state of the page: no serious or critical violation. axe-core comes from npm, for the tests only."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from live import PHONE, Server, opened

pytestmark = pytest.mark.browser
AXE_VERSION = "4.10.3"
TRAINING = "?q=训练数据有什么要求？"


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The source of axe-core."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm to fetch axe-core with: apt-get install npm")
    folder = tmp_path_factory.mktemp("axe")
    command = [npm, "install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", f"axe-core@{AXE_VERSION}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not script.is_file():
        pytest.skip(f"npm could not fetch axe-core {AXE_VERSION}: {done.stderr.strip()[-200:]}")
    return Path(script).read_text(encoding="utf-8")


def asked(one: Any) -> None:
    one.go(TRAINING)
    one.answered()
    one.page.locator(".lq-follow").wait_for()


def scope_open(one: Any) -> None:
    asked(one)
    one.page.click(".lq-scope-open")
    one.page.locator("#lq-scope-panel input[value]").first.wait_for()


def sheet_open(one: Any) -> None:
    asked(one)
    one.page.locator(".lq-answer a.cite").nth(1).click()
    one.page.locator("#lq-reader mark").wait_for()


def history_open(one: Any) -> None:
    asked(one)
    one.page.click("#lq-header >> text=历史")
    one.page.locator("#lq-history .open").wait_for()


def library_open(one: Any) -> None:
    one.go("?doc=cybersecurity-law-2025&beside=cybersecurity-law-2016")
    one.page.locator(".lq-doc h2").nth(1).wait_for()


def welcome(one: Any) -> None:
    one.go()


def refused(one: Any) -> None:
    one.go("?q=拟人化互动办法有什么要求")
    one.answered()


def check_open(one: Any) -> None:
    one.page.goto(f"{one.server.url}/ui/check")
    one.page.fill(
        "#lq-check-text",
        "依据《生成式人工智能服务管理暂行办法》第九十九条，第七条规定“使用具有非法来源的数据和基础模型”。",
    )
    one.page.click("form .primary")
    one.page.locator(".lawqa-check li.bad").first.wait_for()


def compare_open(one: Any) -> None:
    one.page.goto(f"{one.server.url}/ui/compare")
    one.page.locator(".lawqa-compare tbody tr").first.wait_for()


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "state",
    [welcome, asked, scope_open, sheet_open, history_open, library_open, refused, check_open, compare_open],
    ids=lambda s: s.__name__,
)
def test_no_serious_violation(
    chromium: Any, server: Server, axe: str, state: Callable[[Any], None], theme: str, phone: bool
) -> None:
    size = {"viewport": PHONE} if phone else {}
    with opened(chromium, server, color_scheme=theme, reduced_motion="reduce", **size) as one:
        state(one)
        one.page.evaluate(axe)
        result = one.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    serious = [
        f"{v['id']}: {v['help']}: "
        + " | ".join(n["html"][:160] + " " + n["failureSummary"][:200] for n in v["nodes"][:4])
        for v in result["violations"]
        if v["impact"] in ("serious", "critical")
    ]
    assert serious == []
