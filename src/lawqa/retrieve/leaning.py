"""What a follow-up takes from the conversation: its documents, its words, what it sets side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from lawqa.corpus.mentions import Mention
from lawqa.corpus.titles import Titles
from lawqa.retrieve.follow_up import Thread, added
from lawqa.retrieve.intent import intents_of
from lawqa.retrieve.sides import SideReader, Sides
from lawqa.retrieve.topic import topics, without_names
from lawqa.text.tokenise import Tokeniser


class Leaning:
    """One follow-up: ``asked`` with what it names, in a ``thread``; ``again``: it asks the same of another version."""

    def __init__(
        self,
        titles: Titles,
        tokeniser: Tokeniser,
        asked: str,
        mentions: Sequence[Mention],
        thread: Thread,
        day: date,
        again: bool = False,
    ) -> None:
        self.again = again
        self.tokeniser = tokeniser
        self.thread = thread
        self.rest = without_names(asked, mentions)
        self.topics = topics(self.rest, tokeniser)
        self.named = tuple(dict.fromkeys(d for m in mentions if len(m.documents) == 1 for d in m.documents))
        self.ending = None if self.named else titles.ending(" ".join(self.topics), day)

    @property
    def documents(self) -> tuple[str, ...]:
        """What it is about: the documents that it names, by whatever part of a title, else those before; where it
        compares, both."""
        before = (self.thread.document,) if self.thread.document else ()
        if self.ending:
            return (self.ending,)
        if len(self.named) == 1 and self.named != before and SideReader.compares(self.rest):
            return (*before, *self.named)
        return self.named or before

    @property
    def own(self) -> str:
        """What it adds: nothing where it only names another document, compares, or asks on without a subject."""
        if self.again:
            return ""
        wants = [i for i in intents_of(self.rest) if i != "comparison"]
        return added(self.rest, self.tokeniser) if (self.topics and not self.ending) or wants else ""

    @property
    def intents(self) -> tuple[str, ...]:
        """What it wants; 那个人呢 wants what the question before did."""
        if self.again:
            return self.thread.intents
        own = intents_of(self.rest)
        return own or (self.thread.intents if not self.named and self.rest.rstrip("？?。！! ").endswith("呢") else ())

    def sides(self, sides: Sides | None, others: bool) -> Sides | None:
        """What it sets side by side, if ``sides`` is what it does by itself. Without a respect it compares in that of
        the question before; without documents it goes on comparing those before; and naming another document
        (那标识办法呢) it asks what that one says on the same topic."""
        before = self.thread.sides
        if self.again:
            return None
        if sides is not None and (sides.topics or sides.things or sides.lacking):
            return sides
        if sides is None and before is not None and not self.named and self.own and self.topics:
            return replace(before, topics=self.topics)
        respect = topics(self.thread.latest or self.thread.subject, self.tokeniser)
        if sides is not None:
            return replace(sides, topics=respect)
        other = len(self.documents) == 1 and self.documents != (self.thread.document,) and not self.own
        return Sides(self.documents, topics=respect) if other and respect and not others else None
