"""Commands as real processes: what is imported, what is asked of the network, how output ends."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from lawqa.lawqa import LawQA
from lawqa.settings import Settings

HEAVY = {"torch", "gradio", "llama_index", "transformers", "sentence_transformers", "uvicorn", "fastapi", "pandas"}

GUARD = """
import sys
def guard(event, args):
    if event.startswith("socket.") and event != "socket.gethostname":
        raise SystemExit(f"network: {event} {args}")
sys.addaudithook(guard)
"""


@pytest.fixture
def environment(lawqa: LawQA, settings: Settings) -> dict[str, str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("LAWQA_")}
    return clean | {"LAWQA_INDEX": str(settings.index), "PYTHONWARNINGS": "ignore"}


def python(code: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=120)


def imported_by(code: str, environment: dict[str, str]) -> set[str]:
    done = python(f"{code}\nimport sys; print('MODULES', *{{m.split('.')[0] for m in sys.modules}})", environment)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split("MODULES")[-1].split())


def command(*arguments: str) -> str:
    return f"from lawqa.cli import main\nassert main({list(arguments)!r}) == 0"


def test_import_is_light(environment: dict[str, str]) -> None:
    assert not imported_by("import lawqa, lawqa.cli", environment) & (HEAVY | {"numpy", "jieba", "faiss", "opencc"})


@pytest.mark.parametrize(
    "arguments",
    [("show", "暂行办法第七条"), ("ask", "训练数据有什么要求？"), ("search", "训练数据"), ("corpus", "list")],
)
def test_commands_import_nothing_heavy(environment: dict[str, str], arguments: tuple[str, ...]) -> None:
    assert not imported_by(command(*arguments), environment) & HEAVY


def test_ask_never_touches_the_network(environment: dict[str, str]) -> None:
    done = python(GUARD + command("ask", "训练数据有什么要求？", "--json"), environment)
    assert done.returncode == 0, done.stderr
    assert '"status": "answered"' in done.stdout
    caught = python(GUARD + "import socket; socket.getaddrinfo('localhost', 80)", environment)
    assert "network: socket.getaddrinfo" in caught.stderr  # the guard guards


def test_bytes_that_are_no_text_in_a_question(environment: dict[str, str]) -> None:
    question = b"\xff\xfe \xe8\xae\xad\xe7\xbb\x83\xe6\x95\xb0\xe6\x8d\xae"
    done = subprocess.run([sys.executable.encode(), b"-m", b"lawqa", b"ask", question, b"--json"], env=environment, capture_output=True, timeout=120)  # fmt: skip
    assert done.returncode == 0, done.stderr
    done.stdout.decode("utf-8")


def test_a_console_that_cannot_show_chinese(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "lawqa", "show", "暂行办法第七条"],
        env=environment | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        capture_output=True,
        timeout=120,
    )
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


def test_a_reader_that_goes_away(environment: dict[str, str]) -> None:
    done = subprocess.run(
        f"{sys.executable} -m lawqa corpus list | head -1", shell=True, env=environment, capture_output=True, text=True, timeout=120
    )  # fmt: skip
    assert done.stdout.count("\n") == 1
    assert "Traceback" not in done.stderr
