"""Learn the fusion weights and the evidence model; writes ``src/lawqa/retrieve/weights.json``.

    python tools/train_embedder.py --data FOLDER --hold-out --out /path/to/held-out-model
    python tools/train_classifier.py --hold-out --out /path/to/held-out-classifier
    python tools/train_ranker.py --held-out-model /path/to/held-out-model --held-out-classifier /path/to/…

Fusion: a listwise softmax over all provisions with non-negative weights. Its training questions are a quarter of
the editorial questions, asked of an index and an embedder that never saw them, and the tuning half of the
development questions. Evidence: logistic regression (scikit-learn) of "the documents answer" on the tuning half,
answerable against unanswerable questions, and on held-out questions of the layer; the threshold maximises F1 of
refusal. The reporting half is only measured.

Needs scikit-learn and scipy; a few minutes on two CPU cores.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]

from holdout import held_out, without_held_out  # noqa: E402

from lawqa.corpus import load_corpus  # noqa: E402
from lawqa.corpus.editorial import Editorial, load_editorial  # noqa: E402
from lawqa.evals.split import split_of  # noqa: E402
from lawqa.index.build import build_index  # noqa: E402
from lawqa.index.embedder import open_embedder  # noqa: E402
from lawqa.index.manifest import read_manifest, sources_of  # noqa: E402
from lawqa.index.store import Index  # noqa: E402
from lawqa.lawqa import LawQA  # noqa: E402
from lawqa.retrieve.classifier import load_classifier  # noqa: E402
from lawqa.retrieve.evidence import features  # noqa: E402
from lawqa.retrieve.fusion import AGAINST, CONTEXT, learnt_weights, scale  # noqa: E402
from lawqa.retrieve.signals import SIGNALS  # noqa: E402
from lawqa.settings import load_settings  # noqa: E402

#: How many of people's questions the documents do not answer, as far as we can tell.
UNANSWERABLE_SHARE = 1 / 6
#: Weights that are policy first: the law in force goes before drafts and old versions, and of two provisions that
#: answer about equally well that of the primary document. Higher ones cost nothing on the tuning half.
FLOORS = {"stale": 2.0, "primary": 0.5}
#: Thresholds whose F1 differs by no more than this are about equally good.
PLATEAU = 0.015
NAMES = (*SIGNALS, *CONTEXT)


@dataclass
class Example:
    """One question: signals (provisions, names), which provisions answer it, and where it came from."""

    signals: np.ndarray
    gold: np.ndarray
    half: str
    type: str
    by_number: bool


def example(lawqa: LawQA, row: dict[str, Any], half: str) -> Example:
    question = lawqa._understood(row["question"], row.get("as_of"), (), row.get("history", ()))
    context, _ = lawqa.retriever.context(question)
    scaled = {**scale(lawqa.retriever.signals(question.topic).provisions), **context}
    signals = np.stack([(-scaled[n] if n in AGAINST else scaled[n]) for n in NAMES], 1).astype(np.float32)
    gold = np.array([str(r) in row["gold"] for r in lawqa.index.refs])
    return Example(signals, gold, half, row["type"], bool(question.references))


def development() -> list[dict[str, Any]]:
    rows = []
    for path in sorted((ROOT / "evals" / "dev").glob("*.jsonl")):
        rows += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return rows


def held_out_lawqa(model: Path, classifier: Path, folder: Path) -> tuple[LawQA, list[dict[str, Any]]]:
    """lawqa over an index without the held-out quarter, and that quarter as training questions."""
    settings = load_settings(embed_model=str(model), index=str(folder))
    corpus = load_corpus(settings.corpus)
    editorial = load_editorial(corpus)
    embedder = open_embedder(settings)
    built = build_index(corpus, without_held_out(editorial), embedder, sources_of(corpus, settings), folder)
    index = Index(built, read_manifest(built)[0], corpus, embedder)
    rows = held_out(editorial)
    np.random.default_rng(3).shuffle(rows)
    weights = replace(learnt_weights(), classifier=load_classifier(classifier))
    return LawQA(settings, corpus, index, weights), rows


def fit_ranking(examples: Sequence[Example], penalty: float = 2e-3) -> np.ndarray:
    """Weights, none below its floor, that maximise the likelihood of the gold provisions under a softmax over all."""
    examples = [e for e in examples if e.gold.any()]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, gradient = 0.0, np.zeros_like(weights)
        for e in examples:
            scores = e.signals @ weights
            p = np.exp(scores - scores.max())
            p /= p.sum()
            mass = max(float(p[e.gold].sum()), 1e-12)
            total -= np.log(mass)
            target = np.where(e.gold, p, 0) / mass
            gradient += e.signals.T @ (p - target)
        n = len(examples)
        return total / n + penalty * float(weights @ weights), gradient / n + 2 * penalty * weights

    start = np.ones(len(NAMES))
    result = minimize(
        loss,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=[(FLOORS.get(n, 0.0), None) for n in NAMES],
        options={"maxiter": 200},
    )
    weights: np.ndarray = result.x
    return weights


def success(examples: Sequence[Example], weights: np.ndarray, k: int) -> float:
    hits = [e.gold[np.argsort(-(e.signals @ weights), kind="stable")[:k]].any() for e in examples]
    return float(np.mean(hits)) if hits else float("nan")


def evidence_rows(lawqa: LawQA, rows: Sequence[dict[str, Any]]) -> tuple[list[dict[str, float]], list[bool]]:
    """Features and labels of the questions that are not decided before any evidence is weighed."""
    table, labels = [], []
    for row in rows:
        question = lawqa._understood(row["question"], row.get("as_of"), (), row.get("history", ()))
        if question.references or question.missing:
            continue
        table.append(features(question, lawqa.retriever.rank(question)))
        labels.append(bool(row["answerable"]))
    return table, labels


def fit_evidence(
    lawqa: LawQA, rows: Sequence[dict[str, Any]], blind: LawQA, held: Sequence[dict[str, Any]]
) -> tuple[dict[str, float], float, float]:
    """Logistic regression on the tuning half and the held-out questions (each counting for half)."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    halves = {h: evidence_rows(lawqa, [r for r in rows if split_of(r) == h]) for h in ("tuning", "reporting")}
    held_table, held_labels = evidence_rows(blind, held)
    names = list(held_table[0])

    def matrix(table: Sequence[dict[str, float]]) -> np.ndarray:
        return np.array([[t[n] for n in names] for t in table])

    x = np.vstack([matrix(halves["tuning"][0]), matrix(held_table)])
    y = np.array([*halves["tuning"][1], *held_labels])
    own = len(halves["tuning"][0])
    weight = np.concatenate([np.full(own, 1 / own), np.full(len(held_table), 1 / len(held_table))])
    for label in (False, True):
        weight[y == label] /= weight[y == label].sum()
    scaler = StandardScaler().fit(x)
    model = LogisticRegression(C=0.3, max_iter=5000).fit(scaler.transform(x), y, sample_weight=weight * len(y) / 2)
    coefficients = model.coef_[0] / scaler.scale_
    intercept = float(model.intercept_[0] - coefficients @ scaler.mean_)

    def probability(table: Sequence[dict[str, float]]) -> np.ndarray:
        p: np.ndarray = 1 / (1 + np.exp(-(matrix(table) @ coefficients + intercept)))
        return p

    tuned, unanswerable = probability(halves["tuning"][0]), ~np.array(halves["tuning"][1])
    scores = {t: _f1(tuned < t, unanswerable) for t in np.linspace(0.05, 0.95, 181)}
    # of the thresholds that are about equally good the middle one: the best by a hair stands at an edge of few questions
    good = [t for t, score in scores.items() if score >= max(scores.values()) - PLATEAU]
    threshold = (min(good) + max(good)) / 2
    for name, (table, labels) in {**halves, "held out": (held_table, held_labels)}.items():
        refused, answerable = probability(table) < threshold, np.array(labels)
        print(
            f"refusal {name}: F1 {_f1(refused, ~answerable):.3f}, unanswerable refused {refused[~answerable].mean():.3f}, "
            f"answerable refused {refused[answerable].mean():.3f} (n={len(table)})"
        )
    return (
        dict(zip(names, map(float, coefficients.round(4)), strict=True)),
        round(intercept, 4),
        round(float(threshold), 3),
    )


def _f1(refused: np.ndarray, unanswerable: np.ndarray) -> float:
    """F1 of refusal where one question in six is unanswerable, whatever the share in the sample."""
    hit, false = refused[unanswerable].mean(), refused[~unanswerable].mean()
    true = hit * UNANSWERABLE_SHARE
    return float(2 * true / (true + false * (1 - UNANSWERABLE_SHARE) + UNANSWERABLE_SHARE))


def fit_wording(lawqa: LawQA, editorial: Editorial) -> dict[str, float]:
    """Log-odds of words and bigrams: questions that a provision answers against those that nothing answers."""
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    answered = [q.text for note in editorial.notes.values() for q in note.questions]
    beyond = [q for group in editorial.beyond for q in group.questions]
    vectorizer = CountVectorizer(analyzer=lambda t: set(lawqa.index.tokeniser.tokens(t)), min_df=2)
    x = vectorizer.fit_transform(answered + beyond)
    y = np.array([1] * len(answered) + [0] * len(beyond))
    weight = np.where(y == 1, 1 / len(answered), 1 / len(beyond)) * len(y) / 2
    model = LogisticRegression(C=0.3, max_iter=400).fit(x, y, sample_weight=weight)
    words = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    return {str(w): round(float(c), 3) for w, c in sorted(words) if abs(c) >= 0.05}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "--held-out-model", type=Path, help="embedder trained with --hold-out; without it only evidence"
    )
    parser.add_argument(
        "--held-out-classifier", type=Path, required=True, help="made by train_classifier.py --hold-out"
    )
    parser.add_argument("--most", type=int, default=1500, help="how many held-out editorial questions")
    parser.add_argument("--out", type=Path, default=ROOT / "src" / "lawqa" / "retrieve" / "weights.json")
    args = parser.parse_args()
    lawqa = LawQA.open()
    rows = development()
    data = json.loads(args.out.read_text(encoding="utf-8"))
    dev = [example(lawqa, r, split_of(r)) for r in rows if r["answerable"]]
    dev = [e for e in dev if not e.by_number]
    with tempfile.TemporaryDirectory() as folder:
        blind, held = held_out_lawqa(args.held_out_model, args.held_out_classifier, Path(folder))
    answerable = [r for r in held if r["answerable"]][: args.most]
    extra = [example(blind, r, "editorial") for r in answerable]
    weights = fit_ranking([e for e in dev if e.half == "tuning"] + extra)
    data["rank"] = dict(zip(NAMES, (round(float(w), 3) for w in weights), strict=True))
    print(data["rank"])
    report("held out", extra, weights)
    for half in ("tuning", "reporting"):
        report(half, [e for e in dev if e.half == half], weights)
    args.out.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    editorial = load_editorial(lawqa.corpus)
    wording = fit_wording(lawqa, editorial)
    (args.out.parent / "wording.json").write_text(
        json.dumps(wording, ensure_ascii=False, indent=0) + "\n", encoding="utf-8"
    )
    print(f"wording: {len(wording)} words")
    rank = data["rank"]
    lawqa = LawQA(
        lawqa.settings, lawqa.corpus, lawqa.index, replace(lawqa.retriever.weights, rank=rank, wording=wording)
    )
    unseen = fit_wording(lawqa, without_held_out(editorial))
    blind = LawQA(
        blind.settings, blind.corpus, blind.index, replace(blind.retriever.weights, rank=rank, wording=unseen)
    )
    unanswerable = [r for r in held if not r["answerable"]]
    data["evidence"], data["intercept"], data["threshold"] = fit_evidence(lawqa, rows, blind, answerable + unanswerable)
    args.out.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def report(name: str, examples: Sequence[Example], weights: np.ndarray) -> None:
    for kind in ("practitioner", "lay", None):
        part = [e for e in examples if kind in (None, e.type)]
        s1, s5 = success(part, weights, 1), success(part, weights, 5)
        print(f"{name} {kind or 'all'}: Success@1 {s1:.3f} Success@5 {s5:.3f} (n={len(part)})", flush=True)


if __name__ == "__main__":
    main()
