from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawqa.corpus.label import with_labels
from lawqa.corpus.numerals import to_chinese
from lawqa.files.source import Line
from lawqa.importers.draft import Draft
from lawqa.importers.fault import ImportFault
from lawqa.importers.structure import recognise

Make = Callable[..., Draft]


def outline(draft: Draft) -> list[tuple[str, str, str]]:
    return [(p.ref.number, p.marker, p.heading) for p in draft.instrument.provisions]


def test_statute_with_chapters_sections_paragraphs_and_items(draft: Make) -> None:
    made = draft(
        "示例管理办法\n第一章　总　则\n第一条　为了示例，制定本办法。\n第二条　下列活动适用本办法：\n（一）甲；\n1.甲之一；\n2.甲之二。\n（二）乙。\n"
        "前款以外的，不适用。\n第二章 监督\n第一节 检查\n第三条　有关部门应当检查。\n第三条之一　检查应当记录。\n第四条　本办法自2024年3月1日起施行。"
    )
    numbers = [p.ref.number for p in made.instrument.provisions]
    assert numbers == ["1", "2", "3", "3-1", "4"]
    second = made.instrument.provisions[1]
    assert [i.text for i in second.paragraphs[0].items] == ["（一）甲；\n1.甲之一；\n2.甲之二。", "（二）乙。"]
    assert second.paragraphs[1].text == "前款以外的，不适用。"
    assert made.instrument.provisions[2].path == ("第二章 监督", "第一节 检查")
    assert str(made.metadata.effective) == "2024-03-01"


def test_a_paragraph_that_cites_an_article_begins_none(draft: Make) -> None:
    made = draft("示例规定\n第一条 为了示例。\n第二条 适用本规定。\n第三条规定的情形除外。\n第三条 完毕。")
    assert [p.ref.number for p in made.instrument.provisions] == ["1", "2", "3"]
    assert made.instrument.provisions[1].text == "适用本规定。\n第三条规定的情形除外。"


def test_missing_articles_are_gaps_and_repeated_ones_no_articles(draft: Make) -> None:
    made = draft("示例规定\n第一条 甲。\n第二条 乙。\n第四条 丁。\n附件 合同范本\n第一条 合同甲。\n第二条 合同乙。")
    assert made.instrument.verification.gaps == ("3",)
    assert [p.ref.number for p in made.instrument.provisions] == ["1", "2", "4", "h1", "h1.h1", "h1.h2"]
    assert any("第3条" in d for d in made.doubts)


def test_company_rules_in_dotted_numbers(draft: Make) -> None:
    made = draft("公司制度\n1 目的\n为了示例。\n2 要求\n2.1 员工应当登记。\n2.1.1 登记保存三年。\n2.2 例外\n无。")
    assert outline(made) == [
        ("1", "1", "目的"),
        ("2", "2", "要求"),
        ("2.1", "2.1", ""),
        ("2.1.1", "2.1.1", ""),
        ("2.2", "2.2", "例外"),
    ]
    labels = [p.label for p in with_labels(made.instrument, "").provisions]
    assert labels[2:4] == ["《公司制度》2.1", "《公司制度》2.1.1"]
    assert made.instrument.provisions[3].text == "登记保存三年。"


def test_clauses_named_as_such(draft: Make) -> None:
    made = draft("服务条款\n条款 1.1 用户应当守法。\n条款 1.2 平台可以终止服务。\n条款 1.2.1 终止应当通知。")
    assert [p.ref.number for p in made.instrument.provisions] == ["1.1", "1.2", "1.2.1"]
    assert with_labels(made.instrument, "").provisions[2].label == "《服务条款》条款 1.2.1"


def test_articles_in_digits_keep_their_digits(draft: Make) -> None:
    made = draft("公司制度\n第1条 目的如下。\n第2条 范围如下：\n（一）甲。")
    assert [(p.ref.number, p.marker, p.is_article) for p in made.instrument.provisions] == [
        ("1", "第1条", True),
        ("2", "第2条", True),
    ]
    assert made.instrument.provisions[1].piece(made.instrument.provisions[1].ref.at(1, 1)) == "（一）甲。"


def test_policy_with_run_in_headings(draft: Make) -> None:
    made = draft(
        "关于示例的意见\n一、总体要求\n（一）指导思想。坚持示例。\n（二）下列事项应当办理；\n二、措施\n1. 加强\n应当加强。"
    )
    assert outline(made) == [
        ("1", "一、", "总体要求"),
        ("1.1", "（一）", "指导思想"),
        ("2", "二、", "措施"),
        ("2.1", "1.", "加强"),
    ]
    assert made.instrument.provisions[1].text == "坚持示例。\n（二）下列事项应当办理；"


def test_contents_and_signature_are_left_out(draft: Make) -> None:
    made = draft(
        "示例办法\n目　录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。\n示例部\n2024年5月6日"
    )
    assert [p.text for p in made.instrument.provisions] == ["甲。", "乙。"]
    assert str(made.metadata.promulgated) == "2024-05-06"
    assert made.metadata.issuers == ("示例部",)


def test_a_text_without_numbers_is_one_section(draft: Make) -> None:
    made = draft("关于示例的说明\n这里只有一段话，没有编号。")
    assert outline(made) == [("h1", "", "正文")]
    assert any("没有认出" in d for d in made.doubts)


def test_same_number_twice_becomes_a_paragraph(draft: Make) -> None:
    made = draft("关于示例的意见\n一、甲\n甲文。\n二、乙\n乙文。\n二、又乙\n又文。")
    assert [p.ref.number for p in made.instrument.provisions] == ["1", "2"]
    assert made.instrument.provisions[1].text == "乙文。\n二、又乙\n又文。"


def test_no_title_says_so(draft: Make) -> None:
    with pytest.raises(ImportFault, match="--title"):
        draft("第一条 甲。\n第二条 乙。")


@given(st.lists(st.text("甲乙丙丁，：", min_size=1, max_size=20), min_size=2, max_size=40))
def test_every_article_survives(texts: list[str]) -> None:
    texts = [f"应当{t}。" for t in texts]
    lines = [Line(f"第{to_chinese(n)}条　{t}") for n, t in enumerate(texts, 1)]
    structure = recognise(lines)
    assert [b.text.partition("\u3000")[2] for b in structure.blocks] == texts
    assert structure.gaps == ()
