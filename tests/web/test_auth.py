"""Signing on, each way, against real servers; everything lies behind it."""

from __future__ import annotations

import json
import re
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest

from lawqa.web.signon.routes import local_path
from tests.web.conftest import QUESTION, Serve, Server, free_port, lawqa_command
from tests.web.provider import CLIENT, SECRET, Provider

#: (method, path) of everything that could tell or do something.
GUARDED = [
    ("GET", "/"),
    ("GET", "/ui/"),
    ("GET", "/ui/config"),
    ("GET", "/ui/gradio_api/info"),
    ("POST", "/ui/gradio_api/queue/join"),
    ("POST", "/ui/gradio_api/call/reply"),
    ("GET", "/ui/gradio_api/queue/data?session_hash=x"),
    ("POST", "/api/v1/ask"),
    ("POST", "/api/v1/search"),
    ("POST", "/api/v1/check"),
    ("GET", "/api/v1/documents"),
    ("GET", "/api/v1/provisions/genai-interim-measures-2023:7"),
    ("GET", "/openapi.json"),
    ("GET", "/docs"),
    ("POST", "/mcp"),
    ("GET", "/mcp/"),
    ("GET", "/metrics"),
    ("GET", "/embed"),
    ("GET", "/no-such-page"),
    ("GET", "//ui/config"),
    ("GET", "/static/../ui/config"),
]


@pytest.fixture(scope="module")
def tokens(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> tuple[Server, str]:
    """A server that wants tokens, and the token of “alice”."""
    folder = tmp_path_factory.mktemp("tokens")
    made = lawqa_command("token", "add", "alice", LAWQA_TOKENS_FILE=str(folder / "tokens.json"))
    assert made.returncode == 0, made.stderr
    settings = {"LAWQA_SIGN_ON": "tokens", "LAWQA_AUDIT_FOLDER": str(folder / "audit")}
    return serve(settings, folder=folder), made.stdout.strip()


@pytest.mark.parametrize(("method", "path"), GUARDED)
def test_everything_lies_behind_the_sign_on(tokens: tuple[Server, str], method: str, path: str) -> None:
    server, _ = tokens
    for headers in ({}, {"Authorization": "Bearer lawqa_wrong"}, {"X-Forwarded-User": "root"}):
        response = httpx2.request(method, server.url + path, headers=headers)
        assert response.status_code == 401, response.text
        assert "训练" not in response.text


def test_a_token_opens_everything_and_is_kept_only_as_a_hash(tokens: tuple[Server, str]) -> None:
    server, token = tokens
    headers = {"Authorization": f"Bearer {token}"}
    answer = httpx2.post(f"{server.url}/api/v1/ask", json={"question": QUESTION}, headers=headers)
    assert answer.json()["citations"]
    assert httpx2.get(f"{server.url}/ui/config", headers=headers).status_code == 200
    assert httpx2.get(f"{server.url}/metrics", headers=headers).status_code == 200
    folder = server.log_path.parent
    kept = "".join(p.read_text(encoding="utf-8") for p in folder.rglob("*") if p.is_file())
    assert '"user":"alice"' in kept
    assert token not in kept


def test_a_revoked_token_stops_at_once(tokens: tuple[Server, str]) -> None:
    server, _ = tokens
    file = {"LAWQA_TOKENS_FILE": str(server.log_path.parent / "tokens.json")}
    token = lawqa_command("token", "add", "张三", **file).stdout.strip()
    assert "张三" in lawqa_command("token", "list", **file).stdout
    again = lawqa_command("token", "add", "张三", **file)
    assert again.returncode == 2
    headers = {"Authorization": f"Bearer {token}"}
    with httpx2.Client(base_url=server.url) as browser:
        assert browser.get("/api/v1/documents", headers=headers).status_code == 200
        browser.post("/auth/login", data={"token": token, "next": "/docs"})
        assert browser.get("/docs").status_code == 200
        assert lawqa_command("token", "revoke", "张三", **file).returncode == 0
        assert browser.get("/api/v1/documents", headers=headers).status_code == 401
        assert browser.get("/docs").status_code == 401  # the session made by that token ends with it
    assert lawqa_command("token", "revoke", "张三", **file).returncode == 2


def test_a_browser_signs_on_with_a_token_and_comes_back(tokens: tuple[Server, str]) -> None:
    server, token = tokens
    with httpx2.Client(base_url=server.url, follow_redirects=True, headers={"Accept": "text/html"}) as browser:
        form = browser.get("/ui/?q=1")
        assert form.url.path == "/auth/login"
        assert 'value="/ui/?q=1"' in form.text
        wrong = browser.post("/auth/login", data={"token": "lawqa_no", "next": "/ui/?q=1"})
        assert wrong.status_code == 401
        page = browser.post("/auth/login", data={"token": token, "next": "/ui/?q=1"})
        assert page.url.path == "/ui/"
        assert page.status_code == 200
        cookie = next(c for c in browser.cookies.jar if c.name == "lawqa_session")
        assert cookie.has_nonstandard_attr("httponly")
        assert token not in str(cookie.value)
        browser.post("/auth/logout")
        assert browser.get("/ui/").url.path == "/auth/login"


@pytest.mark.parametrize("text", ["https://evil.com", "//evil.com", "/\\evil.com", "javascript:x", "\t//evil.com", ""])
def test_signing_on_leads_nowhere_else(tokens: tuple[Server, str], text: str) -> None:
    server, token = tokens
    assert local_path(text) == "/"
    response = httpx2.post(f"{server.url}/auth/login", data={"token": token, "next": text})
    assert response.headers["location"] == "/"


def test_a_session_cannot_be_made_up(tokens: tuple[Server, str]) -> None:
    server, token = tokens
    with httpx2.Client(base_url=server.url) as browser:
        browser.post("/auth/login", data={"token": token})
        cookie = browser.cookies["lawqa_session"]
    changed = cookie[:-3] + ("AAA" if cookie[-3:] != "AAA" else "BBB")
    assert httpx2.get(f"{server.url}/docs", headers={"Cookie": f"lawqa_session={changed}"}).status_code == 401
    for forged in ("ticket.x.y.z", f"ticket.{cookie}", "ticket."):
        response = httpx2.get(f"{server.url}/docs", headers={"Authorization": f"Bearer {forged}"})
        assert response.status_code == 401


def test_a_ticket_carries_a_session_without_the_cookie(tokens: tuple[Server, str]) -> None:
    server, token = tokens
    with httpx2.Client(base_url=server.url, follow_redirects=True) as browser:
        assert browser.get("/auth/popup").url.path == "/auth/login"
        page = browser.post("/auth/login", data={"token": token, "next": "/auth/popup"}).text
    ticket = re.search(r'name="lawqa-ticket" content="([^"]+)"', page)
    assert ticket
    headers = {"Authorization": f"Bearer {ticket[1]}"}
    assert httpx2.get(f"{server.url}/api/v1/documents", headers=headers).status_code == 200


def test_guessing_tokens_is_slowed_down(serve: Serve) -> None:
    server = serve({"LAWQA_SIGN_ON": "tokens", "LAWQA_RATE_PER_MINUTE": "6", "LAWQA_RATE_BURST": "5"})
    statuses = [httpx2.post(f"{server.url}/auth/login", data={"token": f"lawqa_{i}"}).status_code for i in range(8)]
    assert statuses == [401] * 5 + [429] * 3


# --- a trusted proxy -------------------------------------------------------------------------------------------------


def test_a_proxy_header_from_anywhere_else_is_refused(serve: Serve) -> None:
    settings = {"LAWQA_SIGN_ON": "proxy", "LAWQA_PROXY_HEADER": "X-Remote-User", "LAWQA_PROXY_PEERS": "192.0.2.1"}
    server = serve(settings)
    url = f"{server.url}/api/v1/documents"
    assert httpx2.get(url).status_code == 401
    for spoof in (
        {"X-Remote-User": "alice"},
        {"X-Remote-User": "alice", "X-Forwarded-For": "192.0.2.1"},
        {"X-Remote-User": "alice", "Forwarded": "for=192.0.2.1", "X-Real-IP": "192.0.2.1"},
    ):
        response = httpx2.get(url, headers=spoof)
        assert response.status_code == 403
        assert "PROXY_PEERS" in response.json()["detail"]
        assert httpx2.get(f"{server.url}/ui/config", headers=spoof).status_code == 403


@pytest.fixture(scope="module")
def proxied(serve: Serve) -> Server:
    peers = {"LAWQA_PROXY_PEERS": "127.0.0.1", "LAWQA_PROXY_HEADER": "X-Remote-User", "LAWQA_SIGN_ON": "proxy"}
    return serve(peers | {"LAWQA_ROOT_PATH": "/tools/lawqa", "LAWQA_PUBLIC_URL": "http://127.0.0.1:8158/tools/lawqa"})


@pytest.mark.parametrize(
    ("values", "status"),
    [
        (["alice"], 200),
        (["李雷".encode().decode("latin-1")], 200),
        (["alice", "root"], 401),
        (["alice, root"], 401),
        ([""], 401),
        (["x" * 500], 401),
    ],
)
def test_a_proxy_names_one_user(proxied: Server, values: list[str], status: int) -> None:
    headers = [("X-Remote-User", v) for v in values]
    raw = [(k.encode(), v.encode("latin-1")) for k, v in headers]
    response = httpx2.get(f"{proxied.url}/api/v1/documents", headers=raw)
    assert response.status_code == status


NGINX = shutil.which("nginx") or ("/usr/sbin/nginx" if Path("/usr/sbin/nginx").exists() else None)


@pytest.fixture(scope="module")
def nginx(proxied: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, ssl.SSLContext]]:
    """The example of deploy/ in a real nginx, only its ports and files replaced; its address, and whom to trust."""
    if NGINX is None:
        pytest.skip("nginx is not installed (apt-get install nginx-light)")
    folder = tmp_path_factory.mktemp("nginx")
    port = free_port()
    example = (Path(__file__).parents[2] / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    site = example.replace("127.0.0.1:7860", urlsplit(proxied.url).netloc)
    site = site.replace("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;")
    site = site.replace("/etc/nginx/lawqa.htpasswd", f"{folder}/htpasswd")
    site = site.replace("/etc/nginx/portal.intra", f"{folder}/portal")
    made = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=portal.intra -addext subjectAltName=IP:127.0.0.1"
    files = ["-keyout", f"{folder}/portal.key", "-out", f"{folder}/portal.crt"]
    subprocess.run(["openssl", *made.split(), *files], capture_output=True, check=True)
    trust = ssl.create_default_context(cafile=f"{folder}/portal.crt")
    hashed = subprocess.run(["openssl", "passwd", "-apr1", "pw"], capture_output=True, text=True, check=True).stdout
    (folder / "htpasswd").write_text(f"alice:{hashed}")
    (folder / "htpasswd").chmod(0o644)
    folder.chmod(0o755)
    temp = "".join(f"{k}_temp_path {folder}/{k};" for k in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(
        f"daemon off; user root; pid {folder}/pid; error_log {folder}/error.log;"
        f"events {{}} http {{ access_log off; {temp} {site} }}"
    )
    process = subprocess.Popen([NGINX, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")])
    url = f"https://127.0.0.1:{port}/tools/lawqa"
    for _ in range(100):
        try:
            httpx2.get(url, verify=trust)
            break
        except httpx2.HTTPError:
            time.sleep(0.05)
    else:
        process.kill()
        raise RuntimeError((folder / "error.log").read_text())
    yield url, trust
    process.terminate()
    process.wait(10)


def test_behind_nginx_below_a_prefix(nginx: tuple[str, ssl.SSLContext], proxied: Server) -> None:
    url, trust = nginx
    assert httpx2.get(f"{url}/api/v1/documents", verify=trust).status_code == 401  # nginx' own
    with httpx2.Client(auth=("alice", "pw"), timeout=30, follow_redirects=True, verify=trust) as browser:
        spoofed = {"X-Remote-User": "root", "X-Request-ID": "behind-nginx"}
        answer = browser.post(f"{url}/api/v1/ask", json={"question": QUESTION}, headers=spoofed)
        assert answer.status_code == 200, answer.text
        assert "user=alice" in proxied.log()
        assert "user=root" not in proxied.log()
        home = browser.get(f"{url}/")
        assert home.url.path == "/tools/lawqa/ui/"
        assert browser.get(f"{url}/ui/config").json()["root"].endswith("/tools/lawqa/ui")
        for asset in re.findall(r'(?:href|src)="([^"]*/static/[^"]+)"', browser.get(f"{url}/embed").text):
            assert browser.get(f"https://127.0.0.1:{urlsplit(url).port}{asset}").status_code == 200
        docs = browser.get(f"{url}/docs").text
        assert 'data-openapi="/tools/lawqa/openapi.json"' in docs
        assert browser.get(f"{url}/openapi.json").json()["paths"]
        page = browser.get(f"{url}/api/v1/documents?limit=5")
        assert page.links["next"]["url"].startswith("/tools/lawqa/api/v1/documents?")
        with browser.stream(
            "POST", f"{url}/api/v1/ask", json={"question": QUESTION}, headers={"Accept": "text/event-stream"}
        ) as stream:
            assert "event: answer" in "".join(stream.iter_text())


def test_nginx_lets_through_what_lawqa_takes(nginx: tuple[str, ssl.SSLContext]) -> None:
    url, trust = nginx
    headers = {"Content-Type": "application/octet-stream", "Origin": f"https://{urlsplit(url).netloc}"}
    with httpx2.Client(auth=("alice", "pw"), timeout=60, verify=trust, headers=headers) as browser:
        large = ("依据《生成式人工智能服务管理暂行办法》第七条。" + "无" * 450_000).encode()
        found = browser.post(f"{url}/api/ui/check", params={"name": "x.txt"}, content=large)
        assert found.status_code == 200, found.text[:300]
        assert found.json()["tones"]
        most = browser.post(f"{url}/api/ui/check", params={"name": "x.txt"}, content=b"a" * 9_990_000)
        assert "超过上限" in most.json()["detail"]  # lawqa has read it: nginx let it through
        above = browser.post(f"{url}/api/ui/check", params={"name": "x.txt"}, content=b"a" * 10_100_000)
        assert above.status_code == 413
        assert "LAWQA_MAX_UPLOAD_BYTES" in above.json()["detail"]


# --- OpenID Connect --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    made = Provider(free_port())
    yield made
    made.stop()


@pytest.fixture(scope="module")
def openid(serve: Serve, provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A server that knows its own address: the callback goes there."""
    port = free_port()
    settings = {
        "LAWQA_SIGN_ON": "oidc",
        "LAWQA_OIDC_ISSUER": provider.issuer,
        "LAWQA_OIDC_CLIENT_ID": CLIENT,
        "LAWQA_OIDC_CLIENT_SECRET": SECRET,
        "LAWQA_OIDC_CLAIM": "preferred_username",
        "LAWQA_SESSION_SECRET": "a secret of the tests",
        "LAWQA_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "LAWQA_PORT": str(port),
        "LAWQA_AUDIT_FOLDER": str(tmp_path_factory.mktemp("oidc") / "audit"),
    }
    server = serve(settings, wait=False)
    server.port, server.url = port, f"http://127.0.0.1:{port}"
    return server.wait()


@pytest.fixture
def browser(openid: Server) -> Iterator[httpx2.Client]:
    headers = {"Accept": "text/html"}
    with httpx2.Client(base_url=openid.url, follow_redirects=True, headers=headers, timeout=30) as client:
        yield client


def test_openid_round_trip(browser: httpx2.Client, openid: Server, provider: Provider) -> None:
    form = browser.get("/docs?x=1")
    assert str(form.url).startswith(f"{provider.issuer}/authorize")
    page = browser.post(str(form.url), data={"user": "wang.wei"})
    assert str(page.url) == f"{openid.url}/docs?x=1"
    assert page.status_code == 200
    assert browser.get("/ui/").status_code == 200
    answer = browser.post("/api/v1/ask", json={"question": QUESTION})
    assert answer.json()["citations"]
    assert "user=wang.wei" in openid.log()
    assert SECRET not in openid.log()
    assert "code=" not in openid.log()


def test_openid_refuses_a_stolen_or_repeated_callback(browser: httpx2.Client, openid: Server) -> None:
    form = browser.get("/docs")
    sent = browser.post(str(form.url), data={"user": "eve"}, follow_redirects=False)
    callback = sent.headers["location"]
    with httpx2.Client(base_url=openid.url) as victim:  # eve's link in somebody else's browser
        assert victim.get(callback).status_code == 401
        assert victim.get("/docs").status_code == 401
    assert browser.get(callback).status_code == 200
    assert browser.get(callback).status_code == 401


@pytest.mark.parametrize("harm", ["forge", "audience"])
def test_openid_refuses_a_wrong_id_token(browser: httpx2.Client, provider: Provider, harm: str) -> None:
    setattr(provider, harm, True if harm == "forge" else "another-client")
    try:
        form = browser.get("/docs")
        page = browser.post(str(form.url), data={"user": "mallory"})
        assert page.status_code == 401
        assert "登录没有成功" in page.text
        assert "Traceback" not in page.text
    finally:
        provider.forge, provider.audience = False, CLIENT
    assert browser.get("/api/v1/documents", headers={"Accept": "*/*"}).status_code == 401


def test_an_absent_provider_is_said(serve: Serve) -> None:
    settings = {"LAWQA_SIGN_ON": "oidc", "LAWQA_OIDC_ISSUER": "http://127.0.0.1:9", "LAWQA_OIDC_CLIENT_ID": "x"}
    server = serve(settings | {"LAWQA_OIDC_CLIENT_SECRET": "y", "LAWQA_PUBLIC_URL": "http://127.0.0.1"})
    page = httpx2.get(f"{server.url}/auth/login")
    assert page.status_code == 502
    assert "暂时不可用" in page.text
    assert json.loads(httpx2.get(f"{server.url}/healthz").text) == {"status": "ok"}
