"""Documents as data: instruments, provisions, references."""

from lawqa.corpus.catalog import CatalogEntry
from lawqa.corpus.faults import Fault
from lawqa.corpus.instrument import Instrument, Relation, Verification
from lawqa.corpus.library import Corpus, load_corpus, read_corpus
from lawqa.corpus.provision import Item, Paragraph, Provision
from lawqa.corpus.reference import Reference

__all__ = [
    "CatalogEntry",
    "Corpus",
    "Fault",
    "Instrument",
    "Item",
    "Paragraph",
    "Provision",
    "Reference",
    "Relation",
    "Verification",
    "load_corpus",
    "read_corpus",
]
