"""The catalog: instruments that exist but whose text is not held here."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from lawqa.corpus.faults import Fault
from lawqa.corpus.yamlfile import is_strings, load_yaml, yaml_fault


@dataclass(frozen=True, slots=True)
class CatalogEntry:
    """One instrument that is known but not held; unknown facts are None."""

    id: str
    title: str
    kind: str | None
    issuers: tuple[str, ...]
    document_number: str | None
    promulgated: date | None
    effective: date | None
    status: str | None
    source_url: str | None
    summary: str
    related: tuple[str, ...]

    @property
    def ref(self) -> str:
        return f"catalog:{self.id}"


_KEYS = {f.name for f in fields(CatalogEntry)}


def parse_catalog(path: Path, text: str) -> tuple[tuple[CatalogEntry, ...], list[Fault]]:
    """Every entry that can be used, and every fault with its line."""
    try:
        rows = load_yaml(text)
    except (yaml.YAMLError, ValueError) as error:
        return (), [yaml_fault(path, text, error)]
    if not isinstance(rows, list):
        return (), [Fault(str(path), 1, "目录应为条目的列表")]
    starts = [i for i, line in enumerate(text.split("\n"), 1) if line.startswith("-")]
    entries: list[CatalogEntry] = []
    faults: list[Fault] = []
    for number, row in enumerate(rows):
        line = starts[number] if len(starts) == len(rows) else 1
        problems = _problems(row, {e.id for e in entries})
        faults += [Fault(str(path), line, p) for p in problems]
        if not problems:
            entries.append(_entry(row))
    return tuple(entries), faults


def _problems(row: Any, seen: set[str]) -> list[str]:
    if not isinstance(row, dict):
        return [f"条目应为键值对：{str(row)[:40]!r}"]
    out = [f"未知字段“{key}”" for key in row if key not in _KEYS]
    out += [f"缺少字段“{key}”" for key in sorted(_KEYS - set(row))]
    for key in ("id", "title", "summary"):
        if key in row and not (isinstance(row[key], str) and row[key].strip()):
            out.append(f"{key}“{row[key]}”应为文字")
    for key in ("kind", "document_number", "status", "source_url"):
        if row.get(key) is not None and not isinstance(row[key], str):
            out.append(f"{key}“{row[key]}”应为文字或 null")
    for key in ("issuers", "related"):
        if row.get(key) is not None and not is_strings(row[key]):
            out.append(f"{key} 应为文字的列表或 null")
    if isinstance(row.get("id"), str) and row["id"] in seen:
        out.append(f"id“{row['id']}”出现两次")
    for key in ("promulgated", "effective"):
        if row.get(key) is not None and type(row[key]) is not date:
            out.append(f"{key}“{row[key]}”不是日期")
    return out


def _entry(row: dict[str, Any]) -> CatalogEntry:
    return CatalogEntry(
        **{k: row[k] for k in _KEYS - {"issuers", "related"}},
        issuers=tuple(row["issuers"] or ()),
        related=tuple(row["related"] or ()),
    )
