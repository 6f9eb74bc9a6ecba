"""A file on its way into the corpus: read, recognised, described, and checked before anything is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from lawqa.corpus.instrument import Instrument
from lawqa.corpus.library import Corpus
from lawqa.corpus.markdown import parse_document
from lawqa.corpus.yamlfile import load_yaml
from lawqa.files.source import Source
from lawqa.importers.fault import ImportFault
from lawqa.importers.front_lines import is_site_line, split_title
from lawqa.importers.metadata import Metadata, propose
from lawqa.importers.sections import Block
from lawqa.importers.structure import Structure, recognise
from lawqa.text.normalise import fold, skeleton

_TWICE = "编号重复"


@dataclass(frozen=True, slots=True)
class Draft:
    """A document ready to be written: ``text`` is the whole file, ``instrument`` what it parses to."""

    source: Source
    metadata: Metadata
    instrument: Instrument
    text: str
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file's structure with what its front matter may be; ``write`` makes the draft once that is settled."""

    source: Source
    structure: Structure
    proposal: Metadata
    doubts: tuple[str, ...]
    note: str


def recognise_file(source: Source, given: Metadata, corpus: Corpus) -> Recognised:
    """The structure of ``source`` and the metadata proposed for it, ``given`` values first."""
    facts = _own_head(source)
    known = given.over(facts)
    title, before, lines = split_title(source.lines, known.title, source.facts.get("title"))
    if title is None:
        raise ImportFault(f"{source.name}：没有认出标题；请用 --title 给出")
    title = re.sub(r"\s+", " ", title).strip().strip("《》")
    lines = [x for i, x in enumerate(lines) if i >= 6 or not is_site_line(x.text)]
    while lines and skeleton(lines[0].text) == skeleton(title):  # a running head above the title
        lines = lines[1:]
    structure = recognise(lines)
    doubts = [*source.doubts, *structure.doubts]
    kept = tuple(x.text for x in before if not is_site_line(x.text))
    if kept:
        doubts.append(f"标题之前的{len(kept)}行未收录：{' '.join(kept)[:60]}")
    proposal = known.over(propose(source, title, (*kept, *structure.preamble), structure.signature, corpus))
    way = "OCR 识别的文字，可能有误；" if source.ocr else ""
    note = f"自行添加，{way}未与独立副本比对；来自 {Path(source.name).name}（SHA-256 {source.digest[:16]}）"
    return Recognised(source, structure, proposal, tuple(doubts), note)


def _own_head(source: Source) -> Metadata:
    """The front matter of a file that is in the corpus format already."""
    if source.head is None:
        return Metadata()
    try:
        data = load_yaml(source.head)
    except (yaml.YAMLError, ValueError) as error:
        raise ImportFault(f"{source.name}：文件头不是合格的 YAML（{' '.join(str(error).split())[:100]}）") from error
    if not isinstance(data, dict):
        raise ImportFault(f"{source.name}：文件头不是键值对")
    lists: dict[str, Any] = {
        k: tuple(map(str, data[k])) for k in ("short_titles", "issuers") if isinstance(data.get(k), list)
    }
    days: dict[str, Any] = {k: data[k] for k in ("adopted", "promulgated", "effective") if type(data.get(k)) is date}
    names = (
        "id",
        "title",
        "english_title",
        "original_title",
        "kind",
        "document_number",
        "status",
        "source_url",
        "text",
    )
    return Metadata(**lists, **days, **{k: data[k] for k in names if isinstance(data.get(k), str)})


def write_draft(recognised: Recognised, metadata: Metadata, corpus: Corpus, replacing: bool = False) -> Draft:
    """The file in the corpus format, parsed again as a check; ImportFault lists everything that is wrong with it."""
    name = recognised.source.name
    metadata, doubts = _without_taken_names(metadata, corpus, recognised.doubts)
    faults = _id_faults(metadata, corpus, replacing)
    blocks = list(recognised.structure.blocks)
    path = Path(f"{metadata.id}.md")
    for _ in range(len(blocks) + 1):
        text, offset = _render(metadata, recognised, blocks)
        instrument, found = parse_document(path, text, own=True)
        twice = [f for f in found if _TWICE in f.message]
        if not twice:
            break
        for fault in twice:
            at = (fault.line - offset) // 2
            doubts += (f"编号重复的“{blocks[at].text[:20]}”作为段落收录",)
            blocks[at] = Block(blocks[at].text)
    stray = [f for f in found if "不属于任何条文" in f.message]
    doubts += tuple(f"没有归入任何条文，放在篇首：{f.message.rpartition('：')[2]}" for f in stray)
    faults += [f"第{f.line}行：{f.message}" for f in found if f not in stray]
    if faults or instrument is None:
        raise ImportFault(f"{name}：{'；'.join(dict.fromkeys(faults)) or '不能写成语料格式'}")
    if recognised.source.ocr:
        numbers = tuple(p.ref.number for p in instrument.provisions)
        text, _ = _render(metadata, recognised, blocks, numbers)
        instrument = parse_document(path, text, own=True)[0] or instrument
    return Draft(recognised.source, metadata, instrument, text, doubts + _text_doubts(instrument))


def _without_taken_names(
    metadata: Metadata, corpus: Corpus, doubts: tuple[str, ...]
) -> tuple[Metadata, tuple[str, ...]]:
    """Short titles that name another document are dropped; a title that is another's is a doubt."""
    others = [i for i in corpus.instruments if i.id != metadata.id]
    taken = {fold(n): i for i in others for n in (i.title, *i.short_titles)}
    kept = tuple(n for n in metadata.short_titles or () if fold(n) not in taken)
    for name in set(metadata.short_titles or ()) - set(kept):
        doubts += (f"简称“{name}”已指{taken[fold(name)].label}，未采用",)
    if same := [i for i in others if fold(i.title) == fold(metadata.title or "")]:
        doubts += (f"与已收录的 {'、'.join(i.id for i in same)} 同名：视为同一文件的另一版本，按日期区分",)
    return replace(metadata, short_titles=kept), doubts


def _id_faults(metadata: Metadata, corpus: Corpus, replacing: bool) -> list[str]:
    if metadata.id is None:
        return ["没有 id：请用 --id 给出"]
    if corpus.has(metadata.id) and metadata.id not in corpus.own:
        return [f"id“{metadata.id}”已为自带的{corpus.instrument(metadata.id).label}所用：请用 --id 另取"]
    if metadata.id in corpus.own and not replacing:
        return [f"id“{metadata.id}”已添加过：更新请加 --replace，另加一份请用 --id 另取"]
    return []


def _text_doubts(instrument: Instrument) -> tuple[str, ...]:
    """What a person should look at: items out of sequence, provisions without text."""
    out = []
    for provision in instrument.provisions:
        for paragraph in provision.paragraphs:
            numbers = [i.number for i in paragraph.items]
            if provision.is_article and numbers != list(range(1, len(numbers) + 1)):
                out.append(f"{provision.marker}的项号不连续：{'、'.join(map(str, numbers))}")
        if not provision.paragraphs and not provision.children:
            out.append(f"“{(provision.marker + provision.heading)[:24]}”下面没有正文")
    return tuple(out)


def _render(
    metadata: Metadata, recognised: Recognised, blocks: list[Block], doubtful: tuple[str, ...] = ()
) -> tuple[str, int]:
    """The file's text, and the line of its first block."""
    m = metadata
    head: dict[str, Any] = {
        "id": m.id,
        "title": m.title,
        "original_title": m.original_title,
        "short_titles": list(m.short_titles or ()),
        "english_title": m.english_title,
        "kind": m.kind,
        "issuers": list(m.issuers or ()),
        "document_number": m.document_number,
        "adopted": m.adopted,
        "promulgated": m.promulgated,
        "effective": m.effective,
        "status": m.status,
        "source_url": m.source_url,
        "text": m.text or "verbatim",
    }
    verification: dict[str, Any] = {"level": "recall", "coverage": 0.0, "note": recognised.note}
    if doubtful:
        verification["doubtful"] = list(doubtful)
    if recognised.structure.gaps:
        verification["gaps"] = list(recognised.structure.gaps)
    options: dict[str, Any] = {"allow_unicode": True, "sort_keys": False, "width": 10**6}
    front = yaml.safe_dump({**head, "verification": verification}, **options)
    top = [f"# {m.title}", *recognised.structure.preamble]
    start = f"---\n{front}---\n\n" + "".join(f"{x}\n\n" for x in top)
    return start + "\n\n".join(b.markdown for b in blocks) + "\n", start.count("\n") + 1
