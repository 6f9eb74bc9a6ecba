"""Citations in the manner of the 《法学引注手册》: document, article, promulgating body and number, date.

Articles, paragraphs and items in Arabic numerals (第7条第1款第3项), as the manual has them in notes.
"""

from __future__ import annotations

import re
from datetime import date

from lawqa.answer.citation import Citation
from lawqa.answer.marks import chinese_date
from lawqa.answer.origin import promulgation
from lawqa.corpus.instrument import Instrument
from lawqa.corpus.library import Corpus
from lawqa.corpus.numerals import to_chinese
from lawqa.corpus.reference import Reference

#: More issuers than this are written as 首个机关等N部门.
_MOST_ISSUERS = 2
#: The number of an order behind the names of those who gave it: …令第15号.
_ORDER = re.compile(r"令第?[\d一二三四五六七八九十百〇零]+号$")


def legal_citation(corpus: Corpus, citation: Citation) -> str:
    """One note, with a full stop: ``《…办法》第7条第1款第3项，国家互联网信息办公室等7部门令第15号，2023年7月10日公布。``

    A text that is no law in force, or no original, says so behind its name.
    """
    if citation.ref.startswith("catalog:"):
        entry = corpus.entry(citation.document)
        if entry is None:
            return f"《{citation.title}》。"
        parts = [f"《{entry.title}》", *_source(entry.kind or "", entry.issuers, entry.document_number)]
        return "，".join([*parts, *_dated(entry.kind or "", None, entry.promulgated)]) + "。"
    ref = corpus.parse(citation.ref)
    instrument = corpus.instrument(ref.document)
    name = instrument.label + (f"（{instrument.original_title}）" if instrument.original_title else "")
    parts = [name + _place(corpus, instrument, ref) + _remark(instrument, citation.status)]
    parts += _source(instrument.kind, instrument.issuers, instrument.document_number)
    parts += _dated(instrument.kind, instrument.adopted, instrument.promulgated)
    return "，".join(parts) + "。"


def _place(corpus: Corpus, instrument: Instrument, ref: Reference) -> str:
    provision = corpus.provision(ref)
    if not provision.is_article:
        return provision.label.removeprefix(instrument.label)
    main, _, inserted = ref.number.partition("-")
    out = f"第{main}条" + (f"之{to_chinese(int(inserted))}" if inserted else "")
    if ref.paragraph is not None and len(provision.paragraphs) > 1:
        out += f"第{ref.paragraph}款"
    if ref.item is not None:
        out += f"第{ref.item}项"
    return out


def _remark(instrument: Instrument, status: str) -> str:
    remarks = [status] if status in ("已被修改", "已失效", "尚未施行", "尚未公布", "未生效") else []
    if instrument.is_digest:
        remarks.append("摘编，非原文")
    return f"（{'；'.join(remarks)}）" if remarks else ""


def _source(kind: str, issuers: tuple[str, ...], number: str | None) -> list[str]:
    if not issuers:
        return [number] if number else []
    joint = len(issuers) > _MOST_ISSUERS
    names = f"{issuers[0]}等{len(issuers)}部门" if joint else "、".join(issuers)
    order = _ORDER.search(number) if number else None
    if order and number and kind != "法律":  # the number repeats the names
        return [names + order[0]]
    return [names, number] if number else [names]


def _dated(kind: str, adopted: date | None, promulgated: date | None) -> list[str]:
    if promulgated:
        return [promulgation(kind, promulgated)]
    return [f"{chinese_date(adopted)}通过"] if adopted else []
