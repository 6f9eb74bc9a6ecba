"""The check and compare pages in a real Chromium: no request to another host, no breach of the strict policy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from live import PHONE, WIDE, Opened, Server, opened

pytestmark = pytest.mark.browser
TEXT = "依据《生成式人工智能服务管理暂行办法》第四条：“使用具有合法来源的数据和基础模型”。\n" + "合规意见。" * 70
RIGHT = "genai-interim-measures-2023:7.1.1"


@pytest.fixture(params=[WIDE, PHONE], ids=["wide", "phone"])
def one(request: pytest.FixtureRequest, chromium: Any, server: Server) -> Iterator[Opened]:
    """A page; whatever the browser's console complains of is an error, a breach of the policy among it."""
    with opened(chromium, server, viewport=request.param, accept_downloads=True) as page:
        page.page.on("console", lambda m: page.errors.append(m.text) if m.type == "error" else None)
        yield page
        assert page.foreign == []
        assert page.errors == []
        assert page.page.evaluate("document.documentElement.scrollWidth") <= request.param["width"]


def test_a_file_is_checked_and_comes_back_as_word(one: Opened, tmp_path: Path) -> None:
    page = one.page
    page.goto(f"{one.server.url}/ui/check")
    page.locator("form .primary").wait_for()
    page.set_input_files("input[type=file]", {"name": "意见.txt", "mimeType": "text/plain", "buffer": TEXT.encode()})
    page.locator(".lawqa-check li.bad").wait_for()
    link = page.locator(".lawqa-check li.bad a[href*='ref=']")
    assert f"ref={RIGHT}" in link.get_attribute("href")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载带批注的 Word").click()
    target = tmp_path / "checked.docx"
    download.value.save_as(target)
    assert next(iter(docx.Document(str(target)).comments)).text.startswith("条款号有误")
    page.get_by_role("button", name="English").click()
    page.locator(".lawqa-check li.bad", has_text="Wrong article").wait_for()


def test_any_two_documents_are_compared(one: Opened) -> None:
    page = one.page
    page.goto(f"{one.server.url}/ui/compare")
    page.locator(".lawqa-compare tr.changed").first.wait_for()
    page.get_by_role("button", name="网络安全法2016与2025").click()
    page.locator(".lawqa-compare tr.same").first.wait_for()
    page.get_by_label("只看有变化的条文").check()
    page.locator(".lawqa-compare tr.same").first.wait_for(state="detached")
    assert "changed=1" in page.url
    assert page.locator(".lq-chapters tbody tr").count() == 7
    page.get_by_label("旧文件").select_option("genai-interim-measures-2023")
    page.locator(".lawqa-compare tr.dropped").first.wait_for()


def test_the_chat_page_leads_to_both(wide: Opened) -> None:
    page = wide.go("?doc=cybersecurity-law-2025&beside=cybersecurity-law-2016")
    page.click(".lq-compare-link")
    page.locator(".lawqa-compare tr.same").first.wait_for()
    assert "a=cybersecurity-law-2016&b=cybersecurity-law-2025" in page.url
    page = wide.go()
    page.evaluate(
        """text => { const data = new DataTransfer(); data.setData("text", text);
        document.getElementById("lq-box").dispatchEvent(new ClipboardEvent("paste", {clipboardData: data})); }""",
        TEXT,
    )
    page.get_by_role("button", name="核对引用").click()
    page.locator(".lawqa-check li.bad").wait_for()
    with page.expect_popup() as popup:
        page.locator(".lawqa-check li.bad a[href*='ref=']").click()
    popup.value.locator("#lq-reader-title", has_text="第七条").wait_for()
