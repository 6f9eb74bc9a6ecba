"""Any llama-index program can load what is persisted and retrieve from it."""

from pathlib import Path

from lawqa.index.embedder import open_embedder
from lawqa.index.store import current_folder
from lawqa.settings import load_settings


def test_llama_index_loads_the_storage_and_retrieves(built: Path) -> None:
    from llama_index.core import StorageContext, load_index_from_storage
    from llama_index.core.embeddings import BaseEmbedding
    from llama_index.core.schema import NodeRelationship
    from llama_index.vector_stores.faiss import FaissVectorStore

    embedder = open_embedder(load_settings({}))

    class Ours(BaseEmbedding):
        def _get_query_embedding(self, query: str) -> list[float]:
            return [float(x) for x in embedder.queries([query])[0]]

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

        def _get_text_embedding(self, text: str) -> list[float]:
            return [float(x) for x in embedder.documents([text])[0]]

    folder = current_folder(built / "index")
    assert folder is not None
    storage = str(folder / "llama")
    context = StorageContext.from_defaults(vector_store=FaissVectorStore.from_persist_dir(storage), persist_dir=storage)
    nodes = context.docstore.docs
    provision = nodes["genai-interim-measures-2023:7"]
    children = [c.node_id for c in provision.relationships[NodeRelationship.CHILD]]
    assert len(children) > 3
    assert nodes[children[0]].relationships[NodeRelationship.PARENT].node_id == provision.node_id
    assert provision.relationships[NodeRelationship.NEXT].node_id == "genai-interim-measures-2023:8"
    assert provision.metadata["title"] == "生成式人工智能服务管理暂行办法"
    retriever = load_index_from_storage(context, embed_model=Ours()).as_retriever(similarity_top_k=5)
    found = retriever.retrieve("数据标注应当制定标注规则，开展标注质量评估")
    assert found[0].metadata["provision"] == "genai-interim-measures-2023:8"
    assert found[0].text == nodes[found[0].node_id].text
    assert found[0].score >= found[-1].score
