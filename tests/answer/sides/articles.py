"""Articles made up for tests."""

from __future__ import annotations

from lawqa.answer.select import Selected
from lawqa.corpus import Item, Paragraph, Provision, Reference


def article(number: str, *paragraphs: str, items: tuple[str, ...] = ()) -> Selected:
    ref = Reference("a-law-2020", number)
    parts = tuple(
        Paragraph(n, text, tuple(Item(i, t) for i, t in enumerate(items, 1)) if n == 1 else ())
        for n, text in enumerate(paragraphs, 1)
    )
    provision = Provision(ref, f"第{number}条", "", (), parts, True, f"《某法》第{number}条")
    return Selected(provision, tuple(provision.pieces()), 1.0)
