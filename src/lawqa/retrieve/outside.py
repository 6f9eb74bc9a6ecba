"""Laws that are not held: recognised by their names, or by topics that belong to them alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lawqa.corpus.mentions import Mention
from lawqa.corpus.note import OutsideLaw
from lawqa.text.normalise import fold


class OutsideLaws:
    """Finds every law not held that a question names or is about, in one pass."""

    def __init__(self, laws: Sequence[OutsideLaw]) -> None:
        self._names = _index((law, (law.title, *law.names)) for law in laws)
        self._topics = _index((law, law.topics) for law in laws)
        self._name_pattern = _pattern(self._names)
        self._topic_pattern = _pattern(self._topics)

    def named(self, text: str, mentions: Sequence[Mention]) -> tuple[OutsideLaw, ...]:
        """Laws named in ``text``; a name inside the name of a document that is known here names nothing else."""
        spans = [(m.start, m.end) for m in mentions if m.documents or m.catalog]
        found: dict[OutsideLaw, None] = {}
        for match in self._name_pattern.finditer(fold(text)):
            if not any(a <= match.start() and match.end() <= b for a, b in spans):
                found.update(dict.fromkeys(self._names[match[0]]))
        return tuple(found)

    def about(self, text: str) -> tuple[OutsideLaw, ...]:
        """Laws whose topics stand in ``text``."""
        found: dict[OutsideLaw, None] = {}
        for match in self._topic_pattern.finditer(fold(text)):
            found.update(dict.fromkeys(self._topics[match[0]]))
        return tuple(found)


def _index(rows: Iterable[tuple[OutsideLaw, Sequence[str]]]) -> dict[str, list[OutsideLaw]]:
    out: dict[str, list[OutsideLaw]] = {}
    for law, words in rows:
        for word in words:
            out.setdefault(fold(word), []).append(law)
    return out


def _pattern(words: dict[str, list[OutsideLaw]]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
