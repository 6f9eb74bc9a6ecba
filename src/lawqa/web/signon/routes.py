"""/auth: signing on and off in a browser, and handing a session to the widget."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from lawqa.settings import Settings
from lawqa.web.signon import pages
from lawqa.web.signon.session import Sessions
from lawqa.web.signon.tokens import TokenStore

if TYPE_CHECKING:
    from lawqa.web.signon.oidc import OpenId


def local_path(text: str) -> str:
    """``text`` where it is a path of this server, else "/": a login must not send people elsewhere."""
    parts = urlsplit(text)
    safe = text.startswith("/") and not text.startswith("//") and "\\" not in text and text.isprintable()
    return text if safe and not parts.netloc and not parts.scheme else "/"


def signon_router(settings: Settings, tokens: TokenStore, sessions: Sessions) -> APIRouter:
    """The routes for modes tokens and oidc; in the others there is nothing to sign on to."""
    router = APIRouter(prefix="/auth", include_in_schema=False)
    openid = _openid(settings)

    @router.get("/login")
    async def login(request: Request, next: str = "/") -> Response:
        root = request.scope.get("root_path") or ""
        if openid is None:
            return pages.token_form(root, local_path(next))
        from lawqa.web.signon.oidc import SignOnFailed

        request.session["next"] = local_path(next)
        try:
            return await openid.begin(request)
        except SignOnFailed as error:
            return pages.failure(root, str(error), 502)

    @router.post("/login")
    async def take_token(request: Request) -> Response:
        root = request.scope.get("root_path") or ""
        fields = parse_qs((await request.body()).decode("utf-8", "replace"))
        secret = fields.get("token", [""])[0].strip()
        back = local_path(fields.get("next", ["/"])[0])
        name = tokens.name_of(secret) if secret and openid is None else None
        if name is None:
            return pages.token_form(root, back, wrong=True)
        sessions.open(request.session, name, "token", secret)
        return RedirectResponse(root + back, 303)

    @router.get("/callback")
    async def callback(request: Request) -> Response:
        root = request.scope.get("root_path") or ""
        if openid is None:
            return RedirectResponse(f"{root}/auth/login", 303)
        from lawqa.web.signon.oidc import SignOnFailed

        back = local_path(str(request.session.get("next") or "/"))
        try:
            name = await openid.finish(request)
        except SignOnFailed as error:
            request.session.clear()
            return pages.failure(root, str(error))
        sessions.open(request.session, name, "oidc")
        return RedirectResponse(root + back, 303)

    @router.get("/popup")
    async def popup(request: Request) -> Response:
        root = request.scope.get("root_path") or ""
        if sessions.identity(request.session) is None:
            return RedirectResponse(f"{root}/auth/login?next={quote('/auth/popup')}", 303)
        return pages.handover(root, sessions.ticket(request.session))

    @router.post("/logout")
    async def logout(request: Request) -> Response:
        request.session.clear()
        return RedirectResponse(f"{request.scope.get('root_path') or ''}/auth/login", 303)

    return router


def _openid(settings: Settings) -> OpenId | None:
    if settings.sign_on != "oidc":
        return None
    from lawqa.web.signon.oidc import OpenId

    return OpenId(settings)
