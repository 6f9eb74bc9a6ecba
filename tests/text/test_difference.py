"""Where two texts part, character by character."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lawqa.text.difference import align, segments_between
from lawqa.text.skeleton import skeleton_of

CHINESE = st.text(alphabet="甲乙丙丁，。；（一）第条应当不得1２a “”\n", max_size=60)


@given(CHINESE, CHINESE)
def test_the_runs_of_two_texts_give_both_back(a: str, b: str) -> None:
    runs = segments_between(a, b)
    if skeleton_of(a).text and skeleton_of(b).text:
        assert "".join(r.quote for r in runs) == a
        assert "".join(r.law for r in runs) == b


def test_alignment_leaves_out_what_stands_around() -> None:
    found = align("应当在合理位置标识", "提供服务的应当在内容的合理位置标识并提示")
    assert [op[0] for op in found.ops] == ["equal", "insert", "equal"]
