"""The widget in real Chromium, on pages of other origins and other sites, under strict policies."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.web.conftest import QUESTION, ROOT, Serve, Server, free_port, lawqa_command

playwright = pytest.importorskip("playwright.sync_api", reason="pip install playwright")
pytestmark = pytest.mark.browser
expect = playwright.expect
#: A host page may allow no more than this and the widget works.
_HOST_POLICY = "default-src 'none'; script-src {lawqa} 'sha256-none'; frame-src {lawqa}; style-src 'self'"


class Host:
    """A web server of somebody else: ``page(name, html)`` puts a page there under a strict policy."""

    def __init__(self, folder: Path, lawqa: str) -> None:
        self.folder, self.port = folder, free_port()
        policy = _HOST_POLICY.format(lawqa=lawqa)

        class Handler(SimpleHTTPRequestHandler):
            def end_headers(self) -> None:
                self.send_header("Content-Security-Policy", policy)
                super().end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), partial(Handler, directory=str(folder)))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def page(self, name: str, body: str) -> None:
        style = "<style>button,iframe,div{display:none!important;color:red}</style>"  # a hostile host style (blocked or not)
        (self.folder / name).write_text(
            f"<!doctype html><meta charset=utf-8><title>h</title>{style}<h1>门户</h1>{body}"
        )

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class Watch:
    """What a page asked for, and what its policies stopped."""

    def __init__(self, context: Any) -> None:
        self.urls: list[str] = []
        self.violations: list[str] = []
        context.on("request", lambda r: self.urls.append(r.url))
        context.on("console", self._console)
        context.on("weberror", lambda e: self.violations.append(str(e.error)))

    def _console(self, message: Any) -> None:
        if "Content Security Policy" in message.text or "Refused" in message.text:
            self.violations.append(message.text)

    def hosts(self) -> set[str]:
        return {urlsplit(u).netloc for u in self.urls if u.startswith("http")}


@pytest.fixture
def context(chromium: Any) -> Iterator[Any]:
    made = chromium.new_context(locale="zh-CN", viewport={"width": 1280, "height": 800})
    made.set_default_timeout(15_000)
    yield made
    made.close()


@pytest.fixture(scope="module")
def allowed(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Host]]:
    folder = tmp_path_factory.mktemp("host")
    port = free_port()
    host = Host(folder, f"http://127.0.0.1:{port}")
    settings = {"LAWQA_PORT": str(port), "LAWQA_EMBED_ORIGINS": f"http://localhost:{host.port}"}
    server = serve(settings | {"LAWQA_RATE_PER_MINUTE": "0"}, wait=False)
    server.port, server.url = port, f"http://127.0.0.1:{port}"
    server.wait()
    yield server, host
    host.stop()


def open_page(context: Any, host: Host, body: str, name: str = "localhost") -> Any:
    host.page("index.html", body)
    page = context.new_page()
    page.add_init_script(
        "window.heard=[];for(const t of ['open','close','ready','answer'])"
        "addEventListener('lawqa:'+t,e=>heard.push({type:t,...e.detail}))"
    )
    page.goto(f"http://{name}:{host.port}/index.html")
    return page


def script(server: Server, **data: str) -> str:
    attributes = " ".join(f'data-{k.replace("_", "-")}="{v}"' for k, v in data.items())
    return f'<script src="{server.url}/widget.js" {attributes} defer></script>'


def test_it_is_small() -> None:
    assert len((ROOT / "src/lawqa/web/static/widget.js").read_bytes()) < 12_000


def test_a_question_on_another_site(context: Any, allowed: tuple[Server, Host]) -> None:
    server, host = allowed
    watch = Watch(context)
    page = open_page(context, host, script(server))
    button = page.locator("lawqa-chat .open")
    expect(button).to_have_text("问法规")
    page.wait_for_timeout(200)
    assert not [u for u in watch.urls if "/embed" in u]  # nothing is loaded before the first click
    button.click()
    frame = page.frame_locator("lawqa-chat iframe")
    expect(frame.locator("#question")).to_be_focused()
    frame.locator("#question").fill(QUESTION)
    frame.locator("#question").press("Enter")
    cite = frame.locator("button.cite").first
    expect(cite).to_have_text("[1]")
    narrow = frame.locator("html").evaluate("() => innerWidth")
    cite.click()
    expect(frame.locator(".provision mark")).to_contain_text("训练数据")
    expect(frame.locator(".provision .state")).to_contain_text("现行有效")
    expect(cite).to_have_attribute("aria-expanded", "true")
    expect(page.locator("lawqa-chat .panel")).to_have_class("panel wide")
    # the frame lives in a process of its own: before it has its new width, a click would land beside the button
    frame.locator("html").evaluate(
        "(html, narrow) => new Promise((done) => {"
        " const look = () => (innerWidth > narrow ? requestAnimationFrame(() => requestAnimationFrame(done)) : setTimeout(look, 20));"
        " look(); })",
        narrow,
    )
    page.wait_for_timeout(200)
    cite.click()
    expect(frame.locator(".provision")).to_have_count(0)
    answers = [h for h in page.evaluate("heard") if h["type"] == "answer"]
    assert answers[0]["status"] == "answered"
    assert answers[0]["refs"]
    own = f"127.0.0.1:{server.port}"
    assert watch.hosts() <= {own, f"localhost:{host.port}"}
    assert [v for v in watch.violations if own in v or "frame-ancestors" in v] == []
    assert not context.cookies()


def test_a_site_that_is_not_listed_cannot_frame_it(context: Any, allowed: tuple[Server, Host]) -> None:
    server, host = allowed
    watch = Watch(context)
    page = open_page(context, host, script(server), name="127.0.0.1")
    page.locator("lawqa-chat .open").click()
    page.wait_for_timeout(800)
    assert any("frame-ancestors" in v for v in watch.violations)
    assert page.frame_locator("lawqa-chat iframe").locator("#question").count() == 0
    assert not [h for h in page.evaluate("heard") if h["type"] == "ready"]


def test_escape_closes_and_focus_stays_inside(context: Any, allowed: tuple[Server, Host]) -> None:
    server, host = allowed
    page = open_page(context, host, script(server))
    page.locator("lawqa-chat .open").press("Enter")
    frame = page.frame_locator("lawqa-chat iframe")
    expect(frame.locator("#question")).to_be_focused()
    assert page.locator("lawqa-chat .panel").get_attribute("aria-modal") == "true"
    inside = "document.activeElement.localName"
    for key in ["Tab"] * 6 + ["Shift+Tab"] * 6:
        page.keyboard.press(key)
        assert page.evaluate(inside) == "lawqa-chat", key
    frame.locator("#question").focus()
    page.keyboard.press("Escape")
    expect(page.locator("lawqa-chat .panel")).to_be_hidden()
    expect(page.locator("lawqa-chat .open")).to_be_focused()
    page.locator("lawqa-chat .open").click()
    page.locator("lawqa-chat .close").press("Escape")
    expect(page.locator("lawqa-chat .panel")).to_be_hidden()


def test_messages_from_elsewhere_are_ignored(context: Any, allowed: tuple[Server, Host]) -> None:
    server, host = allowed
    page = open_page(context, host, script(server, open=""))
    frame = page.frame_locator("lawqa-chat iframe")
    expect(frame.locator("#question")).to_be_visible()
    page.wait_for_timeout(300)
    # to the widget: the right shape from the wrong window, then from the right window with a wrong version
    page.evaluate("postMessage({lawqa:1,type:'close'},'*')")
    embedded = next(f for f in page.frames if "/embed" in f.url)
    embedded.evaluate("parent.postMessage({lawqa:2,type:'close'},'*');parent.postMessage('close','*')")
    # to the embedded page: from its own window, with a wrong version, and with a type it does not know
    embedded.evaluate("postMessage({lawqa:1,type:'ask',question:'什么'},'*')")
    page.evaluate(
        "(()=>{const w=document.querySelector('lawqa-chat').shadowRoot.querySelector('iframe').contentWindow;"
        "w.postMessage({lawqa:9,type:'ask',question:'什么'},'*');w.postMessage({lawqa:1,type:'constructor'},'*')})()"
    )
    page.wait_for_timeout(500)
    expect(page.locator("lawqa-chat .panel")).to_be_visible()
    assert frame.locator(".asked").count() == 0
    page.evaluate("document.querySelector('lawqa-chat').ask('暂行办法第七条')")
    expect(frame.locator(".asked")).to_have_text("暂行办法第七条")


def test_attributes_set_the_scope_and_the_looks(context: Any, allowed: tuple[Server, Host]) -> None:
    server, host = allowed
    data = {"lang": "en", "theme": "dark", "docs": "deep-synthesis-provisions-2022", "as_of": "2024-05-01"}
    data |= {
        "question": QUESTION,
        "position": "left",
        "color": "#0a7f4f",
        "title": "Compliance",
        "label": "Law",
        "open": "",
    }
    page = open_page(context, host, script(server, **data))
    frame = page.frame_locator("lawqa-chat iframe")
    expect(frame.locator("html")).to_have_attribute("data-theme", "dark")
    expect(frame.locator("#scope")).to_have_text("1 documents only, law of 2024-05-01")
    expect(frame.locator("button.cite").first).to_be_visible()
    refs = next(h for h in page.evaluate("heard") if h["type"] == "answer")["refs"]
    assert all(r.startswith("deep-synthesis-provisions-2022:") for r in refs)
    expect(page.locator("lawqa-chat .bar h2")).to_have_text("Compliance")
    expect(page.locator("lawqa-chat .bar")).to_have_css("background-color", "rgb(10, 127, 79)")
    box = page.locator("lawqa-chat .panel").bounding_box()
    assert box["x"] == 20
    assert box["width"] == 420


def test_on_a_phone_it_is_a_sheet(chromium: Any, allowed: tuple[Server, Host]) -> None:
    server, host = allowed
    context = chromium.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark", has_touch=True)
    page = open_page(context, host, '<meta name=viewport content="width=device-width">' + script(server))
    page.locator("lawqa-chat .open").tap()
    box = page.locator("lawqa-chat .panel").bounding_box()
    assert (box["x"], box["width"]) == (0, 390)
    assert box["y"] + box["height"] == 844
    frame = page.frame_locator("lawqa-chat iframe")
    expect(frame.locator("html")).to_have_attribute("data-theme", "dark")
    frame.locator("#question").fill(QUESTION)
    frame.locator("#send").tap()
    expect(frame.locator("button.cite").first).to_be_visible()
    embedded = next(f for f in page.frames if "/embed" in f.url)
    assert embedded.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_an_element_and_a_bare_frame(context: Any, allowed: tuple[Server, Host]) -> None:
    server, host = allowed
    body = f'{script(server, auto="off")}<lawqa-chat lang="zh"></lawqa-chat><iframe src="{server.url}/embed"></iframe>'
    page = open_page(context, host, body)
    expect(page.frame_locator("lawqa-chat iframe").locator("#send")).to_have_text("提问")
    expect(page.locator("lawqa-chat .open")).to_be_hidden()
    assert page.locator("lawqa-chat").count() == 1
    bare = next(f for f in page.frames if f.url == f"{server.url}/embed")
    assert bare.locator("#question").count() == 1


def test_a_refusal_cites_nothing_and_a_fault_is_told(context: Any, allowed: tuple[Server, Host]) -> None:
    server, _ = allowed
    page = context.new_page()
    page.goto(f"{server.url}/embed?docs=no-such-law-2020")
    page.locator("#question").fill("什么")
    page.locator("#send").click()
    expect(page.locator(".fault")).to_contain_text("no-such-law-2020")
    page.goto(f"{server.url}/embed")
    page.locator("#question").fill("<img src=x onerror=alert(1)>暂行办法第九十九条说什么？")
    page.locator("#send").click()
    expect(page.locator(".answer")).to_contain_text("共24条")
    expect(page.locator(".asked")).to_contain_text("<img src=x")
    assert page.locator(".answer button.cite, #talk img").count() == 0


def test_signing_on_with_third_party_cookies_blocked(
    context: Any, serve: Serve, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("signed")
    token = lawqa_command("token", "add", "portal", LAWQA_TOKENS_FILE=str(folder / "tokens.json")).stdout.strip()
    port = free_port()
    host = Host(folder, f"http://127.0.0.1:{port}")
    settings = {"LAWQA_PORT": str(port), "LAWQA_EMBED_ORIGINS": f"http://localhost:{host.port}"}
    server = serve(settings | {"LAWQA_SIGN_ON": "tokens"}, wait=False, folder=folder)
    server.port, server.url = port, f"http://127.0.0.1:{port}"
    server.wait()
    page = open_page(context, host, script(server, question=QUESTION, open=""))
    frame = page.frame_locator("lawqa-chat iframe")
    with page.expect_popup() as opened:
        frame.get_by_role("button", name="登录").last.click()
    popup = opened.value
    popup.locator("#token").fill(token)
    popup.locator("#token").press("Enter")
    expect(frame.locator("button.cite").first).to_be_visible()
    frame.locator("button.cite").first.click()
    expect(frame.locator(".provision mark")).to_be_visible()
    assert popup.is_closed()
    assert token not in server.log()
    host.stop()


def test_docs_and_chat_ask_nobody_else(context: Any, allowed: tuple[Server, Host]) -> None:
    server, _ = allowed
    watch = Watch(context)
    page = context.new_page()
    page.goto(f"{server.url}/docs")
    expect(page.locator(".opblock-summary-path", has_text="/api/v1/ask")).to_be_visible()
    page.locator(".opblock-summary-path", has_text="/api/v1/ask").click()
    page.wait_for_timeout(300)
    assert watch.violations == []
    page.goto(f"{server.url}/")
    expect(page.locator("textarea, input[type=text]").first).to_be_attached()
    page.wait_for_timeout(1000)
    assert watch.hosts() == {f"127.0.0.1:{server.port}"}
