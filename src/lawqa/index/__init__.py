"""From provisions to an index: llama-index nodes, embeddings, FAISS vectors, BM25 postings."""
