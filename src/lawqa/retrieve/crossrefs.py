"""Cross-references inside the corpus: what a provision cites, and what cites it."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from functools import cached_property

from lawqa.corpus.library import Corpus
from lawqa.corpus.mentions import find_mentions
from lawqa.corpus.provision import Provision
from lawqa.corpus.reference import Reference
from lawqa.corpus.titles import Titles

_PREVIOUS_ARTICLE = re.compile(r"(?<![之目])前条(?!件)")
_PREVIOUS_ARTICLES = re.compile(r"前([二两三四五六])条")


class CrossReferences:
    """The graph of citations between provisions, read once from the texts."""

    def __init__(self, corpus: Corpus, titles: Titles) -> None:
        self._corpus = corpus
        self._titles = titles

    @cached_property
    def _cites(self) -> dict[Reference, tuple[Reference, ...]]:
        return {ref: self._read(provision) for ref, provision in self._corpus.provisions.items()}

    @cached_property
    def _cited_by(self) -> dict[Reference, tuple[Reference, ...]]:
        out: dict[Reference, list[Reference]] = defaultdict(list)
        for source, targets in self._cites.items():
            for target in targets:
                out[target].append(source)
        return {target: tuple(sources) for target, sources in out.items()}

    def cites(self, ref: Reference) -> tuple[Reference, ...]:
        """Articles and sections that the text at ``ref`` names, in its order; itself left out."""
        return self._cites.get(ref.provision, ())

    def cited_by(self, ref: Reference) -> tuple[Reference, ...]:
        """Articles and sections whose text names the one at ``ref``."""
        return self._cited_by.get(ref.provision, ())

    def documents(self, ref: Reference) -> tuple[str, ...]:
        """Held documents that the text names as a whole (《…》 without an article)."""
        provision = self._corpus.provision(ref)
        day = self._day(provision)
        mentions = find_mentions(provision.text, self._titles, day, ref.document, inside=True)
        own = [m.documents[0] for m in mentions if len(m.documents) == 1 and not m.targets and not m.anaphor]
        return tuple(dict.fromkeys(d for d in own if d != ref.document))

    def _day(self, provision: Provision) -> date:
        """The day of the citing text: it cites the versions that were current when it was made."""
        instrument = self._corpus.instrument(provision.ref.document)
        return instrument.effective or instrument.promulgated or date.today()

    def _read(self, provision: Provision) -> tuple[Reference, ...]:
        found: list[Reference] = []
        text = provision.text
        if provision.is_article:
            number = int(provision.ref.number.split("-")[0])
            if _PREVIOUS_ARTICLE.search(text):
                found.append(Reference(provision.ref.document, str(number - 1)))
            for match in _PREVIOUS_ARTICLES.finditer(text):
                count = {"二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}[match[1]]
                found += [Reference(provision.ref.document, str(number - n)) for n in range(count, 0, -1)]
        if "条" in text:
            for mention in find_mentions(text, self._titles, self._day(provision), provision.ref.document, inside=True):
                found += [t.ref.provision for t in mention.targets if t.ref is not None]
        return tuple(dict.fromkeys(r for r in found if r != provision.ref and r in self._corpus.provisions))
