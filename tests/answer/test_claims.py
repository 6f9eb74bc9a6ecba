from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawqa.answer.claims import Claim, ClaimReader

TEXT = (
    "<think>先想。[1]</think>结论：应当评估。[1][2]引文是“甲。乙”[3]。\n\n"
    "- 第一项不得侵害。 [4, 5]\n1. 第二项。【6】 可以吗？[7]\n没有标记的话\n最后一句［8］"
)
CLAIMS = [
    Claim("结论：应当评估。", (1, 2), True),
    Claim("引文是“甲。乙”。", (3,)),
    Claim("第一项不得侵害。", (4, 5), True, True),
    Claim("第二项。", (6,), True, True),
    Claim("可以吗？", (7,)),
    Claim("没有标记的话", (), True),
    Claim("最后一句", (8,), True),
]


def read(pieces: list[str]) -> list[Claim]:
    reader = ClaimReader()
    return [c for piece in pieces for c in reader.feed(piece)] + reader.close()


def test_sentences_with_their_markers() -> None:
    assert read([TEXT]) == CLAIMS


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, len(TEXT)), max_size=20))
def test_cutting_the_stream_anywhere_changes_nothing(cuts: list[int]) -> None:
    at = [0, *sorted(cuts), len(TEXT)]
    assert read([TEXT[a:b] for a, b in itertools.pairwise(at)]) == CLAIMS


@given(st.text(alphabet="。[]【1】9“”\n<think>甲 ,", max_size=60), st.integers(1, 9))
@settings(deadline=None)
def test_no_marker_of_any_text_is_lost(text: str, size: int) -> None:
    whole, cut = read([text]), read([text[i : i + size] for i in range(0, len(text), size)])
    assert [m for c in whole for m in c.markers] == [m for c in cut for m in c.markers]


def test_a_sentence_is_given_as_soon_as_it_is_whole() -> None:
    reader = ClaimReader()
    assert reader.feed("应当评估。[1") == []
    assert reader.feed("]") == []
    assert reader.feed("下") == [Claim("应当评估。", (1,), True)]


@pytest.mark.parametrize("text", ["", "\n\n", "<think>没有写完", " \n "])
def test_nothing_said(text: str) -> None:
    assert read([text]) == []
