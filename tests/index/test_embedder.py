"""The torch-free path gives what sentence-transformers gives; other models go through the real library."""

from pathlib import Path

import numpy as np
import pytest

from lawqa.corpus import Corpus
from lawqa.errors import ModelError
from lawqa.index.embedder import (
    QUERY_PREFIXES,
    StaticEmbedder,
    TransformerEmbedder,
    model_digest,
    open_embedder,
)
from lawqa.settings import Settings, load_settings

ODD = [
    "",
    " ",
    "。",
    "训练数据有什么要求？",
    "x" * 5000,
    "🤖",
    "ＰＩＰＬ　第１３条",
    "a\x00b",
    "個人信息",
    "The provider shall",
    "\n\n",
]


@pytest.fixture(scope="module")
def static(settings: Settings) -> StaticEmbedder:
    embedder = open_embedder(settings)
    assert isinstance(embedder, StaticEmbedder)
    return embedder


def test_static_path_equals_sentence_transformers(static: StaticEmbedder, settings: Settings, corpus: Corpus) -> None:
    texts = [p.text for p in corpus.provisions.values()] + [p.label for p in corpus.provisions.values()]
    other = TransformerEmbedder(settings)
    ours, theirs = static.documents(texts), other.documents(texts)
    assert ours.shape == theirs.shape == (len(texts), static.dim)
    assert np.abs(ours - theirs).max() < 1e-3
    assert np.abs(static.queries(ODD) - other.queries(ODD)).max() < 1e-3


def test_vectors_are_unit_or_zero_and_finite(static: StaticEmbedder) -> None:
    vectors = static.documents(ODD)
    norms = np.linalg.norm(vectors, axis=1)
    assert vectors.dtype == np.float32
    assert np.isfinite(vectors).all()
    assert all(abs(n - 1) < 1e-5 or n == 0 for n in norms)
    assert static.documents([]).shape == (0, static.dim)


def test_a_text_does_not_depend_on_its_batch(static: StaticEmbedder) -> None:
    alone = np.vstack([static.documents([t]) for t in ODD])
    assert np.allclose(alone, static.documents(ODD), atol=1e-6)


@pytest.fixture(scope="module")
def hub_style(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT with pooling and normalisation as the hub has them, made tiny."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Normalize, Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    source = tmp_path_factory.mktemp("bert")
    vocabulary = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        *dict.fromkeys("训练数据要求为这个句子生成表示以用于检索相关文章：个人信息"),
    ]
    (source / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    BertTokenizerFast(vocab_file=str(source / "vocab.txt")).save_pretrained(source)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
        initializer_range=1.0,
    )
    BertModel(config).save_pretrained(source)
    module = Transformer(str(source), max_seq_length=64)
    folder = tmp_path_factory.mktemp("models") / "bge-small-zh-tiny"
    SentenceTransformer(modules=[module, Pooling(16, "mean"), Normalize()], device="cpu").save(str(folder))
    return folder


def test_any_other_model_goes_through_the_library(hub_style: Path) -> None:
    embedder = open_embedder(load_settings({}, embed_model=str(hub_style)))
    assert isinstance(embedder, TransformerEmbedder)
    vectors = embedder.documents(["训练数据", "个人信息", ""])
    assert vectors.shape == (3, 16) == (3, embedder.dim)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    prefix = dict(QUERY_PREFIXES)["bge-small-zh"]
    assert np.allclose(embedder.queries(["训练数据"]), embedder.documents([prefix + "训练数据"]), atol=1e-5)
    assert not np.allclose(embedder.queries(["训练数据"]), embedder.documents(["训练数据"]), atol=1e-3)
    own = open_embedder(load_settings({}, embed_model=str(hub_style), embed_query_prefix="数据"))
    assert np.allclose(own.queries(["训练"]), own.documents(["数据训练"]), atol=1e-5)


def test_a_model_is_known_by_its_bytes(hub_style: Path, tmp_path: Path, settings: Settings) -> None:
    assert model_digest(str(hub_style)) != model_digest(settings.embed_model)
    assert model_digest("BAAI/a") != model_digest("BAAI/b")
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "a.bin").write_bytes(b"1")
    before = model_digest(str(tmp_path / "m"))
    (tmp_path / "m" / "README.md").write_text("x", encoding="utf-8")
    assert model_digest(str(tmp_path / "m")) == before
    (tmp_path / "m" / "a.bin").write_bytes(b"2")
    assert model_digest(str(tmp_path / "m")) != before


@pytest.mark.parametrize("kind", ["missing", "file", "empty", "wrong modules", "damaged"])
def test_what_is_no_model(tmp_path: Path, settings: Settings, kind: str) -> None:
    path = tmp_path / "model"
    if kind == "file":
        path.write_text("x", encoding="utf-8")
    elif kind != "missing":
        path.mkdir()
    if kind == "wrong modules":
        (path / "modules.json").write_text('[{"type": "no.such.Module", "path": ""}]', encoding="utf-8")
    if kind == "damaged":
        for file in Path(settings.embed_model).glob("*.json"):
            (path / file.name).write_bytes(file.read_bytes())
        (path / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(ModelError) as caught:
        open_embedder(load_settings({}, embed_model=str(path)))
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
