"""Answers out of JSON: what ``Answer.to_dict`` wrote, read back with every field's type checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lawqa.answer.answer import ANSWERED, EXTRACTIVE, GENERATED, REFUSED, Answer, Struck
from lawqa.answer.citation import Citation
from lawqa.errors import UsageError

_TEXT = ("ref", "document", "title", "label", "quote", "kind", "status")
_OPTIONAL = ("effective", "url")


def answer_of(data: Any) -> Answer:
    """The Answer of a JSON object; keys that it does not know are passed over (a newer server may send more).

    Raises UsageError that names every field of the wrong type. Nothing is verified here (see verify).
    """
    if not isinstance(data, Mapping):
        raise UsageError("回答应为 JSON 对象")
    faults = [key for key in ("question", "answer") if not isinstance(data.get(key), str)]
    faults += [key for key in ("notices", "related", "struck") if not _texts(data.get(key, []))]
    faults += [key for key in ("timings_ms", "understood", "receipt") if not isinstance(data.get(key, {}), Mapping)]
    if data.get("status") not in (ANSWERED, REFUSED):
        faults.append("status")
    if data.get("mode", EXTRACTIVE) not in (EXTRACTIVE, GENERATED):
        faults.append("mode")
    if not isinstance(data.get("reason"), str | None):
        faults.append("reason")
    evidence = data.get("evidence", 1.0)
    if isinstance(evidence, bool) or not isinstance(evidence, int | float):
        faults.append("evidence")
    rows = data.get("citations", [])
    if not isinstance(rows, list):
        faults.append("citations")
    else:
        faults += [f"citations[{n}].{key}" for n, row in enumerate(rows) for key in _citation_faults(row)]
    if faults:
        raise UsageError(f"回答的这些字段缺少或类型不对：{'、'.join(faults[:20])}")
    return Answer(
        question=data["question"],
        status=data["status"],
        answer=data["answer"],
        citations=tuple(Citation(**{k: row[k] for k in ("marker", *_TEXT, *_OPTIONAL)}) for row in rows),
        reason=data.get("reason"),
        notices=tuple(data.get("notices", ())),
        related=tuple(data.get("related", ())),
        timings_ms=dict(data.get("timings_ms", {})),
        understood=dict(data.get("understood", {})),
        receipt=dict(data.get("receipt", {})),
        evidence=float(evidence),
        mode=data.get("mode", EXTRACTIVE),
        struck=tuple(Struck("", reason) for reason in data.get("struck", ())),
    )


def _citation_faults(row: Any) -> list[str]:
    if not isinstance(row, Mapping):
        return ["（应为对象）"]
    marker = row.get("marker")
    faults = [] if isinstance(marker, int) and not isinstance(marker, bool) else ["marker"]
    faults += [key for key in _TEXT if not isinstance(row.get(key), str)]
    return faults + [key for key in _OPTIONAL if key not in row or not isinstance(row[key], str | None)]


def _texts(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(v, str) for v in value)
