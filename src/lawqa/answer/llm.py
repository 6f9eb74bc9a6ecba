"""The language model: any OpenAI-compatible server, through llama-index's client, with one deadline for everything."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

from lawqa.errors import ModelError
from lawqa.settings import Settings

_MOST_CHARS = 20_000
#: Seconds between tries where the server names none: 0.5, 1, 2 … at most 8.
_BACK_OFF, _LONGEST_WAIT = 0.5, 8.0


class ModelFault(ModelError):
    """The language model did not give a whole answer; one Chinese clause without secrets says why."""


class LanguageModel:
    """One model at one server. Nothing is loaded or sent before ``stream``."""

    def __init__(self, settings: Settings) -> None:
        self.name = settings.llm_model
        self.url = settings.llm_base_url
        self._key = settings.llm_api_key
        self._temperature = settings.llm_temperature
        self._timeout = settings.llm_timeout
        self._retries = settings.llm_max_retries

    def stream(self, system: str, user: str) -> Iterator[str]:
        """The answer piece by piece.

        Connection faults, 429 and 5xx are tried again (with Retry-After, else growing pauses) while nothing has
        arrived and ``llm_timeout`` leaves room; it bounds the whole answer, tries and pauses included.
        Raises ModelFault, also for an answer that was cut off.
        """
        deadline = time.monotonic() + self._timeout
        for attempt in range(self._retries + 1):
            begun = False
            try:
                for piece in self._once(system, user, deadline):
                    begun = True
                    yield piece
                return
            except Exception as error:  # a foreign server and its client may fail in any way; none harms an answer
                fault, again = _explain(error, self.name)
                wait = _wait(error, attempt)
                if begun or not again or attempt == self._retries or time.monotonic() + wait >= deadline:
                    raise fault from None
                time.sleep(wait)

    def _once(self, system: str, user: str, deadline: float) -> Iterator[str]:
        try:
            import httpx2
            from llama_index.core.llms import ChatMessage, MessageRole
            from llama_index.llms.openai_like import OpenAILike
        except ImportError:
            raise ModelFault("没有安装客户端：pip install 'lawqa[llm]'") from None
        messages = [
            ChatMessage(role=MessageRole.SYSTEM, content=system),
            ChatMessage(role=MessageRole.USER, content=user),
        ]
        timeout = max(deadline - time.monotonic(), 0.1)
        size, finish = 0, None
        with httpx2.Client(timeout=timeout) as connection:  # ours, so that it is closed however the answer ends
            client = OpenAILike(
                model=self.name,
                api_base=self.url,
                api_key=self._key or "none",  # local servers need none, the client insists on one
                temperature=self._temperature,
                is_chat_model=True,
                timeout=timeout,
                max_retries=0,
                http_client=connection,
            )
            for chunk in client.stream_chat(messages):
                if time.monotonic() > deadline:
                    raise TimeoutError
                finish = _finish(chunk.raw) or finish
                if piece := chunk.delta:
                    size += len(piece)
                    if size > _MOST_CHARS:
                        raise ModelFault("回答过长")
                    yield piece
        if not size:
            raise ModelFault("没有返回内容")
        if finish != "stop":
            raise ModelFault("回答没有写完")


def _finish(raw: Any) -> str | None:
    choices = getattr(raw, "choices", None)
    reason = getattr(choices[0], "finish_reason", None) if choices else None
    return str(reason) if reason else None


def _wait(error: Exception, attempt: int) -> float:
    """Seconds until the next try: what Retry-After says, else a growing pause."""
    headers = getattr(getattr(error, "response", None), "headers", None)
    after = headers.get("retry-after", "") if headers is not None else ""
    if re.fullmatch(r"\d+(?:\.\d+)?", after):
        return float(after)
    return float(min(_BACK_OFF * 2**attempt, _LONGEST_WAIT))


def _explain(error: Exception, model: str) -> tuple[ModelFault, bool]:
    """The fault in words, and whether another try may help. Never the server's own words: they may hold secrets."""
    if isinstance(error, ModelFault):
        return error, False
    name = type(error).__name__
    status = getattr(error, "status_code", None)
    if status == 429:
        return ModelFault("被限流（429）"), True
    if status in (401, 403):
        return ModelFault(f"拒绝了密钥（{status}）：请检查 LAWQA_LLM_API_KEY"), False
    if status == 404:
        return ModelFault(f"没有模型“{model}”或地址不对（404）：请检查 LAWQA_LLM_MODEL、LAWQA_LLM_BASE_URL"), False
    if isinstance(status, int):
        return ModelFault(f"出错（{status}）"), status >= 500
    if isinstance(error, TimeoutError) or "Timeout" in name:
        return ModelFault("超时"), False
    if "Connection" in name or "Connect" in name:
        return ModelFault("连不上：请检查 LAWQA_LLM_BASE_URL"), True
    if "Protocol" in name or "Read" in name:
        return ModelFault("中途断开"), True
    return ModelFault("返回了不能识别的内容"), False
