"""How Chinese prose ties a citation to what it cites it for: the phrases, as patterns."""

from __future__ import annotations

import re

#: Stands in for the words of quotations while citations are read.
MASK = "□"

_SPEECH = (
    "规定|明确|要求|指出|强调|提出|载明|写明|写道|称|表述|列明|列举|约定|定义|界定|重申|宣示|申明|原文|如下|内容|"
    "禁止|确立|设定|增加|新增|删除|修改为|改为|限定为|条文|第[一二三四五六七八九十]+[款项]|states?|provides?|requires?|stipulates?|reads?|says"
)
INTRODUCES = re.compile(rf"(?:(?:{_SPEECH})[^，。；：:,\n{MASK}]{{0,4}}|[:：,，即为是])[:：,，\s*_|>]*$")
TRAILING = re.compile(
    r"[\s，,。；;.…]*(?:"
    r"[^，。；\n（）]{0,14}[（(\[【]\s*|[—–-]{1,3}\s*|"
    r"[^，。；\n（）]{0,4}(?:参见|详见|见于|见|引自|摘自|出自|来源于|来源|来自|载于|语出|源自|源于|规定于|这是|此为|此系|即为|是|系|为)[:：\s]*"
    r")(?:参见|详见|见|引自|摘自|出自|来源|根据|依据|依照)?[:：\s]*(?:我国|现行)?[\s*_]*$"
)
STOP = re.compile(r"[。！？!?\n]")
#: What follows a citation whose words come next. Modal words are here as any verb is (text/modals.py is about meaning).
VERB = re.compile(
    r"\s*(?:（[^（）]{0,30}）)?\s*(?:的|之|中|里|也|还|则|亦|均|都|又|就|对此|分别|进一步|明文|专门|同时|更|已经?|即|只|仅|主要|首次|特别|原则上|再次|、){0,4}"
    r"(?:规定|要求|明确|指出|强调|提出|载明|写明|列明|列举|禁止|严禁|赋予|授权|鼓励|允许|许可|规范|豁免|排除|针对|课以|施加|保障|设定|设立|设置|确立|建立|限于|限定|适用|不适用|定义|界定|"
    r"[^，。；]{0,12}[，,]\s*(?:即|也就是|换言之)|将|把|对|给予|要|仅|只|须|应当|应|不得|可以|必须|为|是|涉及|处以|罚款|states?|provides?|requires?|stipulates?|prohibits?|obliges?)"
)
#: A clause that draws a conclusion or comments is the author's, not the article's.
COMMENT = re.compile(
    r"[，,](?=(?:因此|因而|所以|故而?|可见|由此|从而可|据此|这(?:意味着|表明|说明|也|一|就|是|样|些|种)|说明|表明|体现|反映|显示|旨在|目的在于|意在|有助于|"
    r"笔者|我们|本文|作者|业内|业界|学界|学者|实践中|实务中|但实践|在实践|显然|值得|需要注意|应当注意|贵司|贵公司|我司|本案|被告|原告|法院|本院|企业不能|企业需|"
    r"与此|与之|相比|相较|对此|不过|然而|尽管|虽然|如前|如上|无疑|毫无疑问|正是))"
)
SAYS = re.compile(r"\s*(?:的|之)?(?:规定|要求|明确|指出|强调|提出|载明|写明|列明|列举|确立|涉及|是关于|主要)")
BASIS = re.compile(r"(?:根据|依据|依照|按照|遵照|依|按|据|基于|结合|从|在)[\s《“\"]*(?:我国|现行|最新)?[\s]*$")
AFTER_BASIS = re.compile(
    r"\s*(?:（[^（）]{0,30}）)?\s*(?:的|之)?(?:相关|有关|明确)?(?:规定|要求|条款)?(?:的内容|的要求|来看|可知|中)?\s*[，,：:]"
)
#: What somebody did or must live up to: 违反第二十一条规定, 依据第五十九条，对该公司作出处罚.
CONDUCT = re.compile(r"(?:违反|违背|触犯|符合|落实|履行|对齐|满足|遵守|属于|构成|涉嫌)[了]?[\s《]*(?:我国|现行)?[\s]*$")
ACT = re.compile(
    r"\s*(?:依法)?(?:对(?:该|其|涉案|上述|当事人|被告|[^，。]{1,10}(?:公司|平台|企业))|判决|判令|认定|裁定|作出|给予该)"
)
#: What the law does not say, or no longer says.
DENIES = re.compile(
    r"(?:不再|没有|并未|未再|删除了?|删去了?|取消了?|不包括|不是|并非|不带|而非|未采纳|未保留|去掉了?)[^，。；\n]{0,10}$"
)
AS_REQUIRED = re.compile(r"\s*(?:的|之)?(?:规定|要求)(?![，,：:“\"「])")
BEFORE_COLON = re.compile(rf"[^，。；！？\n：:{MASK}“”\"「」]{{0,24}}[：:][*_\s]*(?=\S)")
LINE_START = re.compile(r"(?:^|\n)[\s>#*\-•|·\d.、（）()]*(?:《[^《》\n]*》)?[*_]*$")
LINE_BODY = re.compile(
    r"[*_]*(?:（[^（）\n]{1,24}）|【[^【】\n]{1,24}】|\[[^\[\]\n]{1,24}\])?[*_]*(?:[ \t\u3000]+|\s*[|｜]\s*|\s*[:：]\s*|[*_]+\s*)(?=[^\s|｜])"
)
ITEM_LINE = re.compile(r"\s*(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}\s*[.、．)]|[-*•]\s|[①-⑳])")
LINK = re.compile(rf"[\s、,，和与及或以至到兼“”\"{MASK}]*$")
NAME = re.compile(
    r"(?:根据|依据|依照|按照|违反|参见|见)?(?:[、，,;；和与及/\s]*《[^《》]+》(?:（[^（）]{0,30}）|\([^()]{0,30}\))?[^，。；：“”\"《》]{0,24}){1,6}"
    r"|[\s\w（）()]{0,20}第[零〇一二三四五六七八九十百\d]+条(?:第[一二三四五六七八九十\d]+款)?(?:第?[（(]?[一二三四五六七八九十\d]+[）)]?项)?"
)
#: A gloss behind a citation says what it is about: 第二十九条（处理敏感个人信息应取得单独同意）.
GLOSS = re.compile(r"[\s*_]*[（(](?P<words>[^（）()]{2,160})[）)]")
NO_GLOSS = re.compile(
    r"\s*(?:\d{4}|[一二三四五六七八九十]+\s*$|自?\d|施行|修正|修订|修改|以下|下称|简称|下同|节选|原文|摘|征求意见|草案|试行|暂行|现行|新增|已|原|见|参见|同上|略|详|第|即第|《|https?|注|如|例如|备注)"
)
#: Keys and punctuation of JSON, YAML and programs between a citation and its words.
FIELDS = re.compile(rf"[\s\"',，:：a-zA-Z_=()\[\]{MASK}]*")
