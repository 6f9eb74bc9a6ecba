"""Questions to offer: at the start, while somebody types, and after an answer; all from the editorial layer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from lawqa.corpus import Reference
from lawqa.errors import LawqaError
from lawqa.lawqa import LawQA
from lawqa.text.normalise import skeleton

#: Provisions that most first questions are about; what is not in the corpus is passed over.
_STARTERS = (
    "genai-interim-measures-2023:7",
    "genai-interim-measures-2023:17",
    "ai-content-labeling-measures-2025:4",
    "algorithm-recommendation-provisions-2021:24",
    "personal-information-protection-law-2021:24",
    "science-ethics-review-measures-2023:4",
)
_MAX_OFFERED_CHARS = 40


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question and the provision (``ref``) that it was written for."""

    question: str
    ref: str


class Suggestions:
    """All offered questions of one corpus, with an index of character pairs over them."""

    def __init__(self, lawqa: LawQA) -> None:
        self._lawqa = lawqa

    @cached_property
    def _all(self) -> list[Suggestion]:
        out = []
        for ref in self._lawqa.corpus.provisions:
            note = self._lawqa.index.note(ref)
            out += [Suggestion(q, str(ref)) for q in (note.questions if note else ())]
        return out

    @cached_property
    def _pairs(self) -> dict[str, list[int]]:
        pairs: dict[str, list[int]] = defaultdict(list)
        for i, suggestion in enumerate(self._all):
            for pair in _pairs_of(suggestion.question):
                pairs[pair].append(i)
        return dict(pairs)

    def start(self) -> list[Suggestion]:
        """One question for each of the provisions that people start with."""
        out = []
        for text in _STARTERS:
            if suggestion := self._first(text, set()):
                out.append(suggestion)
        return out or self._all[: len(_STARTERS)]

    def complete(self, typed: str, k: int = 6) -> list[Suggestion]:
        """The ``k`` questions that share most character pairs with ``typed``, those that contain it first."""
        wanted = _pairs_of(typed)
        if not wanted:
            return []
        shared = Counter(i for pair in wanted for i in self._pairs.get(pair, ()))
        needle = skeleton(typed)
        enough = [i for i, n in shared.items() if n >= max(1, round(0.6 * len(wanted)))]

        def rank(i: int) -> tuple[bool, int, int, int]:
            text = self._all[i].question
            return (needle not in skeleton(text), -shared[i], len(text), i)

        return [self._all[i] for i in sorted(enough, key=rank)[:k]]

    def follow_up(self, refs: Iterable[str], asked: Sequence[str], k: int = 3) -> list[Suggestion]:
        """Questions about what the cited provisions (``refs``) cite, are cited by, and stand next to."""
        corpus = self._lawqa.corpus
        cited: list[Reference] = []
        for text in refs:
            try:
                cited.append(corpus.parse(text).provision)
            except LawqaError:  # a catalog entry, or a provision of another corpus
                continue
        cited = list(dict.fromkeys(cited))
        near: list[Reference] = []
        for ref in cited[:3]:
            near += [*self._lawqa.references.cites(ref)[:2], *self._lawqa.references.cited_by(ref)[:2]]
            order = [p.ref for p in corpus.instrument(ref.document).provisions]
            at = order.index(ref)
            near += order[at + 1 : at + 2]
        seen = {skeleton(q) for q in asked}
        out = []
        for ref in dict.fromkeys(r for r in near if r not in cited):
            if suggestion := self._first(str(ref), seen):
                seen.add(skeleton(suggestion.question))
                out.append(suggestion)
        return out[:k]

    def _first(self, ref: str, seen: set[str]) -> Suggestion | None:
        try:
            note = self._lawqa.index.note(self._lawqa.corpus.parse(ref))
        except LawqaError:
            return None
        fresh = [q for q in (note.questions if note else ()) if skeleton(q) not in seen]
        short = [q for q in fresh if len(q) <= _MAX_OFFERED_CHARS]
        return Suggestion((short or fresh)[0], ref) if fresh else None


def _pairs_of(text: str) -> set[str]:
    plain = skeleton(text)
    return {plain[i : i + 2] for i in range(len(plain) - 1)}
