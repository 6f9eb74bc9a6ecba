"""Fusion: one score from all signals, by weights learnt once (``tools/train_ranker.py``) and kept in the package."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import resources

import numpy as np

from lawqa.retrieve.classifier import Classifier, load_classifier
from lawqa.retrieve.signals import SIGNALS

#: Signals that do not come from words: the document is named in the question, is not the law on the day asked, is
#: foreign though nothing foreign was asked, binds, is the primary document; the text has the operative words of
#: the intent. 0 or 1; the weights of ``stale`` and ``foreign`` are subtracted.
CONTEXT = ("named", "stale", "foreign", "binding", "primary", "fit")
AGAINST = ("stale", "foreign")


@dataclass(frozen=True)  # no slots: ``digest`` is kept
class Weights:
    """``wording``: how much a word of the question speaks for (or against) an answer in these documents, log-odds;
    ``rank``: a weight a signal; ``evidence``: coefficients and intercept of the calibrated score;
    ``threshold``: below this evidence an answer is refused; ``classifier``: see ``lawqa.retrieve.classifier``."""

    rank: dict[str, float]
    evidence: dict[str, float]
    intercept: float
    threshold: float
    wording: Mapping[str, float] = field(default_factory=dict)
    classifier: Classifier | None = None

    @cached_property
    def digest(self) -> str:
        """The first 16 hex digits of SHA-256 over all weights; thousands of words, so worked out once."""
        numbers = [self.rank, self.evidence, self.intercept, self.threshold, self.wording]
        text = json.dumps([*numbers, self.classifier and self.classifier.digest], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def shift(self, name: str) -> float:
        """By how much a context signal moves a score that lies between 0 and 1."""
        total = sum(self.rank.get(signal, 0.0) for signal in SIGNALS) or 1.0
        return self.rank.get(name, 0.0) / total


@lru_cache(maxsize=1)
def learnt_weights() -> Weights:
    """The weights shipped with the package."""
    data = json.loads(resources.files("lawqa.retrieve").joinpath("weights.json").read_text(encoding="utf-8"))
    wording = json.loads(resources.files("lawqa.retrieve").joinpath("wording.json").read_text(encoding="utf-8"))
    with resources.as_file(resources.files("lawqa.retrieve").joinpath("classifier.safetensors")) as path:
        classifier = load_classifier(path)
    return Weights(data["rank"], data["evidence"], data["intercept"], data["threshold"], wording, classifier)


def scale(signals: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Every signal divided by its best provision, so that signals of different units can be added: 0 to 1."""
    out = {}
    for name, values in signals.items():
        values = values.clip(0)
        best = float(values.max(initial=0.0))
        out[name] = values / best if best > 0 else values
    return out


def fuse(scaled: dict[str, np.ndarray], weights: dict[str, float]) -> np.ndarray:
    """Weighted mean of the scaled signals (0 to 1), moved by the context; of shape (provisions,)."""
    total = sum(weights.get(name, 0.0) for name in SIGNALS) or 1.0
    score = np.zeros_like(next(iter(scaled.values())))
    for name in SIGNALS:
        score = score + weights.get(name, 0.0) / total * scaled[name]
    for name in CONTEXT:
        if name in scaled:
            sign = -1.0 if name in AGAINST else 1.0
            score = score + sign * weights.get(name, 0.0) / total * scaled[name]
    return score
