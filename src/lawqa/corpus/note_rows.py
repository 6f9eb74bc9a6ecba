"""Rows of the editorial layer's YAML files, with every fault collected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from lawqa.corpus.faults import Fault
from lawqa.corpus.yamlfile import is_strings, load_yaml, yaml_fault


def load_file(path: Path, faults: list[Fault]) -> Any:
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


def rows_of(path: Path, faults: list[Fault]) -> list[dict[str, Any]]:
    data = load_file(path, faults)
    if data is None:
        return []
    if not isinstance(data, list) or not all(isinstance(r, dict) for r in data):
        faults.append(Fault(str(path), 1, "应为键值对的列表"))
        return []
    return data


def has_keys(row: dict[str, Any], keys: tuple[str, ...], path: Path, faults: list[Fault]) -> bool:
    missing = [k for k in keys if k not in row]
    if missing or set(row) - set(keys):
        wrong = "、".join([*missing, *sorted(set(row) - set(keys))])
        faults.append(Fault(str(path), 1, f"条目的字段应为{'、'.join(keys)}，有误的是{wrong}：{str(row)[:40]}"))
    lists = [k for k in keys if k not in ("title", "topic", "reply") and k in row and not is_strings(row[k])]
    if lists:
        faults.append(Fault(str(path), 1, f"{'、'.join(lists)} 应为文字的列表：{str(row)[:40]}"))
    return not missing and not lists
