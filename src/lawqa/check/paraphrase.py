"""Does the article support what a text says of it? Conservative: a number, authority, duty or condition that
the article does not have makes a paraphrase unsupported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lawqa.check.passages import Passage
from lawqa.corpus.numerals import parse_numeral
from lawqa.text.modals import FORBID, MAY, MUST, NEED_NOT
from lawqa.text.normalise import fold
from lawqa.text.skeleton import skeleton_of

_QUANTITY = re.compile(
    r"(?<![第\d])(\d[\d,.]*|[零〇一二三四五六七八九十百千两]+)\s*(万|亿)?\s*"
    r"(个工作日|工作日|个月|小时|周岁|分钟|日(?!志|常|益|后)|天|月|年|元|倍|人(?!脸|声|工|格|员|民|类|物|身|力)|岁|次|%|％|周(?!岁))"
)
_UNITS = {"个工作日": "工作日", "个月": "月", "天": "日", "周岁": "岁", "％": "%"}
_AUTHORITIES = {
    "网信部门": r"网信|互联网信息办公室",
    "工业和信息化部门": r"工业和信息化|工信",
    "公安机关": r"公安",
    "市场监管部门": r"市场监管|市场监督管理",
    "电信主管部门": r"电信主管|电信、|电信部门|电信管理",
    "科技部门": r"科技部|科学技术部|科技、|科技主管|科学技术行政|科技伦理委员会|科技行政",
    "发展改革部门": r"发展改革|发展和改革|发改",
    "教育部门": r"教育部|教育、|教育行政|教育主管",
    "广播电视部门": r"广播电视|广电",
    "新闻出版部门": r"新闻出版",
    "人民法院": r"法院",
    "检察机关": r"检察",
    "国务院": r"国务院",
    "省级部门": r"省级|省、自治区|省人民政府",
    "人民银行": r"人民银行|央行",
    "海关": r"海关",
    "商务部门": r"商务部",
    "国家安全机关": r"国家安全机关|国安",
}
#: Measures and institutions: a paraphrase that brings one in must find it in the article.
_INSTITUTIONS = {
    "罚款": r"罚款|罚金|[\d十百千万]元",
    "备案": r"备案",
    "安全评估": r"安全评估",
    "许可": r"许可|牌照|执照|准入",
    "审批": r"审批|批准|审核批准",
    "没收违法所得": r"没收",
    "吊销": r"吊销",
    "拘留": r"拘留",
    "刑事责任": r"刑事|犯罪",
    "赔偿": r"赔偿|民事责任|侵权责任",
    "连带责任": r"连带",
    "实名": r"实名|真实身份|身份信息认证",
    "标识": r"标识|标注|标签|水印",
    "审计": r"审计",
    "认证": r"认证",
    "境内存储": r"境内存储|本地化",
    "单独同意": r"单独同意",
    "书面同意": r"书面同意",
    "报告": r"报告|报送|通报|上报",
    "下架": r"下架",
    "保险": r"保险",
    "监护人": r"监护人|父母",
    "未成年人": r"未成年|儿童|青少年",
    "信用档案": r"信用",
    "披露源代码": r"源代码|源码|开源",
    "实验室": r"沙盒|沙箱",
    "公示": r"公示|公开|公布|披露|公告",
    "投诉举报": r"投诉|举报|申诉",
    "培训": r"培训",
}
_OBLIGES = re.compile(rf"{MUST}|须(?!知)|负有|应(?=[当予依建采按对及立确在制向取设公进履加承与提配遵符停消告])")
_FORBIDS = re.compile(rf"{FORBID}|不可(?!避|分)")
_PERMITS = re.compile(rf"{MAY}|{NEED_NOT}|支持(?!者)|即可|均可|就可|便可|都可|只要|不要求|豁免|自行决定|自主决定|酌情")
_ABSOLUTES = re.compile(
    r"一律|所有|全部|任何|无论|不论|绝对|永久|终身|唯一|无条件|全面禁止|均须|均应|都必须|都应|都要|无一例外"
)
_NEGATION = re.compile(r"(?:不得|不应|不能|禁止|严禁|不允许|不|未|非|无|防止|避免|防范)[^，。；、]{0,3}$")
_CONDITION = re.compile(
    r"可能[^，。；]{2,24}的|具有舆论属性或者社会动员能力|情节(?:较|特别)?严重的?|拒不改正(?:的|或者[^，。；]{2,16}的)?|造成(?:特别)?严重[^，。；]{2,12}的|未经[^，。；]{2,14}|确需[^，。；]{0,14}的|违反[^，。；]{2,30}的"
)
_FILLER = re.compile(
    r"规定|要求|明确|指出|强调|提出|作出|做出|进行|相关|有关|义务|制度|责任|内容|方面|条款|应当|必须|不得|可以|需要|对于|关于|通过|以及|并且|或者|及其|包括|确立|设定|"
    r"生成式人工智能服务提供者|服务提供者|提供者|生成式人工智能服务|生成式人工智能|人工智能|生成式ai|ai|企业|平台|公司|运营者|处理者|"
    r"[的了等对在和与及或并也都均其是为将把被由向从即则而且还能会要须应]"
)
_SUBJECT = re.compile(
    r"^.{0,14}(?:提供者|企业|公司|平台|大模型|产品|运营者|开发者|服务商|厂商|生成式人工智能服务(?!提供)|ai服务|算法推荐服务(?!提供))"
)
_OPPOSITES = (
    ("有权", "无权"),
    ("适用", "不适用"),
    ("属于", "不属于"),
    ("承担", "不承担"),
    ("需要", "不需要"),
    ("需取得", "不需取得"),
)
_ONLY_BY_LAW = re.compile(r"(?:法律|行政法规)[^，。；]{0,12}规定[^，。；]{2,40}的，")
_FRACTION = re.compile(r"([百千\d]+|[二三四五六七八九十]+)分之([一二三四五六七八九十百\d]+)|(半数|过半|多数)")
#: Words that narrow or widen what a rule is about: a paraphrase that brings one in must find it in the article.
_QUALIFIERS = re.compile(
    r"一般(?!规定)|普通|重要|核心|敏感|关键|单独|书面|事前|事先|事后|全体|匿名|免费|每年|每月|每季度|每半年|首次|逐一|强制|第三方机构"
    r"|文本|音频|视频|图片|虚拟|代码|境外|境内|外国|外商|老用户|未成年|独家|统一|永久"
)
_SENTENCE = re.compile(r"[^。；\n]+[。；]?")

#: Shares of the content that must stand in the article, measured on evals/check.
SUPPORT = 0.75


@dataclass(frozen=True, slots=True)
class Support:
    """``share`` of the paraphrase's content that the article has, 0 to 1, and what speaks against it."""

    share: float
    contradictions: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return self.share >= SUPPORT and not self.contradictions


def content_of(claim: str) -> str:
    """The skeleton of a paraphrase without the words that any sentence about a law has."""
    return _FILLER.sub("|", skeleton_of(claim).text)


def share_of(content: str, passage: Passage, also: Iterable[str] = ()) -> float:
    """Share of ``content`` that stands in the passage in runs of two and more; ``also``: further words for it."""
    have = passage.said
    extra: set[str] = set()
    for words in also:
        words = skeleton_of(words).text
        extra |= {words[i : i + 2] for i in range(len(words) - 1)}
    covered = bytearray(len(content))
    for i in range(len(content) - 1):
        if content[i : i + 2] in have or content[i : i + 2] in extra:
            covered[i : i + 2] = b"\1\1"
    counted = [i for i, c in enumerate(content) if c != "|"]
    lone = [i for i in counted if content[i - 1 : i] in ("|", "") and content[i + 1 : i + 2] in ("|", "")]
    counted = [i for i in counted if i not in lone]
    return sum(covered[i] for i in counted) / len(counted) if counted else 1.0


def support_of(claim: str, passages: Sequence[Passage], also: Iterable[str] = ()) -> Support:
    """How far ``passages`` together support ``claim``."""
    content, words = content_of(claim), list(also)
    share = max((share_of(content, p, words) for p in passages), default=0.0)
    if len(passages) > 1:  # a claim about several articles draws on all of them
        share = max(share, share_of(content, passages[0], [*words, *(p.text for p in passages)]))
    law = "\n".join(p.text for p in passages)
    return Support(share, tuple(contradictions(claim, law)))


def contradictions(claim: str, law: str) -> list[str]:
    """What ``claim`` says against, or beyond, the text of the law: Chinese reasons."""
    said, text = fold(claim), fold(law)
    out = _quantities(said, text)
    for name, pattern in _AUTHORITIES.items():
        if re.search(pattern, said) and not re.search(pattern, text):
            out.append(f"条文没有提到{name}")
    for name, pattern in _INSTITUTIONS.items():
        if re.search(pattern, said) and not re.search(pattern, text):
            out.append(f"条文没有规定{name}")
    out += _modality(said, text)
    out += [f"条文没有“{w}”" for w in dict.fromkeys(_QUALIFIERS.findall(said)) if w not in text]
    out += _opposites(said, text)
    if (absolute := _ABSOLUTES.search(said)) and absolute[0] not in text and not _ABSOLUTES.search(text):
        out.append(f"条文没有“{absolute[0]}”")
    return [*out, *_dropped_conditions(said, text)]


def quantities(text: str) -> set[tuple[float, str]]:
    """Every number with its unit: 十个工作日 and 10个工作日 → (10, 工作日)."""
    out = set()
    for number, scale, unit in _QUANTITY.findall(text):
        plain = number.replace(",", "").rstrip(".")
        try:
            value = float(plain) if plain[0].isdigit() else float(parse_numeral(plain) or 0)
        except ValueError:
            continue
        out.add((value * {"万": 1e4, "亿": 1e8}.get(scale, 1), _UNITS.get(unit, unit)))
    for whole, part, majority in _FRACTION.findall(text):
        divisor, share = parse_numeral(whole or "二"), parse_numeral(part or "一")
        # half and more than half are one quantity here: what matters is that it is not two thirds
        if divisor and share:
            out.add((0.5 if majority else share / divisor, "份额"))
    return out


def _opposites(said: str, text: str) -> list[str]:
    near, out = _nearest(said, text), []
    for yes, no in _OPPOSITES:
        bare_said, bare_law = said.replace(no, ""), near.replace(no, "")
        if yes in bare_said and no not in said and no in near and yes not in bare_law:
            out.append(f"条文说“{no}”")
        if no in said and no not in near and yes in bare_law:
            out.append(f"条文说“{yes}”")
    if _ONLY_BY_LAW.match(near) and not re.search(r"法律|法规|依法|另有|规定的", said):
        out.append("漏去条件“法律、行政法规规定……的”")
    return out


def _quantities(said: str, text: str) -> list[str]:
    missing = quantities(said) - quantities(text)
    return [
        f"条文没有“{f'{value:.0%}' if unit == '份额' else f'{value:,.0f}{unit}'}”" for value, unit in sorted(missing)
    ]


def _nearest(said: str, text: str) -> str:
    """The sentences of the law that say most of the claim."""
    grams = {said[i : i + 2] for i in range(len(said) - 1)}
    scored = [
        (len(grams & {s[i : i + 2] for i in range(len(s) - 1)}) / max(8, len(s)) ** 0.25, s)
        for s in _SENTENCE.findall(text)
    ]
    if not scored:
        return ""
    best = max(score for score, _ in scored)
    return "".join(s for score, s in scored if score >= 0.6 * best)


def _modality(said: str, text: str) -> list[str]:
    near = _nearest(said, text)
    forbids, obliges, permits = _FORBIDS.search(said), _OBLIGES.search(said), _PERMITS.search(said)
    out = []
    if forbids and not _FORBIDS.search(text) and not re.search(r"不|防止|防范|避免|抵制", near):
        out.append(f"条文没有“{forbids[0]}”的意思")
    if obliges and not _OBLIGES.search(text) and not _FORBIDS.search(text) and "负责" not in text:
        out.append(f"条文没有“{obliges[0]}”的意思")
    if permits and not _PERMITS.search(text):
        out.append(f"条文没有“{permits[0]}”的意思")
    elif permits and not _PERMITS.search(near) and (_OBLIGES.search(near) or _FORBIDS.search(near)):
        out.append(f"条文相应处不是“{permits[0]}”")
    for run in _common_runs(said, text):
        place, mine = text.find(run), said.find(run)
        before, own = text[max(0, place - 6) : place], said[max(0, mine - 14) : mine]
        negated, mine_negated = _NEGATION.search(before), re.search(r"不|禁|未|非|无|防|避免", own)
        if (
            negated
            and negated[0] in ("不得", "不应", "禁止", "严禁")
            and not mine_negated
            and not _FORBIDS.search(said)
        ):
            out.append(f"条文说“{negated[0]}{run}”")
            break
        refused = re.search(r"不得$|不应$|不能$|禁止$|严禁$|无需$|不必$", own)
        granted = text.count(run) == 1 and re.search(r"(?:应当|可以|有权)[^，。；]{0,4}$", before)
        if refused and granted and not negated and not _FORBIDS.search(before):
            out.append(f"条文没有禁止“{run}”")
            break
    return out


def _common_runs(said: str, text: str) -> list[str]:
    """Runs of four and more characters that both have, the longest at each place."""
    out, i = [], 0
    while i < len(said) - 3:
        size = 4
        if said[i : i + size] not in text or re.search(r"[，。；：]", said[i : i + size]):
            i += 1
            continue
        while i + size < len(said) and said[i : i + size + 1] in text:
            size += 1
        out.append(said[i : i + size])
        i += size
    return out


def _dropped_conditions(said: str, text: str) -> list[str]:
    out = []
    grams = {said[i : i + 2] for i in range(len(said) - 1)}
    runs = _common_runs(said, text)
    for match in _CONDITION.finditer(text):
        condition = match[0]
        if condition.startswith("具有") and not _SUBJECT.search(said):
            continue  # a list of duties names no subject, so it says nothing of who is bound
        stop = re.search(r"[；。\n]", text[match.end() :])
        governed = text[match.end() : match.end() + stop.start() if stop else len(text)]
        if not any(run in governed and text.count(run) == 1 for run in runs):
            continue
        own = [condition[i : i + 2] for i in range(len(condition) - 1)]
        if sum(g in grams for g in own) / len(own) < 0.4:
            out.append(f"漏去条件“{condition}”")
    return out[:2]
