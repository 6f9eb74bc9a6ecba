"""The YAML head of a corpus file, checked field by field."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from lawqa.corpus.faults import Fault
from lawqa.corpus.instrument import KINDS, RELATION_TYPES, STATUSES, Instrument, Relation, Verification
from lawqa.corpus.yamlfile import is_strings, load_yaml, yaml_fault

_REQUIRED = [
    "id",
    "title",
    "short_titles",
    "english_title",
    "kind",
    "issuers",
    "document_number",
    "adopted",
    "promulgated",
    "effective",
    "status",
    "source_url",
    "text",
    "verification",
]
_OPTIONAL = ("original_title", "relations")
_VERIFICATION = ("level", "coverage", "note", "doubtful", "gaps")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*-\d{4}$")


@dataclass(slots=True)
class FrontMatter:
    """The parsed head of one file; unusable where it has ``faults``."""

    path: str
    lines: list[str]
    data: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @property
    def id(self) -> str:
        return str(self.data.get("id") or Path(self.path).stem)

    @property
    def title(self) -> str:
        return str(self.data.get("title") or "")

    @property
    def kind(self) -> str:
        return str(self.data.get("kind") or "")

    @property
    def gaps(self) -> tuple[str, ...]:
        verification = self.data.get("verification")
        gaps = verification.get("gaps") if isinstance(verification, dict) else None
        return tuple(map(str, gaps)) if isinstance(gaps, list) else ()

    def line_of(self, key: str) -> int:
        """The line of a key in the file, 1 where it is missing."""
        pattern = re.compile(rf"\s*{re.escape(key)}:")
        return next((i for i, line in enumerate(self.lines, start=2) if pattern.match(line)), 1)

    def fault(self, key: str, message: str) -> None:
        self.faults.append(Fault(self.path, self.line_of(key), message))

    def check(self) -> None:
        data = self.data
        for key in _REQUIRED:
            if key not in data:
                self.faults.append(Fault(self.path, 1, f"文件头缺少字段“{key}”"))
        for key in data:
            if key not in _REQUIRED and key not in _OPTIONAL:
                self.fault(key, f"文件头有未知字段“{key}”")
        if "id" in data and (not isinstance(data["id"], str) or not _ID.match(data["id"])):
            self.fault("id", f"id“{data['id']}”不合格式：应为小写英文加连字符，以四位年份结尾")
        if "id" in data and data["id"] != Path(self.path).stem:
            self.fault("id", f"id“{data['id']}”与文件名“{Path(self.path).stem}”不同")
        if "title" in data and (not isinstance(data["title"], str) or not data["title"].strip()):
            self.fault("title", "title 应为文件的中文全称")
        for key, allowed in (("kind", KINDS), ("status", STATUSES), ("text", ("verbatim", "digest"))):
            if key in data and data[key] not in allowed:
                self.fault(key, f"{key}“{data[key]}”不在许可的值之内：{'、'.join(allowed)}")
        for key in ("short_titles", "issuers"):
            if key in data and not is_strings(data[key]):
                self.fault(key, f"{key} 应为文字的列表")
        for key in ("adopted", "promulgated", "effective"):
            if data.get(key) is not None and type(data[key]) is not date:
                self.fault(key, f"{key}“{data[key]}”不是 YYYY-MM-DD 的日期，也不是 null")
        for key in ("english_title", "original_title", "document_number", "source_url"):
            if data.get(key) is not None and not isinstance(data[key], str):
                self.fault(key, f"{key} 应为文字或 null")
        self._check_relations(data.get("relations") or [])
        if "verification" in data:
            self._check_verification(data["verification"])

    def _check_relations(self, relations: Any) -> None:
        if not isinstance(relations, list):
            self.fault("relations", "relations 应为列表")
            return
        start = self.line_of("relations")
        for relation in relations:
            row = str(relation.get("id")) if isinstance(relation, dict) else str(relation)
            line = next((i for i, x in enumerate(self.lines, 2) if i > start and row in x and "{" in x), start)
            if not isinstance(relation, dict) or set(relation) != {"type", "id"}:
                self.faults.append(Fault(self.path, line, f"relations 的每一项应为 {{type, id}}：{relation}"))
            elif relation["type"] not in RELATION_TYPES or not isinstance(relation["id"], str):
                message = f"未知的关系“{relation['type']}”，应为：{'、'.join(RELATION_TYPES)}"
                self.faults.append(Fault(self.path, line, message))

    def _check_verification(self, verification: Any) -> None:
        if not isinstance(verification, dict):
            self.fault("verification", "verification 应有 level、coverage、note")
            return
        for key in ("level", "coverage", "note"):
            if key not in verification:
                self.fault("verification", f"verification 缺少“{key}”")
        for key in verification:
            if key not in _VERIFICATION:
                self.fault(key, f"verification 有未知字段“{key}”")
        if verification.get("level") not in ("full", "partial", "recall"):
            self.fault("level", f"verification.level“{verification.get('level')}”应为 full、partial 或 recall")
        coverage = verification.get("coverage")
        if isinstance(coverage, bool) or not isinstance(coverage, int | float) or not 0 <= coverage <= 1:
            self.fault("coverage", f"verification.coverage“{coverage}”应在 0 与 1 之间")
        for key in ("doubtful", "gaps"):
            if verification.get(key) is not None and not is_strings(verification[key]):
                self.fault(key, f"verification.{key} 应为编号（文字）的列表")

    def instrument(self, preamble: tuple[str, ...], provisions: tuple[Any, ...]) -> Instrument:
        """The instrument without its provisions' labels; call only where there are no faults."""
        d, v = self.data, self.data["verification"]
        return Instrument(
            id=d["id"],
            title=d["title"],
            short_titles=tuple(d["short_titles"]),
            english_title=d["english_title"],
            original_title=d.get("original_title"),
            kind=d["kind"],
            issuers=tuple(d["issuers"]),
            document_number=d["document_number"],
            adopted=d["adopted"],
            promulgated=d["promulgated"],
            effective=d["effective"],
            status=d["status"],
            relations=tuple(Relation(r["type"], r["id"]) for r in d.get("relations") or []),
            source_url=d["source_url"],
            text_form=d["text"],
            verification=Verification(
                v["level"],
                float(v["coverage"]),
                str(v["note"]),
                tuple(v.get("doubtful") or ()),
                tuple(v.get("gaps") or ()),
            ),
            preamble=preamble,
            provisions=provisions,
            label=f"《{d['title']}》",
        )


def read_front_matter(path: Path, text: str) -> tuple[FrontMatter | None, str | None, int]:
    """The head, the body and the body's first line number; head None where the fences are missing."""
    match = re.match(r"---\n(.*?\n)---\n", text, re.DOTALL)
    if not match:
        return None, None, 1
    front = FrontMatter(str(path), match[1].split("\n"))
    try:
        data = load_yaml(match[1])
        if not isinstance(data, dict):
            raise yaml.YAMLError("文件头不是键值对")
        front.data = data
        front.check()
    except (yaml.YAMLError, ValueError) as error:  # PyYAML builds dates while it reads: 2023-13-45
        front.faults.append(yaml_fault(path, match[1], error, lines_before=1))
    return front, text[match.end() :], match[0].count("\n") + 1
