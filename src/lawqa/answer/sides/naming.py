"""Documents and provisions named in a sentence, each document once."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from lawqa.corpus.library import Corpus
from lawqa.corpus.provision import Provision


def joined(labels: Sequence[str]) -> str:
    """``《甲》、《乙》与《丙》``."""
    return "与".join(part for part in ("、".join(labels[:-1]), labels[-1]) if part)


def listed(corpus: Corpus, provisions: Iterable[Provision], most: int = 99) -> str:
    """``《甲》第三条、第六条，《乙》第九条``; of each document the first ``most``."""
    parts = []
    for document, group in itertools.groupby(provisions, key=lambda p: p.ref.document):
        label, own = corpus.instrument(document).label, list(group)
        names = "、".join(p.label.removeprefix(label) for p in own[:most])
        parts.append(f"{label}{names}{'等' if len(own) > most else ''}")
    return "，".join(parts)
