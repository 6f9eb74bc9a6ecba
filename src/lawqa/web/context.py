"""The outermost middleware: request ids, the access log, metrics, and a calm answer to what nobody expected."""

from __future__ import annotations

import asyncio
import re
import time
import uuid
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lawqa.web.guard.headers import SecurityHeaders
from lawqa.web.logs import LOGGER
from lawqa.web.metrics import method_label, route_label
from lawqa.web.problem import problem
from lawqa.web.scope import header, route_path, state

if TYPE_CHECKING:
    from lawqa.web.service import Service

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}$")
#: Streams that stay open as long as a page or client is: at shutdown they are ended, answers are waited for.
_IDLE_STREAM = re.compile(r"/ui/gradio_api/heartbeat/|/mcp/?$")


class RequestContext:
    def __init__(self, app: ASGIApp, service: Service) -> None:
        self.app, self.service = app, service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = header(scope, "x-request-id")
        request_id = given if _REQUEST_ID.match(given) else uuid.uuid4().hex
        state(scope)["request_id"] = request_id
        state(scope)["peer"] = scope["client"][0] if scope.get("client") else None
        status, ended = 0, False

        async def send_with_id(message: Message) -> None:
            nonlocal status, ended
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            elif message["type"] == "http.response.body":
                ended = not message.get("more_body", False)
            await send(message)

        metrics, started = self.service.metrics, time.perf_counter()
        path = route_path(scope)
        with metrics.in_flight.track_inprogress():
            try:
                if scope["method"] == "GET" and _IDLE_STREAM.search(path):
                    await self._until_drained(scope, receive, send_with_id)
                    if status and not ended:
                        await send_with_id({"type": "http.response.body", "body": b"", "more_body": False})
                else:
                    await self.app(scope, receive, send_with_id)
            except Exception:
                LOGGER.exception("出错", extra={"fields": {"request_id": request_id, "path": path}})
                if status:
                    raise  # too late for a clean answer: the connection must not look finished
                calm = problem(scope, 500, "服务内部出错，请把 request_id 告诉管理员")
                # what adds the headers to every other response lies further in, and was left by the exception
                await SecurityHeaders(calm, self.service.policy)(scope, receive, send_with_id)
            finally:
                seconds = time.perf_counter() - started
                route = route_label(path)
                metrics.requests.labels(route, method_label(scope["method"]), str(status)).inc()
                metrics.seconds.labels(route).observe(seconds)
                self._log(scope, path, status, seconds)

    async def _until_drained(self, scope: Scope, receive: Receive, send: Send) -> None:
        stream = asyncio.ensure_future(self.app(scope, receive, send))
        try:
            while not stream.done() and not self.service.draining:
                await asyncio.wait({stream}, timeout=0.2)
        finally:
            if not stream.done():
                stream.cancel()
        try:
            await stream
        except asyncio.CancelledError:
            if not self.service.draining:
                raise

    def _log(self, scope: Scope, path: str, status: int, seconds: float) -> None:
        identity = state(scope).get("identity")
        fields = {
            "request_id": state(scope)["request_id"],
            "method": scope["method"],
            "path": path,  # without the query: a sign-on code may stand there
            "status": status,
            "ms": round(seconds * 1000, 1),
            "client": scope["client"][0] if scope.get("client") else None,
            "user": identity.name if identity else None,
        }
        LOGGER.info("请求", extra={"fields": fields})
