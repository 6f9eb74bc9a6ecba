"""The routes that the page reads from, over the real corpus and index."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import Request

from lawqa.settings import load_settings
from lawqa.web.signon.identity import ANONYMOUS, Identity


async def signed_on(request: Request) -> None:
    """What the middleware would have found."""
    request.state.identity, request.state.request_id = Identity(ANONYMOUS, "none"), "r-1"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def client(folder: Path, index: Path) -> Iterator[object]:
    from fastapi import Depends, FastAPI
    from fastapi.testclient import TestClient

    from lawqa.web.reader import reader_router
    from lawqa.web.server import Service

    app = FastAPI()
    app.state.service = Service(load_settings({}, data_dir=str(folder), index=index))
    app.include_router(reader_router(app.state.service), dependencies=[Depends(signed_on)])
    app.state.service.start()
    app.state.service.lawqa()
    with TestClient(app) as client:
        yield client


def test_provision(client) -> None:  # type: ignore[no-untyped-def]
    view = client.get("/api/ui/provision", params={"ref": "暂行办法第七条第一款第（三）项"}).json()
    assert view["ref"] == "genai-interim-measures-2023:7.1.3"
    assert view["quote"] in view["text"]
    assert view["previous"]["ref"] == "genai-interim-measures-2023:6"
    assert view["verification"]["level"] in ("full", "partial", "recall")


def test_provision_on_a_day(client) -> None:  # type: ignore[no-untyped-def]
    def view(day: str) -> dict[str, object]:
        return dict(client.get("/api/ui/provision", params={"ref": "cybersecurity-law-2016:21", "as_of": day}).json())

    assert view("2024-05-01")["status"] == "现行有效"
    assert view("2026-05-01")["status"] == "已被修改"


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("provision?ref=genai-interim-measures-2023:99", 404, "共24条"),
        ("provision?ref=catalog:nothing", 404, "目录"),
        ("provision?ref=什么", 404, "没有认出"),
        ("documents?as_of=gestern", 422, "gestern"),
        ("documents/nothing", 404, "nothing"),
        ("search?q=%20", 422, "空"),
        ("search?q=训练数据&k=0", 422, "k"),
    ],
)
def test_faults_are_one_sentence(client, path: str, status: int, says: str) -> None:  # type: ignore[no-untyped-def]
    response = client.get(f"/api/ui/{path}")
    assert response.status_code == status
    assert says in response.json()["detail"]
    assert response.headers["content-type"] == "application/problem+json"


def test_a_catalog_entry(client) -> None:  # type: ignore[no-untyped-def]
    entry = client.get("/api/ui/documents").json()["catalog"][0]
    shown = client.get("/api/ui/provision", params={"ref": entry["ref"]}).json()
    assert shown == {"catalog": True, **entry}


def test_documents_by_force(client) -> None:  # type: ignore[no-untyped-def]
    shelf = client.get("/api/ui/documents").json()
    assert [g["kind"] for g in shelf["groups"]][:3] == ["法律", "行政法规", "部门规章"]
    assert sum(len(g["documents"]) for g in shelf["groups"]) == 24
    assert shelf["catalog"]


def test_document_holds_every_character(client) -> None:  # type: ignore[no-untyped-def]
    lawqa = client.app.state.service.lawqa()
    for instrument in lawqa.corpus.instruments:
        view = client.get(f"/api/ui/documents/{instrument.id}").json()
        shown = ["\n".join(piece["text"] for piece in p["pieces"]) for p in view["provisions"]]
        assert shown == [p.text for p in instrument.provisions]


def test_suggestions(client) -> None:  # type: ignore[no-untyped-def]
    start = client.get("/api/ui/suggestions").json()
    assert len(start) == 6
    typed = client.get("/api/ui/suggestions", params={"q": "算法备案"}).json()
    assert typed
    assert all("备案" in s["question"] for s in typed)
    after = {"after": ["network-data-regulations-2024:19.1", "catalog:x"], "asked": []}
    follow = client.get("/api/ui/suggestions", params=after).json()
    assert follow
    assert all(s["ref"] != "network-data-regulations-2024:19" for s in follow)
    again = client.get("/api/ui/suggestions", params={**after, "asked": [s["question"] for s in follow]}).json()
    assert not {s["question"] for s in again} & {s["question"] for s in follow}


def test_every_offered_question_is_answered(client) -> None:  # type: ignore[no-untyped-def]
    lawqa = client.app.state.service.lawqa()
    for suggestion in client.get("/api/ui/suggestions").json():
        assert lawqa.ask(suggestion["question"]).status == "answered"


def test_feedback(client, folder: Path) -> None:  # type: ignore[no-untyped-def]
    for helpful in (True, False):
        given = {"question": "训练数据？", "helpful": helpful, "provisions": ["genai-interim-measures-2023:7"]}
        assert client.post("/api/ui/feedback", json=given).status_code == 201
    lines = (folder / "feedback.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["helpful"] for line in lines] == [True, False]
    assert client.post("/api/ui/feedback", json={"question": "x"}).status_code == 422
    half = b'{"question": "x", "helpful": true, "receipt": {"x": "\\ud800"}}'
    response = client.post("/api/ui/feedback", content=half, headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    assert "编码" in response.json()["detail"]


def test_while_loading_the_page_is_told_so(folder: Path) -> None:
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from lawqa.web.reader import reader_router
    from lawqa.web.service import Service

    app = FastAPI()
    app.include_router(reader_router(Service(load_settings({}, data_dir=str(folder)))))  # never started
    with TestClient(app) as client:
        assert client.get("/api/ui/state").json()["ready"] is False
        response = client.get("/api/ui/documents")
    assert response.status_code == 503
    assert "还在载入" in response.json()["detail"]
