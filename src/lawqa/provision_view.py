"""Everything that a reader needs to see a provision in its place: used by ``show``, the API and the web reader."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from lawqa.answer.marks import marks, status_line
from lawqa.corpus import Instrument, Provision, Reference
from lawqa.corpus.label import precise_label
from lawqa.retrieve.dates import parse_date

if TYPE_CHECKING:
    from lawqa.lawqa import LawQA

_RELATIONS = {
    "cites": "引用",
    "finalizes": "由其定稿的草案",
    "implements": "落实",
    "amended_by": "被修改为",
    "repealed_by": "被废止于",
}
_INVERSE = {
    "cites": "被引用于",
    "finalizes": "定稿为",
    "implements": "由其落实",
    "amended_by": "修改前的文本",
    "repealed_by": "废止了",
}


def provision_view(lawqa: LawQA, provision: Provision, ref: Reference, as_of: str | None = None) -> dict[str, Any]:
    """One provision with its text (whole and at ``ref``), pieces, neighbours, status, relations and verification."""
    day = (parse_date(as_of) if as_of else None) or date.today()
    corpus = lawqa.corpus
    instrument = corpus.instrument(provision.ref.document)
    order = [p.ref for p in instrument.provisions]
    at = order.index(provision.ref)
    note = lawqa.index.note(provision.ref)
    return {
        "ref": str(ref),
        "provision": str(provision.ref),
        "document": instrument.id,
        "title": instrument.title,
        "label": precise_label(provision, ref),
        "marker": provision.marker,
        "heading": provision.heading,
        "caption": note.caption if note else None,
        "path": list(provision.path),
        "text": provision.text,
        "quote": provision.piece(ref),
        "pieces": [{"ref": str(r), "text": t} for r, t in provision.pieces()],
        "kind": instrument.kind,
        "issuers": list(instrument.issuers),
        "document_number": instrument.document_number,
        "status": corpus.status_on(instrument, day),
        "status_line": status_line(corpus, instrument, day),
        "marks": list(marks(corpus, provision, day)),
        "effective": instrument.effective.isoformat() if instrument.effective else None,
        "promulgated": instrument.promulgated.isoformat() if instrument.promulgated else None,
        "previous": _brief(lawqa, order[at - 1]) if at else None,
        "next": _brief(lawqa, order[at + 1]) if at + 1 < len(order) else None,
        "children": [_brief(lawqa, r) for r in provision.children],
        "cites": [_brief(lawqa, r) for r in lawqa.references.cites(provision.ref)],
        "cited_by": [_brief(lawqa, r) for r in lawqa.references.cited_by(provision.ref)],
        "documents": [
            {"ref": d, "label": corpus.instrument(d).label} for d in lawqa.references.documents(provision.ref)
        ],
        "relations": relations_of(lawqa, instrument),
        "verification": {
            "level": instrument.verification.level,
            "coverage": instrument.verification.coverage,
            "note": instrument.verification.note,
            "doubtful": provision.doubtful,
        },
        "digest": instrument.is_digest,
        "url": instrument.source_url,
    }


def relations_of(lawqa: LawQA, instrument: Instrument) -> list[dict[str, Any]]:
    """The document's relations both ways: type, id and label of the other document, whether its text is held (a
    corpus of one's own may lack it), and a Chinese line."""
    out = []
    for relation in instrument.relations:
        label, held = _named(lawqa, relation.id)
        text = f"{_RELATIONS[relation.type]}：{label}" + ("" if held else "（没有收录）")
        out.append({"type": relation.type, "id": relation.id, "label": label, "held": held, "text": text})
    for other in lawqa.corpus.instruments:
        for relation in other.relations:
            if relation.id == instrument.id:
                text = f"{_INVERSE[relation.type]}：{other.label}"
                named = {"id": other.id, "label": other.label, "held": True}
                out.append({"type": f"inverse_{relation.type}", **named, "text": text})
    return out


def _named(lawqa: LawQA, id: str) -> tuple[str, bool]:
    """The label of a document and whether it is held: one that is not has the catalog's title, or only its id."""
    if lawqa.corpus.has(id):
        return lawqa.corpus.instrument(id).label, True
    entry = lawqa.corpus.entry(id)
    return (f"《{entry.title}》" if entry else id), False


def _brief(lawqa: LawQA, ref: Reference) -> dict[str, Any]:
    provision = lawqa.corpus.provision(ref)
    note = lawqa.index.note(ref)
    return {"ref": str(ref), "label": provision.label, "caption": note.caption if note else provision.heading or None}
