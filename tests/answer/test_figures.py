from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawqa.answer.figures import figures_of, unsupported, value_of
from lawqa.corpus.numerals import to_chinese


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一百万", 1e6),
        ("100万", 1e6),
        ("1,000", 1000),
        ("五千万", 5e7),
        ("一千二百万", 1.2e7),
        ("1.5亿", 1.5e8),
        ("两", 2),
        ("一亿五千万", 1.5e8),
    ],
)
def test_values(text: str, value: float) -> None:
    assert value_of(text) == value


@given(st.integers(1, 9999))
def test_chinese_and_arabic_numerals_are_the_same(number: int) -> None:
    assert value_of(to_chinese(number)) == value_of(str(number)) == number


@pytest.mark.parametrize(
    ("claim", "support"),
    [
        ("5日内报告", "应当在五日内报告"),
        ("罚款100万元", "一百万元以下罚款"),
        ("自2023年8月15日起施行", "本办法自2023年8月15日起施行。"),
        ("2023年8月施行", "自2023年8月15日起施行"),
        ("满14岁", "满十四周岁"),
        ("营业额的5％", "营业额百分之五"),
        ("十个工作日", "10个工作日内"),
        ("任何一个平台，一般规则，第三方，十分重要", "没有数"),
        ("第七条第一款第（三）项", "没有数"),
        ("最高50万元", "五十万元以下"),
        ("一年内", "十二个月内"),
        ("至少保存六个月", "保存期限不少于六个月"),
    ],
)
def test_supported(claim: str, support: str) -> None:
    assert unsupported(claim, support) == []


@pytest.mark.parametrize(
    ("claim", "support", "missing"),
    [
        ("6日内报告", "应当在五日内报告", ["6日"]),
        ("五个月内报告", "应当在五日内报告", ["五个月"]),
        ("五个工作日", "五日内", ["五个工作日"]),
        ("五十万元以上", "五十万元以下", ["五十万元"]),
        ("2024年8月15日施行", "自2023年8月15日起施行", ["2024年8月15日"]),
        ("二十万元以上五十万元以下", "十万元以上五十万元以下，二十万元以上一百万元以下", ["二十万元以上五十万元"]),
        ("令第15号", "没有数", ["15号"]),
        ("共24条", "没有数", ["24条"]),
        ("三项要求", "（一）甲；（二）乙；（三）丙", ["三项"]),
    ],
)
def test_unsupported(claim: str, support: str, missing: list[str]) -> None:
    assert unsupported(claim, support) == missing


def test_bounds() -> None:
    assert [(q.value, q.unit, q.bound) for q in figures_of("一万元以上十万元以下，不少于三年")] == [
        (1e4, "yuan", "lower"),
        (1e5, "yuan", "upper"),
        (36, "months", "lower"),
    ]
