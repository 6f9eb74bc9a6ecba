from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lawqa.corpus import Corpus
from lawqa.importers.draft import Draft

FILES = Path(__file__).parent / "files"


def test_an_official_looking_pdf_gives_the_same_provisions(corpus: Corpus, draft: Callable[..., Draft]) -> None:
    """Made by tools/export_corpus.py with LibreOffice: running heads, page numbers, indents, wrapped lines."""
    held = corpus.instrument("genai-interim-measures-2023")
    made = draft((FILES / f"{held.id}.pdf").read_bytes(), ".pdf", id=held.id, title=held.title)
    assert [(p.ref.number, p.path, p.pieces()) for p in made.instrument.provisions] == [
        (p.ref.number, p.path, p.pieces()) for p in held.provisions
    ]
