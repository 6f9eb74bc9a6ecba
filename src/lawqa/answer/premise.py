"""False premises: a figure that the question takes for the law's, though the provision says another one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lawqa.answer.select import Selected
from lawqa.corpus.quantity import Quantity, quantities

#: The asker claims to know what the law says; a figure in a mere story is no claim about the law.
_CLAIM = re.compile(
    r"要求|规定|必须|应当|应该|最多|最高|顶格|至少|最少|不少于|不超过|不是说|对吧|对不对|是吧|是不是|没记错|听说|据说|说是|法定|只要|只需|以内|之内"
)
_AROUND = 14


def corrections(question: str, selected: Sequence[Selected]) -> tuple[str, ...]:
    """One sentence for each figure that the question claims and no quoted piece has, though the best provision
    states another figure of the same kind."""
    if not selected:
        return ()
    quoted = [q for s in selected for _, text in s.pieces for q in quantities(text)]
    first = [q for _, text in selected[0].pieces for q in quantities(text)]
    out = []
    for claimed in quantities(question):
        if not _is_claim(question, claimed) or any(_same(claimed, q) for q in quoted):
            continue
        stated = [q for q in first if q.dimension == claimed.dimension]
        if stated:
            words = "、".join(dict.fromkeys(f"“{q.text}”" for q in stated))
            out.append(f"问题里的“{claimed.text}”与条文不符：{selected[0].provision.label}写的是{words}。")
    return tuple(dict.fromkeys(out))


def _is_claim(question: str, quantity: Quantity) -> bool:
    at = question.find(quantity.text)
    return bool(_CLAIM.search(question[max(0, at - _AROUND) : at + len(quantity.text) + _AROUND]))


def _same(one: Quantity, other: Quantity) -> bool:
    return one.dimension == other.dimension and one.value == other.value
