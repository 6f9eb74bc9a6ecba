"""Answers that come back from a browser: untrusted, so only what the corpus bears out goes on.

A turn is rebuilt with checked types, its citations are made anew from the corpus (label, title, link, status), and
verified for the day of its receipt. Then every line is held against them: a quotation that is no verified citation,
words in quotation marks that stand in no cited provision, and a sentence of a language model that its provisions do
not bear out are struck. The receipt is today's, because it is today's corpus that verified.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from lawqa.answer.answer import ANSWERED, REFUSED, Answer
from lawqa.answer.citation import Citation, cite, cite_entry
from lawqa.answer.claim_check import ClaimCheck
from lawqa.answer.claims import ClaimReader
from lawqa.answer.reading import answer_of
from lawqa.answer.sources import sources
from lawqa.answer.verify import MARKER, verified
from lawqa.errors import LawqaError, UsageError
from lawqa.retrieve.dates import parse_date

if TYPE_CHECKING:
    from lawqa.lawqa import LawQA

_QUOTED = re.compile(r"“([^“”]*)”|「([^「」]*)」|『([^『』]*)』|\"([^\"]*)\"")
#: Shorter words in marks are a term or a name, not the law's words.
_QUOTATION_CHARS = 8
_STRUCK = "有{n}行未能核实，已删去。"
_NOTHING = "没有可以核实的依据，因此不作回答。"


def received(lawqa: LawQA, turns: Sequence[Any]) -> list[Answer]:
    """The turns (``Answer.to_dict()`` each) as verified answers. UsageError for what is no answer."""
    out = []
    for number, turn in enumerate(turns, 1):
        try:
            answer = answer_of(turn)
        except UsageError as error:
            raise UsageError(f"第{number}个回答不能导出：{error}；请刷新页面再试") from None
        out.append(_verified(lawqa, answer, number))
    return out


def _verified(lawqa: LawQA, answer: Answer, number: int) -> Answer:
    said = answer.receipt.get("as_of")
    day = parse_date(said) if isinstance(said, str) else None
    if day is None:
        raise UsageError(f"第{number}个回答的回执没有日期（receipt.as_of）：请刷新页面再试")
    docs = answer.receipt.get("docs")
    known = [d for d in docs if isinstance(d, str) and lawqa.corpus.has(d)] if isinstance(docs, list) else []
    answer = replace(
        answer,
        question=" ".join(answer.question.split()),
        citations=tuple(_rebuilt(lawqa, c, day) for c in answer.citations),
        receipt=lawqa.receipt(day, known, answer.mode),
    )
    return _held(lawqa, verified(lawqa.corpus, answer, day), day)


def _rebuilt(lawqa: LawQA, citation: Citation, day: date) -> Citation:
    """The citation as we would write it; one that names nothing here is left for ``verified`` to strike."""
    corpus = lawqa.corpus
    if citation.ref.startswith("catalog:"):
        entry = corpus.entry(citation.ref.removeprefix("catalog:"))
        return cite_entry(entry, citation.quote, citation.marker) if entry else citation
    try:
        return cite(corpus, corpus.parse(citation.ref), citation.quote, day, citation.marker)
    except LawqaError:
        return citation


def _held(lawqa: LawQA, answer: Answer, day: date) -> Answer:
    """The answer without the lines that its citations do not bear out."""
    literal = {f"> {c.quote} [{c.marker}]" for c in answer.citations}
    texts = [answer.question, *(_text(lawqa, c) for c in answer.citations)]
    check = ClaimCheck(lawqa.titles, {s.number: s for s in sources(lawqa.corpus, answer.citations, (), day)}, day)

    def stands(line: str) -> bool:
        if line.lstrip().startswith(">"):
            return line.strip() == ">" or line in literal
        if any(not any(words in text for text in texts) for words in _quotations(line)):
            return False
        return not MARKER.search(line) or all(check.fault(claim) is None for claim in _claims(line))

    lines = answer.answer.split("\n")
    kept = [line for line in lines if stands(line)]
    if len(kept) == len(lines):
        return answer
    notice = _STRUCK.format(n=len(lines) - len(kept))
    used = {int(m) for line in kept for m in MARKER.findall(line)}
    citations = tuple(c for c in answer.citations if c.marker in used)
    if answer.status == ANSWERED and not citations:
        nothing = replace(answer, status=REFUSED, answer=_NOTHING, citations=(), reason=_NOTHING)
        return replace(nothing, notices=(*answer.notices, notice))
    return replace(answer, answer="\n".join(kept), citations=citations).noticed(notice)


def _quotations(line: str) -> list[str]:
    found = ("".join(match) for match in _QUOTED.findall(line))
    return [words for words in found if len(words) >= _QUOTATION_CHARS]


def _text(lawqa: LawQA, citation: Citation) -> str:
    if citation.ref.startswith("catalog:"):
        return citation.quote
    return lawqa.corpus.provision(lawqa.corpus.parse(citation.ref)).text


def _claims(line: str) -> list[Any]:
    reader = ClaimReader()
    return [*reader.feed(line), *reader.close()]
