"""What ``lawqa search`` returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class SearchHit:
    """A ranked provision with its text, as ``lawqa search --json`` gives it."""

    rank: int
    ref: str
    score: float
    document: str
    title: str
    label: str
    text: str

    def to_dict(self) -> dict[str, Any]:
        return dict(vars(self))


@dataclass(frozen=True)
class SearchResult:
    """The hits of one query, best first."""

    query: str
    hits: tuple[SearchHit, ...]
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return {"query": self.query, "hits": [h.to_dict() for h in self.hits], "timings_ms": dict(self.timings_ms)}
