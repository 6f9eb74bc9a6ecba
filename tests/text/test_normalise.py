import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawqa.text.normalise import clean, fold, simplify, skeleton

#: What opencc and jieba may be given: any text that can be written as UTF-8.
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)


@given(TEXT)
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert len(simplify(text)) == len(text)


@given(TEXT)
def test_folding_twice_changes_nothing_more_in_length_or_digits(text: str) -> None:
    once = fold(text)
    assert len(fold(once)) == len(once)
    assert [c for c in once if c.isdigit() and c.isascii()] == [c for c in fold(once) if c.isdigit() and c.isascii()]


@given(st.text(max_size=60))
def test_clean_leaves_no_control_characters_and_can_be_written(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert cleaned == cleaned.strip()
    assert not any(ord(c) < 32 for c in cleaned)
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＰＩＰＬ第１３条", "pipl第13条"),
        ("暫行辦法（試行）", "暂行办法（试行）"),
        ("第7条(三)", "第7条（三）"),
        ("〈办法〉", "《办法》"),
        ("，。；：？！", "，。；：？！"),
        ("\u3000", " "),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_skeleton_is_blind_to_punctuation_only() -> None:
    assert skeleton("《办法》，第 7 条。") == skeleton("办法第7条")
    assert skeleton("办法第7条") != skeleton("办法第8条")


def test_zero_width_and_direction_marks_go() -> None:
    assert clean("训\u200b练\u202e数\ufeff据\x00\ud83d") == "训 练 数 据"
