"""The corpus: every instrument and catalog entry, found by id, reference or name."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

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
    """All documents of one folder; ``digest`` is the SHA-256 of their bytes."""

    root: Path
    instruments: tuple[Instrument, ...]
    catalog: tuple[CatalogEntry, ...]
    digest: str

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
        """The status to show for ``day``: a law not yet in force says so, an amended one is in force until then."""
        if instrument.effective and instrument.effective > day:
            return "尚未施行"
        successor = self.successor(instrument)
        if instrument.status == "已被修改" and successor and successor.effective and successor.effective > day:
            return "现行有效"
        return instrument.status

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


def read_corpus(root: Path) -> tuple[Corpus, list[Fault]]:
    """Everything that can be read under ``root``, and every fault of every file."""
    if not root.is_dir():
        raise CorpusError(f"语料文件夹“{root}”不存在：请检查 LAWQA_CORPUS")
    faults: list[Fault] = []
    instruments: list[Instrument] = []
    catalog: tuple[CatalogEntry, ...] = ()
    digest = hashlib.sha256()
    for path in sorted([*root.glob("*.md"), *root.glob("catalog.yaml")]):
        try:
            raw = path.read_bytes()
        except OSError as error:
            faults.append(Fault(str(path), 1, f"不能读（{reason_of(error)}）"))
            continue
        digest.update(path.name.encode() + b"\0" + raw + b"\0")
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            faults.append(Fault(str(path), raw[: error.start].count(b"\n") + 1, "不是 UTF-8 编码"))
            continue
        if "\r" in text:
            faults.append(Fault(str(path), text[: text.index("\r")].count("\n") + 1, "行尾应为 LF，不应有 CR"))
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if path.name == "catalog.yaml":
            catalog, found = parse_catalog(path, text)
            faults += found
            continue
        instrument, found = parse_document(path, text)
        faults += found
        if instrument is not None:
            instruments.append(instrument)
    if not instruments:
        faults.append(Fault(str(root), 1, "没有任何可用的文件（*.md）"))
    editions = _editions(instruments)
    labelled = tuple(with_labels(i, editions[i.id]) for i in instruments)
    return Corpus(root, labelled, catalog, digest.hexdigest()), sorted(faults)


def load_corpus(root: Path) -> Corpus:
    """The corpus under ``root``; CorpusError with the first fault and their number where any file is faulty."""
    corpus, faults = read_corpus(root)
    if faults:
        more = f"（另有{len(faults) - 1}处，lawqa corpus check 列出全部）" if len(faults) > 1 else ""
        raise CorpusError(f"语料有误：{faults[0]}{more}", tuple(faults))
    return corpus
