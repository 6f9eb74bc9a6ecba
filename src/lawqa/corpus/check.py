"""``lawqa corpus check``: every fault of every file of the corpus, all at once."""

from __future__ import annotations

from pathlib import Path

from lawqa.corpus import checksums
from lawqa.corpus.editorial import read_editorial
from lawqa.corpus.faults import Fault
from lawqa.corpus.library import Corpus, read_corpus
from lawqa.text.normalise import fold


def check_corpus(root: Path, own_root: Path | None = None) -> tuple[Corpus, list[Fault]]:
    """The corpus and all faults, sorted by file and line; CorpusError only where ``root`` is no folder."""
    corpus, faults = read_corpus(root, own_root)
    faults = [*faults, *_relations(corpus), *_names(corpus), *_catalog_links(corpus), *checksums.check(root)]
    if own_root and checksums.texts(own_root):
        faults += checksums.check(own_root)
    _, editorial = read_editorial(corpus)
    return corpus, sorted({*faults, *editorial})


def _path(corpus: Corpus, id: str) -> str:
    return str(corpus.path(id))


def _line(corpus: Corpus, id: str, text: str) -> int:
    lines = Path(_path(corpus, id)).read_text(encoding="utf-8").split("\n")
    return next((i for i, line in enumerate(lines, 1) if text in line), 1)


def _relations(corpus: Corpus) -> list[Fault]:
    out = []
    for instrument in corpus.instruments:
        for relation in instrument.relations:
            if not corpus.has(relation.id):
                line = _line(corpus, instrument.id, relation.id)
                out.append(Fault(_path(corpus, instrument.id), line, f"关系指向不存在的文件“{relation.id}”"))
    return out


def _names(corpus: Corpus) -> list[Fault]:
    """A short title names one document only; versions of one law may share their title, not a short one."""
    owners: dict[str, list[str]] = {}
    for instrument in corpus.instruments:
        for name in instrument.short_titles:
            owners.setdefault(fold(name), []).append(instrument.id)
    titles = {fold(i.title): i.id for i in corpus.instruments}
    out = []
    for name, ids in owners.items():
        for id in ids:
            others = [o for o in ids if o != id]
            if name in titles and titles[name] != id:
                others.append(titles[name])
            if others or ids.count(id) > 1:
                line = _line(corpus, id, "short_titles")
                out.append(Fault(_path(corpus, id), line, f"简称“{name}”有歧义：也指 {'、'.join(others) or id}"))
    return out


def _catalog_links(corpus: Corpus) -> list[Fault]:
    path = str(corpus.root / "catalog.yaml")
    return [
        Fault(path, 1, f"{entry.id} 的 related 指向不存在的“{other}”")
        for entry in corpus.catalog
        for other in entry.related
        if not corpus.has(other) and corpus.entry(other) is None
    ]
