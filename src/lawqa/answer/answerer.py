"""The way from an understood question to a verified answer: look up, else weigh the evidence, compose or refuse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from lawqa.answer.answer import Answer
from lawqa.answer.compose import Composer
from lawqa.answer.facts import catalog_answer, document_facts
from lawqa.answer.refusal import absent_part, catalog_facts, missing_reason, refuse
from lawqa.answer.select import Selector
from lawqa.answer.verify import verified
from lawqa.corpus.library import Corpus
from lawqa.index.store import Index
from lawqa.retrieve.crossrefs import CrossReferences
from lawqa.retrieve.evidence import probability
from lawqa.retrieve.hybrid import Ranking, Retriever
from lawqa.retrieve.question import Question

#: So near (cosine) must a question be to one that nothing answers before its explanation is given as the reason.
NEAR = 0.5
#: By so much must a draft's provision lead before it is mentioned beside the law in force.
DRAFT_MARGIN = 0.06


class Answerer:
    """Answers one understood question at a time; holds no state between questions."""

    def __init__(self, corpus: Corpus, index: Index, retriever: Retriever, references: CrossReferences) -> None:
        self.corpus = corpus
        self.index = index
        self.retriever = retriever
        self.select = Selector(corpus, index)
        self.compose = Composer(corpus, index, references)

    def __call__(self, question: Question, docs: Sequence[str] = ()) -> Answer:
        """The verified answer, with the evidence behind it."""
        ranking = self.retriever.rank(question, docs)
        evidence = probability(question, ranking, self.retriever.weights)
        answer = self._answer(question, ranking, evidence)
        return replace(verified(self.corpus, answer, question.as_of.day), evidence=round(evidence, 4))

    def _answer(self, question: Question, ranking: Ranking, evidence: float) -> Answer:
        entries = [e for id in question.catalog if (e := self.corpus.entry(id))]
        warned = [catalog_facts(e) for e in entries]
        if question.missing and not question.references:
            return self._refuse(question, ranking, missing_reason(self.corpus, question.missing), warned, near=False)
        if (
            question.unknown_titles
            and not question.documents
            and any(m.unknown and m.targets for m in question.mentions)
        ):
            return self._refuse(question, ranking, self._not_held(question), warned, near=False)
        if entries and not question.documents:
            if question.intent == "metadata":
                return catalog_answer(question, entries)
            names = "、".join(f"《{e.title}》" for e in entries)
            return self._refuse(question, ranking, f"{names}的正文没有收录，只有目录。", warned, near=False)
        if question.intent == "metadata" and question.documents and not question.references:
            return document_facts(self.corpus, question)
        if evidence < self.retriever.weights.threshold:
            return self._refuse(question, ranking, self._why(question, ranking), warned)
        answer = self.compose(question, self.select(question, ranking))
        extra = list(warned)
        if question.missing:
            extra.append(missing_reason(self.corpus, question.missing) + "。")
        for ref in question.imprecise:
            extra.append(absent_part(self.corpus, ref))
        for name, id in question.assumed:
            extra.append(f"“{name}”按{self.corpus.instrument(id).label}理解。")
        if draft := self._draft_rule(question, ranking):
            extra.append(draft)
        for law in question.outside:
            extra.append(f"问题还涉及《{law.title}》，本系统没有收录。")
        return answer.noticed(*extra)

    def _draft_rule(self, question: Question, ranking: Ranking) -> str | None:
        """Says that a draft which never took effect comes closer to the question than any law in force."""
        if question.references or question.documents:
            return None
        stale = ranking.scaled["stale"]
        plain = ranking.scores + stale * self.retriever.weights.shift("stale")
        row = int(np.argmax(plain))
        ref = self.index.refs[row]
        instrument = self.corpus.instrument(ref.document)
        if instrument.kind != "征求意见稿" or plain[row] < float(plain[stale == 0].max()) + DRAFT_MARGIN:
            return None
        label = self.corpus.provision(ref).label
        final = self.corpus.successor(instrument)
        now = f"；正式文本{final.label}没有照此规定的，以正式文本为准" if final else ""
        return f"{label}有更接近的内容，但征求意见稿没有生效{now}。"

    def _refuse(
        self, question: Question, ranking: Ranking, reason: str, notices: Sequence[str], near: bool = True
    ) -> Answer:
        hits = self.retriever.hits(ranking, 3) if near else []
        return refuse(self.corpus, self.index, question, reason, hits, notices)

    def _not_held(self, question: Question) -> str:
        return f"没有收录《{'》《'.join(question.unknown_titles)}》。"

    def _why(self, question: Question, ranking: Ranking) -> str:
        laws = [law.title for law in question.outside or question.outside_topics]
        group = ranking.matches.beyond
        if group is not None and not laws:
            law, reply = self.index.beyond[group]
            if reply and ranking.matches.beyond_dense >= NEAR:
                return reply
            laws = [law] if law and ranking.matches.beyond_dense >= NEAR else []
        if laws:
            names = "、".join(f"《{title}》" for title in laws[:3])
            return f"它更可能由{names}规定，本系统没有收录。"
        if question.unknown_titles:
            return self._not_held(question)
        return f"{len(self.corpus.instruments)}份文件里没有找到足以回答的条文。"
