"""Hosts, origins, rates, headers and Gradio's closed routes, over real sockets."""

from __future__ import annotations

import httpx2
import pytest

from lawqa.web.guard.gradio import refused
from lawqa.web.guard.rate import TokenBuckets
from tests.web.conftest import QUESTION, Serve, Server, lawqa_command

PORTAL = "http://portal.intra"


@pytest.fixture(scope="module")
def limited(serve: Serve) -> Server:
    """A server with an allowed origin, a small rate, and a proxy in front that ends TLS."""
    settings = {"LAWQA_EMBED_ORIGINS": PORTAL, "LAWQA_RATE_PER_MINUTE": "30", "LAWQA_RATE_BURST": "5"}
    return serve(settings | {"LAWQA_PROXY_PEERS": "127.0.0.1", "LAWQA_ALLOWED_HOSTS": "127.0.0.1,lawqa.intra"})


def address(n: int) -> dict[str, str]:
    """Another client, as the proxy reports it, so that one test's burst does not spoil the next."""
    return {"X-Forwarded-For": f"10.0.0.{n}"}


def test_buckets_fill_by_time() -> None:
    now = [0.0]
    buckets = TokenBuckets(per_minute=60, capacity=3, clock=lambda: now[0])
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 1]
    assert buckets.take("b") == 0
    now[0] = 0.5
    assert buckets.take("a") == 0.5
    now[0] = 1.0
    assert buckets.take("a") == 0
    now[0] = 1000.0
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 1]


def test_a_burst_is_answered_429_with_the_time_to_wait(limited: Server) -> None:
    with httpx2.Client(base_url=limited.url, headers=address(1)) as client:
        found = [client.get("/api/v1/documents") for _ in range(8)]
        assert [r.status_code for r in found] == [200] * 5 + [429] * 3
        assert 1 <= int(found[-1].headers["retry-after"]) <= 2
        assert found[-1].headers["content-type"] == "application/problem+json"
        assert "频繁" in found[-1].json()["detail"]
        assert client.get("/healthz").status_code == 200
        assert client.post("/ui/gradio_api/queue/join", json={}).status_code == 429
        assert client.post("/mcp", json={}).status_code == 429
    assert httpx2.get(f"{limited.url}/api/v1/documents", headers=address(2)).status_code == 200


@pytest.mark.parametrize(
    ("origin", "status"),
    [(PORTAL, 200), ("http://evil.com", 403), ("null", 403), ("http://portal.intra.evil.com", 403)],
)
def test_only_listed_origins_may_ask(limited: Server, origin: str, status: int) -> None:
    headers = {"Origin": origin, **address(3 + status % 7 + len(origin))}
    response = httpx2.post(f"{limited.url}/api/v1/ask", json={"question": QUESTION}, headers=headers)
    assert response.status_code == status
    allowed = response.headers.get("access-control-allow-origin")
    assert allowed == (origin if status == 200 else None)
    assert "access-control-allow-credentials" not in response.headers
    for path in ("/mcp", "/ui/gradio_api/queue/join"):
        posted = httpx2.post(f"{limited.url}{path}", json={}, headers=headers)
        assert (posted.status_code == 403) == (status == 403)


def test_preflight(limited: Server) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type,authorization"}
    fine = httpx2.options(f"{limited.url}/api/v1/ask", headers={"Origin": PORTAL, **asked})
    assert fine.status_code == 200
    assert fine.headers["access-control-allow-origin"] == PORTAL
    assert (
        httpx2.options(f"{limited.url}/api/v1/ask", headers={"Origin": "http://evil.com", **asked}).status_code == 400
    )
    gradio = httpx2.get(f"{limited.url}/ui/config", headers={"Origin": "http://evil.com", "Host": "lawqa.intra"})
    assert "access-control-allow-origin" not in gradio.headers


def test_another_host_name_is_refused(limited: Server, server: Server) -> None:
    url = f"{limited.url}/api/v1/documents"
    assert httpx2.get(url, headers={"Host": "lawqa.intra", **address(20)}).status_code == 200
    refused = httpx2.get(url, headers={"Host": "evil.com"})
    assert refused.status_code == 400
    assert "ALLOWED_HOSTS" in refused.json()["detail"]
    assert httpx2.get(f"{server.url}/ui/config", headers={"Host": "rebound.evil.com:80"}).status_code == 400
    assert httpx2.get(f"{limited.url}/healthz", headers={"Host": "10.9.8.7"}).status_code == 200


@pytest.mark.parametrize("path", ["/ui/", "/embed", "/docs", "/api/v1/documents", "/static/embed.js", "/no"])
def test_every_response_carries_the_headers(limited: Server, path: str) -> None:
    plain = httpx2.get(f"{limited.url}{path}", headers=address(30)).headers
    policy = plain["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe-eval" not in policy
    expected = "'none'" if path == "/docs" else f"'self' {PORTAL}"
    assert policy.endswith(f"frame-ancestors {expected}")
    assert plain["x-content-type-options"] == "nosniff"
    assert plain["referrer-policy"]
    assert plain["permissions-policy"]
    assert "strict-transport-security" not in plain
    assert "server" not in plain
    tls = httpx2.get(f"{limited.url}{path}", headers={"X-Forwarded-Proto": "https", **address(31)}).headers
    # no includeSubDomains: names below the portal's are not ours to bind
    assert tls["strict-transport-security"] == "max-age=31536000"


@pytest.fixture(scope="module")
def international(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> tuple[Server, str]:
    """A server for a portal with a Chinese name, without LAWQA_PUBLIC_URL, behind a proxy; and a token for it."""
    folder = tmp_path_factory.mktemp("international")
    token = lawqa_command("token", "add", "alice", LAWQA_TOKENS_FILE=str(folder / "tokens.json")).stdout.strip()
    settings = {"LAWQA_EMBED_ORIGINS": "https://门户.intra", "LAWQA_PROXY_PEERS": "127.0.0.1"}
    return serve(settings | {"LAWQA_SIGN_ON": "tokens"}, folder=folder), token


def test_an_international_origin_is_the_one_that_browsers_send(international: tuple[Server, str]) -> None:
    server, token = international
    origin = "https://xn--zoup46i.intra"
    headers = {"Authorization": f"Bearer {token}", "Origin": origin}
    embed = httpx2.get(f"{server.url}/embed", headers=headers)
    assert embed.status_code == 200
    assert embed.headers["content-security-policy"].endswith(f"frame-ancestors 'self' {origin}")
    answer = httpx2.post(f"{server.url}/api/v1/ask", json={"question": QUESTION}, headers=headers)
    assert answer.headers["access-control-allow-origin"] == origin


@pytest.mark.parametrize(("scheme", "secure"), [("https", True), ("http", False)])
def test_a_cookie_of_https_stays_with_https(international: tuple[Server, str], scheme: str, secure: bool) -> None:
    server, token = international
    headers = {"X-Forwarded-Proto": scheme}
    with httpx2.Client(base_url=server.url) as browser:
        made = browser.post("/auth/login", data={"token": token}, headers=headers)
        session = {"Cookie": made.headers["set-cookie"].partition(";")[0]}
        ended = browser.post("/auth/logout", headers=headers | session)
    for response in (made, ended):
        attributes = response.headers["set-cookie"].lower().split("; ")
        assert attributes.count("secure") == secure
        assert "httponly" in attributes


@pytest.mark.parametrize(
    "path",
    [
        "/ui/gradio_api/upload",
        "/ui/gradio_api/file=https://example.com/x",
        "/ui/gradio_api/file=HTTP://example.com/x",
        "/ui/gradio_api/file%3Dhttps://example.com/x",
        "/ui/gradio_api/proxy=https://example.com/x",
        "/ui/gradio_api/runs",
        "/ui/gradio_api/deep_link",
        "/ui//gradio_api/upload",
    ],
)
def test_gradios_open_doors_are_shut(server: Server, path: str) -> None:
    for method in ("GET", "POST"):
        response = httpx2.request(method, server.url + path, files={"files": b"x"} if method == "POST" else None)
        assert response.status_code == 403


def test_what_gradio_needs_stays_open() -> None:
    for path in ("/ui/", "/ui/config", "/ui/gradio_api/queue/join", "/ui/gradio_api/heartbeat/x", "/ui/assets/a.js"):
        assert not refused(path)
