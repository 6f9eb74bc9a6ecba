"""What a reviewer broke: ways past the log and the limit, faults without headers, forged log lines, English."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest

from lawqa.settings import load_settings
from lawqa.web.guard.rate import TokenBuckets
from lawqa.web.logs import JsonFormatter, TextFormatter
from tests.web.conftest import Serve, Server

HEADERS = ("content-security-policy", "x-content-type-options", "referrer-policy", "permissions-policy")
PROBLEM = "application/problem+json"
JSON = {"Content-Type": "application/json"}
FORGED = "16:00:00 info 请求 user=admin"
PROXY = {"LAWQA_PROXY_PEERS": "127.0.0.1"}


def address(n: int) -> dict[str, str]:
    return {"X-Forwarded-For": f"10.0.1.{n}"}


@pytest.fixture(scope="module")
def strict(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> tuple[Server, Path]:
    """A server with an audit log and a small burst that hardly fills again; the log's folder."""
    folder = tmp_path_factory.mktemp("strict") / "audit"
    limit = {"LAWQA_RATE_PER_MINUTE": "1", "LAWQA_RATE_BURST": "10"}
    return serve(limit | PROXY | {"LAWQA_AUDIT_FOLDER": str(folder), "LAWQA_LOG_FORMAT": "text"}), folder


def records(folder: Path) -> list[dict[str, Any]]:
    return [
        json.loads(line) for path in sorted(folder.glob("audit-*")) for line in path.read_text("utf-8").splitlines()
    ]


def test_what_the_page_finds_and_shows_is_logged(strict: tuple[Server, Path]) -> None:
    server, folder = strict
    with httpx2.Client(base_url=server.url, trust_env=False, headers=address(1)) as http:
        entry = http.get("/api/ui/documents").json()["catalog"][0]["ref"]
        before = len(records(folder))
        assert http.get("/api/ui/search", params={"q": "训练数据", "k": 3}).status_code == 200
        assert http.get("/api/ui/provision", params={"ref": "暂行办法第七条"}).status_code == 200
        assert http.get("/api/ui/provision", params={"ref": entry}).status_code == 200
        assert http.get("/api/ui/documents/genai-interim-measures-2023").status_code == 200
        assert http.get("/api/ui/provision", params={"ref": "暂行办法第九十九条"}).status_code == 404
    made = records(folder)[before:]
    assert [r["event"] for r in made] == ["search", "show", "show", "show", "show"]
    assert {(r["user"], r["channel"]) for r in made} == {("anonymous", "page")}
    assert made[0]["question"] == "训练数据"
    assert len(made[0]["refs"]) == 3
    assert [r["refs"] for r in made[1:4]] == [
        ["genai-interim-measures-2023:7"],
        [entry],
        ["genai-interim-measures-2023"],
    ]
    assert made[4]["status"] == "ReferenceNotFound"


def test_the_page_is_not_answered_what_cannot_be_logged(serve: Serve, tmp_path: Path) -> None:
    folder = tmp_path / "audit"
    server = serve({"LAWQA_AUDIT_FOLDER": str(folder)})
    (folder / "HEAD.new").mkdir()
    for path in ("search?q=训练", "provision?ref=暂行办法第七条", "documents/genai-interim-measures-2023"):
        response = httpx2.get(f"{server.url}/api/ui/{path}")
        assert response.status_code == 503
        assert "审计" in response.json()["detail"]


@pytest.mark.parametrize(
    "path", ["search?q=训练&k=1000", "provision?ref=暂行办法第七条", "documents/genai-interim-measures-2023"]
)
def test_the_pages_routes_are_limited_like_the_api(strict: tuple[Server, Path], path: str) -> None:
    with httpx2.Client(base_url=strict[0].url, trust_env=False, headers=address(2 + len(path))) as http:
        assert [http.get(f"/api/ui/{path}").status_code for _ in range(12)] == [200] * 10 + [429] * 2
        assert http.get("/api/v1/documents").status_code == 429


def test_loading_and_typing_leave_room_to_ask(strict: tuple[Server, Path]) -> None:
    with httpx2.Client(base_url=strict[0].url, trust_env=False, headers=address(200)) as http:
        for path in ("state", "documents", "suggestions", *(f"suggestions?q={'算法备案'[:n]}" for n in (1, 2, 3, 4))):
            for _ in range(5):
                assert http.get(f"/api/ui/{path}").status_code == 200
        assert [http.get("/api/ui/search?q=训练").status_code for _ in range(6)] == [200] * 6
        offered = [http.get("/api/ui/suggestions").status_code for _ in range(10)]
        assert offered[-1] == 429
        assert http.get("/api/ui/state").status_code == 200


def test_a_part_of_a_token() -> None:
    buckets = TokenBuckets(per_minute=60, capacity=1, clock=lambda: 0.0)
    assert [buckets.take("a", 0.125) for _ in range(9)] == [0] * 8 + [0.125]


def test_a_method_that_mcp_does_not_know(server: Server) -> None:
    for path in ("/mcp", "/mcp/"):
        response = httpx2.options(server.url + path)
        assert response.status_code == 405
        assert response.headers["allow"] == "GET, POST, DELETE"
        assert response.headers["content-type"] == PROBLEM


@pytest.mark.parametrize("origin", ["http://[", "http://[x]", "http://[::1"])
def test_an_origin_that_is_no_address_is_a_foreign_one(server: Server, origin: str) -> None:
    for path in ("/api/v1/ask", "/mcp"):
        response = httpx2.post(server.url + path, json={"question": "x"}, headers={"Origin": origin})
        assert response.status_code == 403


@pytest.mark.parametrize("host", ["[127.0.0.1]", "[127.0.0.1", "[::1"])
def test_a_host_that_is_no_address_is_refused(server: Server, host: str) -> None:
    for path in ("/no", "/healthz", "/api/ui/documents/"):
        response = httpx2.get(server.url + path, headers={"Host": host})
        assert response.status_code == 400
        assert "Host" in response.json()["detail"]


@pytest.mark.parametrize("name", ["a%00.docx", "a%00.txt", "a%01.txt", "a%EF%BF%BF.txt"])
@pytest.mark.parametrize("path", ["check", "check/word"])
def test_a_file_name_with_control_characters(server: Server, path: str, name: str) -> None:
    response = httpx2.post(f"{server.url}/api/ui/{path}?name={name}", content=b"PK\x03\x04")
    assert response.status_code == 422
    assert "文件名" in response.json()["detail"]


def test_a_text_with_control_characters_becomes_word_all_the_same(server: Server) -> None:
    text = "依据《生成式人工智能服务管理暂行办法》第七条\x0b\x01\ufffe。".encode()
    assert httpx2.post(f"{server.url}/api/ui/check/word", content=text).status_code == 200


@pytest.mark.parametrize("format", ["docx", "md", "txt"])
@pytest.mark.parametrize("mark", ["\\ud800", "\\u0000", "\\u001b", "\\uffff"])
def test_a_conversation_with_characters_that_no_file_holds(server: Server, format: str, mark: str) -> None:
    turn = {"question": "问MARK", "status": "refused", "answer": "无MARK", "receipt": {"as_of": "2026-06-01"}}
    turn |= {"citations": [], "reason": "无MARK", "notices": ["MARK"]}
    body = json.dumps({"turns": [turn]}).replace("MARK", mark)
    response = httpx2.post(f"{server.url}/api/ui/export/{format}", content=body, headers=JSON)
    assert response.status_code == 200, response.text
    if format != "docx":
        assert "问" in response.text
        assert json.loads(f'"{mark}"') not in response.text


def test_a_conversation_that_is_nested_beyond_any(server: Server) -> None:
    body = '{"turns": [{"question": "x", "x": ' + "[" * 800 + "]" * 800 + "}]}"
    response = httpx2.post(f"{server.url}/api/ui/export/md", content=body, headers=JSON)
    assert response.status_code == 422
    assert "嵌套" in response.json()["detail"]


def test_a_fault_of_ours_carries_the_security_headers() -> None:
    from starlette.testclient import TestClient

    from lawqa.web.context import RequestContext
    from lawqa.web.service import Service

    async def broken(scope: Any, receive: Any, send: Any) -> None:
        raise KeyError("identity")

    response = TestClient(RequestContext(broken, Service(load_settings({})))).get("/x")
    assert response.status_code == 500
    assert response.json()["request_id"] == response.headers["x-request-id"]
    assert [name for name in HEADERS if name not in response.headers] == []


def record(path: str, error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, None) if error else None
    made = logging.LogRecord("lawqa.web", logging.INFO, __file__, 1, "请求 %s", (path,), info)
    made.fields = {"path": path, "status": 404}
    return made


@pytest.mark.parametrize("mark", ["\n", "\r", "\x1b[2J", "\x9b2J", "\x85", "\u2028", "\u202e", "\ud800"])
def test_no_format_writes_a_control_character(mark: str) -> None:
    path = f"/x{mark}{FORGED}"
    text, line = TextFormatter().format(record(path)), JsonFormatter().format(record(path))
    for written in (text, line):
        assert mark[0] not in written
        assert len(written.splitlines()) == 1
        written.encode()
    assert json.loads(line)["path"] == path
    assert "user=admin status=404" not in text  # quoted: one value, not more fields


def test_an_exception_cannot_forge_a_line_either() -> None:
    written = TextFormatter().format(record("/x", ValueError(f"x\n{FORGED}\x1b[2J")))
    assert "\x1b" not in written
    assert not any(line.startswith("16:00:00") for line in written.splitlines())


def test_a_path_cannot_forge_a_line_of_the_log(strict: tuple[Server, Path]) -> None:
    server, _ = strict
    request = raw(server.port, b"/x%0a16:00:00%20info%20forged%20user=admin%1b[2J")
    with ThreadPoolExecutor(1) as pool:  # the browser tests before this one may have left their loop in this thread
        pool.submit(asyncio.run, request).result()
    time.sleep(0.3)
    assert "\x1b" not in server.log()
    (line,) = [line for line in server.log().splitlines() if "forged" in line]
    assert not line.startswith("16:00:00 info forged")


async def raw(port: int, path: bytes) -> bytes:
    """A request as no client library would send it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET " + path + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    answer = await reader.read()
    writer.close()
    return answer


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"question": "\xff"}', 400),
        (b'{"question": "x", "docs": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", 400),
        (b'{"question": "x", "as_of": ' + b"9" * 6000 + b"}", 400),
        (b'{"question": "\\ud800"}', 422),
        (b'{"question": "x", "\\ud800\\u000a": 1}', 422),
        (b'{"question": "x", "docs": ["A B"]}', 422),
    ],
)
def test_a_body_that_cannot_be_read_is_told_in_chinese(server: Server, body: bytes, status: int) -> None:
    response = httpx2.post(f"{server.url}/api/v1/ask", content=body, headers=JSON)
    assert response.status_code == status
    assert_chinese(response)


@pytest.mark.parametrize(
    ("method", "path", "status", "says"),
    [
        ("POST", "check?lang=fr", 422, "应为 zh 或 en"),
        ("GET", "compare?a=x&b=y&lang=fr", 422, "应为 zh 或 en"),
        ("GET", "compare?a=x&b=y&changed=perhaps", 422, "true"),
        ("GET", f"search?q=x&k={'9' * 5000}", 422, "k"),
        ("GET", "search?q=%20", 422, "空"),
        ("GET", "provision?ref=暂行办法第九十九条", 404, "共24条"),
        ("GET", "documents?as_of=gestern", 422, "gestern"),
        ("POST", "check?name=a.exe", 422, "a.exe"),
        ("POST", "export/pdf", 422, "turns"),
    ],
)
def test_the_pages_errors_are_problems_too(server: Server, method: str, path: str, status: int, says: str) -> None:
    body = {"content": b"MZ"} if "check" in path else {"json": {}} if method == "POST" else {}
    response = httpx2.request(method, f"{server.url}/api/ui/{path}", **body)
    assert response.status_code == status
    assert says in response.json()["detail"]
    assert_chinese(response)


def assert_chinese(response: httpx2.Response) -> None:
    problem = response.json()
    assert response.headers["content-type"] == PROBLEM
    assert problem["status"] == response.status_code
    assert problem["request_id"] == response.headers["x-request-id"]
    for text in (problem["detail"], *(e["message"] for e in problem.get("errors", ()))):
        assert any("\u4e00" <= c <= "\u9fff" for c in text)
        assert "should" not in text
        assert "error" not in text
        assert "\n" not in text


_OPENS = "(chat) => { window.opens = 0; chat.addEventListener('lawqa:open', () => { window.opens += 1; }); }"


@pytest.mark.browser
def test_a_widget_that_is_open_does_not_open_again(chromium: Any, server: Server) -> None:
    page = chromium.new_page()
    try:
        page.goto(f"{server.url}/docs")
        page.add_script_tag(url=f"{server.url}/widget.js")
        chat = page.locator("lawqa-chat")
        chat.evaluate(_OPENS)
        for question in ("训练数据有什么要求？", "谁来备案？"):
            chat.evaluate("(chat, question) => chat.ask(question)", question)
        assert page.evaluate("opens") == 1
        chat.evaluate("(chat) => { chat.close(); chat.ask('第七条'); }")
        assert page.evaluate("opens") == 2
    finally:
        page.close()
