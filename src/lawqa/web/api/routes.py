"""The routes of /api/v1."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse, Response

from lawqa.web.api import models
from lawqa.web.api.stream import EVENT_STREAM, answer_events, event_stream
from lawqa.web.problem import MEDIA_TYPE
from lawqa.web.service import Asker
from lawqa.web.worker import in_time

if TYPE_CHECKING:
    from lawqa.web.service import Service

_Limit = Annotated[int, Query(ge=1, le=200, description="一页最多几项")]
_Offset = Annotated[int, Query(ge=0, le=1_000_000, description="从第几项起")]


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The documented errors of a route."""
    schema = {"$ref": "#/components/schemas/Problem"}
    every = (400, 401, 403, 422, 429, 503, *statuses)
    return {s: {"description": "错误", "content": {MEDIA_TYPE: {"schema": schema}}} for s in sorted(every)}


def asker_of(request: Request, channel: str = "api") -> Asker:
    """Who asks, as the sign-on found it."""
    identity = request.state.identity
    return Asker(identity.name, channel, request.state.request_id)


def api_router(service: Service) -> APIRouter:
    """All routes of version 1."""
    router = APIRouter(prefix="/api/v1")
    worked = partial(in_time, service.settings.answer_timeout_s)

    @router.post(
        "/ask",
        summary="提问，得到带引用的回答",
        response_model=models.AnswerModel,
        responses={
            **problems(413, 415, 504),
            200: {
                "description": "回答；请求头 Accept: text/event-stream 时为事件流（started、delta、answer、problem）",
                "content": {EVENT_STREAM: {"schema": {"type": "string"}}},
            },
        },
    )
    async def ask(request: Request, body: models.AskRequest) -> Response:
        given = (asker_of(request), body.question, body.as_of, tuple(body.docs), [t.model_dump() for t in body.history])
        if EVENT_STREAM in request.headers.get("accept", ""):
            service.lawqa(timeout=0.0)  # an error before the stream begins is a plain problem
            return event_stream(answer_events(request.scope, lambda: worked(service.ask, *given)))
        answer = await worked(service.ask, *given)
        return JSONResponse(answer.to_dict())

    @router.post(
        "/search",
        summary="查找条文",
        response_model=models.SearchModel,
        responses=problems(413, 415, 504),
    )
    async def search(request: Request, body: models.SearchRequest) -> Response:
        history = [t.model_dump() for t in body.history]
        result = await worked(
            service.search, asker_of(request), body.query, body.k, body.as_of, tuple(body.docs), history
        )
        return JSONResponse(result.to_dict())

    @router.post(
        "/check",
        summary="核查一段文字里的引用",
        response_model=models.CheckModel,
        responses=problems(413, 415, 504),
    )
    async def check(request: Request, body: models.CheckRequest) -> Response:
        report = await worked(service.check, asker_of(request), body.text, body.as_of)
        return JSONResponse(report.to_dict())

    @router.get(
        "/compare",
        summary="逐条比较两份文件",
        response_model=models.ComparisonModel,
        responses=problems(404, 504),
    )
    async def compare(request: Request, a: models.DocumentName, b: models.DocumentName) -> Response:
        comparison = await worked(service.compare, asker_of(request), a, b)
        return JSONResponse(comparison.to_dict())

    @router.get(
        "/provisions/{ref}",
        summary="显示一个条文",
        response_model=models.ProvisionModel,
        responses={**problems(404, 504), 304: {"description": "与 If-None-Match 相同"}},
    )
    async def provision(
        request: Request,
        ref: Annotated[str, Path(min_length=1, max_length=400, description="如 genai-interim-measures-2023:7.1")],
        as_of: Annotated[models.Day, Query()] = None,
    ) -> Response:
        view = await worked(service.show, asker_of(request), ref, as_of)
        return tagged(request, view)

    @router.get("/documents", summary="列出文件", response_model=models.DocumentsPage, responses=problems())
    async def documents(request: Request, limit: _Limit = 50, offset: _Offset = 0) -> Response:
        corpus = service.lawqa(timeout=0.0).corpus
        ordered = sorted(corpus.instruments, key=lambda i: (i.force_rank, i.id))
        items = [
            models.DocumentModel(
                id=i.id,
                title=i.title,
                label=i.label,
                kind=i.kind,
                status=i.status,
                issuers=list(i.issuers),
                document_number=i.document_number,
                promulgated=i.promulgated.isoformat() if i.promulgated else None,
                effective=i.effective.isoformat() if i.effective else None,
                provisions=len(i.provisions),
                text=i.text_form,
                verification=i.verification.level,
                url=i.source_url,
            ).model_dump()
            for i in ordered[offset : offset + limit]
        ]
        return paged(request, items, len(ordered), limit, offset)

    @router.get(
        "/documents/{id}/provisions",
        summary="列出一份文件的条文",
        response_model=models.ProvisionsPage,
        responses=problems(404),
    )
    async def provisions(
        request: Request,
        id: Annotated[str, Path(max_length=100)],
        limit: _Limit = 50,
        offset: _Offset = 0,
    ) -> Response:
        lawqa = service.lawqa(timeout=0.0)
        every = lawqa.corpus.instrument(id).provisions
        items = []
        for p in every[offset : offset + limit]:
            note = lawqa.index.note(p.ref)
            caption = note.caption if note else p.heading or None
            items.append({"ref": str(p.ref), "label": p.label, "caption": caption})
        return paged(request, items, len(every), limit, offset)

    return router


def tagged(request: Request, body: Any) -> Response:
    """JSON with a strong ETag; 304 where the caller has it already."""
    raw = json.dumps(body, ensure_ascii=False, default=str).encode()
    etag = f'"{hashlib.sha256(raw).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    known = [t.strip().removeprefix("W/") for t in request.headers.get("if-none-match", "").split(",")]
    if etag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    return Response(raw, media_type="application/json", headers=headers)


def paged(request: Request, items: Sequence[Any], total: int, limit: int, offset: int) -> Response:
    """One page, with a Link header to the next (RFC 8288)."""
    following = offset + limit if offset + limit < total else None
    headers = {}
    if following is not None:
        url = request.url.include_query_params(limit=limit, offset=following)
        headers["Link"] = f'<{url.path}?{url.query}>; rel="next"'
    return JSONResponse({"items": list(items), "total": total, "next": following}, headers=headers)
