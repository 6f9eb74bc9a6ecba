"""Which Host names are answered, and which pages may send requests that do something.

A write (any method but GET, HEAD, OPTIONS) with an Origin header must come from our own origin or a listed one: this
stops cross-site request forgery by cookie or proxy identity, and DNS rebinding against ``/mcp``.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from lawqa.web.policy import Policy
from lawqa.web.problem import problem
from lawqa.web.scope import header, header_values, host_name, route_path

_SAFE = ("GET", "HEAD", "OPTIONS")


class OriginGuard:
    def __init__(self, app: ASGIApp, policy: Policy) -> None:
        self.app, self.policy = app, policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":  # nothing here speaks it
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        host = header(scope, "host")
        probe = route_path(scope) in ("/healthz", "/readyz")  # probes come by address
        if _netloc(f"//{host}") is None:  # links are made of it: what is no address would be a fault much later
            await problem(scope, 400, f"请求头 Host“{host[:100]}”不是合格的主机名")(scope, receive, send)
            return
        if self.policy.hosts and host_name(host) not in self.policy.hosts and not probe:
            text = f"主机名“{host[:100]}”不在 LAWQA_ALLOWED_HOSTS 之列"
            await problem(scope, 400, text)(scope, receive, send)
            return
        origins = header_values(scope, "origin")
        if scope["method"] not in _SAFE and origins and not self._may_write(origins, host):
            text = f"来源“{origins[0][:100]}”不在 LAWQA_EMBED_ORIGINS 之列"
            await problem(scope, 403, text)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _may_write(self, origins: list[str], host: str) -> bool:
        if len(origins) != 1:
            return False
        origin = origins[0].lower()
        # the scheme is not compared: behind a proxy that ends TLS it may not be known here
        netloc = _netloc(origin)
        if netloc is None:
            return False
        own = origin != "null" and netloc == host.lower()
        return own or origin == self.policy.public_origin or self.policy.allows(origin)


def _netloc(url: str) -> str | None:
    """Name and port of an address; None for what is none (a bracket left open)."""
    try:
        return urlsplit(url).netloc
    except ValueError:
        return None
