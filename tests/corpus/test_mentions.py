"""The reader of citations. A wrong reading here is a wrong citation in front of a lawyer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawqa.corpus import Corpus
from lawqa.corpus.label import precise_label
from lawqa.corpus.mentions import Mention, find_mentions
from lawqa.corpus.titles import Titles
from tests.conftest import TODAY

GENAI = "genai-interim-measures-2023"
DRAFT = "genai-measures-draft-2023"
DEEP = "deep-synthesis-provisions-2022"
CSL = "cybersecurity-law-2025"
OLD_CSL = "cybersecurity-law-2016"
DSL = "data-security-law-2021"
PIPL = "personal-information-protection-law-2021"
PLAN = "next-gen-ai-plan-2017"


def read(text: str, titles: Titles, context: str | None = None, inside: bool = False) -> list[Mention]:
    return find_mentions(text, titles, TODAY, context, inside)


def refs(text: str, titles: Titles, context: str | None = None, inside: bool = False) -> list[str]:
    """Every target as a reference; one that does not exist ends in ``!``, one without a document is ``?``."""
    targets = [t for m in read(text, titles, context, inside) for t in m.targets]
    return [f"{t.ref or '?'}{'' if t.exists else '!'}" for t in targets]


def test_every_label_is_read_back(corpus: Corpus, titles: Titles) -> None:
    """parse∘label = identity, on every provision and every 款 and 项."""
    wrong = []
    for provision in corpus.provisions.values():
        pieces = [ref for ref, _ in provision.pieces()] if provision.is_article else []
        for ref in {provision.ref, *pieces}:
            label = precise_label(provision, ref)
            mentions = read(label, titles)
            if [str(t.ref) for m in mentions for t in m.targets if t.exists] != [str(ref)] or mentions[0].text != label:
                wrong.append(label)
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # names: full, short, abbreviated, English; 《》 or not
        ("《生成式人工智能服务管理暂行办法》第七条", [f"{GENAI}:7"]),
        ("生成式人工智能服务管理暂行办法第七条", [f"{GENAI}:7"]),
        ("《中华人民共和国个人信息保护法》第十三条", [f"{PIPL}:13"]),
        ("《个人信息保护法》第十三条", [f"{PIPL}:13"]),
        ("个保法第十三条", [f"{PIPL}:13"]),
        ("PIPL第二十四条", [f"{PIPL}:24"]),
        ("网安法 21条", [f"{CSL}:21"]),
        ("暂行办法7条", [f"{GENAI}:7"]),
        ("暂行办法的第七条", [f"{GENAI}:7"]),
        ("暂行办法里的第七条", [f"{GENAI}:7"]),
        ("征求意见稿第17条", [f"{DRAFT}:17"]),
        # numerals: Arabic, full-width; script
        ("暂行办法第7条第1款第(3)项", [f"{GENAI}:7.1.3"]),
        ("暂行办法第７条第１款第３项", [f"{GENAI}:7.1.3"]),
        ("暫行辦法第七條第一款第（三）項", [f"{GENAI}:7.1.3"]),
        ("《個人信息保護法》第十三條", [f"{PIPL}:13"]),
        # 款 and 项
        ("暂行办法第七条第一款第三项", [f"{GENAI}:7.1.3"]),
        ("暂行办法第七条第（三）项", [f"{GENAI}:7.1.3"]),
        ("暂行办法第七条（三）", [f"{GENAI}:7.1.3"]),
        ("《生成式人工智能服务管理暂行办法》第7条(三)", [f"{GENAI}:7.1.3"]),
        ("暂行办法第7条(三)项", [f"{GENAI}:7.1.3"]),
        ("暂行办法四条一款二项", [f"{GENAI}:4.1.2"]),
        ("暂行办法 7.1.3", [f"{GENAI}:7.1.3"]),
        (f"{GENAI}:7.1.3", [f"{GENAI}:7.1.3"]),
        (f"请看{GENAI}：7。", [f"{GENAI}:7"]),
        # lists and ranges
        ("暂行办法第十七、十八条", [f"{GENAI}:17", f"{GENAI}:18"]),
        ("网络安全法第三、五条", [f"{CSL}:3", f"{CSL}:5"]),
        ("暂行办法第三条至第五条", [f"{GENAI}:3", f"{GENAI}:4", f"{GENAI}:5"]),
        ("暂行办法第3-5条", [f"{GENAI}:3", f"{GENAI}:4", f"{GENAI}:5"]),
        ("暂行办法第7~9条", [f"{GENAI}:7", f"{GENAI}:8", f"{GENAI}:9"]),
        ("个保法第13条第1款第2-7项", [f"{PIPL}:13.1.{n}" for n in range(2, 8)]),
        ("个保法第十三条第一款第（二）项至第（七）项", [f"{PIPL}:13.1.{n}" for n in range(2, 8)]),
        ("个保法第十三条第一款第（二）、（四）项", [f"{PIPL}:13.1.2", f"{PIPL}:13.1.4"]),
        ("暂行办法第七条、第九条第二款及第十条", [f"{GENAI}:7", f"{GENAI}:9.2", f"{GENAI}:10"]),
        ("深度合成规定第十四条第一款、第二款", [f"{DEEP}:14.1", f"{DEEP}:14.2"]),
        # several documents
        ("《网络安全法》《数据安全法》第三条", [f"{DSL}:3"]),
        ("《网络安全法》第三条、《数据安全法》第五条和第六条", [f"{CSL}:3", f"{DSL}:5", f"{DSL}:6"]),
        ("网络安全法第二十一条、同法第十条", [f"{CSL}:21", f"{CSL}:10"]),
        ("暂行办法第七条以及《深度合成规定》第九条", [f"{GENAI}:7", f"{DEEP}:9"]),
        # editions
        ("网络安全法（2016）21条", [f"{OLD_CSL}:21"]),
        ("《网络安全法》（2016年11月7日通过）第二十一条", [f"{OLD_CSL}:21"]),
        ("《中华人民共和国网络安全法（2016年）》第21条", [f"{OLD_CSL}:21"]),
        ("2016年的网络安全法第二十一条", [f"{OLD_CSL}:21"]),
        ("2017年施行的那部不算，旧网安法21条", [f"{OLD_CSL}:21"]),
        ("《网络安全法》（2025年修正）第二十三条", [f"{CSL}:23"]),
        # remarks and abbreviations of the text's own
        ("生成式人工智能服务管理暂行办法（令第15号）第七条", [f"{GENAI}:7"]),
        ("《互联网信息服务深度合成管理规定》（以下简称《规定》）第六条，《规定》第七条", [f"{DEEP}:6", f"{DEEP}:7"]),
        ("《数据安全法》（下称“数法”）很要紧。数法第三条", [f"{DSL}:3"]),
        # sections of documents without articles
        ("《新一代人工智能发展规划》五、（一）", [f"{PLAN}:5.1"]),
        ("新一代人工智能发展规划第五部分第（一）项", [f"{PLAN}:5.1"]),
        ("新一代人工智能发展规划 5.1", [f"{PLAN}:5.1"]),
        # English
        ("Article 7 of the Interim Measures for the Management of Generative Artificial Intelligence Services", [f"{GENAI}:7"]),
        ("art. 24 PIPL", [f"{PIPL}:24"]),
        ("PIPL Art. 13(1)(2)", [f"{PIPL}:13.1.2"]),
        ("Articles 13 and 14 of the PIPL", [f"{PIPL}:13", f"{PIPL}:14"]),
        ("Articles 13-15 of the Data Security Law", [f"{DSL}:13", f"{DSL}:14", f"{DSL}:15"]),
        ("Article 13, paragraph 1, item 2 of the Personal Information Protection Law", [f"{PIPL}:13.1.2"]),
        # what does not exist is read, and said not to exist
        ("暂行办法第100条", [f"{GENAI}:100!"]),
        ("暂行办法第七条第二款", [f"{GENAI}:7.2!"]),
        ("科技进步法第七条之一第二款", ["science-technology-progress-law-2021:7-1.2!"]),
        (f"{GENAI}:99", [f"{GENAI}:99!"]),
    ],
)  # fmt: skip
def test_citations(titles: Titles, text: str, expected: list[str]) -> None:
    assert refs(text, titles) == expected


@pytest.mark.parametrize(
    ("text", "context", "expected"),
    [
        ("第七条", GENAI, [f"{GENAI}:7"]),
        ("第七条", None, ["?!"]),
        ("办法第七条", GENAI, [f"{GENAI}:7"]),
        ("该办法第五条", GENAI, [f"{GENAI}:5"]),
        ("这个规定第九条", GENAI, [f"{GENAI}:9"]),
        ("Article 7 of the Interim Measures", GENAI, [f"{GENAI}:7"]),
        ("第二十条之一", GENAI, [f"{GENAI}:20-1!"]),
        # a name in the text beats the context, also from the sentence before, also from behind
        ("网络安全法我看了。第二十一条讲什么", GENAI, [f"{CSL}:21"]),
        ("第二十一条，网络安全法的", GENAI, [f"{CSL}:21"]),
        ("第七条和《网络安全法》第二十一条", GENAI, [f"{GENAI}:7", f"{CSL}:21"]),
        # 本规定 is never an 办法
        ("深度合成规定第五条，本规定第九条", GENAI, [f"{DEEP}:5", f"{DEEP}:9"]),
        ("办法第七条和规定第九条", GENAI, [f"{GENAI}:7", "?!"]),
    ],
)
def test_citations_in_context(titles: Titles, text: str, context: str | None, expected: list[str]) -> None:
    assert refs(text, titles, context) == expected


def test_text_of_a_law_speaks_of_itself(titles: Titles) -> None:
    """本法 and a bare article inside 数据安全法 mean it, whatever law was named before."""
    text = "适用《中华人民共和国网络安全法》的规定。违反本法第二十七条的，依照第四十五条处罚。"
    assert refs(text, titles, DSL, inside=True) == [f"{DSL}:27", f"{DSL}:45"]


@pytest.mark.parametrize(
    "text",
    [
        "电子商务法第十八条",
        "刑法第二百八十五条",
        "突发事件应对法第三条",
        "算法规定第二十四条",
        "德国网络安全法第21条",
        "个人信息保护法实施细则第三条",
        "《民法典》第一百一十条",
        "《关于〈生成式人工智能服务管理暂行办法〉的解读》第七条",
        "《生成式人工智能服务暂行管理办法》第七条",
        "根据《网络安全法》制定的数据分类规则第七条",
        "《未成年人网络保护条例》第八条",
        "拟人化互动管理办法出来了，该办法第五条说什么",
        "网络安全法（1999）第三条是假的吗，电子签名法第三条呢",
    ],
)
def test_a_name_not_held_is_never_another_document(titles: Titles, text: str) -> None:
    found = [m for m in read(text, titles, GENAI) if m.targets]
    assert found
    last = found[-1]
    assert last.unknown or last.catalog
    assert all(t.ref is None and not t.exists for t in last.targets)


@pytest.mark.parametrize(
    "text",
    [
        "列出7条要求",
        "七条",
        "满足第一条件",
        "第3条消息",
        "前款规定的情形",
        "这条路",
        "1.2.3",
        "共24条",
        "",
        "第条",
        "第零条款",
    ],
)
def test_what_is_no_citation(titles: Titles, text: str) -> None:
    assert [t for t in refs(text, titles, GENAI) if not t.endswith("!")] == []


def test_ambiguous_noun_names_all_it_may_mean(titles: Titles) -> None:
    (mention,) = read("规定第九条", titles, GENAI)
    assert set(mention.documents) == {DEEP, "algorithm-recommendation-provisions-2021"}


def test_spans_are_literal(titles: Titles) -> None:
    text = "依照《個保法》第１３條，另见 PIPL Art. 24(1)；Article 7 of the Interim Measures。"
    for mention in read(text, titles, GENAI):
        assert text[mention.start : mention.end] == mention.text


PARTS = st.sampled_from(
    ["第", "七", "条", "款", "项", "（", "）", "《", "》", "〈", "至", "、", "之", "7", "(", "网络安全法", "暂行办法", "该办法", "办法",
     "（以下简称", "art. ", "7.1", "2016年的", "。", " ", "\n", "及", "实施细则", ":", "the measures", "x-2020:1", "的", "和", "前款", "\u3000"]
)  # fmt: skip


@given(st.lists(PARTS, max_size=24).map("".join), st.sampled_from([None, GENAI, PLAN]), st.booleans())
def test_any_text_is_read_without_error(titles: Titles, text: str, context: str | None, inside: bool) -> None:
    for mention in find_mentions(text, titles, TODAY, context, inside):
        assert text[mention.start : mention.end] == mention.text
        for target in mention.targets:
            assert not target.exists or (target.ref and titles.corpus.provision(target.ref))


def test_long_text_is_read_in_time_that_grows_with_it(titles: Titles) -> None:
    text = "依照《网络安全法》第二十一条第一款第（一）项、该法第三条，" * 400 + "（" * 2000 + "第" * 2000 + "法" * 2000
    assert len(read(text, titles)) >= 800


def test_an_edition_that_never_was(titles: Titles) -> None:
    (mention,) = read("网络安全法（1999年）第三条", titles, GENAI)
    assert mention.unknown
