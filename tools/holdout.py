"""A quarter of the editorial questions, chosen by their text, held out so that fusion learns on unseen ones."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from lawqa.corpus.editorial import Editorial


def is_held_out(text: str) -> bool:
    """True for the same quarter of all questions on every machine."""
    return hashlib.sha256(text.encode()).digest()[0] % 4 == 0


def without_held_out(editorial: Editorial) -> Editorial:
    """The layer with the held-out quarter left out (a provision keeps at least one question)."""
    notes = {}
    for ref, note in editorial.notes.items():
        kept = tuple(q for q in note.questions if not is_held_out(q.text)) or note.questions[:1]
        notes[ref] = replace(note, questions=kept)
    beyond = tuple(replace(b, questions=tuple(q for q in b.questions if not is_held_out(q))) for b in editorial.beyond)
    return replace(editorial, notes=notes, beyond=beyond)


def held_out(editorial: Editorial) -> list[dict[str, object]]:
    """The held-out questions as rows of a question set, those that nothing answers included."""
    rows: list[dict[str, object]] = [
        {
            "question": q.text,
            "gold": [str(ref), *map(str, q.also)],
            "type": "lay" if q.everyday else "practitioner",
            "answerable": True,
        }
        for ref, note in editorial.notes.items()
        for q in note.questions
        if is_held_out(q.text)
    ]
    rows += [
        {"question": q, "gold": [], "type": "unanswerable", "answerable": False}
        for b in editorial.beyond
        for q in b.questions
        if is_held_out(q)
    ]
    return rows
