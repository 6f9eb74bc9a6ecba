"""The corpus: every instrument and catalog entry, found by id, reference or name."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from lawqa.corpus.catalog import CatalogEntry, parse_catalog
from lawqa.corpus.faults import Fault
from lawqa.corpus.instrument import Instrument
from lawqa.corpus.label import with_labels
from lawqa.corpus.markdown import parse_document
from lawqa.corpus.provision import Provision
from lawqa.corpus.reference import Reference, split_reference
from lawqa.errors import CorpusError, ReferenceNotFound, reason_of


@dataclass(frozen=True)
class Corpus:
    """All documents of the shipped folder ``root`` and of the user's own folder, if there is one.

    ``digest`` is the SHA-256 of their bytes; ``own`` are the ids of the user's documents.
    """

    root: Path
    instruments: tuple[Instrument, ...]
    catalog: tuple[CatalogEntry, ...]
    digest: str
    own_root: Path | None = None
    own: frozenset[str] = frozenset()

    def path(self, id: str) -> Path:
        """The file of a document, held or not."""
        root = self.own_root if self.own_root and id in self.own else self.root
        return root / f"{id}.md"

    @cached_property
    def _by_id(self) -> dict[str, Instrument]:
        return {i.id: i for i in self.instruments}

    @cached_property
    def provisions(self) -> dict[Reference, Provision]:
        """Every article and section by its reference, in the order of the documents."""
        return {p.ref: p for i in self.instruments for p in i.provisions}

    @cached_property
    def _entries(self) -> dict[str, CatalogEntry]:
        return {e.id: e for e in self.catalog}

    def instrument(self, id: str) -> Instrument:
        """The document called ``id``; ReferenceNotFound names the remedy."""
        try:
            return self._by_id[id]
        except KeyError:
            hint = "只有目录，没有正文" if id in self._entries else "lawqa corpus list 列出全部文件"
            raise ReferenceNotFound(f"没有标识为“{id}”的文件（{hint}）") from None

    def has(self, id: str) -> bool:
        return id in self._by_id

    def entry(self, id: str) -> CatalogEntry | None:
        return self._entries.get(id)

    def provision(self, ref: Reference) -> Provision:
        """The article or section that ``ref`` lies in."""
        try:
            return self.provisions[ref.provision]
        except KeyError:
            raise ReferenceNotFound(f"{self.instrument(ref.document).label}没有编号为“{ref.number}”的条文") from None

    def parse(self, text: str) -> Reference:
        """``doc:7.1.3`` as a Reference; UsageError for its form, ReferenceNotFound where nothing stands there."""
        document, number = split_reference(text)
        instrument = self.instrument(document)
        ref = Reference(document, number)
        if ref in self.provisions:
            return ref
        parts = number.split(".")
        for cut in (1, 2):
            base = Reference(document, ".".join(parts[:-cut]) or "?")
            tail = parts[-cut:]
            provision = self.provisions.get(base)
            if provision and provision.is_article and all(t.isdigit() for t in tail):
                precise = base.at(*map(int, tail))
                if provision.piece(precise) is not None:
                    return precise
        gaps = instrument.verification.gaps
        if number.split(".")[0] in gaps:
            raise ReferenceNotFound(f"{instrument.label}有第{number}条，但其文字未收录")
        extent = f"，共{instrument.last_article}条" if instrument.last_article else ""
        raise ReferenceNotFound(f"“{text}”不存在：{instrument.label}里没有“{number}”{extent}")

    def successor(self, instrument: Instrument) -> Instrument | None:
        """The text that amended, repealed or finalised this one, if it is held."""
        for relation in instrument.relations:
            if relation.type in ("amended_by", "repealed_by") and self.has(relation.id):
                return self.instrument(relation.id)
        for other in self.instruments:
            if any(r.type == "finalizes" and r.id == instrument.id for r in other.relations):
                return other
        return None

    def predecessor(self, instrument: Instrument) -> Instrument | None:
        """The earlier version that this instrument amended, if it is held."""
        for other in self.instruments:
            if any(r.type == "amended_by" and r.id == instrument.id for r in other.relations):
                return other
        return None

    def status_on(self, instrument: Instrument, day: date) -> str:
        """The status to show for ``day``: a text not yet published or not yet in force says so, an amended one is in
        force until then. A draft stays a draft."""
        if instrument.status not in ("征求意见稿", "未生效") and not self.published_on(instrument, day):
            return "尚未公布"
        if instrument.effective and instrument.effective > day:
            return "尚未施行"
        successor = self.successor(instrument)
        if instrument.status == "已被修改" and successor and successor.effective and successor.effective > day:
            return "现行有效"
        return instrument.status

    def published_on(self, instrument: Instrument, day: date) -> bool:
        """False where the text was made public only after ``day``; True where it is not known when."""
        published = instrument.promulgated or instrument.adopted
        if (
            published is None and instrument.status == "未生效"
        ):  # a bill: its id has the year in which it was brought in
            published = date(int(instrument.id[-4:]), 1, 1)
        in_force = instrument.effective is not None and instrument.effective <= day
        return published is None or published <= day or in_force

    def current_on(self, instrument: Instrument, day: date) -> bool:
        """True where the document is neither a draft or bill nor superseded or future on ``day``."""
        return self.status_on(instrument, day) in ("现行有效", "不适用")


def _editions(instruments: list[Instrument]) -> dict[str, str]:
    """What tells versions of one title apart: （2016年）, （2025年修正）."""
    titles = Counter(i.title for i in instruments)
    amended = {r.id for i in instruments for r in i.relations if r.type == "amended_by"}
    out = {}
    for i in instruments:
        year = (i.adopted or i.promulgated or i.effective or date(int(i.id[-4:]), 1, 1)).year
        out[i.id] = "" if titles[i.title] == 1 else f"（{year}年{'修正' if i.id in amended else ''}）"
    return out


def read_corpus(root: Path, own_root: Path | None = None) -> tuple[Corpus, list[Fault]]:
    """Everything that can be read under ``root`` and the user's ``own_root``, and every fault of every file.

    An own document may fill a catalog entry (the same id) but never replaces a shipped text.
    """
    if not root.is_dir():
        raise CorpusError(f"语料文件夹“{root}”不存在：请检查 LAWQA_CORPUS")
    faults: list[Fault] = []
    digest = hashlib.sha256()
    instruments = _read_folder(root, False, digest, faults)
    if not instruments:
        faults.append(Fault(str(root), 1, "没有任何可用的文件（*.md）"))
    catalog = _read_catalog(root / "catalog.yaml", faults)
    own = _read_folder(own_root, True, digest, faults) if own_root and own_root.is_dir() else []
    for instrument in [i for i in own if i.id in {j.id for j in instruments}]:
        faults.append(
            Fault(str(own_root and own_root / f"{instrument.id}.md"), 1, f"id“{instrument.id}”已为自带文件所用")
        )
        own.remove(instrument)
    instruments += own
    ids = frozenset(i.id for i in own)
    catalog = tuple(e for e in catalog if e.id not in ids)
    editions = _editions(instruments)
    labelled = tuple(with_labels(i, editions[i.id]) for i in instruments)
    return Corpus(root, labelled, catalog, digest.hexdigest(), own_root, ids), sorted(faults)


def _read_folder(root: Path, own: bool, digest: Any, faults: list[Fault]) -> list[Instrument]:
    """The documents of one folder in the order of their names; every byte goes into ``digest``."""
    out = []
    names = [*root.glob("*.md")] if own else [*root.glob("*.md"), *root.glob("catalog.yaml")]
    for path in sorted(names):
        try:
            raw = path.read_bytes()
        except OSError as error:
            faults.append(Fault(str(path), 1, f"不能读（{reason_of(error)}）"))
            continue
        digest.update((b"own/" if own else b"") + path.name.encode() + b"\0" + raw + b"\0")
        if path.name == "catalog.yaml" or (text := _decode(path, raw, faults)) is None:
            continue
        instrument, found = parse_document(path, text, own)
        faults += found
        if instrument is not None:
            out.append(instrument)
    return out


def _read_catalog(path: Path, faults: list[Fault]) -> tuple[CatalogEntry, ...]:
    try:
        text = _decode(path, path.read_bytes(), faults) if path.is_file() else None
    except OSError:
        return ()  # _read_folder has said so
    catalog, found = parse_catalog(path, text) if text is not None else ((), [])
    faults += found
    return catalog


def _decode(path: Path, raw: bytes, faults: list[Fault]) -> str | None:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        faults.append(Fault(str(path), raw[: error.start].count(b"\n") + 1, "不是 UTF-8 编码"))
        return None
    if "\r" in text:
        faults.append(Fault(str(path), text[: text.index("\r")].count("\n") + 1, "行尾应为 LF，不应有 CR"))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def load_corpus(root: Path, own_root: Path | None = None) -> Corpus:
    """The corpus under both folders; CorpusError with the first fault and their number where any file is faulty."""
    corpus, faults = read_corpus(root, own_root)
    if faults:
        more = f"（另有{len(faults) - 1}处，lawqa corpus check 列出全部）" if len(faults) > 1 else ""
        raise CorpusError(f"语料有误：{faults[0]}{more}", tuple(faults))
    return corpus
