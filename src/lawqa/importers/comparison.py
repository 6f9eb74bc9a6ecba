"""A held text against its official publication, provision by provision and character by character."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace
from typing import Any

from lawqa.corpus.instrument import Instrument
from lawqa.corpus.library import Corpus
from lawqa.corpus.markdown import DOUBTFUL_MARK
from lawqa.corpus.provision import Provision
from lawqa.files.source import Source
from lawqa.importers.draft import recognise_file, write_draft
from lawqa.importers.fault import ImportFault
from lawqa.importers.metadata import Metadata

_NEAR = 12


@dataclass(frozen=True, slots=True)
class Difference:
    """One provision that differs: ``marked`` shows it with [-held-] and {+official+}; ``kind`` is differs, not_on_page
    or not_held."""

    number: str
    label: str
    kind: str
    marked: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """``coverage`` is the share of the held text's characters in provisions that are the same on the page; ``level``
    and ``doubtful`` what the verification block may say from now on."""

    id: str
    title: str
    url: str
    same: int
    total: int
    coverage: float
    differences: tuple[Difference, ...]
    level: str
    doubtful: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        proposed = {"level": self.level, "coverage": self.coverage, "doubtful": list(self.doubtful)}
        return {
            "id": self.id,
            "title": self.title,
            "url": self.url,
            "same": self.same,
            "provisions": self.total,
            "differences": [
                {"number": d.number, "label": d.label, "kind": d.kind, "marked": d.marked} for d in self.differences
            ],
            "proposed_verification": proposed,
        }


def compare(instrument: Instrument, page: Source, corpus: Corpus) -> Comparison:
    """``instrument`` against the text of ``page``, white space aside. A digest has no original to be compared with."""
    if instrument.is_digest:
        raise ImportFault(f"{instrument.id}：是要点摘编，不是原文，不能逐字比对")
    official = _official(instrument, page, corpus)
    differences: list[Difference] = []
    right = total = same = 0
    for provision in instrument.provisions:
        held = _plain(provision)
        total += len(held)
        other = official.pop(provision.ref.number, None)
        if other is None and held and held in _squeezed(page.text):
            other = held  # the page has the very words, though not under a number of its own
        if other == held:
            right, same = right + len(held), same + 1
        elif other is None:
            differences.append(Difference(provision.ref.number, provision.label, "not_on_page", ""))
        else:
            differences.append(Difference(provision.ref.number, provision.label, "differs", marked(held, other)))
    extra = [
        Difference(number, f"{instrument.label}{number}", "not_held", text[:80])
        for number, text in official.items()
        if text and number not in instrument.verification.gaps
    ]
    doubtful = tuple(d.number for d in differences)
    whole = not differences and not extra and not instrument.verification.gaps
    coverage = right / total if total else 0.0
    level = "full" if whole else "partial" if same else instrument.verification.level
    return Comparison(
        instrument.id,
        instrument.title,
        instrument.source_url or page.name,
        same,
        len(instrument.provisions),
        int(coverage * 1000) / 1000,
        (*differences, *extra),
        level,
        doubtful,
    )


def _official(instrument: Instrument, page: Source, corpus: Corpus) -> dict[str, str]:
    """The page's provisions by number, without white space."""
    known = Metadata(id=instrument.id, title=instrument.title, kind=instrument.kind, status=instrument.status)
    alone = replace(corpus, instruments=(), catalog=(), own=frozenset())  # its id and names are its own here
    recognised = recognise_file(page, known, alone)
    draft = write_draft(recognised, recognised.proposal, alone)
    return {p.ref.number: _plain(p) for p in draft.instrument.provisions}


def _plain(provision: Provision) -> str:
    return _squeezed(provision.heading + provision.text)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text.replace(DOUBTFUL_MARK, ""))


def marked(held: str, official: str) -> str:
    """Both texts in one: ``[-…-]`` stands only in the held one, ``{+…+}`` only in the official one; the rest shortened."""
    out = ""
    matcher = difflib.SequenceMatcher(None, held, official, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            text = held[a:b]
            out += text if len(text) <= 2 * _NEAR else f"{text[:_NEAR]}…{text[-_NEAR:]}"
        else:
            out += (f"[-{held[a:b]}-]" if b > a else "") + (f"{{+{official[c:d]}+}}" if d > c else "")
    return out
