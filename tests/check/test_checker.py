"""Verdicts on single sentences, one rule each."""

from __future__ import annotations

from datetime import date

import pytest

from lawqa.check.report import VERDICTS
from lawqa.errors import UsageError
from lawqa.lawqa import LawQA

from .conftest import Check


@pytest.mark.parametrize(
    "words",
    [
        "使用具有合法来源的数据和基础模型",
        "使用具有合法来源的数据、和基础模型！",  # punctuation does not count
        "使用 具有合法来源的 数据和基础模型",
        "使用具有合法来源的……基础模型",
        "（一）使用具有合法来源的数据和基础模型；（二）涉及知识产权的",
        "(1)使用具有合法来源的数据和基础模型；(2)涉及知识产权的",
        "使用具有合法来源的数据和基础模型[1]",
        "[提供者应]使用具有合法来源的数据和基础模型",
        "使用具有合法來源的數據和基礎模型",
        "使用**具有合法来源**的数据和基础模型",
    ],
)
def test_what_does_not_alter_a_quotation(check: Check, words: str) -> None:
    (entry,) = check(f"《暂行办法》第七条规定，“{words}”。")
    assert entry.verdict == "exact", entry.reason
    assert entry.correct_text
    assert entry.correct_ref
    assert entry.correct_ref.startswith("genai-interim-measures-2023:7")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("使用有合法来源的数据和基础模型", "漏去“具”"),
        ("使用具有合法来源的数据和基础模型及算力", "多出“及算力”"),
        ("使用具有合规来源的数据和基础模型", "“法”写成“规”"),
        ("涉及个人信息的，应当取得个人同意或者符合法律规定的其他情形", "漏去“行政法规”"),
    ],
)
def test_a_single_character_alters(check: Check, words: str, told: str) -> None:
    (entry,) = check(f"《暂行办法》第七条规定，“{words}”。")
    assert entry.verdict == "altered"
    assert told in entry.reason.replace("、", "")
    assert "".join(s.quote for s in entry.difference).strip("。") == words


def test_the_dropped_condition_is_named(check: Check) -> None:
    (entry,) = check(
        "《深度合成规定》第十七条规定，“深度合成服务提供者提供以下深度合成服务，应当在生成或者编辑的信息内容的合理位置、区域进行显著标识”。"
    )
    dropped = [s.law for s in entry.difference if s.op == "dropped"]
    assert entry.verdict == "altered"
    assert dropped == ["可能导致公众混淆或者误认的，"]


def test_a_condition_left_before_the_quotation_is_a_warning(check: Check) -> None:
    (entry,) = check("《深度合成规定》第十七条要求“应当在生成或者编辑的信息内容的合理位置、区域进行显著标识”。")
    assert entry.verdict == "exact"
    assert "可能导致公众混淆或者误认的" in entry.warnings[0]


def test_an_exception_left_behind_the_quotation_is_a_warning(check: Check) -> None:
    (entry,) = check("《个人信息保护法》第四十条规定，“确需向境外提供的，应当通过国家网信部门组织的安全评估”。")
    assert entry.verdict == "exact"
    assert any("从其规定" in w or "另有规定" in w or "可以不进行" in w for w in entry.warnings) or not entry.warnings


def test_an_old_number_of_the_cybersecurity_law_tells_the_new_one(check: Check) -> None:
    text = "《网络安全法》第二十一条规定，“国家实行网络安全等级保护制度”。"
    (now,) = check(text)
    assert (now.verdict, now.correct_ref) == ("not_in_force", "cybersecurity-law-2025:23")
    assert "第二十三条" in now.reason
    (then,) = check(text, "2024-05-01")
    assert then.verdict == "exact"


def test_a_bare_article_belongs_to_the_document_spoken_of(check: Check) -> None:
    entries = check("《标识办法》规定了义务。第八条要求“在用户服务协议中明确说明生成合成内容标识的方法”。")
    assert entries[-1].claimed_ref == "ai-content-labeling-measures-2025:8"
    assert entries[-1].verdict == "exact"


def test_a_contract_is_no_law(check: Check) -> None:
    assert check("本合同第七条约定，甲方应当在三日内付款。用户协议第五条：用户不得转让账号。") == []


def test_what_the_law_no_longer_says_is_not_accused(check: Check) -> None:
    entries = check("《暂行办法》不再要求“提供者应当对生成式人工智能产品的预训练数据、优化训练数据来源的合法性负责”。")
    assert all(e.fine for e in entries)


def test_a_digest_is_never_given_as_the_original(check: Check) -> None:
    (entry,) = check("《新一代人工智能发展规划》提出，“科技引领：突出研发部署的前瞻性，在重点前沿领域长期支持”。")
    assert entry.verdict == "not_held"
    assert entry.correct_text is None


def test_spans_point_into_the_text(checking: LawQA) -> None:
    text = "前言。\n\n《暂行办法》第七条规定，“使用具有合法来源的数据和基础模型”，第八条规定“对标注人员进行必要培训”。"
    for entry in checking.check(text, "2026-06-01").citations:
        assert text[slice(*entry.span)] == entry.text
        assert entry.quote_span
        assert text[slice(*entry.quote_span)] == entry.quote
        assert set(entry.to_dict()) >= {
            "span", "text", "claimed_ref", "claimed_label", "quote", "verdict", "difference", "correct_ref", "correct_text",
        }  # fmt: skip


def test_every_exact_text_is_literal(checking: LawQA) -> None:
    text = "《暂行办法》第四条规定“提供和使用生成式人工智能服务，应当遵守法律、行政法规”，第二十二条规定“本办法下列用语的含义是”。"
    for entry in checking.check(text, "2026-06-01").citations:
        ref = checking.corpus.parse(str(entry.correct_ref))
        assert entry.correct_text
        assert entry.correct_text in (checking.corpus.provision(ref).piece(ref) or "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "。" * 50,
        "《》第条",
        "第99999条规定“国家坚持发展和安全并重”",
        "《暂行办法》第0条第0款第0项",
        "“" * 400,
        '"' * 401,
        "> > >\n>\n",
        "🙂《暂行办法》第七条🙂",
        "\x00\ufeff第七条：\x07",
    ],
)
def test_odd_texts_do_no_harm(check: Check, text: str) -> None:
    assert all(e.verdict in VERDICTS for e in check(text))


def test_a_text_beyond_the_limit_is_refused(checking: LawQA) -> None:
    with pytest.raises(UsageError, match="一次最多核对"):
        checking.check("字" * 500_001)


def test_the_day_must_be_a_date(checking: LawQA) -> None:
    with pytest.raises(UsageError, match="日期"):
        checking.check("第七条", "昨天")
    assert checking.check("《暂行办法》第七条", date(2024, 1, 1)).as_of == "2024-01-01"


def test_an_article_cited_in_full_is_exact_for_every_article(checking: LawQA) -> None:
    """Every article of a law, quoted whole under its own number, is exact: no rule may accuse the law itself."""
    for id in ("genai-interim-measures-2023", "deep-synthesis-provisions-2022", "data-security-law-2021"):
        instrument = checking.corpus.instrument(id)
        for provision in instrument.articles:
            quote = provision.text.replace("“", "‘").replace("”", "’")
            report = checking.check(f"{instrument.label}{provision.marker}规定：“{quote}”", "2026-06-01")
            assert [c.verdict for c in report.citations] == ["exact"], provision.label
