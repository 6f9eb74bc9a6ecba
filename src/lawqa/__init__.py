"""lawqa: legal retrieval that never miscites."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lawqa.lawqa import LawQA as LawQA

__version__ = "0.1.0"
__all__ = ["LawQA", "__version__"]


def __getattr__(name: str) -> Any:
    """``from lawqa import LawQA`` without paying for it at ``import lawqa``."""
    if name == "LawQA":
        from lawqa.lawqa import LawQA

        return LawQA
    raise AttributeError(f"module 'lawqa' has no attribute {name!r}")
