"""Generated answers: a language model's sentences, each verified before it is shown, or else the extractive answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lawqa.answer.answer import ANSWERED, GENERATED, Answer, Struck
from lawqa.answer.citation import Citation, cite
from lawqa.answer.claim_check import ClaimCheck
from lawqa.answer.claims import Claim, ClaimReader
from lawqa.answer.llm import LanguageModel, ModelFault
from lawqa.answer.marks import marks, notices, status_line
from lawqa.answer.prompt import NO_ANSWER, SYSTEM, user_prompt
from lawqa.answer.sources import Source, sources
from lawqa.answer.verify import verified
from lawqa.corpus.library import Corpus
from lawqa.corpus.provision import Provision
from lawqa.corpus.reference import Reference
from lawqa.corpus.titles import Titles
from lawqa.retrieve.question import Question

SENTENCE, STRUCK, FINAL = "sentence", "struck", "answer"
#: Notices are shown to people; the reasons of struck sentences are in Answer.struck.
_FALLBACK = "语言模型没有给出可以核实的回答（{why}），以下为条文原文摘录。"


@dataclass(frozen=True, slots=True)
class StreamEvent:
    """One step of an answer: a verified ``sentence`` (with its new ``citations``), a sentence ``struck`` (``reason``
    only), or the whole ``answer``, which is last and stands for all before it."""

    kind: str
    text: str = ""
    citations: tuple[Citation, ...] = ()
    reason: str | None = None
    answer: Answer | None = None

    def to_dict(self) -> dict[str, Any]:
        """For server-sent events: ``{"event": kind, …}`` with what the kind carries."""
        if self.answer is not None:
            return {"event": self.kind, "answer": self.answer.to_dict()}
        if self.kind == STRUCK:
            return {"event": self.kind, "reason": self.reason}
        return {"event": self.kind, "text": self.text, "citations": [c.to_dict() for c in self.citations]}


class Generator:
    """Turns an extractive answer into a generated one; holds no state between questions."""

    def __init__(self, corpus: Corpus, titles: Titles, model: LanguageModel) -> None:
        self.corpus = corpus
        self.titles = titles
        self.model = model

    def __call__(
        self, answer: Answer, question: Question, near: Sequence[Provision], history: Sequence[str] = ()
    ) -> Iterator[StreamEvent]:
        """The events of one answer. ``answer`` is the extractive one, ``near`` further provisions to show the model.

        Whatever the model does, the last event holds a verified answer.
        """
        day = question.as_of.day
        shown = sources(self.corpus, answer.citations, near, day)
        if answer.status != ANSWERED or not shown:
            yield StreamEvent(FINAL, answer=answer)
            return
        draft = _Draft(self.corpus, question, shown)
        check = ClaimCheck(self.titles, {s.number: s for s in shown}, day)
        try:
            user = user_prompt(self.corpus, question.text, shown, day, history)
            for claim in _claims(self.model.stream(SYSTEM, user)):
                if claim.text.rstrip("。") == NO_ANSWER.rstrip("。"):
                    raise ModelFault("认为所给条文不能回答")
                reason = check.fault(claim)
                yield draft.strike(claim, reason) if reason else draft.keep(claim)
        except ModelFault as fault:
            yield StreamEvent(FINAL, answer=_fallback(answer, f"语言模型{fault}", draft.struck))
            return
        if not draft.is_answer:
            yield StreamEvent(FINAL, answer=_fallback(answer, "写出的句子未能核实", draft.struck))
            return
        final = verified(self.corpus, draft.answer(answer), day)
        if final.status != ANSWERED:  # the last gate found what the checks had not
            final = _fallback(answer, "引用未能核实", draft.struck)
        yield StreamEvent(FINAL, answer=final)


class _Draft:
    """The verified sentences of one answer, their citations numbered in the order in which they appear."""

    def __init__(self, corpus: Corpus, question: Question, shown: Sequence[Source]) -> None:
        self.corpus = corpus
        self.question = question
        self._sources = {s.number: s for s in shown}
        self._numbers: dict[int, int] = {}
        self._citations: list[Citation] = []
        self._lines: list[str] = []
        self.kept = 0
        self.struck: list[Struck] = []

    def strike(self, claim: Claim, reason: str) -> StreamEvent:
        self.struck.append(Struck(claim.text, reason))
        return StreamEvent(STRUCK, reason=reason)

    def keep(self, claim: Claim) -> StreamEvent:
        """Adds a verified sentence and gives it with its final markers."""
        new: list[Citation] = []
        for number in claim.markers:
            if number in self._numbers:
                continue
            source = self._sources[number]
            citation = cite(self.corpus, source.ref, source.text, self.question.as_of.day, len(self._citations) + 1)
            self._numbers[number] = citation.marker
            self._citations.append(citation)
            new.append(citation)
        text = claim.text + "".join(f"[{self._numbers[n]}]" for n in claim.markers)
        self.kept += 1
        if claim.new_line or not self._lines:
            self._lines.append(f"- {text}" if claim.bullet else text)
        else:
            self._lines[-1] += text
        return StreamEvent(SENTENCE, text=text, citations=tuple(new))

    @property
    def is_answer(self) -> bool:
        """At least half of the sentences stand, and one of them rests on what the extractive answer quotes."""
        rests = any(self._sources[n].quoted for n in self._numbers)
        return rests and self.kept >= len(self.struck)

    def answer(self, extractive: Answer) -> Answer:
        """The sentences, then what they rest on verbatim, then the notices."""
        day = self.question.as_of.day
        provisions = list({c.ref: self.corpus.provision(self.corpus.parse(c.ref)) for c in self._citations}.values())
        warned = list(dict.fromkeys((*notices(self.corpus, provisions, day), *self._own(extractive))))
        if self.struck:
            warned.append(f"语言模型写的{len(self.struck)}句话未能核实，已删去。")
        lines = [*_spaced(self._lines), "", "**依据**", "", *self._basis()]
        lines += [f"注意：{n}" for n in warned]
        cited = {str(p.ref) for p in provisions}
        unused = [str(self.corpus.parse(c.ref).provision) for c in extractive.citations]
        related = tuple(r for r in dict.fromkeys((*unused, *extractive.related)) if r not in cited)
        return replace(
            extractive,
            answer="\n".join(lines).strip(),
            citations=tuple(self._citations),
            notices=tuple(warned),
            related=related,
            mode=GENERATED,
            struck=tuple(self.struck),
        )

    def _own(self, extractive: Answer) -> list[str]:
        """The extractive notices but for the marks of documents that are no longer cited."""
        documents = {c.document for c in self._citations}
        gone = [c for c in extractive.citations if c.document not in documents]
        return [n for n in extractive.notices if not any(n.startswith(f"《{c.title}》") for c in gone)]

    def _basis(self) -> list[str]:
        day = self.question.as_of.day
        out: list[str] = []
        by_provision: dict[Reference, list[Citation]] = {}
        for citation in self._citations:
            by_provision.setdefault(self.corpus.parse(citation.ref).provision, []).append(citation)
        for ref, group in by_provision.items():
            provision = self.corpus.provision(ref)
            warn = "".join(f"〔{m}〕" for m in marks(self.corpus, provision, day))
            out += [
                f"{provision.label}（{status_line(self.corpus, self.corpus.instrument(ref.document), day)}）{warn}",
                "",
            ]
            for citation in group:
                out += [f"> {citation.quote} [{citation.marker}]", ">"]
            out[-1] = ""
        return out


def _claims(stream: Iterator[str]) -> Iterator[Claim]:
    reader = ClaimReader()
    for piece in stream:
        yield from reader.feed(piece)
    yield from reader.close()


def _spaced(lines: Sequence[str]) -> list[str]:
    """Paragraphs with a blank line between them, items of a list without."""
    out: list[str] = []
    for line in lines:
        if out and not (line.startswith("- ") and out[-1].startswith("- ")):
            out.append("")
        out.append(line)
    return out


def _fallback(answer: Answer, why: str, struck: Sequence[Struck]) -> Answer:
    """The extractive answer with a notice that says why it is shown."""
    return replace(answer.noticed(_FALLBACK.format(why=why)), struck=tuple(struck))
