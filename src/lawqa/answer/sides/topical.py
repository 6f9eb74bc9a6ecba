"""Which provisions of given documents speak of a topic, and how well: literally, in our notes, or by meaning."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from lawqa.answer.definition import defining
from lawqa.corpus.library import Corpus
from lawqa.corpus.provision import Provision
from lawqa.index.store import Index
from lawqa.retrieve.hybrid import Retriever
from lawqa.retrieve.intent import intents_of
from lawqa.retrieve.provision_kind import fits
from lawqa.retrieve.question import Question
from lawqa.retrieve.topic import content_words
from lawqa.text.normalise import fold

#: A provision speaks of a topic where so much of the topic's words (rare ones count more) stands in it or its note …
LITERAL, LITERAL_SCORE = 0.5, 0.2
#: … or where it is ranked so high and its meaning, or that of a question about it, is so near (cosine).
SCORE, NEAR = 0.55, 0.5
#: Told at length (in so many words) a topic need not stand in a provision literally, and is near to fewer.
LONG, LONG_NEAR = 4, 0.35
#: What it adds to a score that the topic's words stand in the text once, three times, seven times …
ABUNDANCE = 0.06
#: … and that it defines one of them, where a definition is asked for.
DEFINED = 0.3
#: Intents whose operative words are the topic itself: 罚款 is looked for in every penalty.
_OPERATIVE = frozenset({"penalty", "definition", "scope"})


@dataclass(frozen=True)
class Found:
    """``ranked``: how the retriever ranks all provisions for the topic (the corpus' order), ``scores`` the same with
    how often its words stand in each; ``speaks`` whether each speaks of it. ``words`` are the topic's content words, ``law`` the law's words for them where it has others."""

    topic: str
    kind: str | None
    words: tuple[str, ...]
    law: tuple[str, ...]
    ranked: np.ndarray
    scores: np.ndarray
    speaks: np.ndarray

    def rows(self, rows: np.ndarray) -> list[int]:
        """Those of ``rows`` that speak of the topic, best first."""
        speaking = [int(row) for row in rows if self.speaks[row]]
        return sorted(speaking, key=lambda row: (-self.scores[row], row))


class Topical:
    """Ranks within documents by a topic instead of the whole question."""

    def __init__(self, corpus: Corpus, index: Index, retriever: Retriever) -> None:
        self.corpus = corpus
        self.index = index
        self.retriever = retriever
        self.documents = np.array([ref.document for ref in index.refs])
        self.provisions = [corpus.provisions[ref] for ref in index.refs]

    def __call__(self, question: Question, topic: str, documents: Sequence[str]) -> Found:
        """How every provision of ``documents`` answers ``topic``."""
        intents = intents_of(topic) or tuple(i for i in question.intents if i != "comparison")
        asked = replace(
            question,
            topic=topic,
            search_text=topic,
            references=(),
            documents=(),
            intents=intents,
            sides=None,
            own="",
            boosts=(),
        )
        ranking = self.retriever.within(asked, documents)
        words = content_words(topic, self.index.tokeniser)
        said = [self._law_words(topic, word) for word in words]
        raw = ranking.matches.provisions
        near = np.maximum(raw["dense"], raw["dense_q"])
        coverage, known = self._coverage(said)
        literal = (coverage >= LITERAL) & (ranking.scores >= LITERAL_SCORE)
        # a word of no provision is near to whatever story tells of it
        bar = LONG_NEAR if len(words) >= LONG else NEAR
        meant = (ranking.scores >= SCORE) & (near >= bar) & known
        speaks = literal | meant
        kind = next((i for i in intents_of(topic) if i in _OPERATIVE), None)
        if kind:
            speaks |= np.array([fits(kind, t) for t in self._texts]) & (ranking.scores >= SCORE)
        speaks &= np.array([bool(p.paragraphs) for p in self.provisions])
        often = np.array([sum(t.count(w) for own in said for w in own) for t in self._texts])
        defined = [any(defining(word, p) for word in words) for p in self.provisions] if "definition" in intents else 0
        scores = ranking.scores + ABUNDANCE * np.log2(1 + often) + DEFINED * np.array(defined)
        law = tuple(dict.fromkeys(w for own in said for w in own[1:]))
        return Found(topic, kind, words, law, ranking.scores, scores, speaks)

    def is_long(self, topics: Sequence[str]) -> bool:
        """True for topics told at length, whose words need not stand in the law."""
        return any(len(content_words(t, self.index.tokeniser)) >= LONG for t in topics)

    def rows(self, document: str) -> np.ndarray:
        """The rows of a document's provisions."""
        return np.flatnonzero(self.documents == document)

    def _law_words(self, topic: str, word: str) -> tuple[str, ...]:
        """A word and what the law says for it."""
        found = self.retriever.signals.lexicon.expand(topic)
        law = [w for e in found if word in fold(e.said) or fold(e.said) in word for w in e.law]
        return (word, *dict.fromkeys(w for w in law if w != word))

    def _coverage(self, said: Sequence[Sequence[str]]) -> tuple[np.ndarray, bool]:
        """Share of the topic's words that each provision, its headings or our note on it has, 0 to 1 (rare words count
        more); and whether any provision at all has any of them."""
        total, out = 0.0, np.zeros(len(self.provisions))
        for words in said:
            parts = [w for w in self.index.tokeniser.words(words[0]) if w != words[0] and len(w) > 1]
            hit = np.array([_says(text, words, parts) for text in self._around])
            weight = math.log(1 + len(hit) / (1 + hit.sum()))
            out += weight * hit
            total += weight
        return (out / total if total else out), bool(out.any())

    def absent(self, document: str, words: Sequence[str]) -> bool:
        """True where no provision of a document, all of it held as it was published, has any of the words."""
        instrument = self.corpus.instrument(document)
        if instrument.is_digest or instrument.verification.gaps:
            return False
        return not any(word in self._texts[row] for row in self.rows(document) for word in words)

    def says(self, row: int, topic: str) -> bool:
        """True where the text of a provision has ``topic`` word for word."""
        return fold(topic) in self._texts[row]

    @cached_property
    def _texts(self) -> list[str]:
        return [p.text.lower() for p in self.provisions]

    @cached_property
    def _around(self) -> list[str]:
        return [self._with_note(p).lower() for p in self.provisions]

    def _with_note(self, provision: Provision) -> str:
        note = self.index.note(provision.ref)
        notes = [note.caption, *note.terms] if note else []
        return " ".join([provision.heading, *provision.path, provision.text, *notes])


def _says(text: str, words: Sequence[str], parts: Sequence[str]) -> bool:
    """True where ``text`` has one of the words, or all parts of the first: 显著的提示标识 says 显著标识."""
    return any(w in text for w in words) or (len(parts) > 1 and all(p in text for p in parts))
