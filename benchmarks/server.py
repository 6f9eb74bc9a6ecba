"""A real ``lawqa serve`` in a process of its own, on a free port."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType
from typing import Any

from benchmarks.record import ROOT, surroundings


class Server:
    """``with Server() as server``: started on entry, stopped on exit. ``wait`` gives the seconds until ready."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def __enter__(self) -> Server:
        self._log = tempfile.TemporaryFile("w+", encoding="utf-8")
        self._started = time.perf_counter()
        command = [sys.executable, "-m", "lawqa", "serve", "--port", str(self.port)]
        # whoever drives the server asks faster than the limit for one person allows
        environment = surroundings({"LAWQA_RATE_PER_MINUTE": "0"})
        self._process = subprocess.Popen(command, stdout=self._log, stderr=self._log, env=environment, cwd=ROOT)
        self._connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._connection.close()
        self._process.terminate()
        self._process.wait(30)
        self._log.close()

    def wait(self, timeout: float = 120.0) -> float:
        """Seconds from the start until ``/readyz`` says 200; SystemExit with the server's words where it ends."""
        answer = ""
        while time.perf_counter() - self._started < timeout:
            if self._process.poll() is not None:
                break
            try:
                status, answer = self._request("GET", "/readyz")
                if status == 200:
                    return time.perf_counter() - self._started
            except OSError:
                self._connection.close()
            time.sleep(0.05)
        self._log.seek(0)
        last = "".join(self._log.readlines()[-10:])
        sys.exit(f"lawqa serve did not become ready: {answer}\n{last}")

    def cpu(self) -> float:
        """Seconds of processor time that the server has used so far; 0 where the system does not say (not Linux)."""
        try:
            fields = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def ask(self, question: str) -> dict[str, Any]:
        """The answer of ``POST /api/v1/ask``."""
        status, text = self._request("POST", "/api/v1/ask", {"question": question})
        if status != 200:
            sys.exit(f"POST /api/v1/ask answered {status}: {text}")
        answer: dict[str, Any] = json.loads(text)
        return answer

    def _request(self, method: str, path: str, body: dict[str, Any] | None = None) -> tuple[int, str]:
        data = json.dumps(body).encode() if body is not None else None
        self._connection.request(method, path, data, {"Content-Type": "application/json"} if data else {})
        response = self._connection.getresponse()
        return response.status, response.read().decode("utf-8")
