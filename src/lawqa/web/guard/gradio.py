"""Routes of Gradio that lawqa does not use and that would open the server: uploads, its file proxy, run history."""

from __future__ import annotations

from urllib.parse import unquote

from starlette.types import ASGIApp, Receive, Scope, Send

from lawqa.web.problem import problem
from lawqa.web.scope import below, route_path

_UI = "/ui/gradio_api"
_REFUSED = ("upload", "upload_progress", "stream", "component_server", "deep_link", "runs", "mcp", "process_recording")


class GradioGuard:
    """Refuses by 403: anonymous uploads reach the disk, ``file=http…`` and ``proxy=`` fetch for the caller."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and refused(route_path(scope)):
            await problem(scope, 403, "这个地址不开放")(scope, receive, send)
            return
        await self.app(scope, receive, send)


def refused(path: str) -> bool:
    """True for a path of Gradio that is closed."""
    path = unquote(path)
    while "//" in path:
        path = path.replace("//", "/")
    if below(path, *(f"{_UI}/{name}" for name in _REFUSED), "/ui/monitoring", "/ui/upload", "/ui/runs"):
        return True
    for prefix in (f"{_UI}/file=", f"{_UI}/file/", "/ui/file=", "/ui/file/", f"{_UI}/proxy=", "/ui/proxy="):
        if path.startswith(prefix):
            rest = path[len(prefix) :].lower().lstrip()
            return "proxy" in prefix or rest.startswith(("http:", "https:", "ftp:", "file:"))
    return False
