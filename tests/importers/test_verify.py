"""``lawqa corpus verify`` against pages that a real server gives out on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from lawqa.cli import main
from lawqa.corpus import Corpus
from lawqa.importers.comparison import marked
from lawqa.importers.fault import ImportFault
from lawqa.importers.official_page import fetch

ID = "genai-interim-measures-2023"


class Site:
    """``pages``: path → (content type, bytes); anything else is 404."""

    def __init__(self) -> None:
        site = self
        self.pages: dict[str, tuple[str, bytes]] = {}

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                kind, body = site.pages.get(self.path, ("", b""))
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture
def page(corpus: Corpus) -> str:
    """The Measures as the site of their issuer sets them."""
    lines = (corpus.root / f"{ID}.md").read_text(encoding="utf-8").split("---\n", 2)[2].split("\n")
    body = "".join(f"<p>　　{x.lstrip('# ')}</p>\n" for x in lines if x)
    return f"<html><head><meta charset='utf-8'></head><body><div>首页</div><div id='BodyLabel'>{body}</div><div>版权</div></body></html>"


@pytest.fixture
def held(own_command: Path, small_copy: Any, site: Site) -> Any:
    """The small corpus, whose Measures say that they were published on ``site``."""
    small_copy.edit(f"{ID}.md", "https://www.cac.gov.cn/2023-07/13/c_1690898327029107.htm", f"{site.url}/law.htm")
    return small_copy


def run(capsys: pytest.CaptureFixture[str], *ids: str) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = main(["corpus", "verify", *ids, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_the_same_text_is_full(held: Any, site: Site, page: str, capsys: pytest.CaptureFixture[str]) -> None:
    site.pages["/law.htm"] = ("text/html", page.encode())
    before = (held.root / f"{ID}.md").read_bytes()
    code, result = run(capsys, ID)
    assert code == 0
    compared = result["compared"][0]
    assert compared["same"] == compared["provisions"] == 24
    assert compared["proposed_verification"] == {"level": "full", "coverage": 1.0, "doubtful": []}
    assert (held.root / f"{ID}.md").read_bytes() == before


def test_a_changed_character_is_shown(held: Any, site: Site, page: str, capsys: pytest.CaptureFixture[str]) -> None:
    changed = page.replace("实行包容审慎和分类分级监管", "实行包容审慎和分类监管", 1)
    assert changed != page
    site.pages["/law.htm"] = ("text/html", changed.encode("gb18030").replace(b"'utf-8'", b"'gb2312'"))
    code, result = run(capsys, ID)
    assert code == 1
    compared = result["compared"][0]
    assert [d["number"] for d in compared["differences"]] == ["3"]
    assert "[-分级-]" in compared["differences"][0]["marked"]
    assert compared["proposed_verification"]["level"] == "partial"
    assert compared["proposed_verification"]["doubtful"] == ["3"]


def test_missing_and_added_articles_are_named(
    held: Any, site: Site, page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    start, end = page.index("<p>　　第二十四条"), page.index("</div><div>版权")
    site.pages["/law.htm"] = ("text/html", (page[:start] + page[end:]).encode())
    code, result = run(capsys, ID)
    assert code == 1
    assert [(d["number"], d["kind"]) for d in result["compared"][0]["differences"]] == [("24", "not_on_page")]
    site.pages["/law.htm"] = ("text/html", (page[:end] + "<p>第二十五条　另有规定。</p>" + page[end:]).encode())
    code, result = run(capsys, ID)
    assert [(d["number"], d["kind"]) for d in result["compared"][0]["differences"]] == [("25", "not_held")]


def test_a_page_that_is_not_there_is_one_line(held: Any, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", "verify", ID]) == 1
    error = capsys.readouterr().err
    assert "404" in error
    assert error.count("\n") == 1


def test_downloads_are_read_by_what_they_are(site: Site) -> None:
    site.pages["/law"] = ("text/plain; charset=utf-8", "示例办法\n第一条　甲。".encode())
    assert fetch(f"{site.url}/law").text == "示例办法\n第一条　甲。"


def test_unreachable_and_foreign_schemes() -> None:
    with pytest.raises(ImportFault, match="连不上"):
        fetch("http://127.0.0.1:9/x")
    with pytest.raises(ImportFault, match="http"):
        fetch("file:///etc/passwd")


def test_marks() -> None:
    assert marked("应当及时报告", "应当立即报告") == "应当[-及时-]{+立即+}报告"
