"""What is known of a document's making, in words: issuers, number and dates, the same with and without its text."""

from __future__ import annotations

from datetime import date

from lawqa.answer.marks import chinese_date
from lawqa.corpus.catalog import CatalogEntry
from lawqa.corpus.instrument import Instrument

#: What is promulgated (公布, the Legislation Law's word); everything else is issued (发布).
_PROMULGATED = frozenset({"法律", "行政法规", "部门规章"})


def promulgation(kind: str | None, day: date) -> str:
    """``2023年7月10日公布``."""
    return f"{chinese_date(day)}{'公布' if kind in _PROMULGATED else '发布'}"


def origin(document: Instrument | CatalogEntry) -> list[str]:
    """``由国家互联网信息办公室等发布``, ``文号：…``, ``…公布``, ``自…起施行``: a clause for every fact that is known."""
    out = []
    if document.issuers:
        out.append(f"由{'、'.join(document.issuers)}{'制定' if document.kind == '法律' else '发布'}")
    if document.document_number:
        out.append(f"文号：{document.document_number}")
    if isinstance(document, Instrument) and document.adopted:
        out.append(f"{chinese_date(document.adopted)}通过")
    if document.promulgated:
        out.append(promulgation(document.kind, document.promulgated))
    if document.effective:
        out.append(f"自{chinese_date(document.effective)}起施行")
    return out
