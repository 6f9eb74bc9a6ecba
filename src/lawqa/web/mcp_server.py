"""The MCP endpoint /mcp: tools ask, search, show, check, and provisions as resources."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeVar

import anyio.to_thread
from starlette.types import ASGIApp, Receive, Scope, Send

from lawqa import __version__
from lawqa.errors import LawqaError
from lawqa.web.problem import problem
from lawqa.web.scope import state
from lawqa.web.service import Asker

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

    from lawqa.web.service import Service

T = TypeVar("T")
_METHODS = ("GET", "POST", "DELETE")
_ASKER: ContextVar[Asker] = ContextVar("asker")
_INSTRUCTIONS = (
    "中国人工智能法规问答。ask 给出带引用的回答：引用都经核实，quote 是条文原文；status 为 refused 时没有依据，"
    "不要自行补充。search 查条文，show 看一条的全文和效力，check 核查一段文字里的引用。"
)


def mcp_server(service: Service) -> MCPServer[Any]:
    """The server with its tools. Errors of lawqa become tool errors with their Chinese line."""
    from mcp.server.mcpserver import MCPServer
    from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
    from mcp_types import ToolAnnotations

    server: MCPServer[Any] = MCPServer(
        "lawqa", title="lawqa 法规问答", instructions=_INSTRUCTIONS, version=__version__, log_level="ERROR"
    )
    reading = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

    async def worked(call: Callable[..., T], *given: Any) -> T:
        try:
            return await anyio.to_thread.run_sync(call, _ASKER.get(), *given)
        except LawqaError as error:
            raise ToolError(str(error)) from error

    @server.tool(title="提问", description="就中国人工智能法规提问，得到带核实引用的回答。", annotations=reading)
    async def ask(question: str, as_of: str | None = None, docs: list[str] | None = None) -> dict[str, Any]:
        return (await worked(service.ask, question, as_of, tuple(docs or ()))).to_dict()

    @server.tool(title="查找条文", description="查找条文，按相关程度排列，最多 k 条。", annotations=reading)
    async def search(
        query: str, k: int = 10, as_of: str | None = None, docs: list[str] | None = None
    ) -> dict[str, Any]:
        return (await worked(service.search, query, k, as_of, tuple(docs or ()))).to_dict()

    @server.tool(
        title="显示条文", description="显示一个条文的全文、效力和关系；引用可写“暂行办法第七条”。", annotations=reading
    )
    async def show(citation: str, as_of: str | None = None) -> dict[str, Any]:
        return await worked(service.show, citation, as_of)

    @server.tool(title="核查引用", description="核查一段文字里的每处法规引用。", annotations=reading)
    async def check(text: str, as_of: str | None = None) -> dict[str, Any]:
        return (await worked(service.check, text, as_of)).to_dict()

    @server.resource(
        "provision://{ref}",
        name="provision",
        title="条文",
        description="一个条文，如 provision://genai-interim-measures-2023:7",
        mime_type="application/json",
    )
    async def provision(ref: str) -> str:
        try:
            view = await worked(service.show, ref)
        except ToolError as error:
            raise ResourceNotFoundError(str(error)) from error
        return json.dumps(view, ensure_ascii=False, default=str)

    return server


def mcp_app(server: MCPServer[Any]) -> ASGIApp:
    """The ASGI app of /mcp; hosts and origins are checked for every route before (guard.origins)."""
    from mcp.server.streamable_http_manager import StreamableHTTPASGIApp
    from mcp.server.transport_security import TransportSecuritySettings

    server.streamable_http_app(
        json_response=True,
        stateless_http=True,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    handle = StreamableHTTPASGIApp(server.session_manager)

    async def with_asker(scope: Scope, receive: Receive, send: Send) -> None:
        found = state(scope)
        if scope["method"] not in _METHODS:  # OPTIONS passes the sign-on, so nobody is known who could use a tool
            allow = {"Allow": ", ".join(_METHODS)}
            await problem(scope, 405, f"这个地址不接受 {scope['method']}", allow)(scope, receive, send)
            return
        token = _ASKER.set(Asker(found["identity"].name, "mcp", found["request_id"]))
        try:
            await handle(scope, receive, send)
        finally:
            _ASKER.reset(token)

    return with_asker
