"""Errors of lawqa as the page's own routes give them: one Chinese line in ``detail``."""

from __future__ import annotations

from fastapi.responses import JSONResponse

from lawqa.errors import LawqaError
from lawqa.web.problem import status_of


def failure(error: LawqaError) -> JSONResponse:
    """404 for what is not there, 503 while loading, 422 for an unusable value."""
    status = status_of(error)
    return JSONResponse({"detail": str(error)}, 422 if status in (400, 500) else status)
