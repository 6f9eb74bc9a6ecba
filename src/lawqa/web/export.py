"""Conversations as files: /api/ui/export/docx, md and txt."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from lawqa.errors import LawqaError, UsageError
from lawqa.web.problem import page_problem
from lawqa.web.received import received

if TYPE_CHECKING:
    from lawqa.web.service import Service

#: Ending → media type and the name of the text format; the memo is none.
_FORMATS = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ""),
    "md": ("text/markdown; charset=utf-8", "markdown"),
    "txt": ("text/plain; charset=utf-8", "citation"),
}
#: What neither XML (Word) nor UTF-8 can hold: control characters, halves of surrogate pairs, two non-characters.
_UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: An answer's JSON is a few levels deep.
_MAX_DEPTH = 20


def writable(value: Any, depth: int = 0) -> Any:
    """JSON data without the characters that no file can hold. UsageError for what is nested beyond any answer."""
    if depth > _MAX_DEPTH:
        raise UsageError(f"回答嵌套超过 {_MAX_DEPTH} 层，不能导出：请刷新页面再试")
    if isinstance(value, str):
        return _UNWRITABLE.sub("", value)
    if isinstance(value, list):
        return [writable(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {writable(key, depth + 1): writable(item, depth + 1) for key, item in value.items()}
    return value


class Conversation(BaseModel):
    """The turns of a conversation, each an answer's JSON as the browser kept it."""

    turns: list[dict[str, Any]] = Field(min_length=1, max_length=500)


def export_router(service: Service) -> APIRouter:
    """The turns come from the browser: what cannot be verified does not go into the file."""
    router = APIRouter(prefix="/api/ui", include_in_schema=False)

    @router.post("/export/{format}")
    def export(request: Request, format: str, conversation: Conversation) -> Response:
        try:
            if format not in _FORMATS:
                raise UsageError(f"没有“{format[:20]}”这种导出格式：可用 {'、'.join(_FORMATS)}")
            lawqa = service.lawqa(timeout=0.0)
            answers = received(lawqa, writable(conversation.turns))
        except LawqaError as error:
            return page_problem(request.scope, error)
        media, text_format = _FORMATS[format]
        if text_format:
            from lawqa.export.text import render

            content = render(lawqa.corpus, answers, text_format).encode()
        else:
            from lawqa.export.memo import memo

            content = memo(lawqa.corpus, answers)
        file = f"lawqa-{date.today().isoformat()}.{format}"
        return Response(content, media_type=media, headers={"Content-Disposition": f'attachment; filename="{file}"'})

    return router
