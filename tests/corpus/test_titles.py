from datetime import date

import pytest

from lawqa.corpus import Corpus
from lawqa.corpus.titles import Titles
from tests.conftest import TODAY

GENAI = "genai-interim-measures-2023"
CSL, OLD_CSL = "cybersecurity-law-2025", "cybersecurity-law-2016"


def test_every_name_finds_its_document(corpus: Corpus, titles: Titles) -> None:
    for instrument in corpus.instruments:
        for name in (instrument.title, *instrument.short_titles, instrument.english_title, instrument.original_title):
            if name:
                assert instrument.id in {m.id for m in titles.meanings(name)}, name


def test_every_catalog_title_is_known(corpus: Corpus, titles: Titles) -> None:
    for entry in corpus.catalog:
        assert entry.id in {m.id for m in titles.meanings(entry.title)}


@pytest.mark.parametrize(
    ("name", "day", "id"),
    [
        ("网络安全法", TODAY, CSL),
        ("网络安全法", date(2024, 1, 1), OLD_CSL),
        ("中华人民共和国网络安全法", date(2024, 1, 1), OLD_CSL),
        ("网安法", date(2010, 1, 1), OLD_CSL),
        ("旧网安法", TODAY, OLD_CSL),
        ("修改后的网络安全法", date(2024, 1, 1), CSL),
        ("《個人信息保護法》", TODAY, "personal-information-protection-law-2021"),
        ("ｐｉｐｌ", TODAY, "personal-information-protection-law-2021"),
        ("暂行办法", TODAY, GENAI),
        ("暂行办法", date(2020, 1, 1), GENAI),
    ],
)
def test_which_version_a_name_means(titles: Titles, name: str, day: date, id: str) -> None:
    assert titles.resolve(name, day) == (id,)


def test_editions(titles: Titles) -> None:
    assert titles.edition("网络安全法", "2016") == (OLD_CSL,)
    assert titles.edition("网络安全法", "2017") == (OLD_CSL,)  # by its effective date
    assert titles.edition("网络安全法", "2025") == (CSL,)
    assert titles.edition("网络安全法", "1999") == ()


def test_ascii_names_stand_alone(titles: Titles) -> None:
    assert titles.pattern.search("adslx") is None
    assert titles.pattern.search("the dsl says")


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("生成式人工智能服务暂行管理办法", "生成式人工智能服务管理暂行办法"),
        ("中华人民共和国个人信息的保护法", "中华人民共和国个人信息保护法"),
        ("网络数据管理安全条例", "网络数据安全管理条例"),
        ("深度合成服务的管理规定", "互联网信息服务深度合成管理规定"),
        ("新一代人工智能伦理规则", "新一代人工智能伦理规范"),
    ],
)
def test_near_titles_are_offered(titles: Titles, name: str, near: str) -> None:
    assert titles.near(name)[0] == near


@pytest.mark.parametrize("name", ["民法典", "婚姻法", "", "x", "关于"])
def test_nothing_near_is_nothing(titles: Titles, name: str) -> None:
    assert titles.near(name) == ()


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("伦理规范", "ai-ethics-norms-2021"),
        ("治理原则", "ai-governance-principles-2019"),
        ("管理规定", None),  # of several
        ("规定", None),  # too short
        ("网络安全法", CSL),  # the version of the day
    ],
)
def test_the_end_of_a_title(titles: Titles, name: str, id: str | None) -> None:
    assert titles.ending(name, TODAY) == id


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("算法推荐", "algorithm-recommendation-provisions-2021"),
        ("深度合成", "deep-synthesis-provisions-2022"),
        ("生成式AI", "genai-interim-measures-2023"),  # the draft is not in force
        ("人工智能", None),
        ("网络", None),
    ],
)
def test_the_beginning_of_a_name(titles: Titles, name: str, id: str | None) -> None:
    assert titles.beginning(name, TODAY) == id
