"""What a question wants (definition, duty, penalty …) and whom it is about, by explicit cue words."""

from __future__ import annotations

import re

from lawqa.text.normalise import fold

#: Authorities that make rules, as people name them; the longest name first.
AUTHORITY = (
    r"(?:中华人民共和国)?(?:国务院办公厅|国务院|中共中央办公厅|中共中央|中办|国办"
    r"|(?:全国人民代表大会|全国人大)(?:常务委员会|常委会)?|人大常委会"
    r"|(?:国家|中央)?网信(?:办|部门)|国家互联网信息办公室|互联网信息办公室"
    r"|国家发展和改革委员会|国家发改委|发改委|国家卫生健康委员会|(?:国家)?卫健委|国家数据局"
    r"|(?:国家)?广播电视总局|(?:国家)?广电总局|(?:国家)?市场监(?:督管理|管)总局|市监总局"
    r"|工业和信息化部|工信部|科学技术部|科技部|公安部|教育部|司法部|财政部|商务部|外交部|文化和旅游部|文旅部|农业农村部"
    r"|人力资源和社会保障部|人社部|交通运输部|最高人民法院|最高人民检察院|中国人民银行|中国科学院|中国工程院)"
)
#: One of them or several, as the makers of something.
AUTHORITIES = rf"(?P<who>{AUTHORITY}(?:(?:、|和|与|及|以及|跟|会同|联合){AUTHORITY})*)"
ALONE = r"(?:(?P<alone>一家|一个部门|单独|独家|独自|自己)(?:单独|独自|自己)?)"
MADE = r"(?:发布|制定|公布|出台|颁布|印发|下发|制订|发|出|定)"
_END = r"(?=$|[吗吧么嘛啊呀呢对是不没，。；？！,;?!\s])"
#: 是国务院发布的吗, 由网信办制定吗: whether the one who is named made the document.
_WHETHER_MADE = (
    rf"(?:是|由|系|是否)由?{AUTHORITIES}{ALONE}?(?:联合|共同|牵头|直接|统一)?{MADE}"
    rf"(?:的(?:文件|规定|规章|法规|法律)?{_END}|(?=吗|吧|么|嘛))"
)
#: 几章几条, 一共多少条: how many articles or chapters the document itself has, and nothing of what they are about.
_COUNT = (
    r"^(?!.*(?:关于|涉及|提到|针对|对于|有关|相关|谈到|讲到|违反|适用|处罚|罚))"
    r"(?:.*(?:(?<!的)(?:法|办法|条例|规定|规划|计划|原则|规范|意见|框架|措施|草案|征求意见稿|倡议|战略|通知|》)|它|这部|这个|该|请问|你好|，))?"
    r"(?:的?(?:正文|全文|条文|法条|里面?|中))?(?:到底|究竟|总共|一共|共计|合计|共|全部)?(?:分为|分成|包括|包含|共有|有|分|是)?"
    r"(?:(?:多少|几)个?(?:条文|法条|条款|条|章|节)(?:、|，|和)?)+(?:呢|啊|呀|吗|来着|规定|内容)?[？?。！!\s]*$"
)
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
            r"|\d{4}年(?:\d+月)?(?:\d+日)?(?:就|才|开始|正式|起)*(?:施行|生效|实施|出台|发布|公布|通过|颁布|印发)的?了?(?:[吧吗么嘛对是，。？?]|$)"
            rf"|{_WHETHER_MADE}|{_COUNT}"
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


def asks_count(question: str) -> bool:
    """True where the number of a document's articles or chapters is asked for."""
    return bool(re.search(_COUNT, fold(question)))


def intents_of(question: str) -> tuple[str, ...]:
    """Every intent whose cue words stand in the question, the main one first; empty where none does."""
    text = fold(question)
    return tuple(name for name, pattern in INTENTS if pattern.search(text))


def actors_of(question: str) -> tuple[str, ...]:
    """Everybody whom the question names."""
    text = fold(question)
    return tuple(name for name, pattern in ACTORS if pattern.search(text))
