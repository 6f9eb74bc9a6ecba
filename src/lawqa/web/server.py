"""The FastAPI app: opens lawqa in the background, mounts the chat page and the API on one port."""

from __future__ import annotations

import os
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles

from lawqa.lawqa import LawQA
from lawqa.settings import Settings

STATIC = Path(__file__).parent / "static"


class Service:
    """The LawQA that all routes share; loaded in a thread so that the port opens at once."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.error: Exception | None = None
        self.progress: tuple[str, int, int] = ("载入", 0, 0)
        self._lawqa: LawQA | None = None
        self._ready = threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._load, name="lawqa-load", daemon=True).start()

    def _load(self) -> None:
        try:
            self._lawqa = LawQA.open(self.settings, self._note)
            self._lawqa.ask("训练数据有什么要求？")  # loads jieba's dictionary before the first visitor waits for it
        except Exception as error:  # shown by /readyz and on the page; the process goes on to say so
            self.error = error
        finally:
            self._ready.set()

    def _note(self, stage: str, done: int, total: int) -> None:
        self.progress = (stage, done, total)

    @property
    def ready(self) -> bool:
        return self._lawqa is not None and self._ready.is_set()

    def lawqa(self, timeout: float = 120.0) -> LawQA:
        """The loaded LawQA; waits for it, raises what stopped it."""
        self._ready.wait(timeout)
        if self.error is not None:
            raise self.error
        if self._lawqa is None:
            raise TimeoutError("lawqa 还在载入")
        return self._lawqa


def create_app(settings: Settings) -> FastAPI:
    """The whole app. Gradio is told to stay silent before it is imported."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["GRADIO_RUN_HISTORY"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
    from lawqa.web.chat.page import mount_chat
    from lawqa.web.reader import reader_router

    service = Service(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        service.start()
        yield

    app = FastAPI(title="lawqa", docs_url=None, redoc_url=None, lifespan=lifespan)
    app.state.service = service
    app.mount("/static", StaticFiles(directory=STATIC), name="static")

    app.include_router(reader_router(service))

    @app.get("/", include_in_schema=False)
    def home() -> RedirectResponse:
        return RedirectResponse("ui/")

    @app.get("/healthz", include_in_schema=False)
    def healthz() -> dict[str, Any]:
        return {"status": "ok"}

    return mount_chat(app, service)
