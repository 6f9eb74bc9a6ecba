"""``lawqa eval`` as it is typed: files, bars, comparison, mistakes."""

import json
import re

import pytest

from lawqa.cli import main

from .conftest import GENAI, question, write_jsonl

DAY = ["--as-of", "2025-12-01"]
TIMED = {"manifest.json", "timings.tsv", "report.html"}


@pytest.fixture(autouse=True)
def cache(monkeypatch, tmp_path):
    monkeypatch.setenv("LAWQA_EVAL_CACHE", str(tmp_path / "cache"))


def test_a_question_set_gives_every_file(small_set, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["eval", str(small_set), "--out", str(out), *DAY]) == 0
    shown = capsys.readouterr().out
    assert re.search(r"^R@5 +\d\.\d{4} +\[", shown, re.MULTILINE)
    files = {p.name for p in out.iterdir()}
    assert files >= {"metrics.json", "per_question.tsv", "run.trec", "qrels.trec", "answers.jsonl", *TIMED}
    assert files >= {"tables.md", "tables.tex", "tables.csv"}
    metrics = json.loads((out / "metrics.json").read_text(encoding="utf-8"))
    assert metrics["questions"] == 4
    assert metrics["measures"]["Exists"]["value"] == metrics["measures"]["Verbatim"]["value"] == 1.0
    assert set(metrics["by_type"]) == {"lookup", "lay", "unanswerable"}
    answers = [json.loads(line) for line in (out / "answers.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [a["id"] for a in answers] == ["q1", "q2", "q3", "q4"]
    assert answers[0]["receipt"]["as_of"] == "2025-12-01"
    table = (out / "per_question.tsv").read_text(encoding="utf-8").splitlines()
    row = dict(zip(table[0].split("\t"), table[2].split("\t"), strict=True))
    assert row["id"] == "q2"
    assert row["Must_say"] == "0.5"
    assert row["Success@1"] == "1"


def test_the_same_inputs_give_the_same_bytes_in_any_order(tmp_path):
    rows = [question("b"), question("a", (f"{GENAI}:14",), question="违法内容怎么处置？"), question("c", ())]
    sets = [write_jsonl(tmp_path / "one.jsonl", rows), write_jsonl(tmp_path / "two.jsonl", rows[::-1])]
    outs = [tmp_path / "out1", tmp_path / "out2"]
    for path, out in zip(sets, outs, strict=True):
        assert main(["eval", str(path), "--out", str(out), *DAY]) == 0
    for path in outs[0].iterdir():
        if path.name not in TIMED:
            assert path.read_bytes() == (outs[1] / path.name).read_bytes(), path.name


def test_the_report_stands_alone(small_set, tmp_path):
    out = tmp_path / "out"
    assert main(["eval", str(small_set), "--out", str(out), *DAY]) == 0
    page = (out / "report.html").read_text(encoding="utf-8")
    assert not re.search(r"""(?:src|href)\s*=|url\(|@import|<script|https?://""", page)
    assert "未达要求的问题" in page
    assert "没有说全应说的话" in page
    assert page.count("<svg") >= 4


def test_markup_in_a_question_stays_text(tmp_path):
    path = write_jsonl(tmp_path / "set.jsonl", [question("x", question="<img src=x onerror=alert(1)>训练数据？")])
    assert main(["eval", str(path), "--out", str(tmp_path / "out"), *DAY]) == 0
    assert "<img" not in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_a_bar_that_is_missed_names_the_questions(small_set, capsys):
    assert main(["eval", str(small_set), "--fail-under", "Success@1=0", "--fail-under", "Verbatim=1", *DAY]) == 0
    assert main(["eval", str(small_set), "--fail-under", "Must_say=0.9", *DAY]) == 1
    assert "未达标：Must_say = 0.5000 < 0.9；低于此值的1题：q2" in capsys.readouterr().out


@pytest.mark.parametrize("bar", ["R@5", "R@5=2", "Foo=0.5", "=1", "R@5=x"])
def test_a_bar_that_is_none(small_set, bar, capsys):
    assert main(["eval", str(small_set), "--fail-under", bar]) == 2
    assert f"“{bar}”" in capsys.readouterr().err


def test_a_broken_set_is_reported_in_full_and_nothing_is_written(tmp_path, capsys):
    rows = [question("a"), question("a"), question("c", (f"{GENAI}:99",))]
    path = write_jsonl(tmp_path / "bad.jsonl", rows)
    with path.open("a", encoding="utf-8") as file:
        file.write("{]\n")
    assert main(["eval", str(path), "--out", str(tmp_path / "out")]) == 2
    error = capsys.readouterr().err
    assert "3处错误" in error
    assert all(f"bad.jsonl:{n}: " in error for n in (2, 3, 4))
    assert not (tmp_path / "out").exists()


def test_a_beir_folder(beir, tmp_path, capsys):
    assert main(["eval", str(beir), "--out", str(tmp_path / "out")]) == 0
    captured = capsys.readouterr()
    assert "读作BEIR qrels" in captured.err
    assert "按主要依据" not in captured.out
    metrics = json.loads((tmp_path / "out" / "metrics.json").read_text(encoding="utf-8"))
    assert metrics["system"] == "bm25+dense"
    assert metrics["measures"]["R@5"]["value"] == 1.0


def test_pairs_with_their_texts_and_somebody_elses_run(beir, tmp_path, capsys):
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("q0\td1\nq1\td2\n", encoding="utf-8")
    run = tmp_path / "ours.run"
    texts = ["--collection", str(beir / "corpus.jsonl"), "--queries", str(beir / "queries.jsonl")]
    assert main(["eval", str(pairs), *texts, "--run-out", str(run), "--fail-under", "R@5=1"]) == 0
    assert "qid/pid 对（2列，以制表符分隔，首行无表头，等级都算 1）" in capsys.readouterr().err
    other = tmp_path / "other.run"
    other.write_text("q0 Q0 d1 1 9 x\n", encoding="utf-8")
    assert main(["eval", str(pairs), "--run-in", str(other), "--json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["measures"]["R@5"]["value"] == 0.5
    assert "有1题没有结果，计作 0：q1" in captured.err


def test_systems_side_by_side(small_set, tmp_path, capsys):
    out = tmp_path / "out"
    systems = ["--systems", "bm25-words", "full", "no-named"]
    assert main(["eval", str(small_set), *systems, "--out", str(out), *DAY]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[:4]] == ["系统", "full", "bm25-words", "no-named"]
    assert (out / "systems" / "bm25-words" / "run.trec").is_file()
    assert "A = full，B = no-named" in (out / "systems.md").read_text(encoding="utf-8")


def test_two_results_are_compared(small_set, tmp_path, capsys):
    for system in ("full", "no-named"):
        assert main(["eval", str(small_set), "--systems", system, "--out", str(tmp_path / system), *DAY]) == 0
    capsys.readouterr()
    folders = [str(tmp_path / "full"), str(tmp_path / "no-named")]
    command = ["eval", "compare", *folders, "--qrels", str(small_set)]
    assert main([*command, "--out", str(tmp_path / "cmp")]) == 0
    shown = capsys.readouterr().out
    assert "A = full，B = no-named" in shown
    assert re.search(r"q2  1\.0000 → 0\.\d{4}  暂行办法第十七条要求什么？", shown)
    assert (tmp_path / "cmp" / "report.html").is_file()
    assert main([*command, "--json"]) == 0
    data = {d["measure"]: d for d in json.loads(capsys.readouterr().out)}
    assert data["Success@1"]["losses"] >= 1
    assert "Primary" in data  # answer measures are compared too, where both folders have them
    assert main(["eval", "compare", *folders, "--qrels", str(tmp_path / "full" / "qrels.trec")]) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no-such.jsonl"], "题集不存在：no-such.jsonl"),
        (["{set}", "{beir}"], "请单独评"),
        (["{set}", "--split", "half"], "tuning 或 reporting"),
        (["{set}", "--depth", "0"], "--depth“0”"),
        (["{set}", "--as-of", "soon"], "--as-of“soon”"),
        (["{set}", "--measures", "Foo@1"], "不认识的指标：Foo@1"),
        (["{set}", "--systems", "nope"], "没有系统“nope”"),
        (["{set}", "--run-in", "x", "--run-out", "y"], "--run-in 不检索也不回答"),
        (["{set}", "--judge"], "LAWQA_JUDGE_BASE_URL"),
        (["{beir}", "--systems", "full"], "没有编者注"),
        (["{pairs}"], "给 --run-in 打分"),
        (["{pairs}", "--queries", "x"], "要一起给"),
        (["compare", "none", "none", "--qrels", "{pairs}"], "既不是 TREC run"),
        (["label"], "要么给 ANSWERS"),
        (["{set}", "--out", "{set}"], "--out"),
    ],
)
def test_mistakes_are_one_line_with_exit_code_2(arguments, said, small_set, beir, tmp_path, capsys):
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("q0\td1\n", encoding="utf-8")
    given = [a.format(set=small_set, beir=beir, pairs=pairs) for a in arguments]
    assert main(["eval", *given]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error
