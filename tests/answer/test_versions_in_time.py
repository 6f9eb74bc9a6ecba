"""Which version of a law is quoted, and what is said of it."""

from __future__ import annotations

import pytest

from lawqa.lawqa import LawQA

OLD, NEW = "cybersecurity-law-2016:21", "cybersecurity-law-2025:21"


@pytest.mark.parametrize(
    ("question", "ref"),
    [
        ("2024年的网络安全法第二十一条", OLD),  # no version is of that year: the one in force in it
        ("前年的网安法第21条", OLD),
        ("2025年的网络安全法第二十一条", NEW),  # the version of that year
        ("网络安全法第二十一条", NEW),
    ],
)
def test_a_year_before_the_name(lawqa: LawQA, question: str, ref: str) -> None:
    assert {c.ref.split(".")[0] for c in lawqa.ask(question).citations} == {ref}


def test_a_version_that_was_changed_since_is_not_called_in_force(lawqa: LawQA) -> None:
    answer = lawqa.ask("2024年的网络安全法第二十一条").answer
    assert "当时有效，现已被修改" in answer
    assert "现行有效" not in answer
    assert "2024年12月31日" in answer


@pytest.mark.parametrize("then", ["修改以前呢？", "旧法怎么规定？"])
def test_the_version_before_is_asked_the_same(lawqa: LawQA, then: str) -> None:
    answer = lawqa.ask(then, history=["网安法规定网络日志要留多久？"])
    assert answer.citations[0].ref.startswith(OLD)


def test_a_law_with_one_version_has_none_before(lawqa: LawQA) -> None:
    answer = lawqa.ask("修改前呢？", history=["个人信息保护法对敏感个人信息怎么规定？"])
    assert all(c.ref.startswith("personal-information-protection-law-2021") for c in answer.citations)


def test_what_the_asker_believes_of_a_date_is_no_date_of_the_law(lawqa: LawQA) -> None:
    answer = lawqa.ask("数据安全法是2020年施行的吧")
    assert "自2021年9月1日起施行" in answer.answer
    assert "尚未" not in answer.answer


def test_the_words_of_a_date_find_no_article_on_entry_into_force(lawqa: LawQA) -> None:
    cited = {c.ref.split(".")[0] for c in lawqa.ask("AI图片没加标识，去年10月的事，违反标识办法吗").citations}
    assert "ai-content-labeling-measures-2025:14" not in cited
