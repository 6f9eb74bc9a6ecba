"""What a provision leaves to other documents: 按照《…》进行标识, 依照《…》予以处罚."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lawqa.corpus.library import Corpus
from lawqa.corpus.reference import Reference
from lawqa.index.store import Index
from lawqa.retrieve.crossrefs import CrossReferences
from lawqa.retrieve.hybrid import EXCLUDED, Ranking
from lawqa.retrieve.question import Question

#: A provision of such a document is quoted where its score reaches this share of the best one's.
SHARE = 0.6


class LeftTo:
    """Follows the best provision to the documents that it names as a whole."""

    def __init__(self, corpus: Corpus, index: Index, references: CrossReferences) -> None:
        self.corpus = corpus
        self.index = index
        self.references = references
        self._documents = np.array([ref.document for ref in index.refs])

    def __call__(
        self, question: Question, ranking: Ranking, rows: Sequence[int]
    ) -> tuple[list[int], tuple[Reference, ...]]:
        """The rows to quote beside ``rows`` (the best first); where a punishment is left to other laws, their own
        penalties instead, to see."""
        quoted: list[int] = []
        see: list[Reference] = []
        penalty = question.intent == "penalty"
        for named in self.references.documents(self.index.refs[rows[0]]):
            document = self._in_force(named, question)
            if document is None or document in self._documents[list(rows)]:
                continue
            rows_of_it = map(int, np.flatnonzero(self._documents == document))
            own = [row for row in rows_of_it if not penalty or self._fines(row)]
            if not own:
                continue
            row = max(own, key=lambda r: (ranking.scores[r], -r))
            if ranking.scores[row] <= EXCLUDED:
                continue
            if penalty:
                see.append(self.index.refs[row])
            elif ranking.scores[row] >= SHARE * ranking.scores[rows[0]]:
                quoted.append(row)
        return quoted, tuple(see)

    def _fines(self, row: int) -> bool:
        return "罚款" in self.corpus.provisions[self.index.refs[row]].text

    def _in_force(self, document: str, question: Question) -> str | None:
        """The version of ``document`` on the day asked, where it was in force: a text cites the version of its time."""
        instrument = self.corpus.instrument(document)
        while not self.corpus.current_on(instrument, question.as_of.day):
            newer = self.corpus.successor(instrument)
            if newer is None or newer.title != instrument.title:
                return None
            instrument = newer
        return instrument.id
