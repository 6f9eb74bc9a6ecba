"""Modality and polarity: may, must, must not, need not — a sentence must say of an act what its provision says.

A sentence is compared with the clauses of the provision that share most of its words. Where it says 可以 and
they say 不得, or denies what they affirm, it is suspicious, and a suspicious sentence is struck out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lawqa.text.modals import FORBID, MAY, MUST, NEED_NOT
from lawqa.text.normalise import fold

#: Longest and most telling first: 不得 before 得, 无需 before 需.
_MODAL = re.compile(
    rf"(?P<exempt>{NEED_NOT}|不需|不用|不强制|可以不|可不)"
    rf"|(?P<forbid>{FORBID}|不可以?|不准|不许|无权|不予)"
    rf"|(?P<must>{MUST}|有责任|需要|必需|务必|强制|(?<![必无急])须|(?<![无必所])需(?!求)|(?<![相对适响反供效回])应(?![用对急答该有]))"
    rf"|(?P<may>{MAY}|准许|(?<![许认])可(?![能靠信见视追控行用持疑读移]))"
)
_CLAUSE = re.compile(r"[，。；：！？\n,;:]")
_NEGATOR = re.compile(r"(?:不得|不能|不应当?|不可以?|不予|不再|没有|禁止|严禁|避免|防止|不|未|无|非|勿)$")
_NEGATED_BEFORE = re.compile(r"不|未|无|非|没|勿|禁|免|防止|避免")
#: Words with 不, 未, 无 or 非 in them that deny nothing.
_NO_DENIAL = re.compile(
    r"不同|不仅|不但|不论|不断|不良|不足|不满|不少于|不低于|不超过|不正当|不合理|不特定|不可抗力|未成年|未来|无论|无障碍|非法|非营利"
)
_DENIAL = re.compile(r"不|未|无|非|没有|免|禁止|严禁|除外")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_STOP = frozenset("的了和与及或在对其等是有为以由从到将被把向于之者也都并而且时中上下个这那")
#: Bigrams that carry no act: the modal words themselves.
_EMPTY = frozenset(
    {
        "应当",
        "可以",
        "不得",
        "必须",
        "需要",
        "不能",
        "禁止",
        "规定",
        "有关",
        "按照",
        "依照",
        "根据",
        "法律",
        "行政",
        "法规",
    }
)
_NEAR = 0.75


def grams(text: str) -> list[tuple[int, str]]:
    """(position, bigram) of neighbouring Chinese characters that carry meaning."""
    return [
        (i, text[i : i + 2])
        for i in range(len(text) - 1)
        if _HAN.match(text[i]) and _HAN.match(text[i + 1]) and not (text[i] in _STOP or text[i + 1] in _STOP)
    ]


def overlap(claim: str, support: str) -> float:
    """The share of the claim's bigrams that stand in ``support``, 0 to 1; 0 where it has none."""
    mine = {g for _, g in grams(fold(claim))} - _EMPTY
    theirs = {g for _, g in grams(fold(support))}
    return len(mine & theirs) / len(mine) if mine else 0.0


def modals(text: str) -> set[str]:
    """Which of exempt, forbid, must, may stand in ``text``."""
    return {m.lastgroup or "" for m in _MODAL.finditer(text)}


def fault(claim: str, support: str) -> str | None:
    """Why the claim's may/must/must not, or its denial, is not what ``support`` says; None where it is.

    ``support`` has one line a paragraph or item; an item's lead-in stands before it.
    """
    clauses = list(_governed(fold(support)))
    inherited: set[str] = set()
    for clause in _CLAUSE.split(fold(claim)):
        said = modals(clause)
        near = _nearest(clause, clauses)
        if not near:
            inherited = said or inherited
            continue
        known = set().union(*(modal for _, modal in near))
        for modal in said - known:
            if not (modal == "must" and "forbid" in said & known):
                return f"“{_word(clause, modal)}”与所引条文的要求不符"
        if not said and not inherited and known == {"forbid"} and _acts(clause, near):
            return "所引条文的禁止没有说出来"
        if _denies(_MODAL.sub("", clause)) and not any(_denies(text) for text, _ in near):
            return "所引条文没有这样的否定"
        if word := _flipped(clause, near):
            return f"对“{word}”的肯定或否定与所引条文相反"
        inherited = said or inherited
    return None


def _governed(support: str) -> Iterator[tuple[str, set[str]]]:
    """Each clause with the modality that governs it: its own, else the one before it, else the lead-in's."""
    lead: set[str] = set()
    for line in support.split("\n"):
        last = set(lead)
        for sentence in re.split(r"[。；]", line):
            current = set(last)
            for clause in _CLAUSE.split(sentence):
                current = modals(clause) or current
                if clause.strip():
                    yield clause, current
            if sentence.rstrip().endswith(("：", ":")):
                lead = current


def _nearest(clause: str, clauses: list[tuple[str, set[str]]]) -> list[tuple[str, set[str]]]:
    """The clauses that share most with ``clause``; none where nothing is shared."""
    mine = {g for _, g in grams(clause)} - _EMPTY
    scored = [(len(mine & {g for _, g in grams(text)}), text, modal) for text, modal in clauses]
    best = max((s for s, *_ in scored), default=0)
    return [(text, modal) for s, text, modal in scored if best and s >= _NEAR * best]


def _acts(clause: str, near: list[tuple[str, set[str]]]) -> bool:
    """True where the clause repeats most of what is forbidden, so that leaving out 不得 turns it round."""
    mine = {g for _, g in grams(clause)} - _EMPTY
    shared = max(len(mine & {g for _, g in grams(text)}) for text, _ in near)
    return not _NEGATED_BEFORE.search(clause) and bool(mine) and shared >= 0.7 * len(mine)


def _denies(clause: str) -> bool:
    return bool(_DENIAL.search(_NO_DENIAL.sub("", clause)))


def _flipped(clause: str, near: list[tuple[str, set[str]]]) -> str | None:
    """A word that the clause denies and the provision affirms, or the other way round."""
    for at, gram in grams(clause):
        if gram in _EMPTY or _NEGATED_BEFORE.search(gram):
            continue
        places = [(text[:i], modal) for text, modal in near for i, g in grams(text) if g == gram]
        if not places:
            continue
        denied = any(_NEGATED_BEFORE.search(before) or "forbid" in modal for before, modal in places)
        if _NEGATOR.search(clause[:at]) and not denied:
            return gram
        if not _NEGATED_BEFORE.search(clause[:at]) and all(_NEGATOR.search(before) for before, _ in places):
            return gram
    return None


def _word(clause: str, modal: str) -> str:
    return next((m[0] for m in _MODAL.finditer(clause) if m.lastgroup == modal), modal)
