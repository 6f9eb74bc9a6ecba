"""A limit on the size of request bodies, and on how long one may take to arrive."""

from __future__ import annotations

import asyncio
import contextlib

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lawqa.web.problem import problem
from lawqa.web.scope import below, header, route_path

_ARRIVAL_S = 20.0
#: What takes a file, or a whole conversation; the file stays in memory and is gone with the request.
_UPLOADS = ("/api/ui/check", "/api/ui/export")


class BodyLimit:
    """Reads the body whole before any route sees it, so that an oversized one is refused in one clear answer."""

    def __init__(self, app: ASGIApp, max_bytes: int, max_upload: int, arrival_s: float = _ARRIVAL_S) -> None:
        self.app, self.max_bytes, self.max_upload, self.arrival_s = app, max_bytes, max_upload, arrival_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
            return
        upload = below(route_path(scope), *_UPLOADS)
        most, name = (self.max_upload, "UPLOAD") if upload else (self.max_bytes, "BODY")
        too_large = problem(scope, 413, f"请求超过 {most} 字节（LAWQA_MAX_{name}_BYTES）")
        declared = header(scope, "content-length")
        if declared.isdigit() and int(declared) > most:
            await self._discard(receive, most)
            await too_large(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self.arrival_s):
                body = await self._read(receive, most)
        except TimeoutError:
            await problem(scope, 408, f"请求在 {self.arrival_s:.0f} 秒内没有发完")(scope, receive, send)
            return
        if body is None:
            return  # the client went away
        if len(body) > most:
            await self._discard(receive, most)
            await too_large(scope, receive, send)
            return
        replayed = False

        async def replay() -> Message:
            nonlocal replayed
            if replayed:
                return await receive()
            replayed = True
            return {"type": "http.request", "body": bytes(body), "more_body": False}

        await self.app(scope, replay, send)

    async def _discard(self, receive: Receive, most: int) -> None:
        """Take up to ``most`` bytes more and drop them: a proxy that is still sending when we close tells its reader 502
        and not our 413."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.arrival_s):
                left, more = most, True
                while more and left > 0:
                    message = await receive()
                    left -= len(message.get("body", b""))
                    more = message["type"] == "http.request" and message.get("more_body", False)

    async def _read(self, receive: Receive, most: int) -> bytearray | None:
        body = bytearray()
        while len(body) <= most:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            if not message.get("more_body", False):
                break
        return body
