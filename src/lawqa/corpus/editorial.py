"""The editorial layer: captions, questions and terms of our own for provisions, and the concept lexicon.

It lives in ``corpus/editorial/`` beside the law and is never shown as the law. A document without notes
(one that a user added) simply has none.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from lawqa.corpus.faults import Fault
from lawqa.corpus.library import Corpus
from lawqa.corpus.reference import Reference, split_reference
from lawqa.corpus.yamlfile import is_strings, load_yaml, yaml_fault
from lawqa.errors import CorpusError, UsageError
from lawqa.text.normalise import skeleton

MAX_CAPTION = 16
_LAYER_FILES = ("lexicon.yaml", "aliases.yaml", "outside.yaml", "beyond-laws.yaml", "beyond-topics.yaml")
_NOTE_KEYS = {"ref", "caption", "binds", "questions", "everyday", "terms", "drafted_by_machine"}


@dataclass(frozen=True, slots=True)
class Question:
    """A question that a provision answers, with further provisions that answer it as well."""

    text: str
    everyday: bool
    also: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """What we say about one provision: caption (条旨), who it binds, questions it answers, people's terms."""

    ref: Reference
    caption: str
    binds: tuple[str, ...]
    questions: tuple[Question, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """People's words and the law's words for one thing; ``documents`` empty where it holds everywhere."""

    say: tuple[str, ...]
    law: tuple[str, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutsideLaw:
    """A law that is not held, with the topics that show a question to be about it."""

    title: str
    names: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beyond:
    """Questions that no document here answers: about ``law`` (an outside law's title), or of a kind that ``reply``
    answers in one sentence."""

    law: str | None
    reply: str | None
    questions: tuple[str, ...]


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
    owners: dict[str, list[tuple[Reference, tuple[Reference, ...], Fault]]] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name not in _LAYER_FILES:
            _read_notes(path, corpus, notes, owners, faults)
    for path in sorted((corpus.own_root / "editorial").glob("*.yaml")) if corpus.own_root else ():
        if path.stem in corpus.own:
            _read_notes(path, corpus, notes, owners, faults)
        else:
            faults.append(Fault(str(path), 1, f"没有标识为“{path.stem}”的自有文件"))
    faults += _shared_questions(owners)
    faults += _coverage(corpus, notes, folder)
    concepts = tuple(_concepts(_rows(folder / "lexicon.yaml", faults), folder / "lexicon.yaml", corpus, faults))
    aliases = _aliases(_load(folder / "aliases.yaml", faults), folder / "aliases.yaml", corpus, faults)
    outside = tuple(
        OutsideLaw(str(r["title"]), tuple(r["names"]), tuple(r["topics"]))
        for r in _rows(folder / "outside.yaml", faults)
        if _has(r, ("title", "names", "topics"), folder / "outside.yaml", faults)
    )
    beyond = tuple(_beyond(folder, {o.title for o in outside}, owners, faults))
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
    data = _load(root / "editorial" / "aliases.yaml", [])
    return {str(k): tuple(v) for k, v in data.items() if is_strings(v)} if isinstance(data, dict) else {}


def _load(path: Path, faults: list[Fault]) -> Any:
    if not path.is_file():
        return None
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        faults.append(Fault(str(path), 1, f"不能读：{error}"))
        return None
    try:
        return load_yaml(text)
    except (yaml.YAMLError, ValueError) as error:
        faults.append(yaml_fault(path, text, error))
        return None


def _rows(path: Path, faults: list[Fault]) -> list[dict[str, Any]]:
    data = _load(path, faults)
    if data is None:
        return []
    if not isinstance(data, list) or not all(isinstance(r, dict) for r in data):
        faults.append(Fault(str(path), 1, "应为键值对的列表"))
        return []
    return data


def _has(row: dict[str, Any], keys: tuple[str, ...], path: Path, faults: list[Fault]) -> bool:
    missing = [k for k in keys if k not in row]
    if missing or set(row) - set(keys):
        wrong = "、".join([*missing, *sorted(set(row) - set(keys))])
        faults.append(Fault(str(path), 1, f"条目的字段应为{'、'.join(keys)}，有误的是{wrong}：{str(row)[:40]}"))
    lists = [k for k in keys if k not in ("title", "topic", "reply") and k in row and not is_strings(row[k])]
    if lists:
        faults.append(Fault(str(path), 1, f"{'、'.join(lists)} 应为文字的列表：{str(row)[:40]}"))
    return not missing and not lists


def _read_notes(
    path: Path,
    corpus: Corpus,
    notes: dict[Reference, Note],
    owners: dict[str, list[tuple[Reference, tuple[Reference, ...], Fault]]],
    faults: list[Fault],
) -> None:
    if not corpus.has(path.stem):
        faults.append(Fault(str(path), 1, f"没有标识为“{path.stem}”的文件"))
        return
    rows = _rows(path, faults)
    lines = path.read_text(encoding="utf-8").split("\n") if rows else []
    for row in rows:
        name = str(row.get("ref"))
        line = next((i for i, x in enumerate(lines, 1) if f'ref: "{name}"' in x or x.strip() == f"- ref: {name}"), 1)
        problems: list[str] = []
        note = _note(row, path.stem, corpus, problems)
        if note and note.ref in notes:
            problems.append(f"{name}出现两次")
        faults += [Fault(str(path), line, p) for p in problems]
        if note is None or row.get("drafted_by_machine"):
            continue  # a machine's draft counts from the day somebody accepts it
        notes.setdefault(note.ref, note)
        for question in note.questions:
            where = Fault(str(path), line, f"问题“{question.text}”")
            owners.setdefault(skeleton(question.text), []).append((note.ref, question.also, where))


def _reference(text: str, corpus: Corpus, problems: list[str]) -> Reference | None:
    try:
        ref = Reference(*split_reference(text))
    except UsageError as error:
        problems.append(str(error))
        return None
    if ref not in corpus.provisions:
        problems.append(f"引用“{text}”不存在")
        return None
    return ref


def _note(row: dict[str, Any], document: str, corpus: Corpus, problems: list[str]) -> Note | None:
    ref = _reference(str(row.get("ref")), corpus, problems)
    if ref is not None and ref.document != document:
        problems.append(f"引用“{ref}”不属于文件 {document}")
    problems += [f"未知字段“{k}”" for k in row if k not in _NOTE_KEYS]
    caption = row.get("caption")
    if not isinstance(caption, str) or not 1 <= len(caption) <= MAX_CAPTION:
        problems.append(f"条旨应为1至{MAX_CAPTION}字：{caption}")
    for key in ("binds", "terms", "questions", "everyday"):
        if not isinstance(row.get(key), list):
            problems.append(f"{key} 应为列表")
    if ref is None or problems:
        return None
    questions = []
    for key in ("questions", "everyday"):
        for item in row[key]:
            text, also = (item.get("q"), item.get("also", [])) if isinstance(item, dict) else (item, [])
            if not isinstance(text, str) or not text.strip() or not isinstance(also, list):
                problems.append(f"{key} 里有不合格式的问题：{item}")
                continue
            others = tuple(r for a in also if (r := _reference(str(a), corpus, problems)))
            questions.append(Question(text, key == "everyday", others))
    if not questions:
        problems.append("没有任何问题")
    return Note(ref, str(caption), tuple(map(str, row["binds"])), tuple(questions), tuple(map(str, row["terms"])))


def _shared_questions(
    owners: dict[str, list[tuple[Reference, tuple[Reference, ...], Fault]]],
) -> list[Fault]:
    """No question stands under two provisions: it names the other one (``also``) instead."""
    out = []
    for standing in owners.values():
        for ref, _, where in standing[1:]:
            message = f"{where.message}已经在 {standing[0][0]} 之下：改为在一处用 also 指出 {ref}"
            out.append(Fault(where.path, where.line, message))
    return out


def _coverage(corpus: Corpus, notes: dict[Reference, Note], folder: Path) -> list[Fault]:
    """A document with notes has one for every provision; a document without any is a user's own."""
    out = []
    annotated = {ref.document for ref in notes}
    for instrument in corpus.instruments:
        missing = [p.ref.number for p in instrument.provisions if p.ref not in notes]
        if instrument.id in annotated and missing and instrument.id not in corpus.own:
            path = str(folder / f"{instrument.id}.yaml")
            out.append(
                Fault(path, 1, f"缺少对这些条文的编者注：{'、'.join(missing[:12])}{'…' if len(missing) > 12 else ''}")
            )
    return out


def _concepts(rows: list[dict[str, Any]], path: Path, corpus: Corpus, faults: list[Fault]) -> list[Concept]:
    out = []
    text = "\n".join(p.text + p.heading for p in corpus.provisions.values())
    for row in rows:
        if not _has(row, ("say", "law", "docs"), path, faults):
            continue
        for term in row["law"]:
            if str(term) not in text:
                faults.append(Fault(str(path), 1, f"法律用语“{term}”不见于任何条文"))
        for id in row["docs"]:
            if not corpus.has(id):
                faults.append(Fault(str(path), 1, f"没有标识为“{id}”的文件"))
        out.append(Concept(tuple(map(str, row["say"])), tuple(map(str, row["law"])), tuple(row["docs"])))
    return out


def _beyond(
    folder: Path,
    laws: set[str],
    owners: dict[str, list[tuple[Reference, tuple[Reference, ...], Fault]]],
    faults: list[Fault],
) -> list[Beyond]:
    """Both files of unanswerable questions; none of them may stand under a provision too."""
    out = []
    for name, keys in (
        ("beyond-laws.yaml", ("title", "questions")),
        ("beyond-topics.yaml", ("topic", "reply", "questions")),
    ):
        path = folder / name
        for row in _rows(path, faults):
            if not _has(row, keys, path, faults):
                continue
            law = row.get("title")
            if law is not None and law not in laws:
                faults.append(Fault(str(path), 1, f"outside.yaml 里没有“{law}”"))
            questions = tuple(map(str, row["questions"]))
            for question in questions:
                if standing := owners.get(skeleton(question)):
                    faults.append(
                        Fault(str(path), 1, f"问题“{question}”已经在 {standing[0][0]} 之下，不能又是答不了的")
                    )
            out.append(Beyond(law, row.get("reply"), questions))
    return out


def _aliases(data: Any, path: Path, corpus: Corpus, faults: list[Fault]) -> dict[str, tuple[str, ...]]:
    if data is None:
        return {}
    if not isinstance(data, dict):
        faults.append(Fault(str(path), 1, "应为 标识: [名称] 的键值对"))
        return {}
    seen: dict[str, str] = {}
    out = {}
    for id, names in data.items():
        if not corpus.has(id) and corpus.entry(id) is None:
            faults.append(Fault(str(path), 1, f"没有标识为“{id}”的文件或目录条目"))
        if not is_strings(names):
            faults.append(Fault(str(path), 1, f"{id} 的名称应为文字的列表"))
            continue
        for name in names:
            if seen.setdefault(skeleton(str(name)), id) != id:
                faults.append(Fault(str(path), 1, f"名称“{name}”同时指向 {seen[skeleton(str(name))]} 与 {id}"))
        out[str(id)] = tuple(map(str, names))
    return out
