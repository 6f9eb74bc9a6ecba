"""A rate limit per identity: a token bucket each (Turner 1986; burst ``capacity``, then ``per_minute``)."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from lawqa.web.metrics import Metrics
from lawqa.web.problem import problem
from lawqa.web.scope import below, route_path, state
from lawqa.web.signon.identity import Identity

#: Buckets kept at most: a flood of new names evicts the least recent, it does not fill the memory.
_MOST = 20_000
_WORK: tuple[str, ...] = ("/api/v1", "/api/ui", "/mcp")
_WORK += ("/ui/gradio_api/queue/join", "/ui/gradio_api/call", "/ui/gradio_api/run", "/ui/gradio_api/api")
#: What the page asks by itself, with every load and every key pressed, is cheap to answer: a part of a token each, so
#: that typing a question does not use up what asking it needs. The state costs no work; a page polls it while loading.
_LIGHT = {"/api/ui/state": 0.0, "/api/ui/suggestions": 0.125, "/api/ui/documents": 0.125}


class TokenBuckets:
    """One bucket a key. ``per_minute`` tokens flow in, at most ``capacity`` stay."""

    def __init__(self, per_minute: int, capacity: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate, self.capacity, self.clock = per_minute / 60, capacity, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str, cost: float = 1.0) -> float:
        """0.0 where ``cost`` tokens were taken, else the seconds until there are as many."""
        now = self.clock()
        tokens, then = self._buckets.pop(key, (float(self.capacity), now))
        tokens = min(self.capacity, tokens + (now - then) * self.rate)
        wait = 0.0 if tokens >= cost else (cost - tokens) / self.rate
        self._buckets[key] = (tokens if wait else tokens - cost, now)
        if len(self._buckets) > _MOST:
            self._buckets.popitem(last=False)
        return wait


class RateLimit:
    """Limits what costs work: questions, searches, provisions, the page's own routes, MCP, Gradio's queue, and
    attempts to sign on."""

    def __init__(self, app: ASGIApp, buckets: TokenBuckets | None, metrics: Metrics) -> None:
        self.app, self.buckets, self.metrics = app, buckets, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        cost = _cost(scope) if scope["type"] == "http" else 0.0
        if cost and self.buckets:
            wait = self.buckets.take(_key(scope), cost)
            if wait:
                seconds = math.ceil(wait)
                self.metrics.limited.inc()
                text = f"请求过于频繁，请{seconds}秒后再试"
                await problem(scope, 429, text, {"Retry-After": str(seconds)})(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _cost(scope: Scope) -> float:
    """How many tokens a request costs; 0.0: it is not counted."""
    path = route_path(scope)
    if path == "/auth/login":
        return float(scope["method"] == "POST")
    if scope["method"] == "OPTIONS" or not below(path, *_WORK):
        return 0.0
    return _LIGHT.get(path, 1.0)


def _key(scope: Scope) -> str:
    identity = state(scope).get("identity")
    if isinstance(identity, Identity) and identity.means != "none":
        return f"user {identity.name}"
    client = scope.get("client")
    return f"address {client[0] if client else '-'}"
