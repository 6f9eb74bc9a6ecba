"""Identities: who a request is from, and how that is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.requests import Request

ANONYMOUS = "anonymous"


@dataclass(frozen=True)
class Identity:
    """``name`` goes to the audit log and the rate limit; ``means`` is none, token, proxy, oidc or session."""

    name: str
    means: str


def user_of(request: Request) -> str | None:
    """The name of who asks, for Gradio's ``auth_dependency``; None where nobody signed on."""
    identity = getattr(request.state, "identity", None)
    return identity.name if isinstance(identity, Identity) else None


def usable_name(name: str) -> bool:
    """True for a name that can stand in logs: printable, not empty, at most 200 characters."""
    return bool(name.strip()) and len(name) <= 200 and name.isprintable()


def gradio_user() -> str:
    """The name of who is behind the Gradio event that runs now, as ``user_of`` gave it to Gradio."""
    from gradio.context import LocalContext

    request = LocalContext.request.get(None)
    return getattr(request, "username", None) or ANONYMOUS
