"""Train lawqa's embedder: a static Chinese model in sentence-transformers format.

    python tools/train_embedder.py --data FOLDER --out models/lawqa-embed [--steps 1500] [--seed 7] [--hold-out]

FOLDER holds ``articles.jsonl.xz`` (general statutes) and ``pairs.jsonl.xz`` (general question-passage pairs);
everything else comes from this repository: the corpus and its editorial questions. Needs torch and
sentence-transformers; runs on two CPU cores in a few minutes.

The tokenizer is a Unigram model whose vocabulary and log-probabilities are those of jieba-segmented text, so
its Viterbi path is jieba's most probable path and no jieba is needed at question time. The embedding table is
trained with in-batch negatives (MultipleNegativesRankingLoss) inside a Matryoshka sum; half of every batch of
editorial questions comes from few documents, so that sibling articles are each other's hard negatives.
"""

from __future__ import annotations

import argparse
import collections
import json
import lzma
import math
import os
import random
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jieba
import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]

from holdout import without_held_out  # noqa: E402

from lawqa.corpus import Corpus, load_corpus  # noqa: E402
from lawqa.corpus.editorial import Editorial, load_editorial  # noqa: E402
from lawqa.text.normalise import fold  # noqa: E402
from lawqa.text.sentences import sentences  # noqa: E402
from lawqa.text.tokenise import hand_kept_terms  # noqa: E402

HAN = re.compile(r"[\u4e00-\u9fff]+$|[a-z0-9]+$")
Ids = np.ndarray


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def make_tokenizer(general: list[str], own: list[str], terms: list[str], min_count: int) -> Tokenizer:
    """Unigram over jieba's words; words of our own domain count from their first occurrence."""
    jieba.setLogLevel(60)
    for term in terms:
        jieba.add_word(term)
    count: collections.Counter[str] = collections.Counter()
    for text in general:
        count.update(w for w in jieba.cut(fold(text)) if HAN.match(w))
    domain: collections.Counter[str] = collections.Counter()
    for text in own:
        domain.update(w for w in jieba.cut(fold(text)) if HAN.match(w))
    keep = {w for w, c in count.items() if c >= min_count and 1 < len(w) <= 8}
    keep |= {w for w, c in domain.items() if c >= 2 and 1 < len(w) <= 12} | {t for t in terms if 1 < len(t) <= 12}
    total = count + domain
    chars: collections.Counter[str] = collections.Counter()
    for word, c in total.items():
        for ch in word:
            chars[ch] += c
    mass = sum(total[w] for w in keep) + sum(chars.values())
    score = {w: math.log(max(total[w], 1) / mass) for w in keep}
    for ch, c in chars.items():
        if c >= 3:
            score[ch] = math.log(max(total.get(ch, 0), 0.5) / mass)
    vocabulary = [("[PAD]", 0.0), ("[UNK]", -30.0), *sorted(score.items(), key=lambda x: (-x[1], x[0]))]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=1, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex(r"[^\u4e00-\u9fffa-z0-9]+"), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return tokenizer


class Pairs:
    """One kind of training pairs: left and right token ids, and the group whose members are no negatives."""

    def __init__(self, encode: Callable[[list[str]], list[Ids]], rows: list[tuple[str, str, str]]) -> None:
        self.left = encode([a for a, _, _ in rows])
        self.right = encode([b for _, b, _ in rows])
        names = {g: i for i, g in enumerate(dict.fromkeys(g for _, _, g in rows))}
        self.group = np.array([names[g] for _, _, g in rows])

    def batch(self, rng: np.random.Generator, size: int) -> tuple[list[Ids], list[Ids], np.ndarray]:
        pick = rng.choice(len(self.left), min(size, len(self.left)), replace=False)
        return [self.left[i] for i in pick], [self.right[i] for i in pick], self.group[pick]


class Questions:
    """Editorial questions: two questions of one provision, or a question and its provision."""

    def __init__(self, encode: Callable[[list[str]], list[Ids]], corpus: Corpus, editorial: Editorial) -> None:
        self.questions: list[list[Ids]] = []
        self.texts: list[list[Ids]] = []
        self.heads: list[Ids] = []
        self.documents: list[str] = []
        for ref, note in editorial.notes.items():
            provision = corpus.provisions[ref]
            instrument = corpus.instrument(ref.document)
            title = instrument.title.removeprefix("中华人民共和国")
            self.questions.append(encode([q.text for q in note.questions]))
            pieces = [text for _, text in provision.pieces()] or [provision.heading]
            self.texts.append(encode([f"{title} {note.caption} {provision.heading} {provision.text}", *pieces]))
            self.heads.append(encode([f"{note.caption} {' '.join(note.terms)}"])[0])
            self.documents.append(ref.document)
        topics = {o.title: " ".join(o.topics) for o in editorial.outside}
        for group in editorial.beyond:
            # questions that nothing answers are pulled together, and so away from those that are answered
            about = f"{group.law} {topics.get(group.law, '')}" if group.law else str(group.reply)
            self.questions.append(encode(list(group.questions)))
            self.texts.append(encode([about]))
            self.heads.append(self.texts[-1][0])
            self.documents.append("beyond")
        by_document: dict[str, list[int]] = {}
        for i, document in enumerate(self.documents):
            by_document.setdefault(document, []).append(i)
        self.by_document = list(by_document.values())

    def _provisions(self, rng: np.random.Generator, size: int) -> list[int]:
        """Half at random, half from few documents: siblings are the hard negatives."""
        weights = np.array([len(q) for q in self.questions], float)
        pick = list(rng.choice(len(self.questions), size // 2, p=weights / weights.sum()))
        while len(pick) < size:
            group = self.by_document[rng.integers(len(self.by_document))]
            pick += list(rng.choice(group, min(size - len(pick), 96)))
        return pick

    def batch(self, rng: np.random.Generator, size: int, kind: str) -> tuple[list[Ids], list[Ids], np.ndarray]:
        pick = self._provisions(rng, size)
        left, right = [], []
        for i in pick:
            own = self.questions[i]
            a = rng.integers(len(own))
            left.append(own[a])
            if kind == "question":
                right.append(own[(a + 1 + rng.integers(len(own) - 1)) % len(own)] if len(own) > 1 else self.heads[i])
            elif kind == "text":
                texts = self.texts[i]
                right.append(texts[0] if rng.random() < 0.6 else texts[rng.integers(len(texts))])
            else:
                right.append(self.heads[i])
        return left, right, np.array(pick)


def clause_rows(texts: list[tuple[str, str, str]], rng: random.Random) -> list[tuple[str, str, str]]:
    """(a clause, its head and the rest of the provision): self-supervised pairs from statutes."""
    out = []
    for n, (head, text, name) in enumerate(texts):
        parts = [s for s in sentences(text.replace("\n", "")) if len(s) > 5]
        if len(parts) < 2:
            continue
        i = rng.randrange(len(parts))
        rest = "".join(parts[:i] + parts[i + 1 :])
        out.append((parts[i], f"{head} {rest}", f"{name}{n}"))
    return out


def train(args: argparse.Namespace) -> None:
    torch.set_num_threads(args.threads)
    random.seed(args.seed)
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    corpus = load_corpus(ROOT / "corpus")
    editorial = load_editorial(corpus)
    if args.hold_out:
        editorial = without_held_out(editorial)
    general_pairs = list(read_lines(args.data / "pairs.jsonl.xz"))
    articles = list(read_lines(args.data / "articles.jsonl.xz"))
    random.shuffle(articles)
    articles = articles[: args.articles]
    own = [p.text for p in corpus.provisions.values()] + [i.title for i in corpus.instruments]
    own += [q.text for n in editorial.notes.values() for q in n.questions]
    own += [n.caption + " " + " ".join(n.terms) for n in editorial.notes.values()]
    own += [" ".join(c.say + c.law) for c in editorial.concepts]
    general = [a["text"] for a in articles] + 3 * list(dict.fromkeys(p["query"] for p in general_pairs))
    terms = [fold(t) for t in hand_kept_terms() if HAN.match(fold(t))]
    terms += [fold(t) for c in editorial.concepts for t in c.say + c.law if HAN.match(fold(t))]
    tokenizer = make_tokenizer(general, own, terms, args.min_count)
    size = tokenizer.get_vocab_size()
    print(f"vocabulary {size}, {len(articles)} articles, {len(general_pairs)} pairs", flush=True)

    def encode(texts: list[str]) -> list[Ids]:
        encoded = tokenizer.encode_batch([t[:1500] for t in texts], add_special_tokens=False)
        return [np.array(e.ids or [1], np.int64) for e in encoded]

    shuffler = random.Random(args.seed)
    rows: dict[str, list[tuple[str, str, str]]] = collections.defaultdict(list)
    for p in general_pairs:
        kind = "silver" if p["kind"] in ("syn_law", "qa_law", "qa_law3") else "other"
        rows[kind].append((p["query"], p["passage"], p["query"]))
    rows["clauses"] = clause_rows(
        [(f"{a['title']} {a.get('chapter') or ''}", a["text"], "g") for a in articles], shuffler
    )
    rows["own_clauses"] = clause_rows(
        [(f"{corpus.instrument(p.ref.document).title} {p.heading}", p.text, "o") for p in corpus.provisions.values()],
        shuffler,
    )
    rows["lexicon"] = [(s, law, " ".join(c.law)) for c in editorial.concepts for s in c.say for law in c.law]
    sources = {kind: Pairs(encode, r) for kind, r in rows.items() if r}
    questions = Questions(encode, corpus, editorial)
    mix = {
        "question": 6,
        "text": 5,
        "head": 2,
        "silver": 3,
        "other": 1.5,
        "clauses": 2,
        "own_clauses": 1,
        "lexicon": 0.7,
    }
    kinds = [k for k in mix if k in ("question", "text", "head") or k in sources]
    share = np.array([mix[k] for k in kinds]) / sum(mix[k] for k in kinds)

    # words that are everywhere start small: inverse document frequency over the questions and texts
    seen = np.zeros(size)
    bags = [b for group in questions.questions + questions.texts for b in group] + sources["silver"].left
    for bag in bags:
        seen[np.unique(bag)] += 1
    idf = np.clip(np.log((len(bags) + 1) / (seen + 1)), 0.5, None)
    generator = torch.Generator().manual_seed(args.seed)
    start = torch.randn(size, args.dim, generator=generator) / math.sqrt(args.dim)
    table = torch.nn.Parameter(start * torch.from_numpy(idf / idf.mean())[:, None].float())

    def embed(bags: list[Ids], drop: float) -> torch.Tensor:
        if drop:
            bags = [b[keep] if (keep := rng.random(len(b)) > drop).any() else b for b in bags]
        offsets = torch.from_numpy(np.cumsum([0] + [len(b) for b in bags[:-1]]))
        return F.embedding_bag(torch.from_numpy(np.concatenate(bags)), table, offsets, mode="mean", sparse=True)

    optimiser = torch.optim.SparseAdam([table], lr=args.lr, betas=(0.9, 0.99))
    running: dict[str, float] = {}
    dims = [d for d in (args.dim, args.dim // 2) if d >= 64]
    for step in range(args.steps):
        rate = args.lr * min(1, (step + 1) / 50) * max(0.02, 1 - step / args.steps)
        for group in optimiser.param_groups:
            group["lr"] = rate
        kind = kinds[rng.choice(len(kinds), p=share)]
        if kind in ("question", "text", "head"):
            left, right, same = questions.batch(rng, args.batch, kind)
        else:
            left, right, same = sources[kind].batch(rng, args.batch)
        a, b = embed(left, args.drop), embed(right, args.drop if kind == "question" else 0.0)
        group_ids = torch.from_numpy(same)
        mask = group_ids[:, None] == group_ids[None]
        mask.fill_diagonal_(False)
        loss = torch.zeros(())
        for d in dims:
            scores = F.normalize(a[:, :d], dim=1) @ F.normalize(b[:, :d], dim=1).T * args.scale
            loss = loss + F.cross_entropy(scores.masked_fill(mask, -1e4), torch.arange(len(left)))
        optimiser.zero_grad()
        (loss / len(dims)).backward()
        optimiser.step()
        running[kind] = 0.9 * running.get(kind, loss.item() / len(dims)) + 0.1 * loss.item() / len(dims)
        if (step + 1) % 100 == 0:
            print(step + 1, {k: round(v, 2) for k, v in running.items()}, flush=True)
    save(tokenizer, table.detach().numpy(), args.out)


def save(tokenizer: Tokenizer, table: np.ndarray, out: Path) -> None:
    """StaticEmbedding + Normalize; half precision, since the vectors it gives do not change a ranking."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Normalize, StaticEmbedding

    table = table / np.linalg.norm(table, axis=1).mean()
    static = StaticEmbedding(tokenizer, embedding_weights=table.astype(np.float32))
    model = SentenceTransformer(modules=[static, Normalize()], device="cpu")
    model.half().save(str(out), create_model_card=False)
    print(f"saved {out}: {sum(f.stat().st_size for f in out.rglob('*') if f.is_file()) / 1e6:.1f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with articles.jsonl.xz and pairs.jsonl.xz")
    parser.add_argument("--out", type=Path, default=ROOT / "models" / "lawqa-embed")
    parser.add_argument("--dim", type=int, default=256)
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--batch", type=int, default=1024)
    parser.add_argument("--lr", type=float, default=0.01)
    parser.add_argument("--scale", type=float, default=16.0)
    parser.add_argument("--drop", type=float, default=0.15, help="share of a question's words left out in training")
    parser.add_argument("--articles", type=int, default=60000)
    parser.add_argument("--min-count", type=int, default=12)
    parser.add_argument(
        "--hold-out", action="store_true", help="leave out the quarter of questions that train_ranker.py uses"
    )
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
