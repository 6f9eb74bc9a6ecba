"""Provisions: articles (条) with paragraphs (款) and items (项), or the numbered sections of other documents."""

from __future__ import annotations

from dataclasses import dataclass, field

from lawqa.corpus.reference import Reference


@dataclass(frozen=True, slots=True)
class Item:
    """One 项: ``text`` is literal and begins with its marker （一）."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One 款: the literal ``text`` before its items, and the items."""

    number: int
    text: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Provision:
    """An article or a section with everything a reader needs to place it.

    ``marker`` is the number as the document writes it (``第七条``, ``（一）``, ``战略4``); ``heading`` is the
    title of a section (empty for articles); ``path`` the chapters or parent headings above it.
    """

    ref: Reference
    marker: str
    heading: str
    path: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    is_article: bool
    label: str
    doubtful: bool = False
    line: int = 0
    children: tuple[Reference, ...] = field(default=())

    @property
    def text(self) -> str:
        """The literal text, one line a paragraph or item, without the article's number."""
        return "\n".join(text for _, text in self.pieces())

    def pieces(self) -> list[tuple[Reference, str]]:
        """Every literal line with its own reference: 款 and 项 of an article, lines of a section."""
        out: list[tuple[Reference, str]] = []
        for paragraph in self.paragraphs:
            at = self.ref.at(paragraph.number) if self.is_article else self.ref
            out.append((at, paragraph.text))
            for item in paragraph.items:
                out.append((self.ref.at(paragraph.number, item.number) if self.is_article else self.ref, item.text))
        return out

    def piece(self, ref: Reference) -> str | None:
        """The literal text at ``ref``: the whole provision, a 款 (its items included) or one 项; None if absent."""
        if ref.provision != self.ref:
            return None
        if ref.paragraph is None:
            return self.text
        for paragraph in self.paragraphs:
            if paragraph.number != ref.paragraph:
                continue
            if ref.item is None:
                return "\n".join([paragraph.text, *(item.text for item in paragraph.items)])
            return next((item.text for item in paragraph.items if item.number == ref.item), None)
        return None
