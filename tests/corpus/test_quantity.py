"""Quantities are read whatever their spelling, and dates are none."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawqa.corpus.numerals import to_chinese
from lawqa.corpus.quantity import quantities


@pytest.mark.parametrize(
    ("text", "value", "dimension"),
    [
        ("不少于六个月", 6, "months"),
        ("保存三年", 36, "months"),
        ("3年", 36, "months"),
        ("五十万元以下", 500_000, "yuan"),
        ("50万元", 500_000, "yuan"),
        ("５０万元", 500_000, "yuan"),
        ("10个工作日内", 10, "workdays"),
        ("不满十四周岁", 14, "age"),
        ("营业额百分之五", 5, "percent"),
        ("5%", 5, "percent"),
        ("1000万人", 10_000_000, "people"),
        ("四小时", 4, "hours"),
    ],
)
def test_a_quantity_is_read_in_the_unit_of_its_dimension(text, value, dimension):
    (found,) = quantities(text)
    assert (found.value, found.dimension) == (Fraction(value), dimension)
    assert found.text in text


@pytest.mark.parametrize("text", ["2023年8月15日起施行", "2024年", "8月15日", "第二十三条", "没有数字"])
def test_dates_and_article_numbers_are_no_quantities(text):
    assert quantities(text) == []


@given(st.integers(min_value=1, max_value=999))
def test_chinese_and_arabic_numerals_mean_the_same(number):
    (chinese,), (arabic,) = quantities(f"{to_chinese(number)}元"), quantities(f"{number}元")
    assert chinese.value == arabic.value == number
