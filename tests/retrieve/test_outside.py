"""Laws that are not held are recognised by name and by topic, and never inside the name of one that is held."""

from datetime import date

from lawqa.corpus.mentions import find_mentions
from lawqa.corpus.note import OutsideLaw
from lawqa.retrieve.outside import OutsideLaws

LAWS = OutsideLaws(
    [
        OutsideLaw("中华人民共和国安全法", ("安全法",), ("安全员证",)),
        OutsideLaw("中华人民共和国劳动合同法", ("劳动合同法",), ("试用期", "竞业限制")),
    ]
)


def test_a_law_is_found_by_its_name_and_by_its_topics(titles):
    assert [x.title for x in LAWS.named("劳动合同法怎么说", ())] == ["中华人民共和国劳动合同法"]
    assert [x.title for x in LAWS.about("試用期能签竞业限制吗")] == ["中华人民共和国劳动合同法"]
    assert LAWS.about("训练数据有什么要求") == ()


def test_a_name_inside_a_held_document_s_name_names_nothing_else(titles):
    text = "数据安全法对重要数据有什么要求"
    mentions = find_mentions(text, titles, date(2026, 6, 1))
    assert LAWS.named(text, mentions) == ()
    assert LAWS.named(text, ()) != ()


def test_no_laws_at_all_find_nothing():
    empty = OutsideLaws([])
    assert empty.about("试用期") == () == empty.named("劳动合同法", ())
