"""Build the whole index beside the old one and switch to it in one step."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from lawqa.corpus.editorial import Editorial
from lawqa.corpus.library import Corpus
from lawqa.errors import IndexFault, reason_of
from lawqa.index.embedder import Embedder
from lawqa.index.embedding_cache import EmbeddingCache
from lawqa.index.lexical import Lexical
from lawqa.index.manifest import Sources, write_manifest
from lawqa.index.nodes import BEYOND, PROVISION_FIELDS, QUESTION, fields_of, nodes_of
from lawqa.index.vectors import persist
from lawqa.text.tokenise import Tokeniser, grams

#: The file that names the folder in use; replacing it is the only step that readers see.
CURRENT_FILE = "CURRENT"
#: A build that wrote nothing for so many seconds was killed.
_ABANDONED = 3600
#: Provisions are searched by characters and bigrams, single questions by jieba's words and bigrams (docs/retrieval.md
#: has both ways measured). How long a provision is and how many questions it has says little: a weak length norm.
PROVISION_BM25 = {"k1": 1.2, "b": 0.5}
Progress = Callable[[str, int, int], None]


def jieba_terms(corpus: Corpus, editorial: Editorial) -> list[str]:
    """Words that the corpus itself teaches: short titles, captions' terms and the lexicon's expressions."""
    terms = [t for i in corpus.instruments for t in (*i.short_titles, i.title.removeprefix("中华人民共和国"))]
    terms += [t for c in editorial.concepts for t in (*c.say, *c.law)]
    return sorted({t for t in terms if 2 <= len(t) <= 16})


def build_index(
    corpus: Corpus,
    editorial: Editorial,
    embedder: Embedder,
    sources: Sources,
    root: Path,
    progress: Progress = lambda stage, done, total: None,
) -> Path:
    """Build into a new folder under ``root`` and make it current; returns that folder.

    ``progress(stage, done, total)`` is called as the work goes on. A build that dies leaves the old index whole.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix="building-", dir=root))
    except OSError as error:
        raise IndexFault(
            f"索引文件夹“{root}”不可写（{reason_of(error)}）：请用 LAWQA_INDEX 指定可写的文件夹"
        ) from error
    try:
        cache = EmbeddingCache(root, sources.model)
        counts = _write(corpus, editorial, embedder, cache, folder, progress)
        digest = write_manifest(folder, sources, counts)
        # a new name even where the same index exists already: that one may be the damaged one
        final = root / f"index-{digest[:16]}-{folder.name.removeprefix('building-')}"
        folder.chmod(0o755)
        folder.rename(final)
        _switch(root, final.name)
        return final
    except OSError as error:
        raise IndexFault(f"写索引失败（{reason_of(error)}：{error.filename}）：请检查磁盘空间和权限") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _switch(root: Path, name: str) -> None:
    pointer = root / f".{CURRENT_FILE}.{os.getpid()}"
    pointer.write_text(name + "\n", encoding="utf-8")
    os.replace(pointer, root / CURRENT_FILE)
    for old in root.iterdir():
        replaced = old.name.startswith("index-") and old.name != name
        if replaced or (old.name.startswith("building-") and time.time() - old.stat().st_mtime > _ABANDONED):
            shutil.rmtree(old, ignore_errors=True)


def _write(
    corpus: Corpus,
    editorial: Editorial,
    embedder: Embedder,
    cache: EmbeddingCache,
    folder: Path,
    progress: Progress,
) -> dict[str, int]:
    nodes = nodes_of(corpus, editorial)
    terms = jieba_terms(corpus, editorial)
    tokeniser = Tokeniser(terms)
    fields = fields_of(corpus, editorial)
    texts: dict[str, list[str]] = {
        **{name: [getattr(f, name) for f in fields] for name in PROVISION_FIELDS},
        "questions": [n.text for n in nodes if n.kind == QUESTION],
        "beyond": [n.text for n in nodes if n.kind == BEYOND],
    }
    total = sum(map(len, texts.values())) + len(nodes)
    done = 0
    for name, documents in texts.items():
        tokens = []
        for document in documents:
            tokens.append(grams(document) if name in PROVISION_FIELDS else tokeniser.tokens(document))
            done += 1
            if done % 500 == 0:
                progress("分词", done, total)
        if tokens:
            Lexical.build(tokens, **PROVISION_BM25 if name in PROVISION_FIELDS else {}).save(folder / "bm25" / name)
    before = done
    vectors = cache.documents(embedder, [n.text for n in nodes], lambda n: progress("嵌入", before + n, total))
    progress("写入", total, total)
    persist(corpus, nodes, vectors, folder / "llama")
    table = {
        "terms": terms,
        "nodes": [[n.id, n.kind, n.provision] for n in nodes],
        "concepts": [[c.say, c.law, c.documents] for c in editorial.concepts],
        "outside": [[o.title, o.names, o.topics] for o in editorial.outside],
        "beyond": [[b.law, b.reply, len(b.questions)] for b in editorial.beyond],
        "notes": {
            str(r): [n.caption, n.binds, [q.text for q in n.questions][:6], n.terms] for r, n in editorial.notes.items()
        },
    }
    (folder / "table.json").write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")
    return {"provisions": len(fields), "nodes": len(nodes), "dim": embedder.dim}
