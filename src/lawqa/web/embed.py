"""/widget.js, which goes into other pages, and /embed, the light page that it frames."""

from __future__ import annotations

import json
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

if TYPE_CHECKING:
    from lawqa.web.service import Service

_STATIC = Path(__file__).parent / "static"


@cache
def _file(name: str) -> str:
    return (_STATIC / name).read_text(encoding="utf-8")


def embed_router(service: Service) -> APIRouter:
    """The page is the same for everybody; without a sign-on it answers 401 and shows the way to sign on."""
    router = APIRouter(include_in_schema=False)
    policy, settings = service.policy, service.settings

    @router.get("/widget.js")
    async def widget() -> Response:
        headers = {
            "Cache-Control": "public, max-age=300",
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
        return Response(_file("widget.js"), media_type="text/javascript; charset=utf-8", headers=headers)

    @router.get("/embed")
    async def embed(request: Request) -> HTMLResponse:
        root = request.scope.get("root_path") or ""
        signed_on = request.state.identity is not None
        config = {
            "origins": ["*"] if policy.any_origin else list(policy.origins),
            "signedOn": signed_on,
            "signOn": f"{root}/auth/popup" if settings.sign_on in ("tokens", "oidc") else None,
            "api": f"{root}/api/v1",
            "maxChars": settings.max_question_chars,
        }
        html = _file("embed.html").replace("{root}", escape(root))
        html = html.replace("{config}", escape(json.dumps(config, ensure_ascii=False)))
        return HTMLResponse(html, 200 if signed_on else 401)

    return router
