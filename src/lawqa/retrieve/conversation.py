"""A conversation read from its first question to its last: each question understood with what came before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from lawqa.corpus.reference import Reference
from lawqa.retrieve.crossrefs import CrossReferences
from lawqa.retrieve.evidence import probability
from lawqa.retrieve.follow_up import Thread
from lawqa.retrieve.hybrid import Retriever
from lawqa.retrieve.intent import intents_of
from lawqa.retrieve.provision_kind import fits
from lawqa.retrieve.question import Question, Understanding
from lawqa.text.normalise import fold

#: So many earlier questions are looked through for the last that stands alone, and so many since are read.
LOOKED_THROUGH, READ = 50, 6
#: How many provisions count as the last answer, and the share of the best score that they must reach.
ANCHORS, ANCHOR_SHARE = 2, 0.85
#: What is added to the scores of a follow-up: for the provisions that answered last, for a penalty that names them, for a
#: penalty or an authority of the document that the conversation is about, for all of that document.
AGAIN, BREACH, SAME_DOCUMENT, DOCUMENT = 0.12, 0.3, 0.2, 0.05
#: What is wanted of the document that the conversation is about, whatever article was spoken of.
OF_DOCUMENT = ("penalty", "authority")
#: 这个从什么时候开始的: since when what was answered holds; every document has such an article, only one is meant.
_SINCE = re.compile(
    r"(?:什么时候|啥时候|何时|哪天|哪一天|哪年|哪一年|几时|几号)[^，,。？?]{0,6}?(?:开始|施行|生效|实施|起算|执行)|(?:从|自)(?:什么时候|何时|哪天|哪年)起?"
)
#: What is taken from all other documents then.
OTHERS = 0.5


class Conversation:
    """Understands a question with the questions before it."""

    def __init__(self, understand: Understanding, retriever: Retriever, references: CrossReferences) -> None:
        self.understand = understand
        self.retriever = retriever
        self.references = references

    def __call__(
        self, text: str, as_of: date | None = None, earlier: Sequence[str] = (), docs: Sequence[str] = ()
    ) -> Question:
        """``earlier``: the questions before ``text``, the oldest first; blank ones are passed over. HistoryError names one
        that cannot be used."""
        thread: Thread | None = None
        for before in self._since(self.understand.earlier(earlier)):
            thread = self._gone_on(self._asked(before, as_of, thread), thread, docs)
        return self._asked(text, as_of, thread)

    def _since(self, earlier: Sequence[str]) -> list[str]:
        """The last question that stands alone and the follow-ups since, the latest of them."""
        turns = earlier[-LOOKED_THROUGH:]
        alone = next((i for i in reversed(range(len(turns))) if self.understand.stands_alone(turns[i])), 0)
        return [*turns[alone : alone + 1], *turns[alone + 1 :][-READ:]]

    def _asked(self, text: str, as_of: date | None, thread: Thread | None) -> Question:
        question = self.understand(text, as_of, thread)
        if not question.follow_up or thread is None or question.references:
            return question
        return replace(question, boosts=tuple(self._boosts(question, thread).items()))

    def _gone_on(self, question: Question, before: Thread | None, docs: Sequence[str]) -> Thread:
        """The thread with one more question, and what answered it."""
        anchors = tuple(dict.fromkeys(r.provision for r in question.references)) or self._best(question, docs)
        place = question.references[-1] if question.references else anchors[0] if anchors else None
        follows = before is not None and question.follow_up
        named = _named(question) or (before.document if before and follows and before.named else None)
        document = named or (anchors[0].document if anchors else before.document if before and follows else None)
        intents = question.intents or (before.intents if before and follows else ())
        sides = question.sides if question.sides and len(question.sides.documents) > 1 else None
        if before is None or not follows:
            return Thread(
                asked=question.text,
                subject=question.topic,
                as_of=question.as_of,
                intents=intents,
                document=document,
                named=named is not None,
                anchors=anchors,
                place=place,
                sides=sides,
            )
        # a follow-up that was not answered leaves the conversation where it was
        return replace(
            before,
            latest=question.own,
            as_of=question.as_of,
            intents=intents,
            document=document,
            named=named is not None,
            anchors=anchors or before.anchors,
            place=place or before.place,
            sides=sides,
        )

    def _best(self, question: Question, docs: Sequence[str]) -> tuple[Reference, ...]:
        """The provisions that answer; none where the documents do not."""
        ranking = self.retriever.rank(question, docs)
        if probability(question, ranking, self.retriever.weights) < self.retriever.weights.threshold:
            return ()
        order = np.argsort(-ranking.scores, kind="stable")[:ANCHORS]
        best = float(ranking.scores[order[0]])
        refs = self.retriever.index.refs
        return tuple(refs[row] for row in order if float(ranking.scores[row]) >= ANCHOR_SHARE * best)

    def _boosts(self, question: Question, thread: Thread) -> dict[Reference, float]:
        """What the conversation adds to the scores of provisions."""
        out: dict[Reference, float] = {}
        intent = next(iter(intents_of(question.own)), "")
        wanted = question.intent or ""
        provisions = self.retriever.corpus.provisions
        if len(question.documents) == 1 and _SINCE.search(fold(question.text)):
            out = {ref: -OTHERS for ref in provisions if ref.document not in question.documents}
        if len(question.documents) == 1:
            for provision in self.retriever.corpus.instrument(question.documents[0]).provisions:
                boost = DOCUMENT
                if wanted in OF_DOCUMENT and fits(wanted, provision.text):
                    boost += SAME_DOCUMENT if intent else SAME_DOCUMENT / 2  # what was wanted before weighs half
                out[provision.ref] = boost
        for anchor in thread.anchors:
            if question.documents and anchor.document not in question.documents:
                continue  # the conversation is about another document
            if wanted not in OF_DOCUMENT or fits(wanted, provisions[anchor].text):
                out[anchor] = out.get(anchor, 0.0) + AGAIN
            for ref in self.references.cited_by(anchor) if intent == "penalty" else ():
                if ref.document == anchor.document and fits("penalty", provisions[ref].text):
                    out[ref] = out.get(ref, 0.0) + BREACH
        return out


def _named(question: Question) -> str | None:
    """The one document that a question names itself."""
    named = {d for m in question.mentions if m.name for d in m.documents}
    return next(iter(named)) if len(named) == 1 else None
