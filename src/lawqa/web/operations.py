"""For those who run the server: is it alive, is it ready, how is it doing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST

if TYPE_CHECKING:
    from lawqa.web.service import Service


def operations_router(service: Service) -> APIRouter:
    """/healthz: the process answers. /readyz: it can answer questions (503 while loading or stopping). /metrics."""
    router = APIRouter(include_in_schema=False)

    @router.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @router.get("/readyz")
    async def readyz() -> JSONResponse:
        if service.draining:
            return JSONResponse({"status": "stopping"}, 503)
        if service.error is not None:
            # why is in the log: an unsigned prober need not read paths of this machine
            return JSONResponse({"status": "failed"}, 503)
        if not service.ready:
            stage, done, total = service.progress
            return JSONResponse({"status": "loading", "stage": stage, "done": done, "total": total}, 503)
        lawqa = service.lawqa()
        return JSONResponse({"status": "ready", "corpus": lawqa.corpus.digest[:16], "index": lawqa.index.digest[:16]})

    @router.get("/metrics")
    async def metrics() -> Response:
        return Response(service.metrics.text(), media_type=CONTENT_TYPE_LATEST)

    return router
