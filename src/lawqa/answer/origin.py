"""What is known of a document's making, in words: issuers, number and dates, the same with and without its text."""

from __future__ import annotations

import re
from datetime import date

from lawqa.answer.authority import is_among
from lawqa.answer.marks import chinese_date
from lawqa.corpus.catalog import CatalogEntry
from lawqa.corpus.instrument import Instrument
from lawqa.corpus.library import Corpus
from lawqa.retrieve.intent import ALONE, AUTHORITIES, AUTHORITY, MADE
from lawqa.retrieve.question import Question
from lawqa.text.normalise import fold

#: Who is said to have made something: 公安部制定的…, 网信办一家发的.
_SAID = re.compile(rf"{AUTHORITIES}{ALONE}?(?:联合|共同|牵头|直接|统一)?{MADE}")
#: The same right before a name: 国务院发布的《…》, 国务院的…
_SAID_BEFORE = re.compile(
    rf"{AUTHORITIES}{ALONE}?(?:(?:联合|共同|牵头|直接|统一)?{MADE})?的(?:那部|那个|这部|这个)?《?$"
)
#: What is promulgated (公布, the Legislation Law's word); everything else is issued (发布).
_PROMULGATED = frozenset({"法律", "行政法规", "部门规章"})


def promulgation(kind: str | None, day: date) -> str:
    """``2023年7月10日公布``."""
    return f"{chinese_date(day)}{'公布' if kind in _PROMULGATED else '发布'}"


def origin(document: Instrument | CatalogEntry) -> list[str]:
    """``由国家互联网信息办公室等发布``, ``文号：…``, ``…公布``, ``自…起施行``: a clause for every fact that is known."""
    out = []
    if document.issuers:
        out.append(made_by(document))
    if document.document_number:
        out.append(f"文号：{document.document_number}")
    if isinstance(document, Instrument) and document.adopted:
        out.append(f"{chinese_date(document.adopted)}通过")
    if document.promulgated:
        out.append(promulgation(document.kind, document.promulgated))
    if document.effective:
        out.append(f"自{chinese_date(document.effective)}起施行")
    return out


def made_by(document: Instrument | CatalogEntry) -> str:
    """``由国家互联网信息办公室、公安部发布``."""
    return f"由{'、'.join(document.issuers)}{'制定' if document.kind == '法律' else '发布'}"


def wrong_issuers(corpus: Corpus, question: Question) -> tuple[str, ...]:
    """A sentence for each document that the question says somebody made who did not, or not alone."""
    text = fold(question.text)
    out: dict[str, None] = {}
    for mention in question.mentions:
        document = _document(corpus, mention.documents, mention.catalog)
        if mention.name and document and (said := _SAID_BEFORE.search(text[: mention.start])):
            out[_set_right(document, said)] = None
    known = [_document(corpus, (id,), None) for id in question.documents] + [
        corpus.entry(id) for id in question.catalog
    ]
    if question.intent == "metadata" and len(known) == 1 and known[0] is not None:
        for said in _SAID.finditer(text):
            out[_set_right(known[0], said)] = None
    return tuple(sentence for sentence in out if sentence)


def _document(corpus: Corpus, held: tuple[str, ...], entry: str | None) -> Instrument | CatalogEntry | None:
    if len(held) == 1 and corpus.has(held[0]):
        return corpus.instrument(held[0])
    return corpus.entry(entry) if entry else None


def _set_right(document: Instrument | CatalogEntry, said: re.Match[str]) -> str:
    """What is right where ``said`` is not; empty where it is."""
    if not document.issuers:
        return ""
    names = re.findall(AUTHORITY, said["who"])
    wrong = [name for name in names if not is_among(name, document.issuers)]
    label = document.label if isinstance(document, Instrument) else f"《{document.title}》"
    if wrong:
        return f"{label}{made_by(document)}，不是{'、'.join(wrong)}。"
    if said["alone"] and len(document.issuers) > len(names):
        return f"{label}{made_by(document)}，不是{said['who']}{said['alone']}。"
    return ""
