"""What retrieval returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lawqa.corpus.reference import Reference


@dataclass(frozen=True, slots=True)
class Hit:
    """A ranked provision. ``score`` lies between 0 and about 1 (1 for a provision that the question names);
    ``signals`` the scaled parts of it; ``note`` why it was moved up or down, for ``lawqa explain``."""

    rank: int
    ref: Reference
    score: float
    signals: Mapping[str, float] = field(default_factory=dict)
    note: str = ""
