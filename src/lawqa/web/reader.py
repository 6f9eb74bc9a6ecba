"""The routes that the page reads from: provisions, documents, suggestions, feedback, state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, Field

from lawqa import __version__
from lawqa.errors import LawqaError, ReferenceNotFound, UsageError
from lawqa.retrieve.dates import parse_date
from lawqa.web.api.routes import asker_of
from lawqa.web.feedback import FeedbackStore
from lawqa.web.library_view import catalog_view, document_view, library
from lawqa.web.problem import page_problem, problem
from lawqa.web.suggestions import Suggestions
from lawqa.web.worker import in_time

if TYPE_CHECKING:
    from lawqa.lawqa import LawQA
    from lawqa.web.service import Asker, Service

AsOf = Annotated[str | None, Query(max_length=40)]


class Feedback(BaseModel):
    """What a reader says about one answer."""

    question: str = Field(max_length=10_000)
    helpful: bool
    note: str = Field("", max_length=4000)
    status: str = Field("answered", max_length=20)
    as_of: str | None = Field(None, max_length=20)
    docs: list[str] = Field(default_factory=list, max_length=500)
    provisions: list[str] = Field(default_factory=list, max_length=500)
    receipt: dict[str, Any] = Field(default_factory=dict)


def reader_router(service: Service) -> APIRouter:
    """Routes under ``/api/ui``. 404: a provision that is not there, 422: an unusable value, 503: still loading.

    What finds or shows words of the law goes through ``service``'s logged methods, as it does under ``/api/v1``.
    """
    router = APIRouter(prefix="/api/ui", include_in_schema=False)
    store = FeedbackStore(service.settings.data_dir)
    offered: dict[int, Suggestions] = {}

    def reply(request: Request, make: Callable[[LawQA], Any]) -> Any:
        try:
            return make(service.lawqa(timeout=0.0))
        except LawqaError as error:
            return page_problem(request.scope, error)

    async def worked(request: Request, call: Callable[..., Any], *given: Any) -> Any:
        """``call`` (a method of ``service``), which is told who asks."""
        try:
            return await in_time(service.settings.answer_timeout_s, call, asker_of(request, "page"), *given)
        except LawqaError as error:
            return page_problem(request.scope, error)

    @router.get("/state")
    def state() -> dict[str, Any]:
        stage, done, total = service.progress
        error = service.error
        known = isinstance(error, LawqaError)
        return {
            "ready": service.ready and error is None,
            "error": (str(error) if known else "服务没有启动成功：请看服务端日志。") if error else None,
            "progress": {"stage": stage, "done": done, "total": total},
            "features": {"feedback": service.settings.feedback},
            "version": __version__,
            "today": date.today().isoformat(),
        }

    @router.get("/provision")
    async def provision(request: Request, ref: Annotated[str, Query(max_length=200)], as_of: AsOf = None) -> Any:
        def show(asker: Asker) -> dict[str, Any]:
            if ref.startswith("catalog:"):
                return {"catalog": True, **service.view(asker, ref, lambda lawqa: _entry(lawqa, ref))}
            return {"catalog": False, **service.show(asker, ref, as_of)}

        return await worked(request, show)

    @router.get("/documents")
    def documents(request: Request, as_of: AsOf = None) -> Any:
        return reply(request, lambda lawqa: library(lawqa, _day(as_of)))

    @router.get("/documents/{id}")
    async def document(request: Request, id: Annotated[str, Path(max_length=200)], as_of: AsOf = None) -> Any:
        def view(lawqa: LawQA) -> dict[str, Any]:
            return document_view(lawqa, lawqa.corpus.instrument(id), _day(as_of))

        return await worked(request, service.view, id, view)

    @router.get("/search")
    async def search(
        request: Request, q: Annotated[str, Query(max_length=4000)], as_of: AsOf = None, k: int = 20
    ) -> Any:
        def found(asker: Asker) -> dict[str, Any]:
            return service.search(asker, q, k, as_of).to_dict()

        return await worked(request, found)

    @router.get("/suggestions")
    def suggest(
        request: Request,
        q: Annotated[str, Query(max_length=200)] = "",
        after: Annotated[list[str] | None, Query()] = None,
        asked: Annotated[list[str] | None, Query()] = None,
    ) -> Any:
        def offer(lawqa: LawQA) -> list[dict[str, str]]:
            made = offered.setdefault(id(lawqa), Suggestions(lawqa))
            if after:
                found = made.follow_up(after[:20], asked or [])
            else:
                found = made.complete(q) if q.strip() else made.start()
            return [{"question": s.question, "ref": s.ref} for s in found]

        return reply(request, offer)

    @router.post("/feedback", status_code=201)
    def feedback(request: Request, given: Feedback) -> Any:
        if not service.settings.feedback:
            return page_problem(request.scope, UsageError("没有开启反馈：LAWQA_FEEDBACK=true 开启"))
        try:
            store.append(given.model_dump())
        except LawqaError as error:
            return problem(request.scope, 507, str(error))
        except (UnicodeEncodeError, RecursionError):  # half a surrogate pair, or a receipt of a thousand levels
            fault = "反馈不能保存：含有不成字的编码或嵌套过深；请刷新页面再试"
            return page_problem(request.scope, UsageError(fault))
        return {"stored": True}

    return router


def _entry(lawqa: LawQA, ref: str) -> dict[str, Any]:
    """The view of a catalog entry (``catalog:ID``)."""
    entry = lawqa.corpus.entry(ref.removeprefix("catalog:"))
    if entry is None:
        raise ReferenceNotFound(f"目录里没有“{ref}”")
    return catalog_view(entry)


def _day(as_of: str | None) -> date:
    if not as_of:
        return date.today()
    day = parse_date(as_of)
    if day is None:
        raise UsageError(f"日期“{as_of}”不是 YYYY-MM-DD 的样子，如 2024-05-01")
    return day
