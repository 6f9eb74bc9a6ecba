"""The documents as the browse mode shows them: by force, one whole document, a catalog entry."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from lawqa.answer.marks import status_line
from lawqa.corpus import CatalogEntry, Instrument, Provision
from lawqa.corpus.instrument import KINDS
from lawqa.provision_view import relations_of

if TYPE_CHECKING:
    from lawqa.lawqa import LawQA


def library(lawqa: LawQA, day: date) -> dict[str, Any]:
    """All documents in groups of one kind, the strongest first, the newest first within; then the catalog."""
    groups = []
    for kind in KINDS:
        members = [i for i in lawqa.corpus.instruments if i.kind == kind]
        members.sort(key=lambda i: i.effective or i.promulgated or date.min, reverse=True)
        if members:
            groups.append({"kind": kind, "documents": [_brief(lawqa, i, day) for i in members]})
    entries = sorted(lawqa.corpus.catalog, key=lambda e: e.effective or e.promulgated or date.min, reverse=True)
    return {"groups": groups, "catalog": [catalog_view(e) for e in entries]}


def document_view(lawqa: LawQA, instrument: Instrument, day: date) -> dict[str, Any]:
    """One document whole: facts, and every provision with chapter path, caption and literal pieces in order."""
    verification = instrument.verification
    relations = relations_of(lawqa, instrument)
    beside = [r["id"] for r in relations if r["held"] and "cites" not in r["type"] and "impl" not in r["type"]]
    return {
        **_brief(lawqa, instrument, day),
        "english_title": instrument.english_title,
        "original_title": instrument.original_title,
        "issuers": list(instrument.issuers),
        "document_number": instrument.document_number,
        "adopted": _iso(instrument.adopted),
        "verification": {
            "level": verification.level,
            "coverage": verification.coverage,
            "note": verification.note,
            "gaps": list(verification.gaps),
        },
        "relations": relations,
        "beside": list(dict.fromkeys(beside)),
        "url": instrument.source_url,
        "preamble": list(instrument.preamble),
        "provisions": [_provision(lawqa, p) for p in instrument.provisions],
    }


def catalog_view(entry: CatalogEntry) -> dict[str, Any]:
    """What is known of an instrument whose text is not held."""
    return {
        "ref": entry.ref,
        "title": entry.title,
        "kind": entry.kind,
        "issuers": list(entry.issuers),
        "document_number": entry.document_number,
        "promulgated": _iso(entry.promulgated),
        "effective": _iso(entry.effective),
        "status": entry.status,
        "summary": entry.summary,
        "url": entry.source_url,
        "related": list(entry.related),
    }


def _brief(lawqa: LawQA, instrument: Instrument, day: date) -> dict[str, Any]:
    return {
        "id": instrument.id,
        "title": instrument.title,
        "label": instrument.label,
        "kind": instrument.kind,
        "status": lawqa.corpus.status_on(instrument, day),
        "status_line": status_line(lawqa.corpus, instrument, day),
        "promulgated": _iso(instrument.promulgated),
        "effective": _iso(instrument.effective),
        "binding": instrument.is_binding,
        "digest": instrument.is_digest,
        "count": len(instrument.provisions),
    }


def _provision(lawqa: LawQA, provision: Provision) -> dict[str, Any]:
    note = lawqa.index.note(provision.ref)
    return {
        "ref": str(provision.ref),
        "marker": provision.marker,
        "heading": provision.heading,
        "caption": note.caption if note else None,
        "path": list(provision.path),
        "article": provision.is_article,
        "doubtful": provision.doubtful,
        "pieces": [{"ref": str(r), "text": t} for r, t in provision.pieces()],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
