"""What can be said of a difference without judging: figures, lists and 款, each read from the quoted words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lawqa.answer.select import Selected
from lawqa.corpus.numerals import to_chinese
from lawqa.corpus.quantity import quantities

_N = r"[0-9零〇一二三四五六七八九十百千万亿两]+"
_UNIT = r"(?:万?元|倍|周岁|个?工作日|日|个月|年(?!度)|小时|人)"
#: 一万元以上十万元以下, 百分之五以下, 三十日内, 十四周岁
_FIGURE = re.compile(
    rf"{_N}{_UNIT}以上{_N}{_UNIT}(?:以下)?|百分之{_N}(?:以上|以下)?|不(?:超过|少于|低于|满){_N}{_UNIT}|{_N}{_UNIT}(?:以上|以下|以内|内)?"
)
#: Not figures of the law but of its making: 自2017年6月1日起.
_DATE = re.compile(r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日")
_MOST = 8
#: The upper bound of a fine: 处一万元以上十万元以下罚款; 五千万元以下或者上一年度营业额百分之五以下罚款.
_CEILING = re.compile(rf"({_N}元)以下[^；。，、]{{0,25}}罚款")
#: A fine bounded by a share or a multiple instead: 上一年度营业额百分之五以下罚款, 违法所得一倍以上十倍以下罚款.
_RELATIVE = re.compile(rf"(?<![^，；。、者处])([^，；。、者处]{{0,30}}(?:百分之{_N}|{_N}倍)以下)的?罚款")
#: The clause of a fine, whose figures are no others.
_FINE = re.compile(r"[^；。，、]*罚款")


def figures(texts: Sequence[str]) -> list[str]:
    """The literal figures of ``texts``, each once, in order: amounts, times, ages, shares."""
    found: dict[str, None] = {}
    for text in texts:
        for match in _FIGURE.finditer(_DATE.sub(lambda m: "　" * len(m[0]), text)):
            if quantities(match[0]):
                found[match[0]] = None
    return list(found)


def only(ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """What stands in ``ours`` alone."""
    return [figure for figure in ours if figure not in theirs]


def quoted(words: Sequence[str]) -> str:
    """``“一万元以上”“二十倍以下”等``."""
    return "".join(f"“{word}”" for word in words[:_MOST]) + ("等" if len(words) > _MOST else "")


def between(sides: Sequence[Sequence[Selected]], names: Sequence[str], asked: bool) -> str:
    """One clause on how the quotations of two or more sides differ; empty where nothing can be said for sure.

    ``asked``: figures are what the question is about, so that their absence on one side is worth a word too.
    """
    texts = [[t for s in side for _, t in s.pieces] for side in sides]
    clauses = [_ceilings(texts, names), _figures(texts, names, asked), _lists(sides, names)]
    return "；".join(c for c in clauses if c)


def ceiling(texts: Sequence[str]) -> str:
    """The literal largest amount that a fine is bounded by in ``texts``; empty without any."""
    found = [match[1] for text in texts for match in _CEILING.finditer(text)]
    return max(found, key=lambda f: quantities(f)[0].value, default="")


def relative(texts: Sequence[str]) -> list[str]:
    """The literal bounds of fines in ``texts`` that are no amounts, each once: a share, a multiple."""
    return list(dict.fromkeys(match[1] for text in texts for match in _RELATIVE.finditer(text)))


def _beside(texts: Sequence[str]) -> str:
    """（另有“上一年度营业额百分之五以下”） behind a highest amount that is not the only bound."""
    found = relative(texts)
    return f"（另有{quoted(found)}）" if found else ""


def _ceilings(texts: Sequence[Sequence[str]], names: Sequence[str]) -> str:
    highest = [ceiling(t) for t in texts]
    if not all(highest):
        return ""
    if same_amount(highest):
        also = "，".join(f"{n}另有{quoted(r)}" for n, t in zip(names, texts, strict=True) if (r := relative(t)))
        return f"所引条文里罚款的最高数额相同，都是“{highest[0]}”" + (f"（{also}）" if also else "")
    parts = [f"{n}是“{h}”{_beside(t)}" for n, h, t in zip(names, highest, texts, strict=True)]
    return "所引条文里罚款的最高数额，" + "，".join(parts)


def same_amount(highest: Sequence[str]) -> bool:
    """True where every side has a highest fine and all are written alike."""
    return all(highest) and len(set(highest)) == 1


def _figures(texts: Sequence[Sequence[str]], names: Sequence[str], asked: bool) -> str:
    """The figures of each side that no other side has; where every side's highest fine is told, no fines
    besides, for the ranges that only one side has would pass for all."""
    if all(ceiling(t) for t in texts):
        texts = [[_FINE.sub("　", text) for text in own] for own in texts]
        asked = False
    own = [figures(t) for t in texts]
    alone = [only(figs, [f for other in own[:i] + own[i + 1 :] for f in other]) for i, figs in enumerate(own)]
    if not any(alone) or not (asked or all(own)):
        return ""
    if alone != own:
        parts = [f"只有{name}写到{quoted(f)}" if f else "" for name, f in zip(names, alone, strict=True)]
    else:
        parts = [f"{name}写的是{quoted(f)}" if f else "" for name, f in zip(names, alone, strict=True)]
    without = [name for name, figs in zip(names, own, strict=True) if not figs]
    parts.append(f"{'、'.join(without)}没有写数字" if without else "")
    return ("数字上，所引文字里" if alone != own else "数字上，") + "，".join(p for p in parts if p)


def _lists(sides: Sequence[Sequence[Selected]], names: Sequence[str]) -> str:
    """How many 项 each side lists, where every side quotes one provision with a list and the numbers differ."""
    if any(len(side) != 1 for side in sides):
        return ""
    counts = [sum(len(p.items) for p in side[0].provision.paragraphs) for side in sides]
    if len(set(counts)) == 1 or not all(counts):
        return ""
    return "，".join(f"{name}列举{_count(n)}项" for name, n in zip(names, counts, strict=True))


def amended(old: Selected, new: Selected) -> str:
    """How two versions of one article differ: the number of 款, the highest fine, the figures of one version only."""
    texts = [[text for _, text in side.pieces] for side in (old, new)]
    clauses = []
    a, b = len(old.provision.paragraphs), len(new.provision.paragraphs)
    if a != b:
        clauses.append(f"旧文本{_count(a)}款，新文本{_count(b)}款")
    highest = [ceiling(t) for t in texts]
    before, after = (figures(t) for t in texts)
    gone, fresh = only(before, after), only(after, before)
    if same_amount(highest):
        clauses.append(f"所引文字里罚款的最高数额相同，都是“{highest[0]}”" if gone or fresh else "")
    elif all(highest):
        parts = [f"{n}“{h}”{_beside(t)}" for n, h, t in zip(("旧文本", "新文本"), highest, texts, strict=True)]
        clauses.append(f"所引文字里罚款的最高数额，{'，'.join(parts)}")
    parts = [f"旧文本才有的数字{quoted(gone)}" if gone else "", f"新文本才有的数字{quoted(fresh)}" if fresh else ""]
    clauses.append("，".join(p for p in parts if p))
    return "；".join(c for c in clauses if c)


def _count(n: int) -> str:
    return "两" if n == 2 else to_chinese(n)
