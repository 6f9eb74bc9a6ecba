"""Conversations as files: /api/ui/export/docx, md and txt."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from lawqa.errors import LawqaError, UsageError
from lawqa.web.received import received
from lawqa.web.reply import failure

if TYPE_CHECKING:
    from lawqa.web.service import Service

#: Ending → media type and the name of the text format; the memo is none.
_FORMATS = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ""),
    "md": ("text/markdown; charset=utf-8", "markdown"),
    "txt": ("text/plain; charset=utf-8", "citation"),
}


class Conversation(BaseModel):
    """The turns of a conversation, each an answer's JSON as the browser kept it."""

    turns: list[dict[str, Any]] = Field(min_length=1, max_length=500)


def export_router(service: Service) -> APIRouter:
    """The turns come from the browser: what cannot be verified does not go into the file."""
    router = APIRouter(prefix="/api/ui", include_in_schema=False)

    @router.post("/export/{format}")
    def export(format: str, conversation: Conversation) -> Response:
        try:
            if format not in _FORMATS:
                raise UsageError(f"没有“{format[:20]}”这种导出格式：可用 {'、'.join(_FORMATS)}")
            lawqa = service.lawqa(timeout=0.0)
            answers = received(lawqa, conversation.turns)
        except LawqaError as error:
            return failure(error)
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
