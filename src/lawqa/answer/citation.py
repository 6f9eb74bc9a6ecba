"""Citations: a literal quotation with everything a reader needs to judge it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from lawqa.corpus.catalog import CatalogEntry
from lawqa.corpus.label import precise_label
from lawqa.corpus.library import Corpus
from lawqa.corpus.reference import Reference


@dataclass(frozen=True, slots=True)
class Citation:
    """``marker`` n stands as [n] in the answer; ``ref`` is as precise as ``quote``, which is literal.

    ``kind`` is the document's, ``status`` its state on the date asked, ``effective`` an ISO date or None.
    """

    marker: int
    ref: str
    document: str
    title: str
    label: str
    quote: str
    kind: str
    status: str
    effective: str | None
    url: str | None

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def cite(corpus: Corpus, ref: Reference, quote: str, day: date, marker: int) -> Citation:
    """The citation of ``quote`` at ``ref`` as seen on ``day``; nothing is checked here (see verify)."""
    instrument = corpus.instrument(ref.document)
    return Citation(
        marker=marker,
        ref=str(ref),
        document=instrument.id,
        title=instrument.title,
        label=precise_label(corpus.provision(ref), ref),
        quote=quote,
        kind=instrument.kind,
        status=corpus.status_on(instrument, day),
        effective=instrument.effective.isoformat() if instrument.effective else None,
        url=instrument.source_url,
    )


def cite_entry(entry: CatalogEntry, quote: str, marker: int) -> Citation:
    """A fact of a catalog entry: the quote is a literal string of the entry."""
    return Citation(
        marker=marker,
        ref=entry.ref,
        document=entry.id,
        title=entry.title,
        label=f"《{entry.title}》（目录）",
        quote=quote,
        kind=entry.kind or "",
        status=entry.status or "",
        effective=entry.effective.isoformat() if entry.effective else None,
        url=entry.source_url,
    )
