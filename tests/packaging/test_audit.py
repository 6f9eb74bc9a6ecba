"""The audit of what is installed, against a small server that speaks OSV's protocol."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]


class Advisories(ThreadingHTTPServer):
    """Answers what it was told to know, by package; status 404 for everything while ``deaf``."""

    known: dict[str, list[dict[str, object]]]
    asked: set[str]
    deaf = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1/query"


class Handler(BaseHTTPRequestHandler):
    server: Advisories

    def do_POST(self) -> None:
        query = json.loads(self.rfile.read(int(self.headers["content-length"])))
        name = query["package"]["name"].lower()
        self.server.asked.add(name)
        self.send_response(404 if self.server.deaf else 200)
        self.end_headers()
        self.wfile.write(json.dumps({"vulns": self.server.known.get(name, [])}).encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def advisories() -> Iterator[Advisories]:
    server = Advisories(("127.0.0.1", 0), Handler)
    server.known, server.asked = {}, set()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def audit(server: Advisories) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "tools/audit.py", "--", "-s", "osv", "--osv-url", server.url]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    if result.returncode == 2 and "pip-audit" in result.stderr:
        pytest.skip("no package index can be reached to install pip-audit from")
    return result


@pytest.mark.slow
def test_nothing_known_is_clean(advisories: Advisories) -> None:
    result = audit(advisories)
    assert result.returncode == 0, result.stderr
    assert {"gradio", "pillow", "pip", "starlette"} <= advisories.asked
    assert "lawqa" not in advisories.asked


@pytest.mark.slow
def test_a_known_weakness_is_named(advisories: Advisories) -> None:
    affected = {"package": {"name": "jieba", "ecosystem": "PyPI"}, "versions": [version("jieba")]}
    affected["ranges"] = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}]
    advisories.known["jieba"] = [{"id": "PYSEC-2099-1", "summary": "made for a test", "affected": [affected]}]
    result = audit(advisories)
    assert result.returncode == 1
    assert "PYSEC-2099-1" in result.stdout


@pytest.mark.slow
def test_what_cannot_be_looked_up_is_not_clean(advisories: Advisories) -> None:
    advisories.deaf = True
    result = audit(advisories)
    assert result.returncode == 1
    assert "没有通过" in result.stdout


def test_the_environment_under_test_is_the_one_that_is_delivered() -> None:
    lines = (ROOT / "deploy" / "overrides.txt").read_text(encoding="utf-8").splitlines()
    wanted = [Requirement(line) for line in lines if line and not line.startswith("#")]
    assert wanted, "no overrides left: remove the file and its uses"
    for requirement in wanted:
        assert requirement.specifier.contains(version(requirement.name)), requirement
