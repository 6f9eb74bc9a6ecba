import pytest

from lawqa.retrieve.intent import actors_of, intents_of
from lawqa.retrieve.provision_kind import fits


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("暂行办法什么时候施行", "metadata"),
        ("网络安全法是谁制定的，还有效吗", "metadata"),
        ("征求意见稿和正式稿有什么区别", "comparison"),
        ("违反标识义务罚多少钱", "penalty"),
        ("什么是深度合成", "definition"),
        ("日志要保存多久", "deadline"),
        ("算法备案怎么办理", "procedure"),
        ("暂行办法适用于公司内部使用吗", "scope"),
        ("能不能用爬来的数据训练", "prohibition"),
        ("哪个部门负责监管", "authority"),
        ("提供者应当做什么", "duty"),
        ("訓練數據必須合法嗎", "prohibition"),
    ],
)
def test_main_intent(question: str, intent: str) -> None:
    assert intent in intents_of(question)


@pytest.mark.parametrize(
    "question",
    ["甲规定是国务院发布的吗", "暂行办法是不是网信办一家发的", "暂行办法几章几条", "一共多少条", "标识办法有多少条？"],
)
def test_who_made_a_document_and_how_long_it_is(question: str) -> None:
    assert intents_of(question)[:1] == ("metadata",)


@pytest.mark.parametrize(
    "question",
    [
        "个保法有几条规定自动化决策",
        "个保法关于自动化决策的规定有几条",
        "暂行办法对训练数据有几条要求",
        "第四章有几条",
        "平台是不是要制定管理制度",
        "标识办法是按网信办发布的标准执行吗",
    ],
)
def test_rules_of_a_document_are_no_facts_about_it(question: str) -> None:
    assert "metadata" not in intents_of(question)


def test_no_cue_no_intent() -> None:
    assert intents_of("猫") == ()
    assert actors_of("猫") == ()


@pytest.mark.parametrize(
    ("question", "actor"), [("孩子用AI", "未成年人"), ("外卖骑手派单", "劳动者"), ("老人被推荐", "老年人")]
)
def test_actors(question: str, actor: str) -> None:
    assert actor in actors_of(question)


def test_operative_words() -> None:
    assert fits("penalty", "处一万元以上十万元以下罚款")
    assert fits("definition", "深度合成技术，是指利用深度学习")
    assert not fits("penalty", "国家鼓励创新")
    assert not fits("no such intent", "罚款")
