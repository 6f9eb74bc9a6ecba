"""The check page /ui/check and what it asks: a text or a file with every citation judged, as HTML or as Word."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from lawqa.errors import LawqaError, UsageError
from lawqa.web.api.routes import asker_of
from lawqa.web.export import writable
from lawqa.web.own_page import own_page
from lawqa.web.problem import page_problem
from lawqa.web.worker import in_time

if TYPE_CHECKING:
    from lawqa.check.report import CheckReport
    from lawqa.web.service import Service

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: The file's name, which tells its kind; a text that was pasted has none.
Name = Annotated[str, Query(max_length=200)]
AsOf = Annotated[str, Query(max_length=40)]


def check_router(service: Service) -> APIRouter:
    """The body is the file's bytes or the text: they stay in memory, and are gone with the request."""
    router = APIRouter(include_in_schema=False)

    @router.get("/ui/check")
    def page() -> HTMLResponse:
        return own_page("check", "引用核对")

    async def checked(request: Request, name: str, as_of: str) -> tuple[CheckReport, bytes, tuple[str, ...]]:
        from lawqa.files.reader import parse, read_raw

        if writable(name) != name:
            raise UsageError(f"文件名“{writable(name)}”含有控制字符：请改名后再试")
        data = await request.body()
        asker = asker_of(request, "page")
        service.lawqa(timeout=0.0)  # do not read a large file only to say that the index is loading

        def work() -> tuple[CheckReport, bytes, tuple[str, ...]]:
            pasted = not name
            source = parse(".txt", "粘贴的文字", data, whole=True) if pasted else read_raw(name, data, whole=True)
            # what XML cannot hold could not go into the Word copy
            return service.check(asker, writable(source.text), as_of or None), data, source.doubts

        return await in_time(service.settings.answer_timeout_s, work)

    @router.post("/api/ui/check")
    async def check(
        request: Request, name: Name = "", as_of: AsOf = "", lang: Literal["zh", "en"] = "zh"
    ) -> JSONResponse:
        from lawqa.check.html import annotated, tone

        try:
            report, _, doubts = await checked(request, name, as_of)
        except LawqaError as error:
            return page_problem(request.scope, error)
        html = annotated(report, lang, style=False, link=f"./?ref={{ref}}&amp;as_of={report.as_of}")
        tones = [tone(c) for c in report.citations]
        return JSONResponse({"html": html, "as_of": report.as_of, "tones": tones, "doubts": doubts})

    @router.post("/api/ui/check/word")
    async def word(request: Request, name: Name = "", as_of: AsOf = "") -> Response:
        from lawqa.check.word import annotated_docx

        try:
            report, data, _ = await checked(request, name, as_of)
            original = data if name.lower().endswith(".docx") else None
            content = await in_time(service.settings.answer_timeout_s, annotated_docx, report, original, name)
        except LawqaError as error:
            return page_problem(request.scope, error)
        file = quote(f"{PurePath(name).stem or 'lawqa'}-核对.docx")
        return Response(
            content, media_type=_WORD, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{file}"}
        )

    return router
