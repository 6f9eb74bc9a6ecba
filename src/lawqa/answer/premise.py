"""False premises: a figure that the question takes for the law's, though the provision says another one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from lawqa.answer.select import Selected
from lawqa.corpus.library import Corpus
from lawqa.corpus.quantity import Quantity, quantities, spoken_amounts
from lawqa.retrieve.question import Question
from lawqa.text.tokenise import grams

#: The asker claims to know what the law says; a figure in a mere story is no claim about the law.
_CLAIM = re.compile(
    r"要求|规定|必须|应当|应该|最多|最高|顶格|至少|最少|不少于|不超过|不是说|对吧|对不对|是吧|是不是|没记错|听说|据说|说是|法定|只要|只需|以内|之内"
)
#: What makes a claim of the figure right before it, in the same clause.
_ASKED_WHETHER = re.compile(r"^[^，。；？！,;?!]{0,10}[，,]?(?:对吗|对么|是吗|是么|没错吧|对不对|是不是|对吧)")
_MUST, _WHETHER = re.compile(r"[要得须需][^，。；？！,;?!]{0,8}$"), re.compile(r"^[^，。；？！,;?!]{0,10}[吗么]")
#: 只存了一年, 罚了五十万: what happened, not what the law says.
_DONE = re.compile(r"了(?:大概|大约|约|近|快|整整)?$")
_AROUND = 14
#: Two provisions answer equally well where the second has this share of the best one's score.
_EQUAL = 0.95
_SAID = re.compile(r"^[》）]?(?:第[^，。]{1,12}条)?(?:里|中|里面)?(?:是不是|不是)?(?:规定|要求|写|说)")


def corrections(corpus: Corpus, question: Question, selected: Sequence[Selected]) -> tuple[str, ...]:
    """One sentence for each figure that the question claims and that the best provision has otherwise: of the document
    that the question names, where it names one."""
    named = question.documents[0] if len(question.documents) == 1 else None
    chosen = [s for s in selected if named is None or s.provision.ref.document == named]
    out = []
    for claimed in (*quantities(question.text), *spoken_amounts(question.text)):
        if not _is_claim(question.text, claimed):
            continue
        if chosen:
            best = chosen[0]
            equal = [s for s in chosen if named or s.score >= _EQUAL * best.score]
            if any(_same(claimed, q) for s in equal for q in quantities(s.provision.text)):
                continue
            stated = [q for _, text in best.pieces for q in _stated(question, claimed, text)]
            if stated:
                words = "、".join(dict.fromkeys(f"“{q.text}”" for q in stated))
                out.append(f"问题里的“{claimed.text}”与条文不符：{best.provision.label}写的是{words}。")
                continue
        if named and _nowhere(corpus, question, claimed, named):
            out.append(f"{corpus.instrument(named).label}的条文里没有写“{claimed.text}”。")
    return tuple(dict.fromkeys(out))


def _stated(question: Question, claimed: Quantity, text: str) -> list[Quantity]:
    """The figures of the claim's kind in ``text``, where the sentence is on the matter of the question."""
    if question.references or claimed.dimension == "yuan":
        return [q for q in quantities(text) if q.dimension == claimed.dimension]
    topic = {g for g in grams(question.topic.replace(claimed.text, " ")) if len(g) > 1}
    out = []
    for clause in re.split(r"[。；]", text):
        if topic & set(grams(clause)):
            out += [q for q in quantities(clause) if q.dimension == claimed.dimension]
    return out


def _nowhere(corpus: Corpus, question: Question, claimed: Quantity, named: str) -> bool:
    """True where the question says that the document has the figure, and no provision of its whole text has it."""
    instrument = corpus.instrument(named)
    if instrument.is_digest or instrument.verification.gaps or question.references:
        return False
    says = any(m.name and m.documents == (named,) and _SAID.search(question.text[m.end :]) for m in question.mentions)
    says = says or (claimed.dimension == "yuan" and question.intent == "penalty")  # 深度合成规定罚款3万对吗
    return says and not any(_same(claimed, q) for p in instrument.provisions for q in quantities(p.text))


def _is_claim(question: str, quantity: Quantity) -> bool:
    at = question.find(quantity.text)
    before, after = question[:at], question[at + len(quantity.text) :]
    if _DONE.search(before):
        return False
    if _ASKED_WHETHER.search(after) or (_MUST.search(before) and _WHETHER.search(after)):
        return True
    return bool(_CLAIM.search(before[-_AROUND:] + quantity.text + after[:_AROUND]))


def _same(one: Quantity, other: Quantity) -> bool:
    return _measure(one) == _measure(other)


def _measure(quantity: Quantity) -> tuple[str, Fraction]:
    """Days as hours: 三日 and 72小时 are the same."""
    if quantity.dimension == "days":
        return "hours", quantity.value * 24
    return quantity.dimension, quantity.value
