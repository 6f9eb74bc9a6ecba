"""/docs: Swagger UI from this server's own files (the package fastapi-offline carries them), under a strict CSP."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

_PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>lawqa · API</title>
<link rel="stylesheet" href="{root}/docs/assets/swagger-ui.css">
<link rel="icon" href="data:,"></head><body><div id="swagger" data-openapi="{root}/openapi.json"></div>
<script src="{root}/docs/assets/swagger-ui-bundle.js"></script><script src="{root}/static/docs.js"></script></body></html>"""


def assets() -> Path:
    """The folder with Swagger UI's script and style; the package is found, not imported."""
    spec = find_spec("fastapi_offline")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("fastapi-offline")
    return Path(spec.origin).parent / "static"


def add_docs(app: FastAPI) -> None:
    """/docs and its files."""
    app.mount("/docs/assets", StaticFiles(directory=assets()), name="docs-assets")
    router = APIRouter(include_in_schema=False)

    @router.get("/docs")
    async def docs(request: Request) -> HTMLResponse:
        return HTMLResponse(_PAGE.format(root=request.scope.get("root_path") or ""))

    app.include_router(router)
