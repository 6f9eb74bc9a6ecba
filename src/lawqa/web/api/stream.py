"""An answer as server-sent events.

``started`` {request_id}, then ``delta`` {text} pieces of the answer's Markdown, then ``answer`` with the whole answer
as ``POST /api/v1/ask`` gives it; ``problem`` instead where it failed. The answer is composed and every citation
verified before its first piece leaves: nothing unverified is ever on the wire. Comment lines keep proxies awake.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from starlette.responses import StreamingResponse
from starlette.types import Scope

from lawqa.answer.answer import Answer
from lawqa.errors import LawqaError
from lawqa.web.logs import LOGGER
from lawqa.web.problem import problem, problem_of
from lawqa.web.scope import state

EVENT_STREAM = "text/event-stream"
_AWAKE_S = 10.0
#: A piece ends where a sentence or line does, so that no marker and no Markdown sign is cut.
_PIECE = re.compile(r".*?(?:\n+|[。；！？](?: ?\[\d+\])*|\Z)", re.S)


def event(name: str, data: Any) -> bytes:
    """One event; JSON has no raw line breaks, so one data line is enough."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False, default=str)}\n\n".encode()


async def answer_events(scope: Scope, ask: Callable[[], Awaitable[Answer]]) -> AsyncIterator[bytes]:
    """The events of one answer."""
    yield event("started", {"request_id": state(scope).get("request_id", "")})
    working = asyncio.ensure_future(ask())
    try:
        while not (await asyncio.wait({working}, timeout=_AWAKE_S))[0]:
            yield b": working\n\n"
        answer = working.result()
    except LawqaError as error:
        yield event("problem", json.loads(bytes(problem_of(scope, error).body)))
        return
    except Exception:
        LOGGER.exception("出错", extra={"fields": {"request_id": state(scope).get("request_id")}})
        yield event("problem", json.loads(bytes(problem(scope, 500, "服务内部出错，请把 request_id 告诉管理员").body)))
        return
    finally:
        working.cancel()
    for piece in _PIECE.findall(answer.answer):
        if piece:
            yield event("delta", {"text": piece})
            await asyncio.sleep(0)
    yield event("answer", answer.to_dict())


def event_stream(events: AsyncIterator[bytes]) -> StreamingResponse:
    """The response; proxies are told not to buffer it."""
    return StreamingResponse(events, media_type=EVENT_STREAM, headers={"X-Accel-Buffering": "no"})
