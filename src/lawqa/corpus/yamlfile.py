"""YAML through libyaml where it is compiled in: the editorial notes are large."""

from __future__ import annotations

from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_yaml(text: str) -> Any:
    """The document in ``text``; raises yaml.YAMLError."""
    return yaml.load(text, Loader=_Loader)


def is_strings(value: Any) -> bool:
    """True for a list of texts."""
    return isinstance(value, list) and all(isinstance(x, str) for x in value)
