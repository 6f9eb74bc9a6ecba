"""Run commands in this process, as the shell would call them, on the session's index."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from lawqa.cli import main
from lawqa.lawqa import LawQA
from lawqa.settings import Settings


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error_line(self) -> str:
        """The one line of an error; there must be exactly one, and nothing on stdout."""
        assert self.out == ""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.err
        return lines[0]


Run = Callable[..., Result]


@pytest.fixture
def run(lawqa: LawQA, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``run("ask", "…", "--json", LAWQA_PORT="1")``: arguments, and variables of the environment."""
    for key in list(os.environ):
        if key.startswith("LAWQA_"):
            monkeypatch.delenv(key)
    monkeypatch.setenv("LAWQA_INDEX", str(settings.index))

    def call(*arguments: str, **environment: str) -> Result:
        for key, value in environment.items():
            monkeypatch.setenv(key, value)
        try:
            code = main(list(arguments))
        except SystemExit as stop:  # argparse
            code = int(stop.code or 0)
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return call
