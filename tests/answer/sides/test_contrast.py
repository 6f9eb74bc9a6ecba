"""What is said of a difference is read from the quoted words."""

import pytest

from lawqa.answer.definition import defining
from lawqa.answer.sides.contrast import amended, between, ceiling, figures, only, relative
from lawqa.answer.sides.naming import joined, listed
from lawqa.lawqa import LawQA
from tests.answer.sides.articles import article


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("处一万元以上十万元以下罚款", ["一万元以上十万元以下"]),
        ("并处违法所得一倍以上十倍以下罚款", ["一倍以上十倍以下"]),
        ("上一年度营业额百分之五以下", ["百分之五以下"]),
        ("不满十四周岁，应当在十五个工作日内", ["不满十四周岁", "十五个工作日内"]),
        ("本法自2017年6月1日起施行，违反本法第五十九条第一款", []),
        ("五年内不得从事，留存不少于六个月", ["五年内", "不少于六个月"]),
    ],
)
def test_figures(text: str, found: list[str]) -> None:
    assert figures([text]) == found


def test_ceiling_is_of_fines_only() -> None:
    assert ceiling(["处五十万元以上二百万元以下罚款", "处十万元以下罚款"]) == "二百万元"
    assert ceiling(["并处五千万元以下或者上一年度营业额百分之五以下罚款"]) == "五千万元"
    assert ceiling(["违法所得五十万元以下的，不予处罚；情节严重的，处罚款"]) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("并处五千万元以下或者上一年度营业额百分之五以下罚款", ["上一年度营业额百分之五以下"]),
        ("没收违法所得，并处违法所得一倍以上十倍以下罚款", ["违法所得一倍以上十倍以下"]),
        ("处五十万元以下罚款", []),
        ("持有百分之五以下的股份", []),
    ],
)
def test_fines_bounded_by_a_share_or_a_multiple(text: str, found: list[str]) -> None:
    assert relative([text]) == found


def test_equal_ceilings_are_said_to_be_equal_and_the_ranges_below_are_not_set_against_each_other() -> None:
    one = [article("1", "处一万元以上五万元以下罚款；情节严重的，处二百万元以上一千万元以下罚款。")]
    other = [article("2", "处五万元以上五十万元以下罚款；情节严重的，处一百万元以上一千万元以下罚款。")]
    for asked in (True, False):
        assert between([one, other], ["前者", "后者"], asked) == "所引条文里罚款的最高数额相同，都是“一千万元”"
    share = [article("3", "处一千万元以下或者上一年度营业额百分之五以下罚款。")]
    assert between([one, share], ["前者", "后者"], True) == (
        "所引条文里罚款的最高数额相同，都是“一千万元”（后者另有“上一年度营业额百分之五以下”）"
    )


def test_figures_beside_the_fines_are_still_compared() -> None:
    one = [article("1", "应当在三日内改正，否则处一万元以下罚款。")]
    other = [article("2", "应当在五日内改正，否则处一万元以下罚款。")]
    assert between([one, other], ["前者", "后者"], True) == (
        "所引条文里罚款的最高数额相同，都是“一万元”；数字上，前者写的是“三日内”，后者写的是“五日内”"
    )


def test_the_alternative_to_the_highest_amount_is_named() -> None:
    one = [article("1", "处一千万元以下罚款。")]
    other = [article("2", "处五千万元以下或者上一年度营业额百分之五以下罚款。")]
    assert between([one, other], ["前者", "后者"], True) == (
        "所引条文里罚款的最高数额，前者是“一千万元”，后者是“五千万元”（另有“上一年度营业额百分之五以下”）"
    )


def test_figures_of_one_side_only_are_said_to_be_that() -> None:
    one, other = [article("1", "应当在三日内或者六个月内告知。")], [article("2", "应当在五日内或者六个月内告知。")]
    assert between([one, other], ["前者", "后者"], True) == (
        "数字上，所引文字里只有前者写到“三日内”，只有后者写到“五日内”"
    )


def test_only() -> None:
    assert only(["甲", "乙"], ["乙", "丙"]) == ["甲"]


def test_figures_are_named_where_both_sides_have_some_or_they_are_asked_for() -> None:
    one, other = [article("1", "处一万元以下罚款。")], [article("2", "依法处罚。")]
    assert between([one, other], ["前者", "后者"], asked=False) == ""
    assert between([one, other], ["前者", "后者"], asked=True) == "数字上，前者写的是“一万元以下”，后者没有写数字"
    assert between([one, one], ["前者", "后者"], asked=True) == "所引条文里罚款的最高数额相同，都是“一万元”"


def test_lists_are_counted_where_both_sides_have_one() -> None:
    two, three = (article("1", "下列：", items=tuple(f"（{n}）甲；" for n in "一二三"[:k])) for k in (2, 3))
    plain = article("2", "应当告知。")
    assert between([[two], [three]], ["前者", "后者"], False) == "前者列举两项，后者列举三项"
    assert between([[two], [plain]], ["前者", "后者"], False) == ""
    assert between([[two, plain], [three]], ["前者", "后者"], False) == ""


def test_amended() -> None:
    old = article("1", "处一万元以上十万元以下罚款。")
    new = article("2", "处一万元以上十万元以下罚款。", "情节严重的，处一百万元以下罚款。")
    assert amended(old, new) == (
        "旧文本一款，新文本两款；所引文字里罚款的最高数额，旧文本“十万元”，新文本“一百万元”；新文本才有的数字“一百万元以下”"
    )
    assert amended(old, old) == ""
    same = article("3", "处五万元以上十万元以下罚款。")
    assert amended(old, same) == (
        "所引文字里罚款的最高数额相同，都是“十万元”；旧文本才有的数字“一万元以上十万元以下”，新文本才有的数字“五万元以上十万元以下”"
    )


@pytest.mark.parametrize(
    ("thing", "ref", "pieces"),
    [
        ("显式标识", "ai-content-labeling-measures-2025:3", 1),
        ("网络运营者", "cybersecurity-law-2025:78", 1),
        ("敏感个人信息", "personal-information-protection-law-2021:28", 1),
        ("个人信息", "personal-information-protection-law-2021:28", 0),
        ("深度合成技术", "deep-synthesis-provisions-2022:23", 1),
        ("标识", "ai-content-labeling-measures-2025:4", 0),
    ],
)
def test_defining(lawqa: LawQA, thing: str, ref: str, pieces: int) -> None:
    assert len(defining(thing, lawqa.corpus.provision(lawqa.corpus.parse(ref)))) == pieces


def test_naming(lawqa: LawQA) -> None:
    assert joined(["《甲》"]) == "《甲》"
    assert joined(["《甲》", "《乙》", "《丙》"]) == "《甲》、《乙》与《丙》"
    law = lawqa.corpus.instrument("data-security-law-2021")
    other = lawqa.corpus.instrument("cybersecurity-law-2025")
    provisions = [law.articles[0], law.articles[1], law.articles[2], other.articles[6]]
    assert listed(lawqa.corpus, provisions, 2) == (
        "《中华人民共和国数据安全法》第一条、第二条等，《中华人民共和国网络安全法》（2025年修正）第七条"
    )
