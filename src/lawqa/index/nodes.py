"""What is indexed: a node for every provision, 款 and 项, editorial question, and question that nothing answers."""

from __future__ import annotations

from dataclasses import dataclass

from lawqa.corpus.editorial import Editorial
from lawqa.corpus.instrument import Instrument
from lawqa.corpus.library import Corpus
from lawqa.corpus.provision import Provision
from lawqa.corpus.reference import Reference
from lawqa.text.sentences import sentences

PROVISION, PIECE, QUESTION, BEYOND = "provision", "piece", "question", "beyond"
#: The row of a node that belongs to no provision.
NO_ROW = -1


@dataclass(frozen=True, slots=True)
class Node:
    """One indexed text. ``provision`` is the row of its article or section, ``ref`` its own, precise reference; a
    question beyond the documents has neither (NO_ROW, None)."""

    id: str
    kind: str
    provision: int
    ref: Reference | None
    text: str


#: The fields of ``Fields``, each an index of its own with one document a provision.
PROVISION_FIELDS = ("text", "head", "notes", "whole")


@dataclass(frozen=True, slots=True)
class Fields:
    """The texts of one provision that BM25 searches separately."""

    text: str
    head: str
    notes: str

    @property
    def whole(self) -> str:
        """What the law says and what people ask, as one document."""
        return f"{self.notes} {self.text}"


def heading_text(instrument: Instrument, provision: Provision) -> str:
    """Title, chapters and heading: what a reader sees above the provision."""
    return " ".join([instrument.title.removeprefix("中华人民共和国"), *provision.path, provision.heading]).strip()


def _own_words(corpus: Corpus, provision: Provision) -> list[str]:
    """What stands in for the questions of a user's own provision until it has notes: its own sentences.

    Half of the signals compare a question with questions; without this a document without notes could hardly be found
    beside the shipped ones.
    """
    if provision.ref.document not in corpus.own:
        return []
    return [f"{provision.heading} {text}".strip() for _, piece in provision.pieces() for text in sentences(piece)]


def fields_of(corpus: Corpus, editorial: Editorial) -> list[Fields]:
    """The fields of every provision, in the corpus' order."""
    out = []
    for provision in corpus.provisions.values():
        head = heading_text(corpus.instrument(provision.ref.document), provision)
        note = editorial.notes.get(provision.ref)
        terms = f"{note.caption} {' '.join(note.terms)}" if note else ""
        questions = " ".join(q.text for q in note.questions) if note else " ".join(_own_words(corpus, provision))
        out.append(Fields(f"{head} {provision.text}", f"{head} {terms}", f"{questions} {terms}"))
    return out


def nodes_of(corpus: Corpus, editorial: Editorial) -> list[Node]:
    """All nodes: provisions first, in the corpus' order, then their pieces, the questions, those beyond."""
    rows = {ref: i for i, ref in enumerate(corpus.provisions)}
    provisions, pieces, questions = [], [], []
    for ref, provision in corpus.provisions.items():
        row = rows[ref]
        head = heading_text(corpus.instrument(ref.document), provision)
        note = editorial.notes.get(ref)
        caption = note.caption if note else ""
        provisions.append(Node(str(ref), PROVISION, row, ref, f"{head} {caption} {provision.text}"))
        lines = provision.pieces()
        lead = ""
        for n, (at, text) in enumerate(lines):
            if at.item is None:
                lead = text if text.endswith(("：", "。")) and len(text) < 80 else ""
            if len(lines) > 1 and len(text) > 4:
                body = f"{lead} {text}" if at.item is not None else text
                pieces.append(Node(f"{ref}#p{n}", PIECE, row, at, f"{caption} {body}"))
        for n, text in enumerate([] if note else _own_words(corpus, provision)):
            questions.append(Node(f"{ref}#q{n}", QUESTION, row, ref, text))
        if note:
            for n, question in enumerate(note.questions):
                questions.append(Node(f"{ref}#q{n}", QUESTION, row, ref, question.text))
                for m, other in enumerate(question.also):
                    questions.append(Node(f"{ref}#q{n}.{m}", QUESTION, rows[other], other, question.text))
    beyond = [
        Node(f"beyond{n}#q{m}", BEYOND, NO_ROW, None, text)
        for n, group in enumerate(editorial.beyond)
        for m, text in enumerate(group.questions)
    ]
    return provisions + pieces + questions + beyond
