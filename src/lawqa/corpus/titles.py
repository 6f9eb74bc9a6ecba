"""Names of instruments: full titles, short titles, abbreviations, and which version a name means on a date."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from datetime import date

from lawqa.corpus.instrument import Instrument
from lawqa.corpus.library import Corpus
from lawqa.text.normalise import fold

_STATE = "中华人民共和国"
#: A name with one of these asks for one version whatever the date: 旧网安法, 2016年网络安全法, 修改后的网络安全法.
_EDITION_WORDS = re.compile(r"[新旧原]|\d{4}|修改|修订|修正")
#: Names this alike (0 to 1) are offered where a title is unknown.
_NEAR = 0.75
#: A mistyped name is taken for a document where it is so like its name, and by so much liker than to any other.
_PLAIN = 0.78
_LEAD = 0.08
#: A title may be cut down to so many last characters.
_ENDING = 4


@dataclass(frozen=True, slots=True)
class Name:
    """What a name stands for: ``id`` of a document held, or of a catalog entry (``held`` False)."""

    id: str
    held: bool


class Titles:
    """All names of all documents; lookups fold width, script and case.

    ``aliases`` maps document or catalog ids to further names (the editorial layer's).
    """

    def __init__(self, corpus: Corpus, aliases: dict[str, tuple[str, ...]] | None = None) -> None:
        self.corpus = corpus
        self._names: dict[str, list[Name]] = {}
        for instrument in corpus.instruments:
            for name in self._own_names(instrument):
                self._add(name, Name(instrument.id, True))
        for entry in corpus.catalog:
            for name in (entry.title, re.sub(r"（[^）]*）$", "", entry.title), entry.title.split(" ")[-1]):
                self._add(name, Name(entry.id, False))
            if entry.document_number and re.match(r"(GB|TC)", entry.document_number):
                self._add(entry.document_number, Name(entry.id, False))
        for id, names in (aliases or {}).items():
            for name in names:
                self._add(name, Name(id, corpus.has(id)))
        names_by_length = sorted(self._names, key=len, reverse=True)
        self.pattern = re.compile("|".join(map(_spell, names_by_length)))

    def _own_names(self, instrument: Instrument) -> list[str]:
        names = [instrument.title, instrument.title.removeprefix(_STATE), *instrument.short_titles]
        if instrument.original_title:
            names.append(instrument.original_title)
        if instrument.english_title:
            names.append(instrument.english_title)
        return [n for n in names if len(n) > 1]

    def _add(self, name: str, meaning: Name) -> None:
        known = self._names.setdefault(fold(name).strip(), [])
        if meaning not in known:
            known.append(meaning)

    def meanings(self, name: str) -> tuple[Name, ...]:
        """Everything that ``name`` may stand for, held documents first."""
        folded = fold(name).strip().strip("《》")
        for candidate in (folded, folded.removeprefix(_STATE), re.sub(r"\s+", "", folded)):
            if candidate in self._names:
                return tuple(self._names[candidate])
        return ()

    def resolve(self, name: str, day: date) -> tuple[str, ...]:
        """Ids of the held documents that ``name`` means on ``day``: one, or several where it is ambiguous."""
        held = [self.corpus.instrument(n.id) for n in self.meanings(name) if n.held]
        if not held:
            return ()
        if _EDITION_WORDS.search(fold(name)):
            return tuple(i.id for i in held)
        versions = {self.version_on(i, day).id for i in held}
        return tuple(i.id for i in self.corpus.instruments if i.id in versions)

    def version_on(self, instrument: Instrument, day: date) -> Instrument:
        """The version of a law's text that was in force on ``day``; the earliest where none was yet."""
        chain = [instrument]
        while (older := self.corpus.predecessor(chain[0])) and older not in chain:
            chain.insert(0, older)
        while (newer := self.corpus.successor(chain[-1])) and newer.title == instrument.title and newer not in chain:
            chain.append(newer)
        in_force = [i for i in chain if i.effective and i.effective <= day]
        return in_force[-1] if in_force else chain[0]

    def edition(self, name: str, year: str) -> tuple[str, ...]:
        """The documents called ``name`` of ``year``: the one whose id says so, else those promulgated or effective then."""
        versions = {i.id: i for n in self.meanings(name) if n.held for i in self._versions(n.id)}
        exact = tuple(id for id in sorted(versions) if id.endswith(year))
        dated = (
            id for id, i in sorted(versions.items()) if year in {str(d.year) for d in (i.promulgated, i.effective) if d}
        )
        return exact or tuple(dated)

    def ending(self, name: str, day: date) -> str | None:
        """The one document whose title ends with ``name``: 伦理规范 for 《新一代人工智能伦理规范》."""
        folded = fold(name).strip()
        if len(folded) < _ENDING:
            return None
        ids = {self.version_on(i, day).id for i in self.corpus.instruments if _ends(i, folded)}
        return next(iter(ids)) if len(ids) == 1 else None

    def beginning(self, name: str, day: date) -> str | None:
        """The one document in force, of all whose names begin with ``name``: 深度合成 for the 深度合成管理规定."""
        folded = fold(name).strip()
        held = {n.id for known, ns in self._names.items() if known.startswith(folded) for n in ns if n.held}
        ids = {id for id in held if self.corpus.current_on(self.corpus.instrument(id), day)}
        return next(iter(ids)) if len(folded) >= _ENDING and len(ids) == 1 else None

    def near(self, name: str, most: int = 3) -> tuple[str, ...]:
        """Titles of documents and catalog entries that are called almost so, the nearest first; for error messages."""
        scored = self._likeness(name)
        best = sorted(scored, key=lambda id: (-scored[id], id))
        return tuple(dict.fromkeys(self._title(id) for id in best))[:most]

    def mistyped(self, name: str) -> str | None:
        """The held document that a mistyped name (论理规范, 算法规订) can only mean; None where it is not plain."""
        scored = self._likeness(name)
        best = sorted(scored, key=lambda id: -scored[id])
        if not best or not self.corpus.has(best[0]) or scored[best[0]] < _PLAIN:
            return None
        if len(best) > 1 and scored[best[0]] - scored[best[1]] < _LEAD:
            return None
        return best[0]

    def _likeness(self, name: str) -> dict[str, float]:
        """How nearly ``name`` is the name of each document or entry, where it nearly is."""
        asked = _core(fold(name))
        scored: dict[str, float] = {}
        for known, meanings in self._names.items():
            core = _core(known)
            matcher = difflib.SequenceMatcher(None, asked, core, autojunk=False)
            if matcher.real_quick_ratio() < _NEAR or matcher.quick_ratio() < _NEAR:
                continue
            # 暂行管理办法 for 管理暂行办法: the same characters in another order count, but less than the same order
            score = (matcher.ratio() + matcher.quick_ratio()) / 2
            for meaning in meanings:
                scored[meaning.id] = max(scored.get(meaning.id, 0.0), score)
        return {id: score for id, score in scored.items() if score >= _NEAR}

    def _title(self, id: str) -> str:
        entry = self.corpus.entry(id)
        return entry.title if entry else self.corpus.instrument(id).title

    def _versions(self, id: str) -> list[Instrument]:
        title = self.corpus.instrument(id).title
        return [i for i in self.corpus.instruments if i.title == title]


def _ends(instrument: Instrument, name: str) -> bool:
    titles = (instrument.title, *instrument.short_titles)
    return any(part.endswith(name) for title in titles for part in re.split(r"[（—]", fold(title)))


def _spell(name: str) -> str:
    """A pattern for a folded name: blanks of English names are optional, ASCII names stand alone."""
    pattern = re.escape(name).replace(r"\ ", r"\s*")
    return rf"(?<![a-z0-9]){pattern}(?![a-z0-9])" if name.isascii() else pattern


def _core(name: str) -> str:
    """What tells names apart: without the state's name, brackets and 的."""
    return re.sub(r"[《》（）“”\s的]", "", name).removeprefix(_STATE)
