"""Measures of answers: what was cited, what was said, what was refused.

Citations are compared with the gold at article or section level. An answerable question that was refused, or failed,
cites nothing: it counts as zero in ``Cite_P``, ``Cite_R``, ``Primary`` and ``Must_say``.

- ``Cite_P``: share of the different articles cited that are gold; ``Cite_R``: share of the gold that is cited.
- ``Primary``: 1 where the primary gold is cited. ``Must_say``: share of the groups one of whose spellings is said.
- ``Refuse_P``: share of the refusals that were due; ``Refuse_R``: share of the unanswerable that was refused;
  ``Refuse_F1``: their harmonic mean, 2·TP / (refused + unanswerable).
- ``Verbatim``, ``Exists``: shares of all citations whose quote is literal, and whose provision exists. They are
  found out here from the corpus alone, not by the gate in ``lawqa.answer.verify`` that they are there to test.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lawqa.answer.answer import REFUSED, Answer
from lawqa.answer.citation import Citation
from lawqa.answer.verify import entry_strings
from lawqa.corpus.library import Corpus
from lawqa.errors import LawqaError
from lawqa.evals.question_set import EvalQuestion
from lawqa.evals.score import Scores
from lawqa.text.normalise import skeleton

NAMES = ("Cite_P", "Cite_R", "Primary", "Must_say", "Refuse_P", "Refuse_R", "Refuse_F1", "Verbatim", "Exists")


def answer_scores(questions: Sequence[EvalQuestion], answers: Mapping[str, Answer], corpus: Corpus) -> Scores:
    """All measures; ``answers`` by question id, a question without an answer counts as one that says nothing."""
    scores: dict[str, dict[str, tuple[float, float]]] = {name: {} for name in NAMES}
    for question in questions:
        for name, parts in _parts(question, answers.get(question.id), corpus).items():
            scores[name][question.id] = parts
    return {name: parts for name, parts in scores.items() if any(d for _, d in parts.values())}


def cited_articles(answer: Answer, corpus: Corpus) -> tuple[str, ...]:
    """The different articles and sections (and catalog entries) that an answer cites, in its order."""
    return tuple(dict.fromkeys(_article(c.ref, corpus) for c in answer.citations))


def _article(ref: str, corpus: Corpus) -> str:
    try:
        return ref if ref.startswith("catalog:") else str(corpus.parse(ref).provision)
    except LawqaError:
        return ref


def _parts(question: EvalQuestion, answer: Answer | None, corpus: Corpus) -> dict[str, tuple[float, float]]:
    out: dict[str, tuple[float, float]] = {}
    refused = answer is not None and answer.status == REFUSED
    due = not question.answerable
    out["Refuse_P"] = (float(refused and due), float(refused))
    out["Refuse_R"] = (float(refused and due), float(due))
    out["Refuse_F1"] = (2.0 * (refused and due), float(refused) + float(due))
    citations = answer.citations if answer else ()
    faults = [_faults(c, corpus) for c in citations]
    out["Exists"] = (float(sum(exists for exists, _ in faults)), float(len(faults)))
    out["Verbatim"] = (float(sum(literal for _, literal in faults)), float(len(faults)))
    if question.answerable:
        cited = cited_articles(answer, corpus) if answer else ()
        hits = [ref for ref in cited if ref in question.gold]
        out["Cite_P"] = (len(hits) / len(cited) if cited else 0.0, 1.0)
        out["Cite_R"] = (len(hits) / len(question.gold), 1.0)
        if question.primary:
            out["Primary"] = (float(question.primary in cited), 1.0)
        if question.must_say:
            said = skeleton(answer.answer) if answer and not refused else ""
            groups = [any(skeleton(w) in said for w in group) for group in question.must_say]
            out["Must_say"] = (sum(groups) / len(groups), 1.0)
    return out


def _faults(citation: Citation, corpus: Corpus) -> tuple[bool, bool]:
    """(the provision exists, the quote is literal)."""
    if citation.ref.startswith("catalog:"):
        entry = corpus.entry(citation.ref.removeprefix("catalog:"))
        return entry is not None, entry is not None and citation.quote in entry_strings(entry)
    try:
        ref = corpus.parse(citation.ref)
    except LawqaError:
        return False, False
    return True, bool(citation.quote) and citation.quote in (corpus.provision(ref).piece(ref) or "")
