"""Refusals: what was looked for, why the documents do not answer, where to look instead; never a citation."""

from __future__ import annotations

from collections.abc import Sequence

from lawqa.answer.answer import REFUSED, Answer
from lawqa.answer.origin import origin
from lawqa.corpus.catalog import CatalogEntry
from lawqa.corpus.label import precise_label
from lawqa.corpus.library import Corpus
from lawqa.corpus.numerals import to_chinese
from lawqa.corpus.reference import Reference
from lawqa.index.store import Index
from lawqa.retrieve.hit import Hit
from lawqa.retrieve.question import Question


def refuse(
    corpus: Corpus, index: Index, question: Question, reason: str, hits: Sequence[Hit], notices: Sequence[str] = ()
) -> Answer:
    """A refusal with ``reason``; the nearest provisions are named as no answer."""
    reason = reason if reason.endswith(("。", "？", "！")) else f"{reason}。"
    lines = [f"现有文件不能回答这个问题：{reason}"]
    for notice in notices:
        lines += ["", notice]
    near = [h for h in hits[:3] if corpus.provision(h.ref).paragraphs]
    if near:
        lines += ["", "最接近的条文如下，但它们没有回答这个问题："]
        for hit in near:
            note = index.note(hit.ref)
            lines.append(f"- {corpus.provision(hit.ref).label}" + (f"（{note.caption}）" if note else ""))
    return Answer(
        question=question.text,
        status=REFUSED,
        answer="\n".join(lines),
        reason=reason,
        notices=tuple(notices),
        related=tuple(str(h.ref) for h in near),
    )


def catalog_facts(entry: CatalogEntry) -> str:
    """What the catalog knows of an instrument without text, in one paragraph."""
    facts = [f"《{entry.title}》", *origin(entry)]
    if entry.status and entry.status != "不适用":
        facts.append(entry.status)
    link = f"官方页面：{entry.source_url}" if entry.source_url else "官方页面未知。"
    return "，".join(facts) + f"。本系统只有目录，没有收录正文。{entry.summary}{link}"


def missing_reason(corpus: Corpus, missing: Sequence[tuple[str, str]]) -> str:
    """Why the numbered provisions that were asked for are not there."""
    parts = []
    for document, number in missing:
        instrument = corpus.instrument(document)
        name = f"第{number}条" if number.split("-")[0].isdigit() else number
        if number in instrument.verification.gaps:
            parts.append(f"{instrument.label}有{name}，但其文字未收录")
        elif instrument.last_article:
            parts.append(f"{instrument.label}共{instrument.last_article}条，没有{name}")
        else:
            parts.append(f"{instrument.label}不分条，没有{name}")
    return "；".join(parts)


def absent_part(corpus: Corpus, ref: Reference) -> str:
    """That an article has no such 款 or 项, and how many it has."""
    provision = corpus.provision(ref)
    paragraph = next((p for p in provision.paragraphs if p.number == ref.paragraph), None)
    if paragraph is None or ref.item is None:
        return f"{provision.label}只有{len(provision.paragraphs)}款，没有第{to_chinese(ref.paragraph or 1)}款；以上是全条。"
    label = precise_label(provision, ref.provision.at(paragraph.number))
    return f"{label}有{len(paragraph.items)}项，没有第（{to_chinese(ref.item)}）项；以上是全条。"
