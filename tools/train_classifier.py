"""Learn the classifier of questions (``lawqa.retrieve.classifier``) from the editorial layer.

    python tools/train_classifier.py [--hold-out] [--out src/lawqa/retrieve/classifier.safetensors]

Its examples are the editorial questions, the provisions' own 款 and 项, their captions and terms, and the questions
that nothing answers, whose groups are classes of their own. Most of an example's features are left out at random in
each step, so that no single word decides. Needs torch; about a minute on two CPU cores.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]

from holdout import without_held_out  # noqa: E402

from lawqa.corpus import load_corpus  # noqa: E402
from lawqa.corpus.editorial import Editorial, load_editorial  # noqa: E402
from lawqa.corpus.library import Corpus  # noqa: E402
from lawqa.index.build import jieba_terms  # noqa: E402
from lawqa.retrieve.classifier import BEYOND_CLASS, Classifier, bag, features, save_classifier  # noqa: E402
from lawqa.text.tokenise import Tokeniser  # noqa: E402

#: A mean of vectors is short: so much it is drawn out before it meets the classes.
GAIN = 8.0


def examples(corpus: Corpus, editorial: Editorial) -> tuple[list[str], list[int], list[str]]:
    """Texts, their classes, and the names of the classes."""
    texts: list[str] = []
    labels: list[int] = []
    names: list[str] = []
    for ref, note in editorial.notes.items():
        provision = corpus.provisions[ref]
        own = [q.text for q in note.questions] + [text for _, text in provision.pieces()]
        own.append(f"{note.caption} {' '.join(note.terms)}")
        texts += own
        labels += [len(names)] * len(own)
        names.append(str(ref))
    for number, group in enumerate(editorial.beyond):
        texts += group.questions
        labels += [len(names)] * len(group.questions)
        names.append(f"{BEYOND_CLASS}{number}")
    return texts, labels, names


def train(
    texts: list[str], labels: list[int], names: list[str], tokeniser: Tokeniser, args: argparse.Namespace
) -> Classifier:
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    bags = [bag(features(text, tokeniser), args.buckets) for text in texts]
    gold = torch.tensor(labels)
    table = torch.nn.Parameter(torch.randn(args.buckets, args.dim) * 0.05)
    classes = torch.nn.Parameter(torch.randn(len(names), args.dim) * 0.1)
    bias = torch.nn.Parameter(torch.zeros(len(names)))
    optimisers = [torch.optim.SparseAdam([table], lr=args.lr), torch.optim.Adam([classes, bias], lr=args.lr)]
    steps, step = args.epochs * (len(bags) // args.batch), 0
    for epoch in range(args.epochs):
        order, total = rng.permutation(len(bags)), 0.0
        for start in range(0, len(order) - args.batch + 1, args.batch):
            pick = order[start : start + args.batch]
            kept = [b[k] if (k := rng.random(len(b)) > args.drop).any() else b[:1] for b in (bags[i] for i in pick)]
            offsets = torch.from_numpy(np.cumsum([0] + [len(b) for b in kept[:-1]]))
            means = F.embedding_bag(torch.from_numpy(np.concatenate(kept)), table, offsets, mode="mean", sparse=True)
            loss = F.cross_entropy(GAIN * means @ classes.T + bias, gold[pick], label_smoothing=args.smoothing)
            for optimiser in optimisers:
                for group in optimiser.param_groups:
                    group["lr"] = args.lr * min(1, (step + 1) / 50) * max(0.02, 1 - step / steps)
                optimiser.zero_grad()
            loss.backward()
            for optimiser in optimisers:
                optimiser.step()
            step += 1
            total += loss.item()
        print(f"epoch {epoch + 1}: {total / (steps // args.epochs):.3f}", flush=True)
    vectors = (GAIN * classes).detach().numpy()
    return Classifier(table.detach().numpy(), vectors, bias.detach().numpy(), tuple(names))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--out", type=Path, default=ROOT / "src" / "lawqa" / "retrieve" / "classifier.safetensors")
    parser.add_argument(
        "--hold-out", action="store_true", help="leave out the questions that train_ranker.py learns on"
    )
    parser.add_argument("--buckets", type=int, default=1 << 16)
    parser.add_argument("--dim", type=int, default=96)
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--lr", type=float, default=0.005)
    parser.add_argument("--drop", type=float, default=0.7, help="share of an example's features left out")
    parser.add_argument("--smoothing", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    corpus = load_corpus(ROOT / "corpus")
    editorial = load_editorial(corpus)
    if args.hold_out:
        editorial = without_held_out(editorial)
    classifier = train(*examples(corpus, editorial), Tokeniser(jieba_terms(corpus, editorial)), args)
    save_classifier(classifier, args.out)
    print(f"saved {args.out}: {len(classifier.names)} classes, {args.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
