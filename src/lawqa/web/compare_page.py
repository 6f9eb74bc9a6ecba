"""The compare page /ui/compare and what it asks: two documents side by side, with the counts of every chapter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse

from lawqa.errors import LawqaError
from lawqa.web.api.routes import asker_of
from lawqa.web.own_page import own_page
from lawqa.web.problem import page_problem
from lawqa.web.worker import in_time

if TYPE_CHECKING:
    from lawqa.web.service import Service

Document = Annotated[str, Query(min_length=1, max_length=200)]


def compare_router(service: Service) -> APIRouter:
    """``a`` is the older document, ``b`` the newer; ids or names."""
    router = APIRouter(include_in_schema=False)

    @router.get("/ui/compare")
    def page() -> HTMLResponse:
        return own_page("compare", "逐条比较")

    @router.get("/api/ui/compare")
    async def compare(
        request: Request, a: Document, b: Document, lang: Literal["zh", "en"] = "zh", changed: bool = False
    ) -> JSONResponse:
        from lawqa.compare.comparison import KINDS
        from lawqa.compare.html import page

        asker = asker_of(request, "page")
        try:
            made = await in_time(service.settings.answer_timeout_s, service.compare, asker, a, b)
        except LawqaError as error:
            return page_problem(request.scope, error)
        names = {kind: both[0 if lang == "zh" else 1] for kind, both in KINDS.items()}
        html = page(made, lang, style=False, changed_only=changed, link="./?ref={ref}")
        body = {"a": made.a, "b": made.b, "html": html, "kinds": names, "chapters": made.chapters}
        return JSONResponse({**body, "a_label": made.a_label, "b_label": made.b_label})

    return router
