"""What the middleware reads from and writes to an ASGI scope."""

from __future__ import annotations

from typing import Any

from starlette.types import Scope


def route_path(scope: Scope) -> str:
    """The path below ``root_path``, as the routes write it."""
    path, root = str(scope["path"]), str(scope.get("root_path") or "")
    if root and (path == root or path.startswith(root + "/")):
        return path[len(root) :] or "/"
    return path


def header_values(scope: Scope, name: str) -> list[str]:
    """Every value of a request header, in order."""
    key = name.lower().encode("latin-1")
    return [v.decode("latin-1") for k, v in scope["headers"] if k == key]


def header(scope: Scope, name: str) -> str:
    """The first value of a request header, empty where there is none."""
    return next(iter(header_values(scope, name)), "")


def state(scope: Scope) -> dict[str, Any]:
    """The request's own state; the lifespan's is shared, so it is copied once."""
    if not scope.get("lawqa.state"):
        scope["state"] = dict(scope.get("state") or {})
        scope["lawqa.state"] = True
    found: dict[str, Any] = scope["state"]
    return found


def wants_html(scope: Scope) -> bool:
    """True for a browser that navigates, false for scripts and fetch()."""
    return scope.get("method") in ("GET", "HEAD") and "text/html" in header(scope, "accept")


def below(path: str, *prefixes: str) -> bool:
    """True where ``path`` is one of ``prefixes`` or lies below one."""
    return any(path == p or path.startswith(p.rstrip("/") + "/") for p in prefixes)


def host_name(host: str) -> str:
    """The name in a Host header, without port and the brackets of IPv6."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()
