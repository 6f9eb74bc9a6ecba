"""Work that may take long: in a thread of its own, for a limited time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

import anyio.to_thread

from lawqa.web.problem import AnswerTimeout

T = TypeVar("T")


async def in_time(seconds: float, call: Callable[..., T], *given: Any) -> T:
    """``call(*given)`` in a worker thread; AnswerTimeout where it takes too long (the thread ends by itself)."""
    try:
        async with asyncio.timeout(seconds):
            return await anyio.to_thread.run_sync(call, *given, abandon_on_cancel=True)
    except TimeoutError:
        raise AnswerTimeout(f"{seconds:.0f}秒内没有答完，请把问题问得具体些，或把文字分成几份") from None
