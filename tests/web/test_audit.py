"""The audit log: what is written, and that no change goes unseen."""

from __future__ import annotations

import hashlib
import hmac
import json
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import httpx2
import pytest

from lawqa.errors import SettingsError
from lawqa.web.audit import AuditLog
from lawqa.web.audit.chain import digest
from lawqa.web.audit.verify import verify
from tests.web.conftest import QUESTION, Serve, lawqa_command


def log_of(folder: Path, n: int = 12, **more: object) -> Path:
    log = AuditLog(folder, max_bytes=1500, **more)  # type: ignore[arg-type]
    for i in range(n):
        log.record("ask", {"user": f"u{i}", "question": "问" * 20})
    log.close()
    return folder


def hmac_of(key: str, text: str) -> str:
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def lines(folder: Path) -> list[tuple[Path, int]]:
    return [(p, i) for p in sorted(folder.glob("audit-*")) for i in range(len(p.read_bytes().splitlines()))]


def test_an_untouched_log_verifies_over_rotation_and_restart(tmp_path: Path) -> None:
    log_of(tmp_path)
    log_of(tmp_path, 3)
    verdict = verify(tmp_path)
    assert verdict.faults == ()
    assert verdict.records == 15
    assert verdict.files > 2


def test_any_changed_byte_shows(tmp_path: Path) -> None:
    log_of(tmp_path)
    for path in sorted(tmp_path.glob("audit-*")):
        raw = path.read_bytes()
        for at in range(0, len(raw), 7):
            changed = bytearray(raw)
            changed[at] ^= 1
            path.write_bytes(bytes(changed))
            assert verify(tmp_path).faults, f"{path.name} byte {at}"
        path.write_bytes(raw)
    assert verify(tmp_path).faults == ()


def remove_first_file(folder: Path) -> None:
    min(folder.glob("audit-*")).unlink()


def remove_last_line(folder: Path) -> None:
    path = max(folder.glob("audit-*"))
    path.write_bytes(b"".join(path.read_bytes().splitlines(True)[:-1]))


def remove_middle_line(folder: Path) -> None:
    path = min(folder.glob("audit-*"))
    kept = path.read_bytes().splitlines(True)
    path.write_bytes(b"".join(kept[:1] + kept[2:]))


def swap_lines(folder: Path) -> None:
    path = min(folder.glob("audit-*"))
    kept = path.read_bytes().splitlines(True)
    path.write_bytes(b"".join([kept[1], kept[0], *kept[2:]]))


def rehash_without_key(folder: Path) -> None:
    """A clever forger: changes the last record and hashes it anew, HEAD too, but has no key."""
    path = max(folder.glob("audit-*"))
    kept = path.read_bytes().splitlines()
    record = json.loads(kept[-1]) | {"user": "nobody"}
    record["hash"] = digest(record, "")
    path.write_bytes(b"\n".join([*kept[:-1], json.dumps(record).encode()]) + b"\n")
    (folder / "HEAD").write_text(f"{record['n']} {record['hash']}\n")


def remove_everything(folder: Path) -> None:
    (folder / "HEAD").unlink()
    remove_first_file(folder)


@pytest.mark.parametrize(
    "harm",
    [remove_first_file, remove_last_line, remove_middle_line, swap_lines, rehash_without_key, remove_everything],
)
def test_removal_reordering_and_forging_show(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    log_of(tmp_path, key="k")
    assert verify(tmp_path, "k").faults == ()
    harm(tmp_path)
    assert verify(tmp_path, "k").faults


def test_a_noted_head_shows_a_log_put_back(tmp_path: Path) -> None:
    log_of(tmp_path, 5)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    log_of(tmp_path, 2)
    n, hash = verify(tmp_path).head
    for path in tmp_path.glob("audit-*"):
        path.unlink()
    for name, raw in before.items():
        (tmp_path / name).write_bytes(raw)
    assert verify(tmp_path).faults == ()
    assert verify(tmp_path, expected=f"{n}:{hash}").faults


def test_retention_removes_old_files_and_says_so(tmp_path: Path) -> None:
    now = [1_700_000_000.0]
    log_of(tmp_path, 12, clock=lambda: now[0])
    many = len(lines(tmp_path))
    now[0] += 10 * 86_400
    log_of(tmp_path, 12, clock=lambda: now[0], keep_days=5)
    assert len(lines(tmp_path)) < many + 12
    assert verify(tmp_path).faults == ()
    remove_first_file(tmp_path)
    assert verify(tmp_path).faults


def test_half_a_line_from_a_crash_is_kept_in_the_chain(tmp_path: Path) -> None:
    log_of(tmp_path, 2)
    with max(tmp_path.glob("audit-*")).open("ab") as file:
        file.write(b'{"n":3,"half')
    assert verify(tmp_path).faults
    log_of(tmp_path, 1)
    assert verify(tmp_path).faults == ()
    assert '"half' in json.loads(max(tmp_path.glob("audit-*")).read_bytes().splitlines()[-2])["line"]


def test_one_server_a_folder(tmp_path: Path) -> None:
    log = AuditLog(tmp_path)
    with pytest.raises(SettingsError, match="另一个"):
        AuditLog(tmp_path)
    log.close()


def test_every_answer_is_logged_before_it_leaves(serve: Serve, tmp_path: Path) -> None:
    folder = tmp_path / "audit"
    server = serve({"LAWQA_AUDIT_FOLDER": str(folder), "LAWQA_AUDIT_KEY": "secret-key"})
    found = httpx2.post(f"{server.url}/api/v1/ask", json={"question": QUESTION}, headers={"X-Request-ID": "r-1"}).json()
    httpx2.post(f"{server.url}/api/v1/ask", json={"question": QUESTION, "docs": ["no-such-law-2020"]})
    httpx2.get(f"{server.url}/api/v1/provisions/genai-interim-measures-2023:7")
    (path,) = folder.glob("audit-*")
    asked, refused, shown = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    assert asked["question"] == QUESTION
    assert asked["refs"] == [c["ref"] for c in found["citations"]]
    assert (asked["user"], asked["channel"], asked["request_id"]) == ("anonymous", "api", "r-1")
    assert asked["status"] == "answered"
    assert asked["index"] == found["receipt"]["index"]
    assert asked["corpus"] == found["receipt"]["corpus"]
    assert asked["ms"] > 0
    assert refused["status"] == "UsageError"
    assert shown["event"] == "show"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "secret-key" not in server.log()
    given = {"LAWQA_AUDIT_FOLDER": str(folder), "LAWQA_AUDIT_KEY": "secret-key"}
    fine = lawqa_command("audit", "verify", **given)
    assert fine.returncode == 0
    assert "3条" in fine.stdout
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b"anonymous", b"anonymouz", 1))
    broken = lawqa_command("audit", "verify", **given)
    assert broken.returncode == 1
    assert "第1条" in broken.stdout


def test_words_are_kept_as_the_setting_says(tmp_path: Path) -> None:
    long = "机密" * 300
    for kept, question, text in (
        ("text", {"question": "问"}, {"question": f"{long[:200]}…（共600字）"}),
        ("hash", {"question_hmac": hmac_of("k", "问")}, {"question_hmac": hmac_of("k", long)}),
        ("none", {}, {}),
    ):
        with closing(AuditLog(tmp_path / kept, "k", kept)) as log:
            assert log.question("问") == log.question("问", 200) == question
            assert log.question(long, 200) == text


@pytest.mark.parametrize("kept", ["hash", "none"])
def test_no_word_of_a_checked_text_is_logged_where_none_should_be(serve: Serve, tmp_path: Path, kept: str) -> None:
    folder = tmp_path / "audit"
    given = {"LAWQA_AUDIT_FOLDER": str(folder), "LAWQA_AUDIT_KEY": "k", "LAWQA_AUDIT_QUESTIONS": kept}
    server = serve(given)
    text = f"机密合同。依据《生成式人工智能服务管理暂行办法》第七条。{'附件。' * 100}"
    httpx2.post(f"{server.url}/api/v1/check", json={"text": text})
    httpx2.post(f"{server.url}/api/ui/check", content=text.encode())
    (path,) = folder.glob("audit-*")
    assert "机密" not in path.read_text(encoding="utf-8")
    for record in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        assert record["event"] == "check"
        assert record["refs"] == ["genai-interim-measures-2023:7"]
        assert record.get("question_hmac") == (hmac_of("k", text) if kept == "hash" else None)


def test_a_log_that_cannot_be_written_stops_answers(serve: Serve, tmp_path: Path) -> None:
    folder = tmp_path / "audit"
    server = serve({"LAWQA_AUDIT_FOLDER": str(folder)})
    (folder / "HEAD.new").mkdir()  # HEAD can no longer be written, whoever runs this test
    response = httpx2.post(f"{server.url}/api/v1/ask", json={"question": QUESTION})
    assert response.status_code == 503
    assert "审计" in response.json()["detail"]


def test_questions_can_be_kept_out(tmp_path: Path) -> None:
    kept = []
    for key, questions in (("k", "hash"), ("other", "hash"), ("", "none")):
        with closing(AuditLog(tmp_path / f"{key}-log", key=key, questions=questions)) as log:
            kept.append(log.question("问"))
    assert set(kept[0]) == {"question_hmac"}
    assert kept[0] != kept[1]
    assert kept[2] == {}


def test_a_missing_log_is_said_in_one_line(tmp_path: Path) -> None:
    for result in (lawqa_command("audit", "verify"), lawqa_command("audit", "verify", "--folder", str(tmp_path))):
        assert result.returncode == 2
        assert result.stderr.count("\n") == 1
