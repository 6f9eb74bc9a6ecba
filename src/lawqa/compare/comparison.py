"""The comparison of two instruments as data: rows, counts, chapters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lawqa.compare.alignment import Aligned, Unit, align_units, units_of
from lawqa.corpus.library import Corpus
from lawqa.errors import UsageError
from lawqa.text.difference import segments_between
from lawqa.text.normalise import fold
from lawqa.text.skeleton import skeleton_of

SAME, REFERENCES, CHANGED, MERGED, SPLIT, DROPPED, NEW = (
    "same",
    "references",
    "changed",
    "merged",
    "split",
    "dropped",
    "new",
)
#: Every kind with its Chinese and English name, in the order of summaries.
KINDS: dict[str, tuple[str, str]] = {
    SAME: ("文字相同", "Same wording"),
    REFERENCES: ("仅引用条号变动", "Cross-references only"),
    CHANGED: ("内容修改", "Changed"),
    MERGED: ("并入他条", "Merged into another"),
    SPLIT: ("由他条分出", "Split from another"),
    DROPPED: ("删去", "Dropped"),
    NEW: ("新增", "New"),
}
#: A 款 or 项 shorter than this stands in many places.
_MOVED = 16


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of the comparison: ``op`` is ``equal``, ``deleted``, ``inserted`` or ``replaced``; both literal."""

    op: str
    a: str
    b: str

    def to_dict(self) -> dict[str, str]:
        return {"op": self.op, "a": self.a, "b": self.b}


@dataclass(frozen=True, slots=True)
class Row:
    """One article of either document. ``a`` and ``b`` are references (None where it has no counterpart);
    ``renumbered`` True where the numbers differ; ``similarity`` 0 to 1; ``moved`` names the paragraphs and
    items of ``a`` that stand in another article of the newer document, with its reference."""

    kind: str
    a: str | None
    b: str | None
    a_label: str | None
    b_label: str | None
    chapter: str
    renumbered: bool
    similarity: float
    runs: tuple[Run, ...]
    moved: tuple[tuple[str, str], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "a": self.a,
            "b": self.b,
            "a_label": self.a_label,
            "b_label": self.b_label,
            "chapter": self.chapter,
            "renumbered": self.renumbered,
            "similarity": self.similarity,
            "runs": [r.to_dict() for r in self.runs],
            "moved": [{"text": text, "to": ref} for text, ref in self.moved],
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two documents article by article, in the order of the newer, what was dropped in its old place."""

    a: str
    b: str
    a_label: str
    b_label: str
    rows: tuple[Row, ...]

    @property
    def counts(self) -> dict[str, int]:
        counts = Counter(r.kind for r in self.rows)
        return {kind: counts[kind] for kind in KINDS if counts[kind]}

    @property
    def substance(self) -> int:
        """How many articles of the older text were changed in substance, those merged into others included."""
        return sum(r.kind in (CHANGED, MERGED) for r in self.rows)

    @property
    def chapters(self) -> dict[str, dict[str, int]]:
        """The counts of every chapter, in order."""
        out: dict[str, Counter[str]] = {}
        for row in self.rows:
            out.setdefault(row.chapter, Counter())[row.kind] += 1
        return {chapter: {k: c[k] for k in KINDS if c[k]} for chapter, c in out.items()}

    def to_dict(self) -> dict[str, Any]:
        return {
            "a": self.a,
            "b": self.b,
            "a_label": self.a_label,
            "b_label": self.b_label,
            "counts": self.counts,
            "substance": self.substance,
            "renumbered": sum(r.renumbered for r in self.rows),
            "chapters": self.chapters,
            "rows": [r.to_dict() for r in self.rows],
        }


def compare(corpus: Corpus, a: str, b: str) -> Comparison:
    """``a`` (older) against ``b``; ids of documents held. UsageError where they are one, or only digests."""
    if a == b:
        raise UsageError(f"两份文件都是“{a}”：请给出两份不同的文件")
    old, new = corpus.instrument(a), corpus.instrument(b)
    digests = [i.label for i in (old, new) if i.is_digest]
    if digests:
        raise UsageError(f"{'、'.join(digests)}只有摘编，不能逐条比较：请选有原文的文件")
    olds, news = units_of(old.provisions), units_of(new.provisions)
    rows = _rows(olds, news, align_units(olds, news))
    return Comparison(a, b, old.label, new.label, tuple(rows))


def _rows(olds: Sequence[Unit], news: Sequence[Unit], aligned: Aligned) -> list[Row]:
    renamed = {olds[i].provision.ref.number: news[j].provision.ref.number for i, j in aligned.pairs}
    renamed |= {olds[i].provision.ref.number: news[j].provision.ref.number for i, j in aligned.merged.items()}
    of_new = {j: i for i, j in aligned.pairs}
    keyed: list[tuple[float, Row]] = []
    place = {i: float(j) for i, j in aligned.pairs}
    for j, new in enumerate(news):
        if j in of_new:
            keyed.append((j, _pair(olds[of_new[j]], new, renamed, news)))
        elif j in aligned.split:
            keyed.append((j, _row(SPLIT, olds[aligned.split[j]], new)))
        else:
            keyed.append((j, _row(NEW, None, new)))
    last = -1.0
    for i, old in enumerate(olds):
        if i in place:
            last = place[i]
        elif i in aligned.merged:
            keyed.append((aligned.merged[i] + 0.3, _row(MERGED, old, news[aligned.merged[i]])))
        else:
            keyed.append((last + 0.6, _row(DROPPED, old, None)))
    return [row for _, row in sorted(keyed, key=lambda k: k[0])]


def _pair(old: Unit, new: Unit, renamed: dict[str, str], news: Sequence[Unit]) -> Row:
    kind = CHANGED
    if old.skeleton == new.skeleton:
        kind = SAME
    elif old.masked == new.masked and _follow(old, new, renamed):
        kind = REFERENCES
    return _row(kind, old, new, _moved(old, new, news) if kind == CHANGED else ())


def _follow(old: Unit, new: Unit, renamed: dict[str, str]) -> bool:
    """True where every reference of the new text is what the old one's became."""
    before, after = old.cited, new.cited
    return len(before) == len(after) and all(renamed.get(x, x) == y for x, y in zip(before, after, strict=True))


def _moved(old: Unit, new: Unit, news: Sequence[Unit]) -> tuple[tuple[str, str], ...]:
    out = []
    for _, text in old.provision.pieces():
        words = skeleton_of(text).text
        if len(words) < _MOVED or words in new.skeleton:
            continue
        other = next((u for u in news if u is not new and words in u.skeleton), None)
        if other is not None:
            out.append((text, str(other.provision.ref)))
    return tuple(out)


def _row(kind: str, old: Unit | None, new: Unit | None, moved: tuple[tuple[str, str], ...] = ()) -> Row:
    before, after = old.provision if old else None, new.provision if new else None
    shown = after or before
    assert shown is not None
    runs = _runs(before.text if before else "", after.text if after else "")
    return Row(
        kind=kind,
        a=str(before.ref) if before else None,
        b=str(after.ref) if after else None,
        a_label=before.label if before else None,
        b_label=after.label if after else None,
        chapter=shown.path[0] if shown.path else "",
        renumbered=bool(
            before and after and kind in (SAME, REFERENCES, CHANGED) and before.ref.number != after.ref.number
        ),
        similarity=round(_similarity(old, new), 4) if old and new else 0.0,
        runs=runs,
        moved=moved,
    )


def _similarity(old: Unit, new: Unit) -> float:
    from rapidfuzz.distance import Indel

    return float(Indel.normalized_similarity(old.skeleton, new.skeleton))


def _runs(a: str, b: str) -> tuple[Run, ...]:
    if not a or not b:
        return (Run("deleted" if a else "inserted", a, b),)
    if fold(a) == fold(b):
        return (Run("equal", a, b),)
    names = {"equal": "equal", "added": "deleted", "dropped": "inserted", "changed": "replaced"}
    return tuple(Run(names[s.op], s.quote, s.law) for s in segments_between(a, b))
