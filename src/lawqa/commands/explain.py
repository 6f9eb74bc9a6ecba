"""``lawqa explain QUESTION``."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from lawqa.commands.common import Commands, add_json, add_scope, open_lawqa, print_json, settings_of
from lawqa.errors import UsageError

if TYPE_CHECKING:
    from lawqa.explanation import Explanation

_INTENTS = {
    "metadata": "文件信息",
    "comparison": "比较",
    "penalty": "法律责任",
    "definition": "定义",
    "deadline": "期限",
    "procedure": "程序",
    "scope": "适用范围",
    "prohibition": "可否",
    "authority": "主管机关",
    "duty": "义务",
}
_SIGNALS = {
    "text": "正文用字",
    "head": "标题用字",
    "notes": "编者注用字",
    "whole": "正文与编者注用字",
    "law": "换成法律用语",
    "bm25_q": "相似提问（词语，最好一个）",
    "dense": "正文语义",
    "dense_q": "相似提问（语义，最好一个）",
    "dense_q3": "相似提问（语义，最好三个）",
    "classified": "按提问分类",
    "classified_best": "第一名的分类",
    "beyond_class": "分类在文件之外",
    "named": "文件被点名",
    "stale": "不是现行文本",
    "foreign": "境外文件",
    "binding": "有约束力",
    "primary": "主文件",
    "fit": "有此类问题的用语",
    "fused": "最高得分",
    "margin": "领先第六名",
    "dense_q_best": "第一名的相似提问",
    "agreement": "各信号一致",
    "wording": "措辞像文件之内的提问",
    "unknown": "提问里没见过的词",
    "figure": "有所问的数字",
    "beyond_share_dense": "相近提问里文件之外的份额（语义）",
    "beyond_share_bm25": "相近提问里文件之外的份额（词语）",
    "beyond_share_near": "相近提问里文件之外的份额（语义，不加权）",
    "beyond_share_near_bm25": "相近提问里文件之外的份额（词语，不加权）",
    "outside": "点名未收录的法律",
    "outside_topics": "未收录法律的话题",
    "catalog": "点名只有目录的文件",
    "unknown_title": "不认识的文件名",
    "beyond_dense": "像文件之外的提问（语义）",
    "beyond_bm25": "像文件之外的提问（词语）",
    "beyond_dense_margin": "更像文件之内的提问（语义）",
    "beyond_bm25_margin": "更像文件之内的提问（词语）",
}


def add(commands: Commands) -> None:
    parser = commands.add_parser(
        "explain", help="说明一个回答的由来", description="说明：问题怎样被理解，依据够不够，各条文为何被引用或略过。"
    )
    parser.add_argument("question", metavar="问题")
    parser.add_argument("-k", metavar="个数", default="10", help="列出前几名条文（默认 10）")
    parser.add_argument("--history", metavar="问题", action="append", default=[], help="此前的问题，可重复，先问的在前")
    add_scope(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    if not (arguments.k.isdecimal() and 1 <= int(arguments.k) <= 1000):
        raise UsageError(f"-k“{arguments.k}”应为 1 到 1000 的整数")
    lawqa = open_lawqa(settings_of(arguments))
    found = lawqa.explain(
        arguments.question, arguments.as_of, tuple(arguments.doc), tuple(arguments.history), int(arguments.k)
    )
    if arguments.json:
        print_json(found.to_dict())
        return 0
    print("\n".join([*_reading(found), "", *_evidence(found), "", *_candidates(found)]))
    return 0


def _reading(found: Explanation) -> list[str]:
    read = found.understood
    lines = ["一、问题的理解", f"  问题：{found.question}"]
    if read["search_text"] != found.question:
        lines.append(f"  检索用语：{read['search_text']}（接着上一个问题）")
    day = read["as_of"] + (f"（“{read['as_of_phrase']}”）" if read["as_of_phrase"] else "")
    lines.append(f"  法律状态日期：{day}")
    rows = (
        ("问的是", [_INTENTS.get(i, i) for i in read["intents"]]),
        ("点名的文件", read["documents"]),
        ("点名的条文", read["reference_labels"]),
        ("只有目录的文件", read["catalog"]),
        ("未收录的法律", read["outside"]),
        ("涉及的人", read["actors"]),
        ("换成法律用语", [f"{e['said']}→{'/'.join(e['law'])}" for e in read["expansions"]]),
        ("限定文件", read["docs_filter"]),
    )
    return lines + [f"  {name}：{'、'.join(values)}" for name, values in rows if values]


def _evidence(found: Explanation) -> list[str]:
    enough = found.evidence >= found.threshold
    lines = [
        "二、依据",
        f"  把握 {found.evidence:.1%}，界限 {found.threshold:.1%}：{'可以回答' if enough else '不足以回答'}；"
        + ("结果：回答" if found.status == "answered" else f"结果：拒答（{found.reason}）"),
    ]
    for f in found.features:
        if round(f.contribution, 2):
            lines.append(f"  {f.contribution:+6.2f}  {_SIGNALS.get(f.name, f.name)}（{f.value:.3g} × {f.weight:.3g}）")
    return lines


def _candidates(found: Explanation) -> list[str]:
    lines = ["三、条文"]
    for c in found.candidates:
        state = "引用" if c.quoted else "略过"
        caption = f"（{c.caption}）" if c.caption else ""
        lines.append(f"  {c.rank:>3}. {c.score:.3f} 【{state}】{c.label}{caption}  {c.ref}")
        lines.append(f"       {c.why}" + (f"；引用的部分：{'、'.join(c.quoted)}" if c.quoted else ""))
        shares = {n: v * found.weights.get(n, 0.0) for n, v in c.signals.items()}
        top = sorted((n for n in shares if shares[n]), key=lambda n: -abs(shares[n]))[:5]
        if top:
            lines.append("       " + "，".join(f"{_SIGNALS.get(n, n)} {c.signals[n]:.2f}" for n in top))
    return lines
