import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawqa.text.tokenise import Tokeniser, bigrams, grams, hand_kept_terms


@pytest.fixture(scope="module")
def tokeniser() -> Tokeniser:
    return Tokeniser(["样章条例"])


@pytest.mark.parametrize(
    "term",
    ["深度合成服务提供者", "显式标识", "隐式标识", "算法备案", "生成式人工智能", "训练数据", "个人信息", "数据标注", "样章条例"],
)  # fmt: skip
def test_legal_terms_are_words(tokeniser: Tokeniser, term: str) -> None:
    assert term in tokeniser.words(f"关于{term}有哪些要求")


def test_every_hand_kept_term_survives(tokeniser: Tokeniser) -> None:
    lost = [t for t in hand_kept_terms() if not t.isascii() and t not in tokeniser.words(t)]
    assert lost == []


def test_width_script_and_case_do_not_matter(tokeniser: Tokeniser) -> None:
    assert tokeniser.tokens("ＡＰＩ個人信息") == tokeniser.tokens("api个人信息")


def test_parts_of_a_long_word_are_found_too(tokeniser: Tokeniser) -> None:
    words = tokeniser.words("生成式人工智能服务")
    assert {"生成式人工智能服务", "生成式", "人工", "智能"} <= set(words)


def test_bigrams() -> None:
    assert bigrams("个人信息 x 乙") == ["_个人", "_人信", "_信息"]


def test_only_stop_words_leave_nothing(tokeniser: Tokeniser) -> None:
    assert tokeniser.words("请问什么的呢？！") == []


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=40))
def test_any_text_is_cut(tokeniser: Tokeniser, text: str) -> None:
    assert all(isinstance(t, str) and t for t in tokeniser.tokens(text))


def test_grams_are_characters_bigrams_and_latin_words() -> None:
    assert grams("刷脸 APP，２０25") == ["刷", "脸", "app", "2025", "_刷脸"]
    assert grams("。！") == []
