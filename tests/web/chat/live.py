"""A real server in a process of its own, and a real Chromium whose requests to other hosts are blocked and counted."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """``python -m lawqa serve`` with the environment given; ``data`` is where feedback goes."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        settings = {"LAWQA_DATA_DIR": str(data), "PYTHONPATH": str(ROOT / "src"), **environment}
        clean = {k: v for k, v in os.environ.items() if not k.startswith("LAWQA_")}
        path = os.pathsep.join(filter(None, [settings["PYTHONPATH"], clean.get("PYTHONPATH")]))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lawqa", "serve", "--port", str(self.port)],
            env={**clean, **settings, "PYTHONPATH": path},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def state(self) -> dict[str, Any]:
        with urllib.request.urlopen(f"{self.url}/api/ui/state", timeout=5) as response:
            return dict(json.load(response))

    def wait(
        self, done: Callable[[dict[str, Any]], bool] = lambda s: s["ready"], seconds: float = 90
    ) -> dict[str, Any]:
        """The first state that is ``done``."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                if done(state := self.state()):
                    return state
            except OSError:
                pass
            time.sleep(0.1)
        raise TimeoutError("the server did not become ready")

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Opened:
    """A page, the requests it made to other hosts, and the errors of its scripts."""

    def __init__(self, page: Any, server: Server) -> None:
        self.page = page
        self.server = server
        self.foreign: list[str] = []
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))

        def route(route: Any) -> None:
            url = route.request.url
            if url.startswith(("http:", "https:", "ws:", "wss:")) and not url.startswith(server.url):
                self.foreign.append(url)
                route.abort()
            else:
                route.continue_()

        page.context.route("**/*", route)

    def go(self, query: str = "") -> Any:
        self.page.goto(f"{self.server.url}/ui/{query}")
        self.page.wait_for_selector("#lq-box")
        self.page.wait_for_selector("#lq-welcome li, .lq-answer", state="attached")
        return self.page

    def ask(self, question: str, nth: int = 1) -> None:
        self.page.fill("#lq-box", question)
        self.page.press("#lq-box", "Enter")
        self.answered(nth)

    def answered(self, nth: int = 1) -> None:
        self.page.locator(".lq-answer .lq-actions").nth(nth - 1).wait_for()


@contextmanager
def opened(chromium: Any, server: Server, **context: Any) -> Iterator[Opened]:
    one = chromium.new_context(**{"viewport": WIDE, "locale": "zh-CN", **context})
    one.set_default_timeout(20_000)
    try:
        yield Opened(one.new_page(), server)
    finally:
        one.close()
