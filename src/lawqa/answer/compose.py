"""The extractive answer: one opening sentence, the operative words verbatim, what else bears on it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from lawqa.answer.answer import ANSWERED, Answer
from lawqa.answer.citation import Citation, cite
from lawqa.answer.marks import chinese_date, marks, notices, status_line
from lawqa.answer.origin import wrong_issuers
from lawqa.answer.premise import corrections
from lawqa.answer.select import Selected
from lawqa.answer.sides.table import Table
from lawqa.corpus.label import precise_label
from lawqa.corpus.library import Corpus
from lawqa.corpus.reference import Reference
from lawqa.index.store import Index
from lawqa.retrieve.crossrefs import CrossReferences
from lawqa.retrieve.provision_kind import fits
from lawqa.retrieve.question import Question

_OPENINGS = {
    "definition": "{label}对此有定义",
    "penalty": "法律责任见{label}",
    "procedure": "程序要求见{label}",
    "deadline": "期限见{label}",
    "scope": "适用范围见{label}",
    "prohibition": "直接相关的是{label}",
    "authority": "职责分工见{label}",
    "duty": "直接的要求见{label}",
}
_MOST_RELATED = 6
#: A provision that cites more than so many is a list of duties.
_MOST_DUTIES = 3


class Composer:
    """Builds an extractive answer out of selected provisions; every sentence of it is made from verified parts."""

    def __init__(self, corpus: Corpus, index: Index, references: CrossReferences) -> None:
        self.corpus = corpus
        self.index = index
        self.references = references

    def __call__(self, question: Question, selected: Sequence[Selected]) -> Answer:
        """An answered Answer. ``selected`` must not be empty."""
        citations: list[Citation] = []
        premises = (*wrong_issuers(self.corpus, question), *corrections(self.corpus, question, selected))
        lines = [*premises, self._opening(question, selected), ""]
        lines += self._by_document(question, self._grouped(selected), citations)
        found = self._related(selected)
        related = found[:_MOST_RELATED]
        lines += self._see(related, more=len(found) > len(related))
        versions = self._versions(question, selected)
        lines += [line for n in versions for line in (f"注意：{n}", "")]
        return self._answer(question, lines, citations, selected, (*premises, *versions), related)

    def table(self, question: Question, table: Table) -> Answer:
        """An answered Answer out of a table that quotes something."""
        citations: list[Citation] = []
        lines = [line for head in (table.opening, *table.heads) for line in (head, "")]
        for block in table.blocks:
            if block.title or block.remark:
                remark = f"：{block.remark}。" if block.title and block.remark else block.remark
                lines += [f"**{block.title}**{remark}" if block.title else f"{remark}。", ""]
            if block.by_document:
                lines += self._by_document(question, block.selected, citations)
            else:
                for choice in block.selected:
                    lines += self._quotations(question, choice, citations, choice.provision.label)
        lines += [line for n in table.notes for line in (n, "")]
        lines += self._see(table.related)
        versions = self._versions(question, table.selected)
        lines += [line for n in versions for line in (f"注意：{n}", "")]
        return self._answer(question, lines, citations, table.selected, tuple(versions), table.related)

    def _see(self, related: Sequence[Reference], more: bool = False) -> list[str]:
        """The line of what else to read; 等 where there is more than it names."""
        named = "、".join(self._related_label(r) for r in related)
        return [f"另见：{named}{'等' if more else ''}", ""] if related else []

    def _answer(
        self,
        question: Question,
        lines: Sequence[str],
        citations: Sequence[Citation],
        selected: Sequence[Selected],
        said: Sequence[str],
        related: Sequence[Reference] = (),
    ) -> Answer:
        # the marks of each provision stand in its heading already: in the notices they are for programs
        marked = notices(self.corpus, [s.provision for s in selected], question.as_of.day)
        return Answer(
            question=question.text,
            status=ANSWERED,
            answer="\n".join(lines).strip(),
            citations=tuple(citations),
            notices=tuple(dict.fromkeys((*said, *marked))),
            related=tuple(map(str, related)),
        )

    def _by_document(self, question: Question, selected: Sequence[Selected], citations: list[Citation]) -> list[str]:
        """The quotations, each document headed once with its status."""
        lines = []
        for document, group in groupby(selected, key=lambda s: s.provision.ref.document):
            instrument = self.corpus.instrument(document)
            lines += [f"**{instrument.label}**（{status_line(self.corpus, instrument, question.as_of.day)}）", ""]
            for choice in group:
                head = choice.provision.label.removeprefix(instrument.label)
                lines += self._quotations(question, choice, citations, head)
        return lines

    def _opening(self, question: Question, selected: Sequence[Selected]) -> str:
        provision = selected[0].provision
        if question.references and question.sides and len(selected) > 1:
            return f"{'与'.join(s.provision.label for s in selected)}对照如下。"
        note = self.index.note(provision.ref)
        about = f"（编者条旨：{note.caption}）" if note else (f"（{provision.heading}）" if provision.heading else "")
        if question.references:
            label = precise_label(provision, question.references[0])
            if len(selected) == 2 and len(question.references) == 1:
                return f"违反{label}{about}的法律责任见{selected[1].provision.label}。"
            return f"{label}{about}的原文如下。"
        intent = next((i for i in question.intents if i in _OPENINGS and fits(i, provision.text)), "")
        opening = _OPENINGS.get(intent, "直接相关的是{label}")
        return opening.format(label=provision.label) + about + "。"

    def _grouped(self, selected: Sequence[Selected]) -> list[Selected]:
        """By document in the order of their best provision, so that each document is headed once."""
        order = list(dict.fromkeys(s.provision.ref.document for s in selected))
        return sorted(selected, key=lambda s: order.index(s.provision.ref.document))

    def _quotations(self, question: Question, choice: Selected, citations: list[Citation], head: str) -> list[str]:
        day = question.as_of.day
        provision = choice.provision
        note = self.index.note(provision.ref)
        # the law's articles have no titles: what we call them must not look like the law's words
        caption = f"〔编者条旨〕{note.caption}" if note and provision.is_article else f"　{provision.heading}"
        warn = "".join(f"〔{m}〕" for m in marks(self.corpus, provision, day))
        out = [f"{head}{caption.rstrip()}{warn}".strip(), ""]
        for ref, text in choice.pieces:
            citation = cite(self.corpus, ref, text, day, len(citations) + 1)
            citations.append(citation)
            out += [f"> {text} [{citation.marker}]", ">"]
        out[-1] = ""
        return out

    def _related(self, selected: Sequence[Selected]) -> list[Reference]:
        """What the answer leaves to others, what the cited provisions cite, then what cites them; nothing that is cited
        already."""
        cited = {s.provision.ref for s in selected}
        found: dict[Reference, None] = dict.fromkeys(ref for s in selected for ref in s.see)
        for choice in selected[:2]:
            own = self.references.cites(choice.provision.ref)
            if selected[0].provision.ref in own or len(own) > _MOST_DUTIES:
                own = ()  # a penalty that lists many duties: the others are not the matter
            for ref in (*own, *self.references.cited_by(choice.provision.ref)):
                if ref not in cited:
                    found[ref] = None
        return list(found)

    def _related_label(self, ref: Reference) -> str:
        note = self.index.note(ref)
        return self.corpus.provision(ref).label + (f"（{note.caption}）" if note else "")

    def _versions(self, question: Question, selected: Sequence[Selected]) -> list[str]:
        """Says when another version of a cited law would apply."""
        out = []
        if question.as_of.phrase:
            out.append(f"按{chinese_date(question.as_of.day)}（“{question.as_of.phrase}”）有效的文本回答。")
        cited = dict.fromkeys(s.provision.ref.document for s in selected)
        for document in cited:
            instrument = self.corpus.instrument(document)
            older = self.corpus.predecessor(instrument)
            named = document in question.documents or (older is not None and older.id in cited)
            if older and instrument.effective and not named:
                since = chinese_date(instrument.effective)
                out.append(f"{instrument.label}自{since}起施行；此前的行为一般看当时有效的{older.label}。")
        return out
