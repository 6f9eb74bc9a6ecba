"""The labelling page: forms without script, on the loopback interface, one answer at a time."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.middleware.trustedhost import TrustedHostMiddleware

from lawqa.corpus.library import Corpus
from lawqa.errors import LawqaError
from lawqa.evals.label import LABELS, Label, answer_digest, append_label, read_labels

_CSP = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


@dataclass
class Desk:
    """The answers to label and the file that the labels go to. The gold is not shown: it would sway the labeller."""

    answers: Sequence[Mapping[str, Any]]
    corpus: Corpus
    file: Path
    who: str

    def labels(self) -> dict[str, Label]:
        return read_labels(self.file) if self.file.exists() else {}

    def next_open(self, after: int) -> int | None:
        """The next answer without a label, from ``after`` on and then from the beginning; None when all have one."""
        done = self.labels()
        order = [*range(after, len(self.answers)), *range(min(after, len(self.answers)))]
        return next((n for n in order if not self._labelled(self.answers[n], done)), None)

    def cited(self, row: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Every citation with the whole text of its provision."""
        out = []
        for citation in row["citations"]:
            try:
                text = self.corpus.provision(self.corpus.parse(citation["ref"])).text
            except LawqaError:
                text = ""  # a catalog entry has facts, no text
            out.append({**citation, "text": text})
        return out

    def current(self, row: Mapping[str, Any]) -> Label | None:
        """The label that was given to this very answer."""
        found = self.labels().get(row["id"])
        return found if found and self._labelled(row, {row["id"]: found}) else None

    @staticmethod
    def _labelled(row: Mapping[str, Any], done: Mapping[str, Label]) -> bool:
        found = done.get(row["id"])
        return found is not None and found.answer in ("", answer_digest(row))


def create_label_app(desk: Desk, hosts: Sequence[str]) -> FastAPI:
    """The page; only requests to ``hosts`` are served, and only forms that this page made are taken."""
    from jinja2 import Environment, StrictUndefined
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False})  # markup inside an answer stays text
    source = resources.files("lawqa.evals").joinpath("label.html.jinja").read_text(encoding="utf-8")
    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(source)
    token = secrets.token_urlsafe(16)
    app = FastAPI(title="lawqa label", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))

    @app.middleware("http")
    async def guard(request: Request, call_next: Any) -> Response:
        response: Response = await call_next(request)
        response.headers["Content-Security-Policy"] = _CSP
        response.headers["Cache-Control"] = "no-store"
        return response

    @app.get("/", response_class=HTMLResponse)
    def page(n: int | None = None, fault: str = "") -> Response:
        place = desk.next_open(0) if n is None else n
        if place is None:
            place = 0
        if not 0 <= place < len(desk.answers):
            return RedirectResponse("/", status_code=303)
        row = desk.answers[place]
        done = sum(desk.current(r) is not None for r in desk.answers)
        text = template.render(
            row=row,
            answer=markdown.render(row["answer"]),
            citations=desk.cited(row),
            labels=LABELS,
            given=desk.current(row),
            place=place,
            total=len(desk.answers),
            done=done,
            who=desk.who,
            file=desk.file.name,
            token=token,
            fault=fault,
        )
        return HTMLResponse(text)

    @app.post("/label")
    async def label(request: Request) -> Response:
        form = {k: v[0] for k, v in parse_qs((await request.body()).decode("utf-8", "replace")).items()}
        place = form.get("n", "")
        if not secrets.compare_digest(form.get("token", ""), token):
            return Response("这个表单不是本页发出的：请重新打开页面", status_code=403)
        if form.get("label") not in LABELS or not place.isdigit() or int(place) >= len(desk.answers):
            return Response("标注不合格：请回到页面选择一个标注", status_code=422)
        append_label(desk.file, desk.answers[int(place)], form["label"], form.get("note", "").strip(), desk.who)
        following = desk.next_open(int(place) + 1)
        return RedirectResponse(f"/?n={place if following is None else following}", status_code=303)

    return app
