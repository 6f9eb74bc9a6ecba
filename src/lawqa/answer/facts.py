"""Answers from metadata: effective date, status, issuers, document number of a document or catalog entry."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lawqa.answer.answer import ANSWERED, Answer
from lawqa.answer.citation import Citation, cite, cite_entry
from lawqa.answer.marks import chinese_date, notices
from lawqa.answer.origin import origin, wrong_issuers
from lawqa.answer.refusal import catalog_facts
from lawqa.corpus.catalog import CatalogEntry
from lawqa.corpus.instrument import Instrument
from lawqa.corpus.library import Corpus
from lawqa.corpus.numerals import to_chinese
from lawqa.corpus.provision import Provision
from lawqa.retrieve.intent import asks_count
from lawqa.retrieve.question import Question

_CHAPTER = re.compile(r"第[一二三四五六七八九十]+章")
#: The heading of a section that says what a document is.
FACT_SECTION = re.compile(r"文件信息|报告信息|法案信息|法律状态|性质与沿革")


def document_facts(corpus: Corpus, question: Question) -> Answer:
    """Dates, status, issuers and number of every document that the question names, cited to where they stand."""
    day = question.as_of.day
    citations: list[Citation] = []
    corrected = wrong_issuers(corpus, question)
    lines: list[str] = [line for sentence in corrected for line in (sentence, "")]
    cited: list[Provision] = []
    count = asks_count(question.text)
    for id in question.documents:
        instrument = corpus.instrument(id)
        said = _extent(instrument) if count else _sentence(corpus, question, instrument)
        lines.append(f"**{instrument.label}**：{said}")
        provision = _last(instrument) if count else _supporting(instrument)
        if provision is None:
            lines += ["", "（以上来自文件信息，正文没有写明。）", ""]
            continue
        cited.append(provision)
        lines.append("")
        for ref, text in provision.pieces()[:3]:
            citation = cite(corpus, ref, text, day, len(citations) + 1)
            citations.append(citation)
            lines += [f"> {text} [{citation.marker}]", ">"]
        lines[-1] = ""
        effective = instrument.effective
        if not count and provision.is_article and effective and chinese_date(effective) not in provision.text:
            lines += [f"（{provision.marker}写的是首次施行的日期；现行文本自{chinese_date(effective)}起施行。）", ""]
    warned = notices(corpus, cited, day)
    lines += [line for n in warned for line in (f"注意：{n}", "")]
    return Answer(
        question=question.text,
        status=ANSWERED,
        answer="\n".join(lines).strip(),
        citations=tuple(citations),
        notices=(*corrected, *warned),
    )


def _extent(instrument: Instrument) -> str:
    """How many articles, chapters or parts the document has, and which is the last."""
    if instrument.is_digest:
        return "只收录了摘编，不能说明原文有多少条。"
    last = _last(instrument)
    if last is None:
        return "不分条。"
    if not instrument.last_article:
        parts = _parts(instrument)
        names = "、".join(f"“{p.heading}”" for p in parts if p.heading)
        return f"不分条，分为{len(parts)}个部分" + (f"：{names}。" if names else "。")
    chapters = len({p.path[0] for p in instrument.articles if p.path and _CHAPTER.match(p.path[0])})
    inserted = sum("-" in p.ref.number for p in instrument.articles)
    out = [
        f"编号到第{instrument.last_article}条，另有{inserted}条增设的“之一”等条"
        if inserted
        else f"共{instrument.last_article}条"
    ]
    out.append(f"分{chapters}章" if chapters else "不分章")
    out.append(f"最后一条是第{to_chinese(instrument.last_article)}条")
    return "，".join(out) + "。"


def _last(instrument: Instrument) -> Provision | None:
    """The last article; the last part that has a text where there are no articles."""
    if instrument.articles:
        return max(instrument.articles, key=lambda p: int(p.ref.number.split("-")[0]))
    return next((p for p in reversed(instrument.provisions) if p.paragraphs), None)


def _parts(instrument: Instrument) -> list[Provision]:
    return [p for p in instrument.provisions if not p.path]


def _sentence(corpus: Corpus, question: Question, instrument: Instrument) -> str:
    parts = origin(instrument)
    status = corpus.status_on(instrument, question.as_of.day)
    if not instrument.effective and status not in ("征求意见稿", "未生效"):
        parts.append("没有写明施行日期")
    state = {"征求意见稿": "征求意见稿，没有生效", "未生效": "没有生效", "不适用": "不是有强制力的规范"}.get(
        status, status
    )
    successor = corpus.successor(instrument)
    if successor and status in ("已被修改", "征求意见稿", "已失效"):
        state += f"（其后的文本：{successor.label}）"
    return "，".join([*parts, f"{question.as_of.day.isoformat()}的状态：{state}"]) + "。"


def _supporting(instrument: Instrument) -> Provision | None:
    """The provision that states when the document takes effect, or what it is; None where none does."""
    articles = [p for p in instrument.articles if "施行" in p.text or "实施" in p.text]
    if articles and instrument.effective and "施行" in articles[-1].text:
        return articles[-1]
    return next((p for p in instrument.provisions if not p.is_article and FACT_SECTION.search(p.heading)), None)


def catalog_answer(corpus: Corpus, question: Question, entries: Sequence[CatalogEntry]) -> Answer:
    """Facts of instruments whose text is not held; every fact is quoted from the catalog."""
    citations: list[Citation] = []

    def quoted(entry: CatalogEntry, text: str, shown: str | None = None) -> str:
        citations.append(cite_entry(entry, text, len(citations) + 1))
        return f"{shown or text} [{len(citations)}]"

    corrected = wrong_issuers(corpus, question)
    lines = [line for sentence in corrected for line in (sentence, "")]
    if asks_count(question.text):
        lines += ["正文没有收录，目录没有写明有多少条。", ""]
    for entry in entries:
        parts = []
        if entry.issuers:
            parts.append("发布机关：" + "、".join(quoted(entry, issuer) for issuer in entry.issuers))
        if entry.document_number:
            parts.append("文号：" + quoted(entry, entry.document_number))
        if entry.promulgated:
            parts.append("发布日期：" + quoted(entry, entry.promulgated.isoformat(), chinese_date(entry.promulgated)))
        if entry.effective:
            parts.append("施行日期：" + quoted(entry, entry.effective.isoformat(), chinese_date(entry.effective)))
        if entry.status:
            parts.append("状态：" + quoted(entry, entry.status))
        lines += [f"**《{entry.title}》**（只有目录，没有收录正文）", "", *[f"- {p}" for p in parts], ""]
    return Answer(
        question=question.text,
        status=ANSWERED,
        answer="\n".join(lines).strip(),
        citations=tuple(citations),
        notices=(*corrected, *(catalog_facts(e) for e in entries)),
    )
