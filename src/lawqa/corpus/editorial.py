"""The editorial layer: captions, questions and terms of our own for provisions, and the concept lexicon.

It lives in ``corpus/editorial/`` beside the law and is never shown as the law. A document without notes
(one that a user added) simply has none.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from lawqa.corpus.faults import Fault
from lawqa.corpus.library import Corpus
from lawqa.corpus.note import Beyond, Concept, Note, OutsideLaw
from lawqa.corpus.note_files import Owners, coverage, read_notes, shared_questions
from lawqa.corpus.note_rows import load_file, rows_of
from lawqa.corpus.reference import Reference
from lawqa.corpus.word_lists import BEYOND_PREFIX, aliases_of, beyond_of, concepts_of, outside_of
from lawqa.corpus.yamlfile import is_strings
from lawqa.errors import CorpusError

_LISTS = ("lexicon", "aliases", "outside")


@dataclass(frozen=True)
class Editorial:
    """Everything under ``corpus/editorial``; ``digest`` is the SHA-256 of its bytes."""

    notes: dict[Reference, Note]
    concepts: tuple[Concept, ...]
    aliases: dict[str, tuple[str, ...]]
    outside: tuple[OutsideLaw, ...]
    beyond: tuple[Beyond, ...]
    digest: str


def editorial_digest(root: Path, own_root: Path | None = None) -> str:
    """SHA-256 over the names and bytes of every file of the layer; cheap, so that a stale index is seen."""
    digest = hashlib.sha256()
    for folder in (root, own_root):
        for path in sorted((folder / "editorial").glob("*.yaml")) if folder else ():
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def read_editorial(corpus: Corpus) -> tuple[Editorial, list[Fault]]:
    """The whole layer and every fault of every file."""
    folder = corpus.root / "editorial"
    faults: list[Fault] = []
    notes: dict[Reference, Note] = {}
    owners: Owners = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.stem not in _LISTS and not path.name.startswith(BEYOND_PREFIX):
            read_notes(path, corpus, notes, owners, faults)
    for path in sorted((corpus.own_root / "editorial").glob("*.yaml")) if corpus.own_root else ():
        if path.stem in corpus.own:
            read_notes(path, corpus, notes, owners, faults)
        else:
            faults.append(Fault(str(path), 1, f"没有标识为“{path.stem}”的自有文件"))
    faults += shared_questions(owners)
    faults += coverage(corpus, notes, folder)
    concepts = tuple(concepts_of(rows_of(folder / "lexicon.yaml", faults), folder / "lexicon.yaml", corpus, faults))
    aliases = aliases_of(load_file(folder / "aliases.yaml", faults), folder / "aliases.yaml", corpus, faults)
    outside = tuple(outside_of(folder / "outside.yaml", faults))
    beyond = tuple(beyond_of(folder, {o.title for o in outside}, owners, faults))
    added = {t for id in corpus.own for t in _titles(corpus.instrument(id).title)}
    outside = tuple(o for o in outside if o.title not in added)  # a law that the user added is outside no more
    beyond = tuple(b for b in beyond if b.law not in added)
    digest = editorial_digest(corpus.root, corpus.own_root)
    return Editorial(notes, concepts, aliases, outside, beyond, digest), sorted(faults)


def _titles(title: str) -> set[str]:
    return {title, title.removeprefix("中华人民共和国")}


def load_editorial(corpus: Corpus) -> Editorial:
    """The layer; CorpusError with the first fault where any file is faulty."""
    editorial, faults = read_editorial(corpus)
    if faults:
        raise CorpusError(f"编者注有误：{faults[0]}（共{len(faults)}处，lawqa corpus check 列出全部）", tuple(faults))
    return editorial


def load_aliases(root: Path) -> dict[str, tuple[str, ...]]:
    """The further names of documents alone: small, needed for every question."""
    data = load_file(root / "editorial" / "aliases.yaml", [])
    return {str(k): tuple(v) for k, v in data.items() if is_strings(v)} if isinstance(data, dict) else {}
