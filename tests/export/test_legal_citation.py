from __future__ import annotations

from datetime import date

import pytest

from lawqa.answer.citation import cite, cite_entry
from lawqa.export.legal_citation import legal_citation
from lawqa.lawqa import LawQA

DAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("ref", "note"),
    [
        (
            "genai-interim-measures-2023:7.1.3",  # the article has one 款: it is not counted
            "《生成式人工智能服务管理暂行办法》第7条第3项，国家互联网信息办公室等7部门令第15号，2023年7月10日公布。",
        ),
        (
            "personal-information-protection-law-2021:66.2",
            "《中华人民共和国个人信息保护法》第66条第2款，全国人民代表大会常务委员会，中华人民共和国主席令第九十一号，2021年8月20日公布。",
        ),
        (
            "cybersecurity-law-2016:21",
            "《中华人民共和国网络安全法》（2016年）第21条（已被修改），全国人民代表大会常务委员会，中华人民共和国主席令第五十三号，2016年11月7日公布。",
        ),
        (
            "network-data-regulations-2024:19",
            "《网络数据安全管理条例》第19条，国务院令第790号，2024年9月24日公布。",
        ),
        (
            "next-gen-ai-plan-2017:5.1",
            "《新一代人工智能发展规划》第五部分（一）（摘编，非原文），国务院，国发〔2017〕35号，2017年7月8日发布。",
        ),
    ],
)
def test_provisions(lawqa: LawQA, ref: str, note: str) -> None:
    reference = lawqa.corpus.parse(ref)
    citation = cite(lawqa.corpus, reference, "", DAY, 1)
    assert legal_citation(lawqa.corpus, citation) == note


def test_every_provision_has_a_note(lawqa: LawQA) -> None:
    for ref in lawqa.corpus.provisions:
        note = legal_citation(lawqa.corpus, cite(lawqa.corpus, ref, "", DAY, 1))
        assert note.startswith("《")
        assert note.endswith("。")
        assert "None" not in note


def test_catalog_entries(lawqa: LawQA) -> None:
    for entry in lawqa.corpus.catalog:
        note = legal_citation(lawqa.corpus, cite_entry(entry, entry.title, 1))
        assert note.startswith(f"《{entry.title}》")
        assert "None" not in note
