"""One's own documents: read, recognised, written in the corpus format, verified against their source."""
