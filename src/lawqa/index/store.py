"""Open the index: load the current one if it is whole and fresh, else build it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from lawqa.corpus.editorial import load_editorial
from lawqa.corpus.library import Corpus
from lawqa.corpus.note import Concept, OutsideLaw
from lawqa.corpus.reference import Reference
from lawqa.errors import IndexFault
from lawqa.index.build import CURRENT_FILE, Progress, build_index
from lawqa.index.embedder import Embedder, open_embedder
from lawqa.index.lexical import Lexical
from lawqa.index.manifest import Sources, read_manifest, sources_of
from lawqa.index.nodes import PROVISION_FIELDS, QUESTION
from lawqa.index.vectors import load_vectors
from lawqa.settings import Settings, shipped_index
from lawqa.text.tokenise import Tokeniser


@dataclass(frozen=True, slots=True)
class IndexedNote:
    """The parts of an editorial note that answers and pages show."""

    caption: str
    binds: tuple[str, ...]
    questions: tuple[str, ...]
    terms: tuple[str, ...]


class Index:
    """A loaded index. ``kinds`` (str) and ``rows`` (int: the provision's row) have one entry a node, in FAISS'
    order; provision rows are the corpus' order. ``beyond`` are the groups of questions that nothing answers
    (law or None, reply or None), ``beyond_rows`` the group of each such question."""

    def __init__(self, folder: Path, digest: str, corpus: Corpus, embedder: Embedder) -> None:
        self.folder = folder
        self.digest = digest
        self.embedder = embedder
        table = json.loads((folder / "table.json").read_text(encoding="utf-8"))
        self.tokeniser = Tokeniser(table["terms"])
        self.refs: tuple[Reference, ...] = tuple(corpus.provisions)
        self.node_ids: list[str] = [n[0] for n in table["nodes"]]
        self.kinds = np.array([n[1] for n in table["nodes"]])
        self.rows = np.array([n[2] for n in table["nodes"]], np.int64)
        self.concepts = tuple(Concept(tuple(s), tuple(law), tuple(d)) for s, law, d in table["concepts"])
        self.outside = tuple(OutsideLaw(t, tuple(n), tuple(s)) for t, n, s in table["outside"])
        self._notes: dict[str, list[Any]] = table["notes"]
        self.vectors = load_vectors(folder / "llama")
        self.beyond: tuple[tuple[str | None, str | None], ...] = tuple(
            (law, reply) for law, reply, _ in table["beyond"]
        )
        self.beyond_rows = np.repeat(np.arange(len(self.beyond)), [n for _, _, n in table["beyond"]])
        sizes = dict.fromkeys(PROVISION_FIELDS, len(self.refs))
        sizes |= {"questions": int((self.kinds == QUESTION).sum()), "beyond": len(self.beyond_rows)}
        self.fields = {name: Lexical.load(folder / "bm25" / name, size) for name, size in sizes.items() if size}

    def note(self, ref: Reference) -> IndexedNote | None:
        """Our note on a provision; None for a document without notes."""
        row = self._notes.get(str(ref.provision))
        return IndexedNote(row[0], tuple(row[1]), tuple(row[2]), tuple(row[3])) if row else None

    @cached_property
    def question_rows(self) -> np.ndarray:
        """The provision row of every editorial question, in the order of the ``questions`` field."""
        rows: np.ndarray = self.rows[self.kinds == QUESTION]
        return rows


def current_folder(root: Path) -> Path | None:
    """The folder that CURRENT names, if it is there."""
    try:
        name = (root / CURRENT_FILE).read_text(encoding="utf-8").strip()
    except OSError:
        return None
    folder = root / name
    return folder if name and folder.is_dir() else None


def load_index(corpus: Corpus, root: Path, sources: Sources, embedder: Embedder) -> Index:
    """The current index under ``root``; IndexFault where it is missing, damaged or stale (and why)."""
    folder = current_folder(root)
    if folder is None:
        raise IndexFault(f"还没有索引：{root}；lawqa index 建立")
    digest, built_from = read_manifest(folder)
    if changed := built_from.differences(sources):
        raise IndexFault(f"索引“{folder}”已过时：{'、'.join(changed)}已改变；lawqa index 重建")
    return Index(folder, digest, corpus, embedder)


def open_index(
    corpus: Corpus, settings: Settings, progress: Progress = lambda stage, done, total: None, rebuild: bool = False
) -> Index:
    """The current index, built first where it is missing, stale or damaged (or ``rebuild``).

    An installed package brings an index of its own: it is used where ``settings.index`` holds no better one.
    """
    embedder = open_embedder(settings)  # first: what is no model must not be digested, it may be a whole disk
    sources = sources_of(corpus, settings)
    if not rebuild:
        roots = [root for root in (settings.index, shipped_index()) if root is not None]
        reasons = []
        for root in [root for root in roots if current_folder(root)] or roots[:1]:
            try:
                return load_index(corpus, root, sources, embedder)
            except IndexFault as error:
                reasons.append(str(error))
        progress(reasons[0].split("；")[0], 0, 0)
    folder = build_index(corpus, load_editorial(corpus), embedder, sources, settings.index, progress)
    digest, _ = read_manifest(folder)
    return Index(folder, digest, corpus, embedder)
