import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawqa.corpus.numerals import parse_numeral, to_chinese

NUMBERS = st.integers(min_value=1, max_value=9999)


@given(NUMBERS)
def test_chinese_numerals_are_read_back(number: int) -> None:
    assert parse_numeral(to_chinese(number)) == number


@given(NUMBERS)
def test_every_script_writes_the_same_number(number: int) -> None:
    full_width = str(number).translate({ord("0") + i: 0xFF10 + i for i in range(10)})
    assert parse_numeral(str(number)) == parse_numeral(full_width) == number


@given(NUMBERS, NUMBERS)
def test_different_numbers_are_written_differently(a: int, b: int) -> None:
    assert (to_chinese(a) == to_chinese(b)) == (a == b)


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_none(text: str) -> None:
    number = parse_numeral(text)
    assert number is None or number >= 0


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("七", 7),
        ("十", 10),
        ("十一", 11),
        ("二十", 20),
        ("一百零三", 103),
        ("一百〇三", 103),
        ("一〇三", 103),
        ("一百一十", 110),
        ("一百十", 110),
        ("两百", 200),
        ("１２", 12),
        (" 7 ", 7),
        ("", None),
        ("七八十", None),
        ("十百", None),
        ("第七", None),
        ("9" * 5000, None),
    ],
)
def test_spellings(text: str, number: int | None) -> None:
    assert parse_numeral(text) == number


@pytest.mark.parametrize("number", [0, -1, 10000])
def test_numbers_that_statutes_do_not_have(number: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        to_chinese(number)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (7, "七"),
        (10, "十"),
        (21, "二十一"),
        (103, "一百零三"),
        (110, "一百一十"),
        (1003, "一千零三"),
        (1030, "一千零三十"),
    ],
)
def test_numerals_are_spelt_as_statutes_spell_them(number: int, text: str) -> None:
    assert to_chinese(number) == text
