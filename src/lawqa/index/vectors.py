"""Dense vectors in FAISS through llama-index's vector store.

The index is built and persisted by llama-index (nodes in a docstore, vectors in its FaissVectorStore), so any
llama-index program can load it (``load_index_from_storage``). A question reads the same FAISS file directly: importing llama-index costs
about a second, searching costs none.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from lawqa.corpus.library import Corpus
from lawqa.index.nodes import PIECE, PROVISION, Node

#: llama-index names the vector store's file so; it is a plain FAISS index.
VECTOR_FILE = "default__vector_store.json"
#: The name of the index in llama-index's storage: fixed, so that two builds give the same bytes.
INDEX_ID = "lawqa"


def persist(corpus: Corpus, nodes: Sequence[Node], vectors: np.ndarray, folder: Path) -> None:
    """Write docstore and FAISS vector store of ``nodes``; ``vectors`` float32 (len(nodes), dim), unit rows."""
    import faiss
    from llama_index.core import StorageContext
    from llama_index.core.data_structs import IndexDict
    from llama_index.vector_stores.faiss import FaissVectorStore

    text_nodes = [_text_node(corpus, node) for node in nodes]
    _relate(nodes, text_nodes)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)  # the store's own add takes lists of floats on the nodes, seconds and a gigabyte dearer
    context = StorageContext.from_defaults(vector_store=FaissVectorStore(faiss_index=index))
    context.docstore.add_documents(text_nodes)
    struct = IndexDict(index_id=INDEX_ID)  # FAISS knows positions only: this says which node each is
    for position, node in enumerate(text_nodes):
        struct.add_node(node, text_id=str(position))
    context.index_store.add_index_struct(struct)
    context.persist(persist_dir=str(folder))


def _text_node(corpus: Corpus, node: Node) -> Any:
    from llama_index.core.schema import TextNode

    metadata: dict[str, Any] = {"kind": node.kind}
    if node.ref is not None:
        instrument = corpus.instrument(node.ref.document)
        metadata |= {
            "ref": str(node.ref),
            "provision": str(node.ref.provision),
            "document": instrument.id,
            "title": instrument.title,
            "status": instrument.status,
            "effective": instrument.effective.isoformat() if instrument.effective else None,
        }
    hidden = list(metadata)
    return TextNode(
        id_=node.id,
        text=node.text,
        metadata=metadata,
        excluded_embed_metadata_keys=hidden,
        excluded_llm_metadata_keys=hidden,
    )


def _relate(nodes: Sequence[Node], text_nodes: Sequence[Any]) -> None:
    """Pieces and questions know their provision (PARENT); provisions their neighbours and their pieces."""
    from llama_index.core.schema import NodeRelationship, RelatedNodeInfo

    provisions = [i for i, n in enumerate(nodes) if n.kind == PROVISION]
    children: dict[int, list[Any]] = {}
    for node, text_node in zip(nodes, text_nodes, strict=True):
        if node.kind != PROVISION and node.ref is not None:
            text_node.relationships[NodeRelationship.PARENT] = RelatedNodeInfo(node_id=nodes[node.provision].id)
        if node.kind == PIECE:
            children.setdefault(node.provision, []).append(RelatedNodeInfo(node_id=node.id))
    for before, after in itertools.pairwise(provisions):
        one, two = nodes[before].ref, nodes[after].ref
        if one is not None and two is not None and one.document == two.document:
            text_nodes[before].relationships[NodeRelationship.NEXT] = RelatedNodeInfo(node_id=nodes[after].id)
            text_nodes[after].relationships[NodeRelationship.PREVIOUS] = RelatedNodeInfo(node_id=nodes[before].id)
    for row, infos in children.items():
        text_nodes[row].relationships[NodeRelationship.CHILD] = infos


def load_vectors(folder: Path) -> Any:
    """The FAISS index that ``persist`` wrote."""
    import faiss

    return faiss.read_index(str(folder / VECTOR_FILE))


def nearest_vectors(vectors: Any, query: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Scores (float32) and rows (int64) of the ``k`` nearest vectors, each of shape (len(query), k)."""
    import faiss

    # One small search at a time: more OpenMP threads only spin, waiting for each other. The setting belongs to the
    # thread that makes it, and a server searches in many, so it is made here and not at load.
    faiss.omp_set_num_threads(1)
    scores, rows = vectors.search(query, k)
    return scores, rows
