"""What the editorial layer says: notes on provisions, concepts, laws that are not held, questions beyond them."""

from __future__ import annotations

from dataclasses import dataclass

from lawqa.corpus.reference import Reference


@dataclass(frozen=True, slots=True)
class Question:
    """A question that a provision answers, with further provisions that answer it as well."""

    text: str
    everyday: bool
    also: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """What we say about one provision: caption (条旨), who it binds, questions it answers, people's terms."""

    ref: Reference
    caption: str
    binds: tuple[str, ...]
    questions: tuple[Question, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """People's words and the law's words for one thing; ``documents`` empty where it holds everywhere."""

    say: tuple[str, ...]
    law: tuple[str, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutsideLaw:
    """A law that is not held, with the topics that show a question to be about it."""

    title: str
    names: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beyond:
    """Questions that no document here answers: about ``law`` (an outside law's title), or of a kind that ``reply``
    answers in one sentence."""

    law: str | None
    reply: str | None
    questions: tuple[str, ...]
