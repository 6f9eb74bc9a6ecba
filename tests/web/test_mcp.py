"""MCP by the SDK's own client, over HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest
from mcp import ClientSession, MCPError
from mcp.client.streamable_http import streamable_http_client

from lawqa.lawqa import LawQA
from tests.web.conftest import QUESTION, Serve, Server, lawqa_command

Use = Callable[[ClientSession], Coroutine[Any, Any, Any]]


def session(server: Server, use: Use, token: str = "") -> Any:
    async def run() -> Any:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with (
            httpx2.AsyncClient(headers=headers) as http,
            streamable_http_client(f"{server.url}/mcp", http_client=http) as streams,
            ClientSession(streams[0], streams[1]) as client,
        ):
            await client.initialize()
            return await use(client)

    # a thread of its own: Playwright's loop may be running in this one
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(run())).result()


def content(result: Any) -> dict[str, Any]:
    assert not result.is_error, result.content
    found: dict[str, Any] = json.loads(result.content[0].text)
    return found


def test_tools_answer_as_the_facade(server: Server, lawqa: LawQA) -> None:
    async def use(client: ClientSession) -> None:
        names = {t.name for t in (await client.list_tools()).tools}
        assert names == {"ask", "search", "show", "check"}
        answer = content(await client.call_tool("ask", {"question": QUESTION, "as_of": "2026-06-01"}))
        expected = lawqa.ask(QUESTION, "2026-06-01").to_dict()
        assert answer["citations"] == json.loads(json.dumps(expected["citations"]))
        hits = content(await client.call_tool("search", {"query": "算法备案", "k": 2}))["hits"]
        assert len(hits) == 2
        shown = content(await client.call_tool("show", {"citation": "暂行办法第七条第一款第三项"}))
        assert shown["ref"] == "genai-interim-measures-2023:7.1.3"
        checked = content(
            await client.call_tool("check", {"text": "依据《生成式人工智能服务管理暂行办法》第九十九条。"})
        )
        assert checked["counts"] == {"no_such_provision": 1}

    session(server, use)


def test_a_mistake_is_a_tool_error_in_chinese(server: Server) -> None:
    async def use(client: ClientSession) -> None:
        wrong = await client.call_tool("show", {"citation": "暂行办法第九十九条"})
        assert wrong.is_error
        assert "共24条" in wrong.content[0].text
        missing = await client.call_tool("ask", {"question": "什么", "docs": ["no-such-law-2020"]})
        assert missing.is_error
        assert "no-such-law-2020" in missing.content[0].text

    session(server, use)


def test_provisions_are_resources(server: Server) -> None:
    async def use(client: ClientSession) -> None:
        templates = (await client.list_resource_templates()).resource_templates
        assert [t.uri_template for t in templates] == ["provision://{ref}"]
        found = await client.read_resource("provision://genai-interim-measures-2023:7.1")
        assert json.loads(found.contents[0].text)["label"].endswith("第七条第一款")
        with pytest.raises(MCPError, match="共24条"):
            await client.read_resource("provision://genai-interim-measures-2023:99")

    session(server, use)


def test_the_audit_log_knows_who_used_a_tool(serve: Serve, tmp_path: Any) -> None:
    file = str(tmp_path / "tokens.json")
    token = lawqa_command("token", "add", "agent-7", LAWQA_TOKENS_FILE=file).stdout.strip()
    audit = tmp_path / "audit"
    server = serve({"LAWQA_SIGN_ON": "tokens", "LAWQA_TOKENS_FILE": file, "LAWQA_AUDIT_FOLDER": str(audit)})

    async def use(client: ClientSession) -> Any:
        return await client.call_tool("ask", {"question": QUESTION})

    content(session(server, use, token))
    (path,) = audit.glob("audit-*")
    record = json.loads(path.read_text(encoding="utf-8").splitlines()[-1])
    assert (record["user"], record["channel"], record["question"]) == ("agent-7", "mcp", QUESTION)
