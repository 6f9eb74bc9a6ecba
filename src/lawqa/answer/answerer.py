"""The way from an understood question to a verified answer: look up, else weigh the evidence, compose or refuse."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from lawqa.answer.answer import Answer
from lawqa.answer.compose import Composer
from lawqa.answer.facts import catalog_answer, document_facts
from lawqa.answer.refusal import absent_part, catalog_facts, missing_reason, refuse
from lawqa.answer.select import Selector
from lawqa.answer.sides.compared import Compared
from lawqa.answer.sides.table import Table
from lawqa.answer.verify import verified
from lawqa.corpus.library import Corpus
from lawqa.index.store import Index
from lawqa.retrieve.crossrefs import CrossReferences
from lawqa.retrieve.evidence import probability
from lawqa.retrieve.follow_up import Thread
from lawqa.retrieve.hybrid import Ranking, Retriever
from lawqa.retrieve.provision_kind import fits
from lawqa.retrieve.question import Question

#: So near (cosine) must a question be to one that nothing answers before its explanation is given as the reason.
NEAR = 0.55
#: What is said to a question of a few characters (怎么办, 算法) that names nothing.
VAGUE = "问题太笼统：请说明谁在做什么，想知道的是要求、期限、处罚还是权利。"
_FEW, _CHARACTERS = 4, re.compile(r"[\u4e00-\u9fffA-Za-z]")
#: 除反垄断法外: a law that is not held is named to be left aside.
_BUT = re.compile(r"除了?[^，。；？！]{1,16}(?:之外|以外|外)")
#: The least evidence behind provisions set side by side: they have the words that the question compares.
TABLE_EVIDENCE = 0.5
#: Signs that must not reach an answer from somebody's question, and how much of that is repeated.
_SIGNS, _ASKED = re.compile(r"[\[\]*_`<>#|\\]"), 40
#: By so much must a draft's provision lead before it is mentioned beside the law in force.
DRAFT_MARGIN = 0.06


class Answerer:
    """Answers one understood question at a time; holds no state between questions."""

    def __init__(self, corpus: Corpus, index: Index, retriever: Retriever, references: CrossReferences) -> None:
        self.corpus = corpus
        self.index = index
        self.retriever = retriever
        self.select = Selector(corpus, index, references)
        self.compared = Compared(corpus, index, retriever, references, self.select)
        self.compose = Composer(corpus, index, references)

    def __call__(self, question: Question, docs: Sequence[str] = ()) -> Answer:
        """The verified answer, with the evidence behind it."""
        ranking = self.retriever.rank(question, docs)
        evidence = probability(question, ranking, self.retriever.weights)
        table = self.compared(question, docs)
        if table is not None and not table.literal and evidence < self.retriever.weights.threshold:
            table = None
        if table is not None and table.blocks and table.literal:
            evidence = max(evidence, TABLE_EVIDENCE)
        if self._wants_its_penalty(question, ranking):
            evidence = max(evidence, TABLE_EVIDENCE)
        answer = self._answer(question, ranking, evidence, table)
        if question.thread is not None:
            answer = replace(answer, answer=f"{self._read(question, question.thread)}\n\n{answer.answer}")
        return replace(verified(self.corpus, answer, question.as_of.day), evidence=round(evidence, 4))

    def _wants_its_penalty(self, question: Question, ranking: Ranking) -> bool:
        """What a document that is named threatens can be read off its penalties, whatever else the question says."""
        if question.intent != "penalty" or not question.named or question.outside:
            return False
        best = int(np.argmax(self.select.of_the_named(question, ranking).scores))
        ref = self.index.refs[best]
        return ref.document in question.named and fits("penalty", self.corpus.provision(ref).text)

    def _read(self, question: Question, thread: Thread) -> str:
        """How a follow-up was read: what it goes on from, and which documents it is taken to be about."""
        asked = _SIGNS.sub("", thread.asked)
        asked = asked if len(asked) <= _ASKED else f"{asked[:_ASKED]}…"
        documents = question.sides.documents if question.sides else question.documents
        sure = thread.named or question.sides or question.documents != (thread.document,) or question.references
        about = "、".join(self.corpus.instrument(d).label for d in documents) if sure else ""
        return f"（接着“{asked}”问{f'，按{about}理解' if about else ''}。）"

    def _answer(self, question: Question, ranking: Ranking, evidence: float, table: Table | None) -> Answer:
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
                return catalog_answer(self.corpus, question, entries)
            names = "、".join(f"《{e.title}》" for e in entries)
            return self._refuse(
                question, ranking, f"{names}的正文没有收录，本系统只登记了它的名称。", warned, near=False
            )
        if question.intent == "metadata" and question.documents and not question.references:
            return document_facts(self.corpus, question)
        if question.outside and not question.documents and not question.references and not _BUT.search(question.text):
            names = "》《".join(law.title for law in question.outside)
            return self._refuse(question, ranking, f"问的是《{names}》，本系统没有收录它的条文。", warned)
        if table is not None:
            if not table.blocks:
                return self._refuse(question, ranking, table.opening, warned, near=False)
            return self._warned(question, self.compose.table(question, table), warned)
        if evidence < self.retriever.weights.threshold:
            if _is_vague(question):
                return self._refuse(question, ranking, VAGUE, warned, near=False)
            return self._refuse(question, ranking, self._why(question, ranking), warned)
        extra = [*warned, *([draft] if (draft := self._draft_rule(question, ranking)) else [])]
        return self._warned(question, self.compose(question, self.select(question, ranking)), extra)

    def _warned(self, question: Question, answer: Answer, warned: Sequence[str]) -> Answer:
        """The answer with ``warned`` and what else a reader must know of how the question was read."""
        extra = list(warned)
        if question.thread is not None and question.intent == "penalty":
            extra += self._without_penalty(question.documents)
        if question.missing:
            extra.append(missing_reason(self.corpus, question.missing) + "。")
        for ref in question.imprecise:
            extra.append(absent_part(self.corpus, ref))
        for name, id in question.assumed:
            extra.append(f"“{name}”按{self.corpus.instrument(id).label}理解。")
        for law in question.outside:
            extra.append(f"问题还涉及《{law.title}》，本系统没有收录。")
        return answer.noticed(*extra)

    def _without_penalty(self, documents: Sequence[str]) -> list[str]:
        """That the document which the conversation is about punishes nothing itself."""
        instruments = [self.corpus.instrument(d) for d in documents]
        return [
            f"{i.label}的条文里没有写处罚。"
            for i in instruments
            if not i.is_digest and not any(fits("penalty", p.text) for p in i.provisions)
        ]

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
        if question.documents and not question.outside:
            # somebody who names a document that is here wants its words, not to be sent elsewhere
            names = "、".join(self.corpus.instrument(d).label for d in question.documents)
            return f"{names}里没有找到足以回答的条文。"
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


def _is_vague(question: Question) -> bool:
    named = question.documents or question.outside or question.catalog or question.unknown_titles
    return not named and not question.thread and len(_CHARACTERS.findall(question.topic)) <= _FEW
