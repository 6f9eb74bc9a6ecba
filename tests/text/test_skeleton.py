"""What counts when texts are compared, and where it stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lawqa.text.skeleton import skeleton_of

CHINESE = st.text(alphabet="甲乙丙丁，。；（一）第条应当不得1２a “”\n", max_size=60)


@given(CHINESE)
def test_a_skeleton_knows_its_places(text: str) -> None:
    skeleton = skeleton_of(text)
    assert len(skeleton.text) == len(skeleton.at)
    assert list(skeleton.at) == sorted(set(skeleton.at))
    for char, place in zip(skeleton.text, skeleton.at, strict=True):
        assert skeleton_of(text[place]).text in ("", char)


def test_markers_of_items_do_not_count_but_references_do() -> None:
    assert skeleton_of("（一）甲；（二）乙").text == "甲乙"
    assert skeleton_of("第（三）项").text == "第三项"
