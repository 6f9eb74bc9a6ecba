"""Question sets: read, checked, split."""

import pytest

from lawqa.errors import SetError, UsageError
from lawqa.evals.question_set import read_question_sets
from lawqa.evals.split import split_of

from .conftest import GENAI, question, write_jsonl


def test_shipped_sets_are_sound(lawqa):
    from lawqa.settings import data_root

    found = read_question_sets(sorted((data_root() / "evals" / "dev").glob("*.jsonl")), lawqa.corpus)
    assert len(found.questions) > 400


def test_every_fault_of_every_file_is_reported_at_once(lawqa, tmp_path):
    rows = [question(f"q{n}") for n in range(60)]
    rows[1]["id"] = "q0"
    rows[2]["gold"] = [f"{GENAI}:99"]
    rows[2]["primary"] = f"{GENAI}:99"
    rows[3]["gold"] = [f"{GENAI}:7.1"]
    rows[3]["primary"] = None
    rows[4]["answerable"] = False
    rows[5]["as_of"] = "2024年"
    del rows[6]["gold"]
    rows[7]["must_say"] = ["词"]
    path = write_jsonl(tmp_path / "set.jsonl", rows)
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[56] = lines[56][:-5]
    path.write_text("\n".join(lines), encoding="utf-8")
    empty = write_jsonl(tmp_path / "empty.jsonl", [])
    with pytest.raises(SetError) as caught:
        read_question_sets([path, empty], lawqa.corpus)
    message = str(caught.value)
    assert f"id“q0”已用于 {path}:1" in message
    assert "共24条" in message
    assert f"gold“{GENAI}:7.1”比条更细" in message
    for part in (
        "answerable 为 false",
        "as_of“2024年”",
        "缺少“gold”",
        "must_say",
        ":57: 不是合格的 JSON",
        "文件是空的",
    ):
        assert part in message
    assert caught.value.exit_code == 2


def test_the_order_of_questions_and_files_changes_nothing(lawqa, tmp_path):
    rows = [question("b"), question("a"), question("c")]
    one = write_jsonl(tmp_path / "one.jsonl", rows[:2])
    two = write_jsonl(tmp_path / "two.jsonl", rows[2:])
    assert read_question_sets([one, two], lawqa.corpus) == read_question_sets([two, one], lawqa.corpus)


def test_questions_of_one_provision_fall_on_one_side(lawqa, tmp_path):
    same = [question(f"q{n}") for n in range(5)]
    assert len({split_of(q) for q in same}) == 1
    unanswerable = [question(f"u{n}", ()) for n in range(200)]
    sides = [split_of(q) for q in unanswerable]
    assert 60 < sides.count("tuning") < 140
    path = write_jsonl(tmp_path / "u.jsonl", unanswerable)
    halves = [read_question_sets([path], lawqa.corpus, s).questions for s in ("tuning", "reporting")]
    assert len(halves[0]) + len(halves[1]) == 200
    assert not {q.id for q in halves[0]} & {q.id for q in halves[1]}


def test_an_unknown_half(lawqa, small_set):
    with pytest.raises(UsageError, match="tuning 或 reporting"):
        read_question_sets([small_set], lawqa.corpus, "test")
