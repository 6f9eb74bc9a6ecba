"""Security headers on every response, with a Content-Security-Policy that suits the page."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lawqa.web.policy import Policy
from lawqa.web.scope import below, route_path

# Gradio needs inline styles, and nothing else that is not our own (its inline script falls back to a fetch)
_PAGE = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'"
)
# a page of our own needs no inline style either
_LIGHT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'"
)
# without includeSubDomains: the host may be a portal's, whose other names are not ours to bind for a year
_HSTS = "max-age=31536000"


class SecurityHeaders:
    """Adds the headers that are not there yet; HSTS and Secure cookies only where the request came by https.

    The scheme is the browser's own: a trusted proxy's X-Forwarded-Proto has been taken over before.
    """

    def __init__(self, app: ASGIApp, policy: Policy) -> None:
        self.app, self.policy = app, policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = route_path(scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers(path, scope["scheme"]).items():
                    if name not in headers:
                        headers[name] = value
                if scope["scheme"] == "https":
                    # whatever sets them: only here is it known, request by request, how the browser came
                    message["headers"] = [(k, _secure(v) if k.lower() == b"set-cookie" else v) for k, v in headers.raw]
            await send(message)

        await self.app(scope, receive, send_with_headers)

    def _headers(self, path: str, scheme: str) -> dict[str, str]:
        frameable = not below(path, "/docs", "/auth")
        ancestors = self.policy.frame_ancestors if frameable else "'none'"
        csp = _LIGHT if below(path, "/embed", "/auth", "/ui/check", "/ui/compare") else _PAGE
        out = {
            "Content-Security-Policy": f"{csp}; frame-ancestors {ancestors}",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "strict-origin-when-cross-origin" if below(path, "/embed") else "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        }
        if ancestors in ("'self'", "'none'"):  # for browsers that do not know frame-ancestors
            out["X-Frame-Options"] = "SAMEORIGIN" if ancestors == "'self'" else "DENY"
        if scheme == "https":
            out["Strict-Transport-Security"] = _HSTS
        if below(path, "/api", "/mcp", "/auth", "/embed"):
            out["Cache-Control"] = "no-store"
        return out


def _secure(cookie: bytes) -> bytes:
    """A Set-Cookie with the attribute that keeps it off plain http."""
    attributes = [a.strip().lower() for a in cookie.split(b";")[1:]]
    return cookie if b"secure" in attributes else cookie + b"; secure"
