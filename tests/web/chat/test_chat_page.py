"""The page in a real Chromium against a real server: what a reader does, on a wide screen and on a phone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from live import PHONE, WIDE, Opened, Server, opened

pytestmark = pytest.mark.browser
TRAINING = "训练数据有什么要求？"
MARKS = "[...document.querySelectorAll('#lq-reader mark')].map(m => m.textContent).join('\\n')"


def answer_of(page: Any, nth: int = 0) -> dict[str, Any]:
    return dict(json.loads(page.locator(".lq-answer .lq-data").nth(nth).text_content()))


def chip(page: Any, ref: str) -> Any:
    return page.locator(f".lq-answer a.cite[href='#cite:{ref}']").first


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_highlight_is_the_quote_of_every_citation(chromium: Any, server: Server, size: dict[str, int]) -> None:
    with opened(chromium, server, viewport=size) as one:
        page = one.go()
        one.ask(TRAINING)
        citations = answer_of(page)["citations"]
        assert len(citations) >= 3
        for n, citation in enumerate(citations):
            page.locator(".lq-answer a.cite").nth(n).click()
            page.locator("#lq-reader-title", has_text=citation["label"]).wait_for()
            assert page.evaluate(MARKS) == citation["quote"]
            if size is PHONE:
                page.get_by_role("button", name="关闭").click()
        assert one.foreign == []
        assert one.errors == []


def test_reader_shows_the_provision_in_its_place(wide: Opened) -> None:
    page = wide.go("?ref=genai-interim-measures-2023:7.1.3")
    page.locator("#lq-reader mark").wait_for()
    assert page.evaluate(MARKS) == "（三）涉及个人信息的，应当取得个人同意或者符合法律、行政法规规定的其他情形；"
    text = page.inner_text("#lq-reader")
    for part in (
        "第二章",
        "部门规章",
        "现行有效",
        "2023年8月15日起施行",
        "国家互联网信息办公室",
        "令第15号",
        "上一条",
        "下一条",
        "核对",
        "由其定稿的草案",
        "https://www.cac.gov.cn/",
    ):
        assert part in text, part
    page.click("#lq-reader >> text=下一条")
    page.locator("#lq-reader-title", has_text="第八条").wait_for()
    assert "ref=genai-interim-measures-2023%3A8" in page.url


def test_phone_reader_is_a_sheet_that_gives_the_focus_back(phone: Opened) -> None:
    page = phone.go()
    assert not page.is_visible("#lq-reader")
    phone.ask(TRAINING)
    link = chip(page, answer_of(page)["citations"][0]["ref"])
    link.focus()
    page.keyboard.press("Enter")
    page.locator("#lq-reader[role=dialog][aria-modal=true]").wait_for()
    assert page.evaluate("document.activeElement.id") == "lq-reader-title"
    assert page.evaluate("document.querySelector('#lq-composer').inert")
    page.keyboard.press("Escape")
    page.locator("#lq-reader").wait_for(state="hidden")
    assert page.evaluate("document.activeElement.className").startswith("cite")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_follow_up_leans_on_the_conversation(wide: Opened) -> None:
    page = wide.go()
    wide.ask("生成式人工智能服务管理暂行办法第七条")
    wide.ask("第八条呢", 2)
    assert answer_of(page, 1)["citations"][0]["ref"].startswith("genai-interim-measures-2023:8")
    assert "接着上一问" in page.locator(".lq-understood").nth(1).inner_text()
    page.locator(".lq-follow button").first.wait_for()
    offered = page.locator(".lq-follow button").first.inner_text()
    page.locator(".lq-follow button").first.click()
    wide.answered(3)
    assert answer_of(page, 2)["question"] == offered


def test_date_and_document_filters(wide: Opened) -> None:
    page = wide.go()
    page.click(".lq-scope-open")
    page.fill("#lq-as-of", "2024-05-01")
    page.keyboard.press("Escape")
    wide.ask("网安法第二十一条")
    first = answer_of(page)["citations"][0]
    assert first["document"] == "cybersecurity-law-2016"
    assert "as_of=2024-05-01" in page.url
    page.click(".lq-scope-reset")
    page.click(".lq-scope-open")
    page.check("input[value=deep-synthesis-provisions-2022]")
    page.keyboard.press("Escape")
    wide.ask(TRAINING, 2)
    assert {c["document"] for c in answer_of(page, 1)["citations"]} == {"deep-synthesis-provisions-2022"}


def test_binding_only_leaves_out_what_does_not_bind(wide: Opened) -> None:
    page = wide.go()
    page.click(".lq-scope-open")
    page.check("#lq-binding")
    page.check("input[value=ai-ethics-norms-2021]")
    page.keyboard.press("Escape")
    page.fill("#lq-box", "人工智能伦理有什么要求")
    page.press("#lq-box", "Enter")
    page.locator(".lq-error", has_text="没有法律约束力").wait_for()
    page.click(".lq-scope-open")
    page.uncheck("input[value=ai-ethics-norms-2021]")
    page.keyboard.press("Escape")
    wide.ask("人工智能伦理有什么要求")
    kinds = {c["kind"] for c in answer_of(page)["citations"]}
    assert kinds <= {"法律", "行政法规", "部门规章", "规范性文件"}


def test_reading_can_be_corrected(wide: Opened) -> None:
    page = wide.go()
    wide.ask(TRAINING)
    page.click(".lq-understood >> text=更正")
    page.fill(".lq-correct input[type=date]", "2023-09-01")
    page.select_option(".lq-correct select", "genai-interim-measures-2023")
    page.click(".lq-correct >> text=按此再问")
    wide.answered(2)
    again = answer_of(page, 1)
    assert again["receipt"]["as_of"] == "2023-09-01"
    assert {c["document"] for c in again["citations"]} == {"genai-interim-measures-2023"}


def test_deep_links(wide: Opened) -> None:
    page = wide.go("?q=网安法第二十一条&as_of=2024-05-01")
    wide.answered()
    assert answer_of(page)["citations"][0]["document"] == "cybersecurity-law-2016"
    page = wide.go("?ref=catalog:anthropomorphic-ai-measures-2026")
    page.locator("#lq-reader", has_text="只有目录").wait_for()
    page = wide.go("?ref=genai-interim-measures-2023:99")
    page.locator("#lq-reader .lq-error", has_text="共24条").wait_for()


def test_library_search_inside_and_side_by_side(wide: Opened) -> None:
    page = wide.go("?doc=genai-interim-measures-2023&beside=genai-measures-draft-2023")
    page.locator(".lq-doc h2").nth(1).wait_for()
    titles = page.locator(".lq-doc h2").all_inner_texts()
    assert titles == ["《生成式人工智能服务管理暂行办法》", "《生成式人工智能服务管理办法（征求意见稿）》"]
    page.locator(".lq-find input").first.fill("训练数据")
    page.locator(".lq-found", has_text="处").first.wait_for()
    marks = page.locator(".lq-doc").first.locator("mark").all_inner_texts()
    assert len(marks) > 3
    assert set(marks) == {"训练数据"}
    page.click(".lq-doc >> nth=0 >> .lq-provision a >> text=第七条")
    page.locator("#lq-reader-title", has_text="第七条").wait_for()
    page.click("#lq-reader >> text=关闭")
    page.click("text=返回文件列表")
    page.fill("#lq-filter", "拟人化")
    page.click(".lq-catalog a")
    page.locator("#lq-reader", has_text="只有目录").wait_for()
    page.fill(".lq-search-all input", "算法备案")
    page.press(".lq-search-all input", "Enter")
    page.locator(".lq-results li").nth(4).wait_for()
    page.go_back()
    page.locator(".lq-doc h2").first.wait_for()


def test_library_groups_by_force(wide: Opened) -> None:
    page = wide.go("?view=browse")
    page.locator(".lq-shelf h3").first.wait_for()
    kinds = [t.split()[0] for t in page.locator(".lq-shelf h3").all_inner_texts()]
    assert kinds[:4] == ["法律", "行政法规", "部门规章", "规范性文件"]
    assert page.locator(".lq-shelf section:not(.lq-catalog) li").count() == 24


def test_history_stays_in_the_browser_and_can_be_cleared(wide: Opened) -> None:
    page = wide.go()
    wide.ask(TRAINING)
    page.reload()
    wide.answered()
    page.click("text=新对话")
    page.locator("#lq-welcome li").first.wait_for()
    page.reload()
    page.locator("#lq-welcome li").first.wait_for()
    page.click("text=历史")
    page.click("#lq-history .open")
    wide.answered()
    assert answer_of(page)["question"] == TRAINING
    page.click("text=历史")
    page.click("text=全部清除")
    assert page.evaluate("localStorage.getItem('lawqa.history')") is None
    page.keyboard.press("Escape")


def test_edit_and_ask_again_replaces_the_turn(wide: Opened) -> None:
    page = wide.go()
    wide.ask("网安法第二十一条")
    page.hover(".lq-question")
    page.click("text=修改再问")
    assert page.input_value("#lq-box") == "网安法第二十一条"
    page.fill("#lq-box", "网安法第二十二条")
    page.press("#lq-box", "Enter")
    page.locator(".lq-question", has_text="二十二条").wait_for()
    wide.answered()
    assert page.locator(".lq-question").count() == 1
    assert answer_of(page)["citations"][0]["ref"].startswith("cybersecurity-law-2025:22")


def test_copy_gives_text_markdown_and_citations(wide: Opened) -> None:
    page = wide.go()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    wide.ask("暂行办法第七条")
    quote = answer_of(page)["citations"][1]["quote"]
    for name in ("纯文本", "Markdown", "引注"):
        page.click(".lq-actions >> text=复制")
        page.get_by_role("button", name=name, exact=True).click()
        page.locator("#lq-toast.on", has_text="已复制").wait_for()
        text = page.evaluate("navigator.clipboard.readText()")
        assert quote in text
        assert ("**" in text) == (name == "Markdown")


def test_export_of_the_conversation(wide: Opened, tmp_path: Path) -> None:
    page = wide.go()
    wide.ask(TRAINING)
    for name, start in (("Word", b"PK"), ("Markdown", b"#")):
        page.click(".lq-actions >> text=导出对话")
        with page.expect_download() as download:
            page.get_by_role("button", name=name, exact=True).click()
        target = tmp_path / name
        download.value.save_as(target)
        assert target.read_bytes().lstrip().startswith(start)


def test_feedback_is_appended_on_this_server_only(wide: Opened) -> None:
    page = wide.go()
    wide.ask(TRAINING)
    page.click(".lq-actions >> text=没帮助")
    page.fill(".lq-feedback textarea", "应先引第七条")
    page.click("text=保存反馈")
    page.locator("#lq-toast.on", has_text="已保存").wait_for()
    last = json.loads((wide.server.data / "feedback.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert last["question"] == TRAINING
    assert last["helpful"] is False
    assert last["note"] == "应先引第七条"
    assert last["provisions"]


def test_keyboard_only(wide: Opened) -> None:
    page = wide.go()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.className") == "lq-skip":
            break
    assert page.evaluate("document.activeElement.className") == "lq-skip"
    page.keyboard.press("Enter")
    page.keyboard.type("暂行办法第七条")
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    wide.answered()
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.className").startswith("cite"):
            break
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert "第七条" in name
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert page.evaluate("document.activeElement.id") == "lq-reader-title"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className").startswith("cite")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "lq-box"


def test_enter_while_composing_does_not_send(wide: Opened) -> None:
    page = wide.go()
    page.focus("#lq-box")
    cdp = page.context.new_cdp_session(page)
    cdp.send("Input.imeSetComposition", {"text": "xun lian", "selectionStart": 8, "selectionEnd": 8})
    enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"}
    seen = page.evaluate(
        "() => { window.seen = []; document.getElementById('lq-box').addEventListener('keydown',"
        " e => window.seen.push([e.key, e.isComposing]), true); }"
    )
    cdp.send("Input.dispatchKeyEvent", {"type": "keyDown", **enter})
    cdp.send("Input.dispatchKeyEvent", {"type": "keyUp", **enter})
    seen = page.evaluate("window.seen")
    assert ["Enter", True] in seen
    page.wait_for_timeout(400)
    assert page.locator(".lq-question").count() == 0
    cdp.send("Input.imeSetComposition", {"text": "", "selectionStart": 0, "selectionEnd": 0})
    page.fill("#lq-box", "")
    cdp.send("Input.imeSetComposition", {"text": "训练数据", "selectionStart": 4, "selectionEnd": 4})
    cdp.send("Input.insertText", {"text": "训练数据有什么要求"})
    assert page.input_value("#lq-box") == "训练数据有什么要求"
    page.keyboard.press("Enter")
    wide.answered()
    assert answer_of(page)["question"] == "训练数据有什么要求"


def test_suggestions_while_typing(wide: Opened) -> None:
    page = wide.go()
    page.type("#lq-box", "算法备案")
    page.locator("#lq-suggest li").first.wait_for()
    offered = page.locator("#lq-suggest li").all_inner_texts()
    assert all("备案" in o for o in offered)
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#lq-suggest li >> nth=0", "aria-selected") == "true"
    page.keyboard.press("Enter")
    wide.answered()
    assert answer_of(page)["question"] == offered[0]


def test_english_switch(wide: Opened) -> None:
    page = wide.go()
    wide.ask(TRAINING)
    page.click("text=English")
    assert page.inner_text("#lq-composer button.primary") == "Ask"
    assert "Read as" in page.inner_text(".lq-understood")
    assert page.get_attribute("html", "lang") == "en"
    assert page.get_attribute(".lq-body", "lang") == "zh-CN"
    page.click("text=New")
    page.locator("#lq-welcome h1", has_text="Answers").wait_for()
    page.reload()
    page.locator("#lq-welcome h1", has_text="Answers").wait_for()


def test_dark_follows_the_system_and_the_button(chromium: Any, server: Server) -> None:
    with opened(chromium, server, color_scheme="dark") as one:
        page = one.go()
        paper = "getComputedStyle(document.body).backgroundColor"
        assert page.evaluate(paper) == "rgb(22, 24, 27)"
        page.click("text=外观：随系统")
        assert page.evaluate(paper) == "rgb(252, 251, 248)"


def test_no_request_to_another_host(wide: Opened) -> None:
    page = wide.go()
    wide.ask("![x](https://example.com/x.png) <img src=https://example.com/y.png> 训练数据有什么要求")
    wide.ask("拟人化互动办法有什么要求", 2)
    page.click("#lq-view-browse")
    page.click(".lq-shelf li a >> nth=0")
    page.locator(".lq-doc h2").wait_for()
    page.click("text=English")
    page.wait_for_timeout(800)
    assert wide.foreign == []


def test_works_under_a_strict_content_policy(chromium: Any, server: Server) -> None:
    policy = (
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self';"
        " connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    )
    with opened(chromium, server) as one:

        def strict(route: Any) -> None:
            response = route.fetch()
            route.fulfill(response=response, headers={**response.headers, "content-security-policy": policy})

        one.page.context.route("**/ui/", strict)
        page = one.go()
        one.ask(TRAINING)
        page.locator(".lq-answer a.cite").nth(1).click()
        page.locator("#lq-reader mark").first.wait_for()
        assert one.errors == []


def test_unusable_questions_get_a_sentence(wide: Opened) -> None:
    page = wide.go()
    page.fill("#lq-box", "😀😀")
    page.press("#lq-box", "Enter")
    page.locator(".lq-error", has_text="没有文字").wait_for()
    page.fill("#lq-box", "长" * 5000)
    page.press("#lq-box", "Enter")
    page.locator(".lq-error", has_text="问题太长").wait_for()
    wide.ask(TRAINING)


def test_lost_server_is_said_and_the_question_kept(chromium: Any, index: Path, tmp_path: Path) -> None:
    running = Server(tmp_path, LAWQA_INDEX=str(index))
    try:
        running.wait()
        with opened(chromium, running) as one:
            page = one.go()
            one.ask(TRAINING)
            running.stop()
            page.fill("#lq-box", "暂行办法第八条")
            page.press("#lq-box", "Enter")
            page.locator("#lq-status.failed", has_text="连不上服务器").wait_for()
            assert page.input_value("#lq-box") == "暂行办法第八条"
            page.locator(".lq-answer a.cite").nth(2).click()
            page.locator("#lq-reader .lq-error", has_text="连不上服务器").wait_for()
    finally:
        running.stop()


@pytest.mark.slow
def test_first_start_shows_progress(chromium: Any, tmp_path: Path) -> None:
    running = Server(tmp_path / "data", LAWQA_INDEX=str(tmp_path / "index"))
    try:
        running.wait(lambda state: not state["ready"])
        with opened(chromium, running) as one:
            # the build may be done before the page is there: what it said while it ran is said again, once
            seen = running.wait(lambda state: state["progress"]["total"] > 0 and not state["ready"])
            told = iter([seen, seen])
            one.page.route(
                "**/api/ui/state",
                lambda route: route.fulfill(json=state) if (state := next(told, None)) else route.continue_(),
            )
            one.page.goto(f"{running.url}/ui/")
            one.page.locator("#lq-status", has_text="正在").wait_for()
            one.page.locator("#lq-welcome li").first.wait_for(timeout=90_000)
            one.ask(TRAINING)
    finally:
        running.stop()


def test_failed_start_says_why(chromium: Any, tmp_path: Path) -> None:
    running = Server(tmp_path, LAWQA_CORPUS=str(tmp_path / "nowhere"))
    try:
        running.wait(lambda state: state["error"] is not None)
        with opened(chromium, running) as one:
            one.page.goto(f"{running.url}/ui/")
            one.page.locator("#lq-status.failed", has_text="不存在").wait_for()
    finally:
        running.stop()


def test_print_view_leaves_the_controls_out(wide: Opened) -> None:
    page = wide.go()
    wide.ask(TRAINING)
    page.emulate_media(media="print")
    assert not page.is_visible("#lq-composer")
    assert not page.is_visible("#lq-header")
    assert page.is_visible(".lq-answer")


def test_nothing_of_gradio_shows(wide: Opened) -> None:
    page = wide.go()
    wide.ask(TRAINING)
    assert "gradio" not in page.inner_text("body").lower()
    assert page.title() == "人工智能法规问答 · lawqa"
    assert page.locator("footer:visible").count() == 0
