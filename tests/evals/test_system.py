"""Systems by name and by file, and what switching a step off does."""

from datetime import date

import pytest

from lawqa.errors import UsageError
from lawqa.evals.collection import Mixture
from lawqa.evals.pipeline import open_pipeline
from lawqa.evals.question_set import EvalQuestion
from lawqa.evals.system import System, named_systems

DAY = date(2025, 12, 1)


def quiet(stage, done, total):
    pass


def test_groups_and_names():
    names = [s.name for s in named_systems(["baselines"])]
    assert names == ["bm25-words", "bm25-bigrams", "bm25", "dense", "bm25+dense", "full"]
    assert {"no-text", "no-embedder", "no-history"} <= {s.name for s in named_systems(["ablation"])}


def test_a_file(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        'off = ["history"]\nthreshold = 0.4\n[rank]\nnotes = 0\n[settings]\nport = 8000\n', encoding="utf-8"
    )
    (system,) = named_systems([str(path)])
    assert system == System("mine", {"notes": 0}, 0.4, ("history",), {"port": 8000})
    path.write_text("[mixture]\nbigrams = false\ndense = 0\n", encoding="utf-8")
    assert named_systems([str(path)])[0].mixture == Mixture(bigrams=False, dense=0)


def test_everything_that_is_wrong_is_said_at_once(tmp_path):
    path = tmp_path / "bad.toml"
    path.write_text('colour = 1\noff = ["x"]\n[rank]\nnope = 1\ntext = -1\n[mixture]\nwords = 3\n', encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        named_systems([str(path), "unheard-of", str(tmp_path / "none.toml")])
    for part in ("“colour”", "“x”", "“nope”", "“text”", "words", "“unheard-of”", "none.toml”不存在"):
        assert part in str(caught.value)


def test_a_signal_that_is_off_is_off(lawqa):
    question = EvalQuestion("q", "深度合成的内容要不要打标识？", ())
    only_text = System("t", rank={n: 0.0 for n in lawqa.retriever.weights.rank if n != "text"})
    ranking = open_pipeline(lawqa, only_text, quiet)(question, 10, DAY).ranking
    full = open_pipeline(lawqa, System(), quiet)(question, 10, DAY).ranking
    assert [ref for ref, _ in ranking] != [ref for ref, _ in full]
    assert lawqa.retriever.weights.rank["text"] > 0  # the shared LawQA is left as it was


def test_named_provisions_off(lawqa):
    question = EvalQuestion("q", "网络安全法第二十一条", ())
    named = open_pipeline(lawqa, System(), quiet)(question, 1, DAY).ranking[0]
    blind = open_pipeline(lawqa, System("no-named", off=("named",)), quiet)(question, 1, DAY).ranking[0]
    assert named[0].startswith("cybersecurity-law-")
    assert named[1] > 2 > blind[1]


def test_history_off(lawqa):
    history = ({"q": "深度合成服务提供者要备案吗？"},)
    question = EvalQuestion("q", "那多久之内？", (), history=history)
    full = open_pipeline(lawqa, System(), quiet)(question, 5, DAY)
    alone = open_pipeline(lawqa, System("no-history", off=("history",)), quiet)(question, 5, DAY)
    assert full.ranking != alone.ranking


def test_a_threshold_that_nothing_reaches(lawqa):
    strict = open_pipeline(lawqa, System("strict", threshold=1.01), quiet)
    assert strict(EvalQuestion("q", "训练数据有什么要求？", ()), 5, DAY).answer.status == "refused"


def test_settings_that_do_not_exist(lawqa):
    from lawqa.errors import SettingsError

    with pytest.raises(SettingsError, match="NO_SUCH"):
        open_pipeline(lawqa, System("s", settings={"no_such": 1}), quiet)


def test_a_foreign_collection_has_no_notes(lawqa, beir):
    from lawqa.evals.test_collection import read_beir

    with pytest.raises(UsageError, match="编者注"):
        open_pipeline(lawqa, System("s"), quiet, read_beir(beir))
