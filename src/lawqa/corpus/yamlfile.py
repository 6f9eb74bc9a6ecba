"""YAML through libyaml where it is compiled in: the editorial notes are large."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from lawqa.corpus.faults import Fault

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_yaml(text: str) -> Any:
    """The document in ``text``; raises yaml.YAMLError, or ValueError for an impossible date."""
    return yaml.load(text, Loader=_Loader)


def yaml_fault(path: Path, text: str, error: Exception, lines_before: int = 0) -> Fault:
    """The fault that ``load_yaml(text)`` raised, in one line; ``text`` begins after ``lines_before`` lines of the file."""
    mark = getattr(error, "problem_mark", None)
    position = getattr(error, "position", None)
    line = mark.line if mark else text[:position].count("\n") if isinstance(position, int) else 0
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    return Fault(str(path), lines_before + line + 1, f"不是合格的 YAML：{' '.join(str(problem).split())}")


def is_strings(value: Any) -> bool:
    """True for a list of texts."""
    return isinstance(value, list) and all(isinstance(x, str) for x in value)
