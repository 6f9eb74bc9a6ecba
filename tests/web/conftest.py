"""Real servers for the web tests: ``python -m lawqa serve`` as a process of its own on a free port."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from lawqa.lawqa import LawQA
from tests.web.browser import launched

ROOT = Path(__file__).resolve().parents[2]
QUESTION = "训练数据有什么要求？"


def free_port() -> int:
    """From the system: two runs that count up from the same number would talk to each other's servers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A running ``lawqa serve``; ``log()`` is what it wrote."""

    def __init__(self, folder: Path, index: Path, settings: dict[str, str], arguments: tuple[str, ...] = ()) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log_path = folder / f"serve-{self.port}.log"
        environment = {k: v for k, v in os.environ.items() if not k.startswith("LAWQA_")}
        environment |= {"PYTHONPATH": str(ROOT / "src"), "LAWQA_INDEX": str(index), "LAWQA_PORT": str(self.port)}
        environment |= {"LAWQA_TOKENS_FILE": str(folder / "tokens.json")} | settings
        with self.log_path.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "lawqa", "serve", *arguments], env=environment, stdout=log, stderr=log
            )

    def log(self) -> str:
        return self.log_path.read_text(encoding="utf-8")

    def wait(self, seconds: float = 180) -> Server:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"lawqa serve ended with {self.process.returncode}: {self.log()}")
            with contextlib.suppress(httpx2.HTTPError):
                if httpx2.get(f"{self.url}/readyz", trust_env=False).status_code == 200:
                    return self
            time.sleep(0.1)
        raise RuntimeError(f"not ready: {self.log()[-2000:]}")

    def stop(self, seconds: float = 30) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds)


Serve = Callable[..., Server]


@pytest.fixture(scope="session")
def index(lawqa: LawQA) -> Path:
    """The folder of the session's index, built: every server loads it."""
    return lawqa.settings.index


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def serve(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Start a server with settings; all are stopped after the module."""
    running: list[Server] = []

    def start(settings: dict[str, str] | None = None, *arguments: str, wait: bool = True, **more: Any) -> Server:
        folder = more.get("folder") or tmp_path_factory.mktemp("server")
        server = Server(folder, index, settings or {}, arguments)
        running.append(server)
        return server.wait() if wait else server

    yield start
    for server in running:
        if server.process.poll() is None:
            server.process.kill()
        server.process.wait(10)


@pytest.fixture(scope="module")
def server(serve: Serve) -> Server:
    """A server as ``lawqa serve`` starts it, but for the rate limit."""
    return serve({"LAWQA_RATE_PER_MINUTE": "0"})


@pytest.fixture
def http(server: Server) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=server.url, trust_env=False, timeout=30) as client:
        yield client


def lawqa_command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """One ``lawqa`` command as a process."""
    base = {k: v for k, v in os.environ.items() if not k.startswith("LAWQA_")} | {"PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(
        [sys.executable, "-m", "lawqa", *arguments], env=base | environment, capture_output=True, text=True, timeout=60
    )
