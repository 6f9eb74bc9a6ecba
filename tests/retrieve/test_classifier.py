"""The classifier of questions: its file, what it was learnt from, and its signal."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lawqa.corpus.editorial import load_editorial
from lawqa.lawqa import LawQA
from lawqa.retrieve.classifier import BEYOND_CLASS, Classifier, bag, features, load_classifier, save_classifier
from lawqa.retrieve.fusion import learnt_weights
from lawqa.retrieve.signals import Signals
from lawqa.text.tokenise import Tokeniser


@pytest.fixture(scope="module")
def shipped() -> Classifier:
    classifier = learnt_weights().classifier
    assert classifier is not None
    return classifier


def test_the_file_gives_back_what_was_written(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    names = ("a:1", "a:2", f"{BEYOND_CLASS}0")
    made = Classifier(rng.normal(size=(64, 8)), rng.normal(size=(3, 8)), rng.normal(size=3), names)
    save_classifier(made, tmp_path / "c.safetensors")
    read = load_classifier(tmp_path / "c.safetensors")
    assert read.names == names
    assert list(read.beyond) == [2]
    assert list(read.rows(["a:2", "b:1"])) == [1, -1]
    tokeniser = Tokeniser()
    question = features("训练数据", tokeniser)
    assert np.allclose(read(question), made(question), atol=0.02)
    assert read.digest == load_classifier(tmp_path / "c.safetensors").digest != made.digest


def test_a_bag_has_words_characters_and_bigrams_once() -> None:
    tokeniser = Tokeniser()
    assert len(bag(features("数据数据", tokeniser), 1 << 16)) == 5  # 数据, 数, 据, 数据 and 据数 as bigrams
    assert list(bag(features("刷脸", tokeniser), 1 << 16)) == list(bag(features("刷脸！", tokeniser), 1 << 16))
    assert list(bag(features("？", tokeniser), 1 << 16)) == [0]


def test_it_was_learnt_from_the_notes_that_are_held(lawqa: LawQA, shipped: Classifier) -> None:
    """Fails when notes come or go: run tools/train_classifier.py and tools/train_ranker.py."""
    editorial = load_editorial(lawqa.corpus)
    provisions = {name for name in shipped.names if not name.startswith(BEYOND_CLASS)}
    assert provisions == {str(ref) for ref in editorial.notes}
    assert len(shipped.beyond) == len(editorial.beyond)


def test_the_likeliest_provision_has_the_whole_signal(lawqa: LawQA, shipped: Classifier) -> None:
    signal = Signals(lawqa.index, shipped)("不同意收集就不让用，可以吗").provisions["classified"]
    assert str(lawqa.index.refs[int(signal.argmax())]) == "personal-information-protection-law-2021:16"
    assert signal.max() == 1
    assert (signal >= 0).all()


def test_what_nothing_answers_is_a_class_of_its_own(lawqa: LawQA, shipped: Classifier) -> None:
    signals = Signals(lawqa.index, shipped)
    assert signals("帮我写一首关于春天的诗").beyond_class > 0.5 > signals("算法备案要在几天内办").beyond_class


def test_a_provision_without_notes_was_not_learnt_from_them(
    lawqa: LawQA, shipped: Classifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lawqa.index, "note", lambda ref: None)
    assert not Signals(lawqa.index, shipped)("不同意收集就不让用，可以吗").provisions["classified"].any()


def test_without_a_classifier_nothing_is_classified(lawqa: LawQA) -> None:
    matches = Signals(lawqa.index)("不同意收集就不让用，可以吗")
    assert not matches.provisions["classified"].any()
    assert matches.beyond_class == 0
