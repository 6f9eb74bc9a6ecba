"""The index of a foreign collection: found, cached, finished after a stop."""

from itertools import pairwise

import pytest

from lawqa.errors import IndexFault
from lawqa.evals import collection
from lawqa.evals.collection import Mixture, open_collection
from lawqa.evals.test_collection import read_beir

BOTH = Mixture()


def opened(lawqa, beir, cache, mixture=BOTH, progress=lambda stage, done, total: None):
    found = read_beir(beir)
    return open_collection(found.texts, found.digest, mixture, lawqa.index.embedder, "model", cache, progress)


@pytest.mark.parametrize("mixture", [Mixture(), Mixture(dense=0.0), Mixture(text=0.0, dense=1.0)])
def test_the_right_article_is_found(lawqa, beir, tmp_path, mixture):
    index = opened(lawqa, beir, tmp_path / "cache", mixture)
    for n, query in {1: "劳动者每天工作几个小时", 5: "机动车驾驶证"}.items():
        ranking = index.rank(query, 3)
        assert ranking[0][0] == n
        assert all(a[1] >= b[1] for a, b in pairwise(ranking))
        assert len({row for row, _ in ranking}) == len(ranking) <= 3


def test_a_query_that_shares_nothing_finds_nothing(lawqa, beir, tmp_path):
    assert opened(lawqa, beir, tmp_path / "cache", Mixture(dense=0.0)).rank("zzz", 5) == []


def test_the_index_is_built_once_and_anew_for_other_documents(lawqa, beir, tmp_path):
    stages = []
    note = lambda stage, done, total: stages.append(stage)  # noqa: E731
    opened(lawqa, beir, tmp_path / "cache", progress=note)
    assert stages
    stages.clear()
    opened(lawqa, beir, tmp_path / "cache", progress=note)
    assert not stages
    with (beir / "corpus.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"_id": "d6", "text": "票据应当记载出票日期"}\n')
    index = opened(lawqa, beir, tmp_path / "cache", progress=note)
    assert stages
    assert index.rank("出票日期", 1)[0][0] == 6


def test_a_build_that_was_stopped_goes_on_where_it_stood(lawqa, beir, tmp_path, monkeypatch):
    monkeypatch.setattr(collection, "PART", 2)
    whole = opened(lawqa, beir, tmp_path / "whole")
    asked = []
    embedder = lawqa.index.embedder

    class Counting:
        name, dim = embedder.name, embedder.dim

        def documents(self, texts):
            asked.append(len(texts))
            return embedder.documents(texts)

        queries = staticmethod(embedder.queries)

    def stop(stage, done, total):
        if done == 4:
            raise KeyboardInterrupt

    found = read_beir(beir)
    arguments = (found.texts, found.digest, Mixture(), Counting(), "model", tmp_path / "cache")
    with pytest.raises(KeyboardInterrupt):
        open_collection(*arguments, stop)
    assert asked == [2, 2]
    index = open_collection(*arguments)
    assert asked == [2, 2, 2]
    assert index.rank("租金", 6) == whole.rank("租金", 6)
    assert not list((tmp_path / "cache").rglob("parts"))


def test_a_cache_that_cannot_be_written(lawqa, beir, tmp_path):
    (tmp_path / "cache").write_text("a file, not a folder")
    with pytest.raises(IndexFault, match="--cache"):
        opened(lawqa, beir, tmp_path / "cache")
