"""The one door: every request gets an identity here, or is turned away. Gradio, MCP, docs and API lie behind it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from lawqa.settings import Settings
from lawqa.web.metrics import Metrics
from lawqa.web.policy import Policy
from lawqa.web.problem import problem
from lawqa.web.scope import below, header_values, route_path, state, wants_html
from lawqa.web.signon.identity import ANONYMOUS, Identity, usable_name
from lawqa.web.signon.session import Sessions
from lawqa.web.signon.tokens import TokenStore

#: What anybody may fetch: probes, our own scripts and styles (no legal text, no answer), and the way to sign on.
_OPEN = ("/healthz", "/readyz", "/widget.js", "/static", "/favicon.ico", "/manifest.json", "/auth")


class Refused(Exception):
    """An identity that must not be believed; ``status`` 401 or 403, ``str()`` the Chinese line."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class SignOn:
    """Sets ``state.identity``. ``/embed`` is let through without one: it then shows only how to sign on (401)."""

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        policy: Policy,
        tokens: TokenStore,
        sessions: Sessions,
        metrics: Metrics,
    ) -> None:
        self.app, self.settings, self.policy = app, settings, policy
        self.tokens, self.sessions, self.metrics = tokens, sessions, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] == "OPTIONS":
            await self.app(scope, receive, send)
            return
        path = route_path(scope)
        try:
            identity = self.identity(scope)
        except Refused as error:
            if not below(path, "/healthz", "/readyz"):
                self.metrics.denied.inc()
                await problem(scope, error.status, str(error), _CHALLENGE)(scope, receive, send)
                return
            identity = None
        state(scope)["identity"] = identity
        if identity is None and not below(path, *_OPEN, "/embed"):
            self.metrics.denied.inc()
            await self._sign_on_first(scope, path)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def identity(self, scope: Scope) -> Identity | None:
        """Who sent the request; None where it says nothing. Raises Refused for a claim that is wrong."""
        mode = self.settings.sign_on
        if mode == "none":
            return Identity(ANONYMOUS, "none")
        proxied = self._proxied(scope) if mode == "proxy" else None
        if proxied:
            return proxied
        bearer = _bearer(scope)
        if bearer:
            name = self.tokens.name_of(bearer)
            if name:
                return Identity(name, "token")
            ticket = self.sessions.identity_of_ticket(bearer)
            if ticket:
                return ticket
            raise Refused(401, "令牌不对、已过期或已吊销")
        session: dict[str, Any] = scope.get("session") or {}
        return self.sessions.identity(session)

    def _proxied(self, scope: Scope) -> Identity | None:
        name = self.settings.proxy_header
        values = header_values(scope, name)
        if not values:
            return None
        if not self.policy.trusts(state(scope)["peer"]):
            raise Refused(403, f"只有 LAWQA_PROXY_PEERS 所列的代理可以发 {name}")
        if len(values) != 1 or "," in values[0]:
            raise Refused(401, f"{name} 应只有一个值")
        try:
            user = values[0].encode("latin-1").decode("utf-8").strip()
        except UnicodeDecodeError:
            user = ""
        if not usable_name(user):
            raise Refused(401, f"{name} 的值不能作为用户名")
        return Identity(user, "proxy")

    def _sign_on_first(self, scope: Scope, path: str) -> Response:
        if self.settings.sign_on in ("tokens", "oidc") and wants_html(scope):
            query = scope.get("query_string", b"").decode("latin-1")
            back = path + (f"?{query}" if query else "")
            root = scope.get("root_path") or ""
            return RedirectResponse(f"{root}/auth/login?next={quote(back, safe='')}", 303)
        how = {
            "proxy": "请从公司的入口访问（请求里没有可信代理给出的用户名）",
            "tokens": "请在 Authorization 里给出令牌：Bearer lawqa_…",
            "oidc": "请先登录，或在 Authorization 里给出令牌",
        }
        return problem(scope, 401, how[self.settings.sign_on], _CHALLENGE)


_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="lawqa"'}


def _bearer(scope: Scope) -> str:
    values = header_values(scope, "authorization")
    if not values:
        return ""
    scheme, _, secret = values[0].partition(" ")
    if len(values) > 1 or scheme.lower() != "bearer" or not secret.strip():
        raise Refused(401, "Authorization 应为：Bearer 令牌")
    return secret.strip()
