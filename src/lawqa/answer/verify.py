"""Verification: no citation leaves that does not exist, is not literal, or hides its status."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from lawqa.answer.answer import REFUSED, Answer
from lawqa.answer.citation import Citation
from lawqa.corpus.catalog import CatalogEntry
from lawqa.corpus.library import Corpus
from lawqa.errors import LawqaError

MARKER = re.compile(r"\[(\d+)\]")


def fault_of(corpus: Corpus, citation: Citation, day: date) -> str | None:
    """Why a citation must not be shown; None where it may."""
    if citation.ref.startswith("catalog:"):
        entry = corpus.entry(citation.ref.removeprefix("catalog:"))
        if entry is None:
            return f"目录里没有“{citation.ref}”"
        return None if citation.quote and citation.quote in entry_strings(entry) else "引文不是目录条目的原文"
    try:
        ref = corpus.parse(citation.ref)
    except LawqaError as error:
        return str(error)
    text = corpus.provision(ref).piece(ref)
    if not citation.quote or text is None or citation.quote not in text:
        return f"引文不是{citation.label}的原文"
    instrument = corpus.instrument(ref.document)
    if citation.document != instrument.id or citation.title != instrument.title:
        return f"引文的文件名与“{instrument.id}”不符"
    if citation.status != corpus.status_on(instrument, day):
        return f"效力状态“{citation.status}”与{day.isoformat()}的状态不符"
    return None


def entry_strings(entry: CatalogEntry) -> tuple[str, ...]:
    """Every literal string that may be quoted from a catalog entry."""
    dates = [d.isoformat() for d in (entry.promulgated, entry.effective) if d]
    texts = [entry.title, entry.kind, entry.document_number, entry.status, entry.source_url, entry.summary]
    sentences = [s for s in re.split(r"(?<=。)", entry.summary) if s]
    return tuple(t for t in (*texts, *dates, *entry.issuers, "、".join(entry.issuers), *sentences) if t)


def verified(corpus: Corpus, answer: Answer, day: date) -> Answer:
    """The answer with every faulty citation and the lines that carry it struck out; a refusal if none is left.

    By construction there is nothing to strike out: this is the last gate, and it must never be passed unchecked.
    """
    if answer.status == REFUSED:
        return replace(answer, citations=(), answer=MARKER.sub("", answer.answer))
    bad = {c.marker: fault for c in answer.citations if (fault := fault_of(corpus, c, day))}
    known = {c.marker for c in answer.citations}
    unresolved = {int(m) for m in MARKER.findall(answer.answer)} - known
    if not bad and not unresolved:
        return answer
    lines = [
        line
        for line in answer.answer.split("\n")
        if not any(int(m) in bad or int(m) in unresolved for m in MARKER.findall(line))
    ]
    citations = tuple(c for c in answer.citations if c.marker not in bad)
    notices = (*answer.notices, f"有{len(bad) + len(unresolved)}处引用未能核实，已删去。")
    if not citations:
        return replace(
            answer,
            status=REFUSED,
            answer="没有可以核实的依据，因此不作回答。",
            citations=(),
            reason="全部引用都未能核实",
            notices=notices,
        )
    return replace(answer, answer="\n".join(lines), citations=citations, notices=notices)
