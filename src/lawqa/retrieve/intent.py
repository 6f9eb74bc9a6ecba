"""What a question wants (definition, duty, penalty …) and whom it is about, by explicit cue words."""

from __future__ import annotations

import re

from lawqa.text.normalise import fold

#: Cue words of each intent, tried in this order: the first that matches is the main one.
INTENTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "metadata",
        re.compile(
            r"(?:什么时候|何时|哪天|哪一天|几号|多会儿|啥时候|哪年).{0,6}(?:生效|施行|实施|公布|发布|出台|通过|开始执行|正式执行)"
            r"|(?:谁|哪.{0,3})(?:先|后|早|晚)(?:生效|施行|实施|公布|发布|出台)"
            r"|(?:生效|施行|实施|公布|发布|出台)(?:日期|时间|的日子|的?先后)|(?:自|从).{0,4}(?:什么时候|何时|哪天)起"
            r"|(?:谁|哪个部门|哪些部门|哪几个部门|哪家|什么机关|哪个机关).{0,4}(?:发布|制定|公布|出台|颁布|联合发布|联合制定|印发|发的|出的)"
            r"|文号|令第几号|第几号令|第几号|几号令|发文字号|发文机关|发布机关|制定机关|现行有效|有(?:没有)?(?:法律)?约束力|有(?:没有)?强制力|还有效|还管用|失效|废止|有效吗|有没有生效|生效了吗|是否生效"
        ),
    ),
    (
        "comparison",
        re.compile(
            r"区别|不同|差别(?!待遇)|差异|对比|相比|比较一下|变化|改了什么|改了哪|改动|修改了|变了|有啥变|有什么变|删了|删掉|新增了|和.{2,20}哪个|征求意见稿.{0,12}(?:正式|暂行)"
        ),
    ),
    (
        "penalty",
        re.compile(
            r"罚|处分|坐牢|判刑|判几年|犯罪|刑事|吊销|停业|追责|责任|后果|怎么处理|会怎样|会怎么样|被抓|赔|下架|关停|拘留|违反"
        ),
    ),
    (
        "definition",
        re.compile(
            r"什么是|是什么意思|啥意思|啥叫|什么叫|何为|何谓|指什么|指的是|定义|含义|怎么界定|如何界定|怎么定义|口径|这个词|这个概念|算不算|属于.{0,10}吗"
        ),
    ),
    (
        "deadline",
        re.compile(
            r"多久|多长时间|几天|多少天|几个工作日|几日内|期限|时限|多少年|几年|几个月|多少小时|几小时|最晚|最迟"
        ),
    ),
    (
        "procedure",
        re.compile(
            r"流程|手续|程序|步骤|怎么办理|如何办理|怎么申请|怎么备案|如何备案|备案|报备|申报|审批|评估|怎么投诉|怎么举报|登记"
        ),
    ),
    ("scope", re.compile(r"适用(?!法)|管不管|管得着|管谁|归.{0,6}管|包括哪些|范围|算不算在内|豁免|例外|除外")),
    (
        "prohibition",
        re.compile(r"不得|禁止|不能|不许|不准|不可以|能不能|可不可以|可以.{0,20}吗|允许|违法吗|合法吗|犯法|违规吗"),
    ),
    (
        "authority",
        re.compile(
            r"(?:谁|哪个部门|哪些部门|什么部门|哪个单位).{0,6}(?:管|负责|监管|主管|监督|执法)|找谁|向谁|主管部门|监管部门"
        ),
    ),
    ("duty", re.compile(r"应当|必须|义务|要求|怎么做|要做|需要|要不要|用不用|得不得|该不该|要求是")),
)

#: Whom the rules bind or protect, by the words that people use for them.
ACTORS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("未成年人", re.compile(r"未成年|孩子|小孩|儿童|娃|学生|青少年|十四岁|14岁|女儿|儿子|小朋友|家长")),
    ("老年人", re.compile(r"老年|老人|爷爷|奶奶|外婆|外公|爸妈年纪|岁数大")),
    ("劳动者", re.compile(r"骑手|外卖员|司机|快递员|劳动者|派单|打工")),
    ("技术支持者", re.compile(r"技术支持|接口|api|开源模型|底座|供应商")),
    ("平台", re.compile(r"平台|应用商店|网站|app|小程序|直播间|社区")),
    ("监管部门", re.compile(r"网信|工信|公安|监管|主管部门|执法|政府部门|国务院")),
    ("提供者", re.compile(r"提供者|我们公司|我们的产品|我司|客户公司|创业|企业|厂商|开发|上线|运营")),
    ("使用者", re.compile(r"使用者|用户|网友|博主|主播|up主|我发|我用|我拿")),
)


def intents_of(question: str) -> tuple[str, ...]:
    """Every intent whose cue words stand in the question, the main one first; empty where none does."""
    text = fold(question)
    return tuple(name for name, pattern in INTENTS if pattern.search(text))


def actors_of(question: str) -> tuple[str, ...]:
    """Everybody whom the question names."""
    text = fold(question)
    return tuple(name for name, pattern in ACTORS if pattern.search(text))
