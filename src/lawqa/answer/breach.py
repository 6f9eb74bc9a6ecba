"""What a breach of the best provision costs: the provision of the same document that threatens it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lawqa.corpus.library import Corpus
from lawqa.corpus.reference import Reference
from lawqa.index.store import Index
from lawqa.retrieve.crossrefs import CrossReferences
from lawqa.retrieve.hybrid import EXCLUDED, Ranking
from lawqa.retrieve.provision_kind import fits
from lawqa.retrieve.question import Question

#: Words that ask what follows; 责任 and 违反 alone may ask for a duty.
_WHAT_FOLLOWS = re.compile(r"罚|会怎么?样|(?<!造成)(?<!造成什么)后果|法律责任|被抓|坐牢|判刑|处分|追责|拘留|吊销")
#: 违反本办法规定的, and no article named: every duty of the document is meant.
_ANY_BREACH = re.compile(r"违反本(?:法|办法|规定|条例)(?:规定)?(?:处理个人信息，|的，|，)(?!.{0,4}第)")


class Breach:
    """Goes from a duty to the penalty for its breach."""

    def __init__(self, corpus: Corpus, index: Index, references: CrossReferences) -> None:
        self.corpus = corpus
        self.index = index
        self.references = references
        self._rows = {ref: row for row, ref in enumerate(index.refs)}

    def __call__(self, question: Question, ranking: Ranking, duties: Sequence[Reference]) -> Reference | None:
        """The penalty for a breach of the first of ``duties`` whose document threatens one; None where none is asked
        for, or where the first is a penalty itself."""
        if question.intent != "penalty" or not _WHAT_FOLLOWS.search(question.search_text) or self._penalises(duties[0]):
            return None
        return next((found for duty in duties if (found := self._threat(duty, ranking))), None)

    def _threat(self, duty: Reference, ranking: Ranking) -> Reference | None:
        threats = [ref for ref in self.references.cited_by(duty) if self._threatens(ref, duty)]
        threats = threats or [ref for ref in self._rows if self._threatens_all(ref, duty)]
        scores = {ref: float(ranking.scores[self._rows[ref]]) for ref in threats}
        best = max(scores, key=lambda ref: scores[ref], default=None)
        return best if best and scores[best] > EXCLUDED else None

    def _threatens(self, ref: Reference, duty: Reference) -> bool:
        return ref.document == duty.document and ref in self._rows and self._penalises(ref)

    def _threatens_all(self, ref: Reference, duty: Reference) -> bool:
        return self._threatens(ref, duty) and bool(_ANY_BREACH.search(self.corpus.provisions[ref].text))

    def _penalises(self, ref: Reference) -> bool:
        return fits("penalty", self.corpus.provisions[ref].text)
