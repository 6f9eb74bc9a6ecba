"""The one way into the comparisons: a question that sets something side by side gets its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lawqa.answer.select import Selector
from lawqa.answer.sides.table import Table
from lawqa.answer.sides.texts import Texts
from lawqa.answer.sides.things import Things
from lawqa.answer.sides.topical import Topical
from lawqa.answer.sides.versions import Versions
from lawqa.corpus.library import Corpus
from lawqa.index.store import Index
from lawqa.retrieve.crossrefs import CrossReferences
from lawqa.retrieve.hybrid import Retriever
from lawqa.retrieve.question import Question


class Compared:
    """Makes the table of a question, whatever it sets side by side."""

    def __init__(
        self, corpus: Corpus, index: Index, retriever: Retriever, references: CrossReferences, select: Selector
    ) -> None:
        topical = Topical(corpus, index, retriever)
        self.versions = Versions(corpus, select, topical)
        self.texts = Texts(corpus, references, select, topical)
        self.things = Things(corpus, select, topical)

    def __call__(self, question: Question, docs: Sequence[str] = ()) -> Table | None:
        """None where the question is to be answered like any other: it compares nothing or dates, names the provisions
        itself, speaks of two things that the documents do not treat, or is kept (``docs``) to some of the documents."""
        sides = question.sides
        if sides is None or question.intent == "metadata" or (docs and not set(sides.documents) <= set(docs)):
            return None
        if sides.lacking:
            return Table(f"没有收录{sides.lacking}，不能对照。")
        if sides.things:
            return None if question.references or docs else self.things(question)
        if question.references and not sides.versions:
            return None
        table = self.versions(question) if sides.versions else self.texts(question)
        literal = not self.texts.topical.is_long(sides.topics)
        # that a topic told at length is not there cannot be said by its words: it is searched like any other question
        return replace(table, literal=literal) if table.blocks or (sides.asked and literal) else None
