"""Authorities in a text: who a sentence says is competent must be named by the provision that it cites."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lawqa.text.normalise import fold

#: Everyday and short names → the name that provisions use; applied to both sides of a comparison.
_SAME = (
    ("中央网信办", "国家网信部门"),
    ("国家网信办", "国家网信部门"),
    ("国家互联网信息办公室", "国家网信部门"),
    ("网信办", "网信部门"),
    ("国家发改委", "国家发展和改革委员会"),
    ("发改委", "发展和改革委员会"),
    ("发展改革部门", "发展和改革部门"),
    ("工信部门", "工业和信息化部门"),
    ("工信部", "工业和信息化部"),
    ("科技部门", "科学技术部门"),
    ("科技部", "科学技术部"),
    ("国家广电总局", "国家广播电视总局"),
    ("广电总局", "国家广播电视总局"),
    ("广电部门", "广播电视部门"),
    ("市场监管总局", "国家市场监督管理总局"),
    ("市监总局", "国家市场监督管理总局"),
    ("市监局", "市场监督管理部门"),
    ("市场监管部门", "市场监督管理部门"),
    ("全国人大常委会", "全国人民代表大会常务委员会"),
    ("卫健委", "卫生健康委员会"),
    ("公安部门", "公安机关"),
)
#: What else two names of one issuer may differ in.
_CORE = (
    ("中华人民共和国", ""),
    ("国家", ""),
    ("中央", ""),
    ("中国", ""),
    ("中共", ""),
    ("互联网信息办公室", "网信部门"),
    ("人民代表大会", "人大"),
    ("常务委员会", "常委会"),
    ("文旅部", "文化和旅游部"),
    ("人社部", "人力资源和社会保障部"),
    ("市场监管总局", "市场监督管理总局"),
)
_LEVEL = r"(?:国家级?|中央|全国|国务院|省级以上|省级|市级|县级以上地方|县级以上|县级|地方|设区的市级以上|设区的市级)?"
_NAMED = (
    "国务院|全国人民代表大会|常务委员会|最高人民法院|最高人民检察院|人民法院|人民检察院|法院|检察院|公安部|公安机关|国家安全机关|监察机关"
    "|教育部|科学技术部|工业和信息化部|司法部|财政部|商务部|外交部|交通运输部|文化和旅游部|人力资源和?社会保障部|农业农村部|自然资源部"
    "|中国人民银行|海关|税务机关|仲裁委|消费者协会|行业协会|人民政府"
)
_SUFFIXES = "委员会|办公室|总局|管理局|监管局|监督局|主管部门|管理部门|监督部门|执法部门|部门|机关|机构|中心"
_NAME = re.compile(_LEVEL + rf"(?:{_NAMED})")
_SUFFIXED = re.compile(_LEVEL + rf"([\u4e00-\u9fff]{{0,10}}?)({_SUFFIXES})")
#: Words before 部门, 机关, 机构 that name nobody: 有关部门, 专门机构.
_NOBODY = re.compile(
    r"(?:有关|相关|各|各级|该|本|其|上述|前述|等|的|主管|监管|所在|专门|专业|第三方|内部|法务|合规|和|或|与|及|向|由|经|被|对|为)$"
)


def canonical(text: str) -> str:
    """``text`` folded, with short names of authorities written out."""
    folded = fold(text)
    for short, full in _SAME:
        folded = folded.replace(full, "\0").replace(short, full).replace("\0", full)
    return folded


def is_among(name: str, issuers: Sequence[str]) -> bool:
    """True where ``name`` may be one of ``issuers``, however either is written; in doubt it is."""
    own = _core(name)
    return any(own in _core(issuer) for issuer in issuers)


def _core(name: str) -> str:
    """The name without what people leave out: 国家, 中国, 部门 and the like of one office."""
    out = canonical(name)
    for short, full in _CORE:
        out = out.replace(short, full)
    return out


def unsupported(claim: str, support: str) -> list[str]:
    """The authorities that ``claim`` names and ``support`` does not."""
    said, known = canonical(claim), canonical(support)
    out = [m[0] for m in _NAME.finditer(said) if m[0] not in known]
    for match in _SUFFIXED.finditer(said):
        before, suffix = match[1], match[2]
        if not before or _NOBODY.search(before):
            continue
        # the name has no left edge in Chinese text: its last two characters and the suffix must be the provision's
        if before[-2:] + suffix not in known:
            out.append(match[0][-(len(suffix) + 6) :])
        elif (level := match[0][: len(match[0]) - len(before) - len(suffix)]) and match[0] not in known:
            out.append(level + before[-6:] + suffix)
    return list(dict.fromkeys(out))
