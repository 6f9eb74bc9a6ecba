"""The HTTP API over a real socket: contracts, errors, pages, streams, tags."""

from __future__ import annotations

import itertools
import json

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from lawqa.lawqa import LawQA
from tests.web.conftest import QUESTION, Server


def test_ask_answers_as_the_facade(http: httpx2.Client, lawqa: LawQA) -> None:
    response = http.post("/api/v1/ask", json={"question": QUESTION, "as_of": "2026-06-01"})
    expected = lawqa.ask(QUESTION, "2026-06-01").to_dict()
    found = response.json()
    assert response.status_code == 200
    assert found.pop("timings_ms").keys() == expected.pop("timings_ms").keys()
    assert found == json.loads(json.dumps(expected))
    assert found["citations"]


def test_every_field_but_the_first_is_optional(http: httpx2.Client) -> None:
    scoped = {"question": "第七条说什么", "docs": ["genai-interim-measures-2023"], "history": [{"q": "暂行办法"}]}
    refs = [c["ref"] for c in http.post("/api/v1/ask", json=scoped).json()["citations"]]
    assert refs
    assert all(r.startswith("genai-interim-measures-2023:7") for r in refs)
    assert len(http.post("/api/v1/search", json={"query": "算法备案", "k": 3}).json()["hits"]) == 3


@pytest.mark.parametrize(
    ("history", "place"),
    [
        (None, "history"),
        ("暂行办法", "history"),
        (["暂行办法"], "history.0"),
        ([{"q": 5}], "history.0.q"),
        ([{"q": "暂行办法"}, {}], "history.1.q"),
        ([{"q": "暂行办法"}, {"q": "？？"}], "history 的第2项"),
    ],
)
def test_a_malformed_history_is_a_problem_with_its_place(http: httpx2.Client, history: object, place: str) -> None:
    for path, field in (("ask", "question"), ("search", "query")):
        response = http.post(f"/api/v1/{path}", json={field: "那期限呢？", "history": history})
        assert response.status_code == 422
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["detail"].startswith(place)


def test_check_and_compare_answer_as_the_facade(http: httpx2.Client, lawqa: LawQA) -> None:
    text = "依据《生成式人工智能服务管理暂行办法》第七条、第九十九条。"
    found = http.post("/api/v1/check", json={"text": text, "as_of": "2026-06-01"})
    assert found.status_code == 200
    assert found.json() == json.loads(json.dumps(lawqa.check(text, "2026-06-01").to_dict()))
    assert found.json()["counts"]["no_such_provision"] == 1
    pair = {"a": "genai-measures-draft-2023", "b": "暂行办法"}
    compared = http.get("/api/v1/compare", params=pair)
    assert compared.json() == json.loads(json.dumps(lawqa.compare(pair["a"], pair["b"]).to_dict()))
    assert http.get("/api/v1/compare", params={"a": "no-such-law", "b": "暂行办法"}).status_code == 404


def test_a_stream_carries_the_whole_answer(http: httpx2.Client) -> None:
    headers = {"Accept": "text/event-stream"}
    with http.stream("POST", "/api/v1/ask", json={"question": QUESTION}, headers=headers) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        events = parse_events("".join(response.iter_text()))
    assert events[0][0] == "started"
    assert events[-1][0] == "answer"
    answer = events[-1][1]
    pieces = [data["text"] for name, data in events if name == "delta"]
    assert len(pieces) > 5
    assert "".join(pieces) == answer["answer"]
    plain = http.post("/api/v1/ask", json={"question": QUESTION}).json()
    assert answer["citations"] == plain["citations"]


def test_a_stream_that_fails_says_why(http: httpx2.Client) -> None:
    headers = {"Accept": "text/event-stream"}
    response = http.post("/api/v1/ask", json={"question": "什么", "docs": ["no-such-law-2020"]}, headers=headers)
    name, data = parse_events(response.text)[-1]
    assert name == "problem"
    assert "no-such-law-2020" in data["detail"]


def test_a_provision_has_a_tag_that_saves_sending_it_again(http: httpx2.Client) -> None:
    path = "/api/v1/provisions/genai-interim-measures-2023:7.1.3"
    first = http.get(path)
    assert first.json()["quote"].startswith("（三）")
    again = http.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert not again.content
    other = http.get(path, params={"as_of": "2023-01-01"})
    assert other.headers["etag"] != first.headers["etag"]
    assert other.json()["status"] == "尚未公布"
    assert http.get("/api/v1/provisions/暂行办法第七条").json()["ref"] == "genai-interim-measures-2023:7"


def test_documents_come_in_pages_that_link_to_the_next(http: httpx2.Client, lawqa: LawQA) -> None:
    url, seen = "/api/v1/documents?limit=7", []
    while url:
        page = http.get(url)
        seen += [d["id"] for d in page.json()["items"]]
        url = page.links.get("next", {}).get("url", "")
        assert bool(url) == (page.json()["next"] is not None)
    assert sorted(seen) == sorted(i.id for i in lawqa.corpus.instruments)
    body = http.get("/api/v1/documents/genai-interim-measures-2023/provisions?limit=200").json()
    assert body["total"] == 24
    assert body["items"][6]["ref"] == "genai-interim-measures-2023:7"


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "says"),
    [
        ("POST", "/api/v1/ask", {"question": ""}, 422, "question"),
        ("POST", "/api/v1/ask", {"question": "   "}, 422, "不能为空"),
        ("POST", "/api/v1/ask", {"question": 7, "asof": "x"}, 422, "asof"),
        ("POST", "/api/v1/ask", {"question": "什么", "as_of": "2024-13-01"}, 422, "as_of"),
        ("POST", "/api/v1/ask", {"question": "什么", "as_of": 5}, 422, "YYYY-MM-DD"),
        ("POST", "/api/v1/ask", {"question": "什么", "docs": ["no-such-law-2020"]}, 400, "no-such-law-2020"),
        ("POST", "/api/v1/ask", {"question": "问" * 5000}, 400, "4000"),
        ("POST", "/api/v1/search", {"query": "什么", "k": 0}, 422, "k"),
        ("POST", "/api/v1/ask", "{not json", 422, "JSON"),
        ("GET", "/api/v1/provisions/genai-interim-measures-2023:99", None, 404, "共24条"),
        ("GET", "/api/v1/documents?limit=1000", None, 422, "limit"),
        ("GET", "/api/v1/documents/no-such-law-2020/provisions", None, 404, "no-such-law-2020"),
        ("GET", "/api/v1/nothing", None, 404, "/api/v1/nothing"),
        ("GET", "/api/v1/ask", None, 405, "GET"),
        ("POST", "/api/v1/ask", {"question": "问", "docs": ["x"] * 500_000}, 413, "1000000"),
    ],
)
def test_errors_are_problems_in_one_chinese_line(
    http: httpx2.Client, method: str, path: str, body: object, status: int, says: str
) -> None:
    content = body if isinstance(body, str) else None if body is None else json.dumps(body)
    response = http.request(method, path, content=content, headers={"Content-Type": "application/json"})
    problem = response.json()
    assert response.status_code == problem["status"] == status
    assert response.headers["content-type"] == "application/problem+json"
    assert says in problem["detail"]
    assert "\n" not in problem["detail"]
    assert problem["request_id"] == response.headers["x-request-id"]
    assert "Traceback" not in response.text


def test_all_faults_of_a_request_are_named_at_once(http: httpx2.Client) -> None:
    errors = http.post("/api/v1/search", json={"k": "x", "docs": 3, "as_off": None}).json()["errors"]
    assert {e["place"] for e in errors} == {"query", "k", "docs", "as_off"}


def test_a_body_without_length_is_limited_too(http: httpx2.Client) -> None:
    def endless() -> object:
        for _ in range(200):
            yield b"x" * 10_000

    assert http.post("/api/v1/ask", content=endless()).status_code == 413  # type: ignore[arg-type]


def parse_events(text: str) -> list[tuple[str, dict[str, object]]]:
    out = []
    for block in text.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line and not line.startswith(":"))
        if "event" in lines:
            out.append((lines["event"], json.loads(lines["data"])))
    return out


def test_contract(server: Server) -> None:
    """Schemathesis' generated requests, valid and invalid, against what OpenAPI promises."""
    schema = schemathesis.openapi.from_url(f"{server.url}/openapi.json")
    operations = [o.ok() for o in schema.get_all_operations()]
    assert len(operations) >= 6
    assert {"/api/v1/check", "/api/v1/compare"} <= {o.path for o in operations}
    # an answer may refuse a well-formed value that names nothing here (an unknown document): 400, as documented
    skipped = {"positive_data_acceptance"}
    checks = [CHECKS.get_one(name) for name in CHECKS.get_all_names() if name not in skipped]
    for operation, mode in itertools.product(operations, GenerationMode):

        @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(case=operation.as_strategy(generation_mode=mode))
        def conforms(case: schemathesis.Case) -> None:
            case.call_and_validate(base_url=server.url, checks=checks)

        conforms()
