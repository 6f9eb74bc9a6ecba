"""Different documents side by side: for each topic the provisions of each that speak of it and of the same thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lawqa.answer.facts import FACT_SECTION
from lawqa.answer.select import Selected, Selector
from lawqa.answer.sides.contrast import between
from lawqa.answer.sides.naming import joined, listed
from lawqa.answer.sides.pairing import Pairing
from lawqa.answer.sides.table import Block, Table
from lawqa.answer.sides.topical import Found, Topical
from lawqa.corpus.library import Corpus
from lawqa.retrieve.crossrefs import CrossReferences
from lawqa.retrieve.intent import intents_of
from lawqa.retrieve.provision_kind import fits
from lawqa.retrieve.question import Question

#: Without a topic documents are compared in these respects: name, words to search by, operative words required.
RESPECTS = (
    ("适用范围", "适用范围", "scope"),
    ("备案", "备案", "procedure"),
    ("安全评估", "安全评估", "procedure"),
    ("法律责任", "法律责任 处罚", "penalty"),
)
_ALWAYS = "法律责任"
_NOTHING_COMMON = "各自的主要内容"
#: How many documents are set side by side, how many provisions of each are quoted on one topic, and named.
MOST_DOCUMENTS, QUOTED, NAMED = 4, 2, 6
_STRICTER = re.compile(r"严|宽松|更宽|更松|更紧")
_NO_VERDICT = "哪一份更严，条文没有说，下面只列各自的规定。"


class Texts:
    """Sets documents side by side."""

    def __init__(self, corpus: Corpus, references: CrossReferences, select: Selector, topical: Topical) -> None:
        self.corpus = corpus
        self.pairing = Pairing(topical, references)
        self.select = select
        self.topical = topical

    def __call__(self, question: Question) -> Table:
        """The table for ``question.sides``; without quotations where no document speaks of any topic."""
        assert question.sides is not None
        documents = question.sides.documents[:MOST_DOCUMENTS]
        labels = [self.corpus.instrument(d).label for d in documents]
        topics = question.sides.topics
        if len(topics) == 1:
            return self._on_one(question, topics[0], documents, labels)
        made = [self._block(question, t, t, documents, 1)[0] for t in topics] or self._respects(question, documents)
        blocks = _merged([block for block in made if block.selected])
        silent = [f"关于“{b.title}”，{joined(labels)}都没有找到相应的条文。" for b in made if not b.selected]
        if not blocks:
            about = "".join(f"“{t}”" for t in topics)
            return Table(f"{joined(labels)}里都没有找到关于{about}的条文。")
        verdict = _NO_VERDICT if _STRICTER.search(question.text) else ""
        names = "".join(f"“{b.title}”" for b in blocks)
        opening = f"{joined(labels)}{'对照如下' if blocks[0].title == _NOTHING_COMMON else f'就{names}逐项对照如下'}。{verdict}"
        return Table(opening, tuple(blocks), tuple(silent))

    def _on_one(self, question: Question, topic: str, documents: Sequence[str], labels: Sequence[str]) -> Table:
        """One topic: how the documents differ on it is part of the opening."""
        block, others = self._block(question, topic, topic, documents, QUOTED)
        if not block.selected:
            return Table(f"{joined(labels)}里{'都' if len(labels) > 1 else ''}没有找到关于“{topic}”的条文。")
        speaking = [label for d, label in zip(documents, labels, strict=True) if d in _documents(block)]
        if len(documents) == 1:
            opening = f"{labels[0]}关于“{topic}”的规定如下。"
        elif len(speaking) == 1:
            opening = f"关于“{topic}”，{speaking[0]}有相应的条文；{block.remark}。"
        else:
            remark = f"：{block.remark}" if block.remark else ""
            opening = f"{joined(labels)}关于“{topic}”的规定对照如下{remark}。"
        return Table(opening, (replace(block, title="", remark=""),), self._more(topic, others))

    def _more(self, topic: str, others: Sequence[int]) -> tuple[str, ...]:
        """What else there is: the provisions that have the topic word for word apart from those that are only near."""
        saying = [row for row in others if self.topical.says(row, topic)]
        near = [row for row in others if row not in saying]
        parts = ((f"说到“{topic}”的还有", saying), (f"与“{topic}”相近的还有", near))
        named = ((lead, listed(self.corpus, [self.topical.provisions[r] for r in rows], NAMED)) for lead, rows in parts)
        return tuple(f"{lead}{names}。" for lead, names in named if names)

    def _respects(self, question: Question, documents: Sequence[str]) -> list[Block]:
        """Without a topic: in what both documents have; where they have nothing in common, what each is about."""
        made = [self._block(question, title, words, documents, 1, kind)[0] for title, words, kind in RESPECTS]
        common = [b for b in made if len(_documents(b)) == len(documents)]
        if common:
            return [b for b in made if b in common or (b.title == _ALWAYS and b.selected)]
        return [Block(tuple(self._itself(question, d) for d in documents), _NOTHING_COMMON)]

    def _itself(self, question: Question, document: str) -> Selected:
        """The provision of a document that says best what the document is."""
        found = self.topical(question, self.corpus.instrument(document).title, (document,))
        rows = [row for row in self.topical.rows(document) if self.topical.provisions[row].paragraphs]
        facts = [row for row in rows if FACT_SECTION.search(self.topical.provisions[row].heading)]
        return self._selected(question, max(facts or rows, key=lambda row: float(found.ranked[row])), found)

    def _block(
        self, question: Question, title: str, topic: str, documents: Sequence[str], most: int, kind: str = ""
    ) -> tuple[Block, list[int]]:
        """What the documents say on one topic (no quotation where none speaks of it), and what else speaks of it."""
        found = self.topical(question, topic, documents)
        rows = [[r for r in found.rows(self.topical.rows(d)) if not kind or self._fits(kind, r)] for d in documents]
        chosen = self.pairing(found, rows, most)
        sides = [[self._selected(question, row, found) for row in side] for side in chosen]
        speaking = [i for i, side in enumerate(sides) if side]
        labels = [self.corpus.instrument(d).label for d in documents]
        names = ["前者", "后者"] if len(labels) == len(speaking) == 2 else labels
        clauses = []
        if len(speaking) > 1:
            asked = bool({"penalty", "deadline"} & {*intents_of(topic), *question.intents})
            clauses.append(between([sides[i] for i in speaking], [names[i] for i in speaking], asked))
        clauses += self._unsaid(documents, names, found, speaking)
        selected = tuple(s for side in sides for s in side)
        others = [r for own, side in zip(rows, chosen, strict=True) for r in own if r not in side]
        return Block(selected, title, "；".join(c for c in clauses if c)), others

    def _fits(self, kind: str, row: int) -> bool:
        return fits(kind, self.topical.provisions[row].text)

    def _selected(self, question: Question, row: int, found: Found) -> Selected:
        return self.select.quoted(question, found.topic, self.topical.index.refs[row], float(found.scores[row]))

    def _unsaid(
        self, documents: Sequence[str], names: Sequence[str], found: Found, speaking: Sequence[int]
    ) -> list[str]:
        """That a document does not speak of the topic, or does so without the word that the question uses."""
        asked = found.words[0] if len(found.words) == 1 and not found.law else ""
        absent = [bool(asked) and self.topical.absent(d, [asked]) for d in documents]
        word = f"条文里没有“{asked}”一词"
        if len(speaking) > 1 and all(absent):
            return [f"{joined(names)}的{word}"]
        out = []
        for i, name in enumerate(names):
            if i not in speaking:
                other = f"（{word}，同样的事可能用了别的说法）" if absent[i] else ""
                out.append(f"{name}没有找到相应的条文{other}")
            elif absent[i]:
                out.append(f"{name}的{word}")
        return out


def _documents(block: Block) -> set[str]:
    return {s.provision.ref.document for s in block.selected}


def _merged(blocks: Sequence[Block]) -> list[Block]:
    """Two topics on which the same provisions speak are one."""
    out: list[Block] = []
    for block in blocks:
        refs = [s.provision.ref for s in block.selected]
        same = next((i for i, b in enumerate(out) if [s.provision.ref for s in b.selected] == refs), None)
        if same is None:
            out.append(block)
        else:
            before = out[same]
            out[same] = Block(before.selected, f"{before.title}、{block.title}", before.remark or block.remark)
    return out
