"""The FastAPI app: chat page, API, widget, MCP and operations on one port, behind one sign-on."""

from __future__ import annotations

import os
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from lawqa import __version__
from lawqa.settings import Settings
from lawqa.web.api.models import Problem
from lawqa.web.api.routes import api_router
from lawqa.web.context import RequestContext
from lawqa.web.docs_page import add_docs
from lawqa.web.embed import embed_router
from lawqa.web.guard.body import BodyLimit
from lawqa.web.guard.gradio import GradioGuard
from lawqa.web.guard.headers import SecurityHeaders
from lawqa.web.guard.origins import OriginGuard
from lawqa.web.guard.rate import RateLimit, TokenBuckets
from lawqa.web.mcp_server import mcp_app, mcp_server
from lawqa.web.operations import operations_router
from lawqa.web.problem import add_problem_handlers
from lawqa.web.service import Service
from lawqa.web.signon.identity import user_of
from lawqa.web.signon.middleware import SignOn
from lawqa.web.signon.routes import signon_router
from lawqa.web.signon.session import COOKIE, Sessions
from lawqa.web.signon.tokens import TokenStore

__all__ = ["STATIC", "Service", "create_app"]

STATIC = Path(__file__).parent / "static"


def create_app(settings: Settings) -> FastAPI:
    """The whole app. Gradio is told to stay silent before it is imported. SettingsError for faulty settings."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["GRADIO_RUN_HISTORY"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
    from lawqa.web.chat.page import mount_chat
    from lawqa.web.check_page import check_router
    from lawqa.web.compare_page import compare_router
    from lawqa.web.export import export_router
    from lawqa.web.reader import reader_router

    service = Service(settings)
    mcp = mcp_server(service)
    mcp_endpoint = mcp_app(mcp)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        service.start()
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(mcp.session_manager.run())
            yield
        service.stop()

    app = FastAPI(
        title="lawqa",
        version=__version__,
        description="中国人工智能法规问答：引用必经核实，没有依据就拒答。",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.service = service
    add_problem_handlers(app)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    add_docs(app)
    app.include_router(api_router(service))
    app.include_router(embed_router(service))
    app.include_router(operations_router(service))
    for path in ("/mcp", "/mcp/"):
        app.router.routes.append(Route(path, endpoint=_Endpoint(mcp_endpoint), include_in_schema=False))
    _document_problems(app)

    for router in (reader_router, export_router, check_router, compare_router):
        app.include_router(router(service))

    @app.get("/", include_in_schema=False)
    def home() -> RedirectResponse:
        return RedirectResponse("ui/")

    _guard(app, service)
    return mount_chat(app, service, auth_dependency=user_of)


class _Endpoint:
    """An ASGI app as a route's endpoint (Starlette takes a function for a request handler)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


def _guard(app: FastAPI, service: Service) -> None:
    """The middleware, innermost first."""
    settings, policy = service.settings, service.policy
    tokens = TokenStore(settings.tokens_file)
    secret = settings.session_secret or secrets.token_urlsafe(32)
    sessions = Sessions(secret, settings.session_hours, tokens)
    buckets = TokenBuckets(settings.rate_per_minute, settings.rate_burst) if settings.rate_per_minute else None
    app.add_middleware(GradioGuard)
    app.add_middleware(BodyLimit, max_bytes=settings.max_body_bytes, max_upload=settings.max_upload_bytes)
    app.add_middleware(RateLimit, buckets=buckets, metrics=service.metrics)
    app.add_middleware(
        SignOn, settings=settings, policy=policy, tokens=tokens, sessions=sessions, metrics=service.metrics
    )
    if settings.sign_on in ("tokens", "oidc"):
        app.include_router(signon_router(settings, tokens, sessions))
        app.add_middleware(
            SessionMiddleware,
            secret_key=secret,
            session_cookie=COOKIE,
            max_age=sessions.seconds,
            same_site="lax",
            https_only=policy.secure_cookies,
        )
    app.add_middleware(OriginGuard, policy=policy)
    # always there, even without origins: Gradio answers any origin with credentials unless it sees this
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"] if policy.any_origin else policy.origins,
        allow_methods=["GET", "POST"],
        allow_headers=["authorization", "content-type", "x-request-id", "if-none-match"],
        expose_headers=["etag", "link", "retry-after", "x-request-id"],
    )
    app.add_middleware(SecurityHeaders, policy=policy)
    if settings.proxy_peers:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=[str(n) for n in policy.peers])
    app.add_middleware(RequestContext, service=service)


def _document_problems(app: FastAPI) -> None:
    """Puts the Problem schema into OpenAPI; FastAPI only adds what a response_model names."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        schema: dict[str, Any] = plain()
        schema["components"]["schemas"].setdefault("Problem", Problem.model_json_schema())
        return schema

    app.openapi = openapi  # type: ignore[method-assign]
