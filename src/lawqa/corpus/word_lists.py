"""The lists of the editorial layer: concept lexicon, aliases, laws not held, questions that nothing answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lawqa.corpus.faults import Fault
from lawqa.corpus.library import Corpus
from lawqa.corpus.note import Beyond, Concept, OutsideLaw
from lawqa.corpus.note_files import Owners
from lawqa.corpus.note_rows import has_keys, rows_of
from lawqa.corpus.yamlfile import is_strings
from lawqa.text.normalise import skeleton

BEYOND_PREFIX = "beyond-"


def outside_of(path: Path, faults: list[Fault]) -> list[OutsideLaw]:
    """Laws that are not held, with their names and topics."""
    keys = ("title", "names", "topics")
    rows = [r for r in rows_of(path, faults) if has_keys(r, keys, path, faults)]
    return [OutsideLaw(str(r["title"]), tuple(r["names"]), tuple(r["topics"])) for r in rows]


def concepts_of(rows: list[dict[str, Any]], path: Path, corpus: Corpus, faults: list[Fault]) -> list[Concept]:
    out = []
    text = "\n".join(p.text + p.heading for p in corpus.provisions.values())
    for row in rows:
        if not has_keys(row, ("say", "law", "docs"), path, faults):
            continue
        for term in row["law"]:
            if str(term) not in text:
                faults.append(Fault(str(path), 1, f"法律用语“{term}”不见于任何条文"))
        for id in row["docs"]:
            if not corpus.has(id):
                faults.append(Fault(str(path), 1, f"没有标识为“{id}”的文件"))
        out.append(Concept(tuple(map(str, row["say"])), tuple(map(str, row["law"])), tuple(row["docs"])))
    return out


def beyond_of(
    folder: Path,
    laws: set[str],
    owners: Owners,
    faults: list[Fault],
) -> list[Beyond]:
    """All files of unanswerable questions; none of them may stand under a provision too."""
    out = []
    for path in sorted(folder.glob(f"{BEYOND_PREFIX}*.yaml")):
        by_law = path.stem == f"{BEYOND_PREFIX}laws"
        keys = ("title", "questions") if by_law else ("topic", "reply", "questions")
        for row in rows_of(path, faults):
            if not has_keys(row, keys, path, faults):
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


def aliases_of(data: Any, path: Path, corpus: Corpus, faults: list[Fault]) -> dict[str, tuple[str, ...]]:
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
