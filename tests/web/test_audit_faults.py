"""Damage to the audit log, and disks that refuse: every change shows, an honest log verifies, nothing is a traceback."""

from __future__ import annotations

import json
import logging
import os
import resource
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from lawqa.errors import SettingsError, UsageError
from lawqa.web.audit import AuditLog
from lawqa.web.audit.chain import canonical, digest
from lawqa.web.audit.verify import verify
from tests.web.conftest import free_port, lawqa_command

_DAY_S = 86_400
WORDS = {"user": "anna", "question": "问" * 20, "ms": 1.5}


def log_of(folder: Path, n: int = 3, max_bytes: int = 50_000_000) -> Path:
    """A log of n records; its newest file."""
    with closing(AuditLog(folder, max_bytes=max_bytes)) as log:
        for _ in range(n):
            log.record("ask", WORDS)
    return max(folder.glob("audit-*"))


@contextmanager
def files_end_at(size: int) -> Iterator[None]:
    """No file of this process can grow beyond ``size``: a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_leaves_an_honest_log(tmp_path: Path) -> None:
    with closing(AuditLog(tmp_path)) as log:
        log.record("ask", WORDS)
        (path,) = tmp_path.glob("audit-*")
        size = path.stat().st_size
        with files_end_at(size + 100), pytest.raises(OSError, match="large"):
            log.record("ask", WORDS)
        assert path.stat().st_size == size
        log.record("ask", WORDS)
        log.record("ask", WORDS)
    verdict = verify(tmp_path)
    assert verdict.faults == ()
    assert verdict.records == 3


def test_half_a_line_that_cannot_be_cut_at_once_is_cut_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(fd: int, size: int) -> None:
        raise OSError(5, "Input/output error")

    with closing(AuditLog(tmp_path)) as log:
        log.record("ask", WORDS)
        (path,) = tmp_path.glob("audit-*")
        with monkeypatch.context() as patch, files_end_at(path.stat().st_size + 100):
            patch.setattr(os, "ftruncate", refuse)
            for _ in range(2):
                with pytest.raises(OSError):
                    log.record("ask", WORDS)
        log.record("ask", WORDS)
    assert verify(tmp_path).faults == ()


def test_head_that_cannot_be_written_leaves_no_record_behind(tmp_path: Path) -> None:
    with closing(AuditLog(tmp_path)) as log:
        log.record("ask", WORDS)
        (tmp_path / "HEAD.new").mkdir()
        for _ in range(3):
            with pytest.raises(OSError):
                log.record("ask", WORDS)
    verdict = verify(tmp_path)
    assert verdict.faults == ()
    assert verdict.records == 1


def test_a_rotation_that_fails_is_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, new: bool) -> None:
        raise OSError(28, "No space left on device")

    with closing(AuditLog(tmp_path, max_bytes=300)) as log:
        log.record("ask", WORDS)
        with monkeypatch.context() as patch:
            patch.setattr("lawqa.web.audit.log.LineFile", refuse)
            with pytest.raises(OSError, match="space"):
                log.record("ask", WORDS)
        log.record("ask", WORDS)
    verdict = verify(tmp_path)
    assert verdict.faults == ()
    assert (verdict.records, verdict.files) == (2, 2)


def serve_fails(folder: str, **more: str) -> str:
    result = lawqa_command("serve", LAWQA_AUDIT_FOLDER=folder, LAWQA_PORT=str(free_port()), **more)
    assert result.returncode == 2, result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    (line,) = (x for x in result.stderr.splitlines() if "审计日志" in x)
    return line


def test_an_unusable_folder_stops_the_start_in_one_line(tmp_path: Path) -> None:
    assert "/proc/nope/x" in serve_fails("/proc/nope/x")
    with closing(AuditLog(tmp_path)):
        assert "另一个 lawqa serve" in serve_fails(str(tmp_path))
    assert "~" in serve_fails("~no-such-user/audit")


def test_a_refused_folder_is_not_kept_locked(tmp_path: Path) -> None:
    path = log_of(tmp_path)
    raw = path.read_bytes()
    path.write_bytes(raw + b"garbage\n")
    with pytest.raises(SettingsError, match="最后一行已损坏"):
        AuditLog(tmp_path)
    path.write_bytes(raw)
    AuditLog(tmp_path).close()


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.replace(b"{", b'{"user":"mallory",', 1),
        lambda raw: raw.replace(b":", b": ", 1),
        lambda raw: raw.replace(b":", b":\t", 1),
        lambda raw: raw.replace("问".encode(), rb"\u95ee", 1),
        lambda raw: raw.replace(b"1.5", b"1.50", 1),
        lambda raw: raw.replace(b"\n", b" \n", 1),
        lambda raw: raw.replace(b"\n", b"\r\n", 1),
        lambda raw: raw.replace(b"\n", b"\n\n", 1),
        lambda raw: b"\n" + raw,
        lambda raw: raw + b"\n",
        lambda raw: raw.removesuffix(b"\n"),
    ],
)
def test_a_change_that_parses_alike_shows(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    path = log_of(tmp_path)
    raw = path.read_bytes()
    assert verify(tmp_path).faults == ()
    assert change(raw) != raw
    path.write_bytes(change(raw))
    assert all(path.name in fault for fault in verify(tmp_path).faults)
    assert verify(tmp_path).faults


@pytest.mark.parametrize("head", ["+{}", "0{}", " {}", "{} "])
def test_head_written_otherwise_shows(tmp_path: Path, head: str) -> None:
    log_of(tmp_path)
    file = tmp_path / "HEAD"
    file.write_text(head.format(file.read_text()))
    assert verify(tmp_path).faults


def retention(**fields: object) -> bytes:
    """The line of a retention record that is whole but for these fields."""
    body = {"n": 2, "time": "2024-01-01T00:00:00+00:00", "event": "retention", "previous": "0" * 64, **fields}
    return canonical({**body, "hash": digest(body, "")})


DAMAGE = {
    "until is a word": retention(removed="audit-000001.jsonl", until="x", last="0" * 64),
    "until is missing": retention(removed="audit-000001.jsonl"),
    "until is endless": retention(until=1, last="0" * 64).replace(b'"until":1', b'"until":1e999'),
    "a lone surrogate": b'{"hash":"' + b"0" * 64 + rb'","n":2,"user":"\ud800"}',
    "nested too deeply": b"[" * 100_000,
    "nested in an object": b'{"n":' + b"[" * 100_000,
    "an array": b"[1]",
    "n is endless": b'{"hash":"' + b"0" * 64 + b'","n":1e999}',
    "n is huge": b'{"hash":"' + b"0" * 64 + b'","n":' + b"9" * 4300 + b"}",
    "hash is none": b'{"hash":"x","n":2}',
    "previous is nested": b'{"hash":"' + b"0" * 64 + b'","n":2,"previous":' + b"[" * 900 + b"]" * 900 + b"}",
    "not UTF-8": b'{"n":"\xff"}',
    "nothing": b"",
}


@pytest.mark.parametrize("line", DAMAGE.values(), ids=DAMAGE.keys())
@pytest.mark.parametrize("at", [0, 1, 2])
def test_damage_is_a_fault_of_its_place(tmp_path: Path, line: bytes, at: int) -> None:
    path = log_of(tmp_path)
    kept = path.read_bytes().splitlines()
    kept[at] = line
    path.write_bytes(b"\n".join(kept) + b"\n")
    assert any(fault.startswith(f"{path.name}第{at + 1}行") for fault in verify(tmp_path).faults)
    with suppress(SettingsError):  # the start goes on, or is refused in one line
        AuditLog(tmp_path).close()


def test_the_command_says_damage_without_a_traceback(tmp_path: Path) -> None:
    path = log_of(tmp_path)
    path.write_bytes(b"\n".join([*DAMAGE.values(), path.read_bytes()]))
    result = lawqa_command("audit", "verify", "--folder", str(tmp_path))
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert lawqa_command("audit", "verify", "--folder", "~no-such-user").returncode == 2


def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    log_of(tmp_path)
    (tmp_path / "audit-000002.jsonl").mkdir()
    assert any("audit-000002.jsonl：不能读" in fault for fault in verify(tmp_path).faults)
    with pytest.raises(SettingsError, match=r"audit-000002\.jsonl"):
        AuditLog(tmp_path)


@pytest.mark.parametrize("expected", ["²:x", f"{'9' * 5000}:x", "1:", "x:y"])
def test_a_noted_head_that_is_none_is_said(tmp_path: Path, expected: str) -> None:
    log_of(tmp_path)
    with pytest.raises(UsageError, match="--expect"):
        verify(tmp_path, expected=expected)


OLD_DAMAGE = [b"", b"\n", b"garbage\n", b"[1]\n", b"[" * 100_000, b'{"n":1}\n', b'{"time":"x"}\n']


@pytest.mark.parametrize("raw", OLD_DAMAGE)
def test_a_damaged_old_file_is_kept_and_said(tmp_path: Path, raw: bytes, caplog: pytest.LogCaptureFixture) -> None:
    log_of(tmp_path, 6, max_bytes=300)
    old = sorted(tmp_path.glob("audit-*"))
    old[0].write_bytes(raw)
    now = [old[0].stat().st_mtime + 10 * _DAY_S]
    with (
        caplog.at_level(logging.ERROR, "lawqa.web"),
        closing(AuditLog(tmp_path, max_bytes=300, keep_days=5, clock=lambda: now[0])) as log,
    ):
        assert old[0].name in caplog.text
        caplog.clear()
        for _ in range(4):  # rotates
            log.record("ask", WORDS)
        assert old[0].name in caplog.text
    assert set(old) <= set(tmp_path.glob("audit-*"))
    assert any(old[0].name in fault or old[1].name in fault for fault in verify(tmp_path).faults)


def test_files_deleted_under_the_server_stop_no_rotation(tmp_path: Path) -> None:
    with closing(AuditLog(tmp_path, max_bytes=300)) as log:
        for _ in range(3):
            log.record("ask", WORDS)
        for path in tmp_path.glob("audit-*"):
            path.unlink()
        for _ in range(3):
            log.record("ask", WORDS)
    assert verify(tmp_path).faults


def test_half_a_line_in_a_new_file_is_kept_too(tmp_path: Path) -> None:
    log_of(tmp_path)
    (tmp_path / "audit-000002.jsonl").write_bytes(b'{"n":4,"half')
    log_of(tmp_path, 1)
    assert verify(tmp_path).faults == ()
    torn = json.loads((tmp_path / "audit-000002.jsonl").read_bytes().splitlines()[0])
    assert (torn["event"], torn["line"]) == ("torn", '{"n":4,"half')
