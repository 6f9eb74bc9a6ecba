"""Systems: what is evaluated. The full pipeline, the pipeline with a step off, or plain retrieval without notes."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from lawqa.errors import UsageError
from lawqa.evals.collection import Mixture
from lawqa.retrieve.fusion import learnt_weights
from lawqa.retrieve.signals import SIGNALS

#: Steps that are no signals: provisions and documents that the question names; the conversation before it.
STEPS = ("named", "history")
_KEYS = ("name", "settings", "rank", "threshold", "off", "mixture")


@dataclass(frozen=True)
class System:
    """``rank`` and ``threshold`` replace learnt values, ``off`` switches steps off, ``settings`` replace settings;
    with a ``mixture`` the question is searched as it stands, without notes and understanding, and not answered."""

    name: str = "full"
    rank: Mapping[str, float] = field(default_factory=dict)
    threshold: float | None = None
    off: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    mixture: Mixture | None = None

    def to_dict(self) -> dict[str, Any]:
        mixture = {f.name: getattr(self.mixture, f.name) for f in fields(Mixture)} if self.mixture else None
        return {
            "name": self.name,
            "rank": dict(self.rank),
            "threshold": self.threshold,
            "off": list(self.off),
            "settings": {k: str(v) for k, v in self.settings.items()},
            "mixture": mixture,
        }


def baselines() -> tuple[System, ...]:
    """Plain retrieval, then the full pipeline."""
    return (
        System("bm25-words", mixture=Mixture(bigrams=False, dense=0.0)),
        System("bm25-bigrams", mixture=Mixture(words=False, dense=0.0)),
        System("bm25", mixture=Mixture(dense=0.0)),
        System("dense", mixture=Mixture(text=0.0, dense=1.0)),
        System("bm25+dense", mixture=Mixture()),
        System("full"),
    )


def ablations() -> tuple[System, ...]:
    """The full pipeline with each signal that has a weight, each group of signals, and each step off."""
    weighted = [name for name in SIGNALS if learnt_weights().rank.get(name)]
    groups = {
        "no-embedder": [n for n in weighted if n.startswith("dense")],
        "no-questions": [n for n in weighted if n.endswith(("_q", "_q3"))],
        "no-notes-at-all": [n for n in weighted if n in ("notes", "whole", "classified") or n.endswith(("_q", "_q3"))],
    }
    singles = {f"no-{name}": [name] for name in weighted}
    removed = {**singles, **{name: off for name, off in groups.items() if off}}
    found = [System(name, rank=dict.fromkeys(off, 0.0)) for name, off in removed.items()]
    return (*found, *(System(f"no-{step}", off=(step,)) for step in STEPS))


def named_systems(names: Sequence[str]) -> tuple[System, ...]:
    """Systems by name (``full``, ``bm25`` …), group (``baselines``, ``ablation``) or TOML file.

    UsageError lists everything that is wrong with all of them.
    """
    known = {s.name: s for s in (*baselines(), *ablations())}
    groups = {"baselines": baselines(), "ablation": (*baselines(), *ablations())}
    out: dict[str, System] = {}
    problems: list[str] = []
    for name in names:
        if name in groups:
            found: Sequence[System] = groups[name]
        elif name in known:
            found = (known[name],)
        elif name.endswith(".toml"):
            system, wrong = read_system(Path(name))
            problems += wrong
            found = (system,)
        else:
            problems.append(f"没有系统“{name}”（有：{'、'.join([*groups, *known])}，或一个 .toml 文件）")
            found = ()
        for system in found:
            if system.name in out and out[system.name] != system:
                problems.append(f"两个系统都叫“{system.name}”：请改其中一个的 name")
            out[system.name] = system
    if problems:
        raise UsageError("；".join(problems))
    return tuple(out.values())


def read_system(path: Path) -> tuple[System, list[str]]:
    """The system that a TOML file describes, and everything that is wrong with the file."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return System(), [f"系统文件“{path}”不存在"]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return System(), [f"系统文件“{path}”不是合格的 TOML：{error}"]
    wrong = [f"{path}：未知的键“{k}”（有：{'、'.join(_KEYS)}）" for k in data if k not in _KEYS]
    tables = {k: data.get(k, {}) for k in ("settings", "rank", "mixture")}
    wrong += [f"{path}：“{k}”应为一节 [{k}]" for k, v in tables.items() if not isinstance(v, dict)]
    rank = tables["rank"] if isinstance(tables["rank"], dict) else {}
    wrong += [f"{path}：没有信号“{k}”（有：{'、'.join(SIGNALS)}）" for k in rank if k not in SIGNALS]
    wrong += [f"{path}：信号“{k}”的权重“{v}”应为不小于 0 的数" for k, v in rank.items() if not _weight(v)]
    threshold = data.get("threshold")
    if threshold is not None and not _weight(threshold):
        wrong.append(f"{path}：threshold“{threshold}”应为 0 至 1 的数")
    off = data.get("off", [])
    wrong += [f"{path}：没有步骤“{s}”（有：{'、'.join(STEPS)}）" for s in off if s not in STEPS]
    mixture = tables["mixture"] if isinstance(tables["mixture"], dict) else {}
    kinds = {f.name: type(f.default) for f in fields(Mixture)}
    for key, value in mixture.items():
        good = isinstance(value, bool) if kinds.get(key) is bool else key in kinds and _weight(value)
        if not good:
            wrong.append(
                f"{path}：[mixture] 的“{key} = {value}”不可用（words、bigrams 为 true/false，text、dense 为权重）"
            )
    if wrong:
        return System(), wrong
    mixed = Mixture(**mixture) if "mixture" in data else None
    name = str(data.get("name", path.stem))
    return System(name, rank, threshold, tuple(off), tables["settings"], mixed), []


def _weight(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
