"""Two versions of one text side by side, article by article as ``lawqa compare`` aligns them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from lawqa.answer.marks import status_line
from lawqa.answer.select import SHORT, Selected, Selector
from lawqa.answer.sides.contrast import amended
from lawqa.answer.sides.renumbered import KEPT, became, by_old_number, edition
from lawqa.answer.sides.table import Block, Table
from lawqa.answer.sides.topical import Found, Topical
from lawqa.compare.alignment import masked
from lawqa.compare.comparison import (
    CHANGED,
    DROPPED,
    KINDS,
    MERGED,
    NEW,
    SPLIT,
    Comparison,
    Row,
    compare,
)
from lawqa.corpus.library import Corpus
from lawqa.corpus.numerals import to_chinese
from lawqa.corpus.provision import Provision
from lawqa.corpus.reference import Reference
from lawqa.retrieve.question import Question
from lawqa.retrieve.sides import NUMBERED, ONCE_NUMBERED
from lawqa.text.normalise import fold

#: Rows that became one article of the newer text, or one row.
Change = tuple[Row, ...]
#: How many changes are quoted on one topic, on each of several, and without a topic.
ONE, EACH, OVERVIEW = 3, 1, 5
#: A change is quoted beside the best one where its score reaches this share of it.
SHARE = 0.75
#: … or this share, where it has the side that the best one lacks.
OTHER_SHARE = 0.5
#: What it is worth that the two sides differ at all, and that the topic's words stand in what was changed.
DIFFERS, TOUCHED = 0.1, 0.15
_OTHER = {NEW: DROPPED, DROPPED: NEW}
#: Articles that are named without being quoted.
_NAMED = 12
#: What stands on one side only: the comparison goes by wording, so that is all it can say.
_ALONE = {True: "新增，旧文本没有文字相近的条文", False: "删去，新文本没有文字相近的条文"}
_KINDS_ASKED = (
    (re.compile(r"新增|增加|添加|多了"), (NEW, SPLIT)),
    (re.compile(r"删|取消|去掉|少了"), (DROPPED, MERGED)),
)


class Versions:
    """Sets two versions of one text side by side."""

    def __init__(self, corpus: Corpus, select: Selector, topical: Topical) -> None:
        self.corpus = corpus
        self.select = select
        self.topical = topical
        self.compared = lru_cache(maxsize=8)(lambda a, b: compare(corpus, a, b))

    def __call__(self, question: Question) -> Table:
        """The table for ``question.sides``; without quotations where neither version speaks of any topic."""
        assert question.sides is not None
        a, b = question.sides.documents
        digests = [i.label for i in map(self.corpus.instrument, (a, b)) if i.is_digest]
        if digests:
            return Table(f"{'、'.join(digests)}只有摘编，不能逐条对照。")
        comparison = self.compared(a, b)
        if named := self._named(question):
            lead = ""
            if NUMBERED.search(fold(question.text)):
                named = by_old_number(named, a, b, bool(ONCE_NUMBERED.search(fold(question.text))))
                lead = "".join(became(self.corpus, comparison, ref) for ref in sorted(named))
            changes = [c for c in _changes(comparison) if any({r.a, r.b} & named for r in c)]
            return self._table(question, comparison, lead, [self._block(question, "", c) for c in changes], [])
        if question.sides.topics:
            return self._on_topics(question, comparison, question.sides.topics)
        return self._overview(question, comparison)

    @staticmethod
    def _named(question: Question) -> set[str]:
        """The provisions whose versions are compared: those named, or those that answered the question before."""
        anchors = question.thread.anchors if question.thread and not question.own else ()
        within = [ref for ref in anchors if question.sides and ref.document in question.sides.documents]
        return {str(ref.provision) for ref in question.references or within}

    def _on_topics(self, question: Question, comparison: Comparison, topics: Sequence[str]) -> Table:
        most = ONE if len(topics) == 1 else EACH
        blocks: list[Block] = []
        notes: list[str] = []
        leads: list[str] = []
        for topic in topics:
            found = self.topical(question, topic, (comparison.a, comparison.b))
            speaking = self._speaking(comparison, found)
            chosen = self._best(speaking, most)
            notes += self._absent(comparison, found)
            if not chosen:
                notes.append(f"关于“{topic}”，两个文本里都没有找到相应的条文。")
            title = f"{topic}：" if len(topics) > 1 else ""
            blocks += [self._block(question, topic, change, title) for change in chosen]
            changed = [c for c, _ in speaking if not _kept(c)]
            every = [*changed, *(c for c in _changes(comparison) if not _kept(c) and c not in changed)]
            saying = [c for c in every if self._says(c, topic)]
            near = [c for c in changed if c not in saying]
            leads.append(self._lead(topic, len(saying), len(near)) if speaking else "")
            for lead, of_lead in ((f"说到“{topic}”", saying), (f"与“{topic}”相近", near)):
                if speaking and (others := [c for c in of_lead if c not in chosen]):
                    notes.append(f"{lead}的改动还有：{self._listed(others)}。")
        lead = "，".join(part for part in leads if part)
        return self._table(question, comparison, f"其中{lead}，最相关的对照如下。", blocks, notes)

    def _speaking(self, comparison: Comparison, found: Found) -> list[tuple[Change, float]]:
        """The changes of which either side speaks of the topic, best first."""
        place = {str(ref): row for row, ref in enumerate(self.topical.index.refs)}
        out = []
        for change in _changes(comparison):
            sides = [place[ref] for row in change for ref in (row.a, row.b) if ref]
            speaking = [float(found.scores[s]) for s in sides if found.speaks[s]]
            if not speaking:
                continue
            score = max(speaking)
            if not _kept(change):
                moved = "".join(run.a + run.b for row in change for run in row.runs if run.op != "equal")
                score += DIFFERS + TOUCHED * any(word in moved for word in (*found.words, *found.law))
            out.append((change, score))
        return sorted(out, key=lambda pair: -pair[1])

    def _says(self, change: Change, topic: str) -> bool:
        """True where either side of a change has the topic word for word."""
        refs = [self.corpus.parse(ref) for row in change for ref in (row.a, row.b) if ref]
        return any(fold(topic) in self.corpus.provision(ref).text.lower() for ref in refs)

    @staticmethod
    def _lead(topic: str, saying: int, near: int) -> str:
        """How many changes stand in articles that have the topic word for word, else in those that are near to it."""
        if near and not saying:
            return f"与“{topic}”相近而有改动的{_count(near)}"
        return f"说到“{topic}”而有改动的{_count(saying)}" + (f"，相近的{_count(near)}" if near else "")

    def _absent(self, comparison: Comparison, found: Found) -> list[str]:
        """That one version lacks the one word that the question asks about."""
        if len(found.words) != 1 or found.law:
            return []
        texts = [self.corpus.instrument(id) for id in (comparison.a, comparison.b)]
        lacking = [edition(i) for i in texts if self.topical.absent(i.id, found.words)]
        return [f"{lacking[0]}的条文里没有“{found.words[0]}”一词。"] if len(lacking) == 1 else []

    @staticmethod
    def _best(speaking: Sequence[tuple[Change, float]], most: int) -> list[Change]:
        """The best changes; beside one that has an old or a new side only, the best that has only the other."""
        chosen = [c for c, score in speaking[:most] if score >= SHARE * speaking[0][1]]
        other = _OTHER.get(chosen[0][0].kind) if chosen else None
        if other and all(c[0].kind != other for c in chosen):
            there = (c for c, score in speaking if c[0].kind == other and score >= OTHER_SHARE * speaking[0][1])
            chosen += list(there)[:1]
        return chosen

    def _overview(self, question: Question, comparison: Comparison) -> Table:
        """What changed in all, the weightiest of it quoted."""
        asked = [k for pattern, kinds in _KINDS_ASKED if pattern.search(question.text) for k in kinds]
        changes = [c for c in _changes(comparison) if not _kept(c)]
        wanted = [c for c in changes if not asked or any(r.kind in asked for r in c)]
        weighed = sorted(wanted or changes, key=_moved, reverse=True)
        fresh = [c for c in weighed if c[0].kind == NEW][: OVERVIEW // 2]
        chosen = {*fresh, *[c for c in weighed if c not in fresh][: OVERVIEW - len(fresh)]}
        heads = []
        for kind in (NEW, SPLIT, DROPPED, MERGED, CHANGED):
            of_kind: list[Change] = [(r,) for r in comparison.rows if r.kind == kind]
            if of_kind and (not asked or kind in asked):
                heads.append(f"{KINDS[kind][0]}{len(of_kind)}条：{self._listed(of_kind)}。")
        none = "没有整条删去的条文。" if DROPPED in asked and not comparison.counts.get(DROPPED) else ""
        none = "没有新增的条文。" if NEW in asked and not comparison.counts.get(NEW) else none
        blocks = [self._block(question, question.text, c) for c in changes if c in chosen]
        return self._table(question, comparison, f"{none}改动最多的引在后面。", blocks, [], heads)

    def _table(
        self,
        question: Question,
        comparison: Comparison,
        lead: str,
        blocks: Sequence[Block],
        notes: Sequence[str],
        heads: Sequence[str] = (),
    ) -> Table:
        old, new = (self.corpus.instrument(id) for id in (comparison.a, comparison.b))
        if not blocks:
            return Table(f"{old.label}和{new.label}里都没有找到相应的条文。")
        counts = comparison.counts
        changed = "，".join(f"{KINDS[k][0]}{n}条" for k, n in counts.items() if k not in KEPT) or "没有改动"
        kept = "，".join(f"{KINDS[k][0]}{n}条" for k, n in counts.items() if k in KEPT)
        opening = f"{old.label}与{new.label}逐条对照：{changed}{f'（另有{kept}）' if kept else ''}。{lead}"
        pointer = f"全部差异可以逐条对照：网页的“逐条比较”，或 lawqa compare {old.id} {new.id}。"
        day = question.as_of.day
        states = "；".join(f"{edition(i)}：{status_line(self.corpus, i, day)}" for i in (old, new))
        return Table(opening, tuple(blocks), (*notes, pointer), (f"{states}。", *heads))

    def _block(self, question: Question, topic: str, change: Change, title: str = "") -> Block:
        """What an article was and what it became, and how both differ."""
        olds, news = self._provisions(r.a for r in change), self._provisions(r.b for r in change)
        kind = next((r.kind for r in change if r.kind == CHANGED), change[0].kind)
        sides = [self._side(question, topic, own, news, kind) for own in olds]
        sides += [self._side(question, topic, own, olds, kind) for own in news]
        clauses = [KINDS[kind][0]]
        if not (olds and news):
            clauses = [_ALONE[bool(news)]]
        elif len(olds) > 1:
            clauses = [f"旧文本{to_chinese(len(olds))}条并为新文本一条"]
        elif kind not in KEPT:
            clauses.append(amended(*sides))
        remark = "；".join(c for c in clauses if c)
        return Block(tuple(sides), f"{title}{self._name(change)}", remark, by_document=False)

    def _provisions(self, refs: Iterable[str | None]) -> list[Provision]:
        """In the order of the text."""
        found = [self.corpus.provision(self.corpus.parse(ref)) for ref in dict.fromkeys(refs) if ref]
        return sorted(found, key=lambda p: p.line)

    def _side(self, question: Question, topic: str, own: Provision, others: Sequence[Provision], kind: str) -> Selected:
        """An article whole where it is short, else what of it the other version does not have."""
        if not others or kind in KEPT or len(own.text) <= SHORT:
            return self.select.quoted(question, topic, own.ref, 1.0)
        return Selected(own, changed_pieces(own, others), 1.0)

    def _name(self, change: Change) -> str:
        """（2016年）第六十四条、第六十六条 → （2025年修正）第七十一条."""
        sides = [self._provisions(r.a for r in change), self._provisions(r.b for r in change)]
        return " → ".join(self._short(side) for side in sides if side)

    def _short(self, provisions: Sequence[Provision]) -> str:
        instrument = self.corpus.instrument(provisions[0].ref.document)
        return edition(instrument) + "、".join(p.label.removeprefix(instrument.label) for p in provisions)

    def _listed(self, changes: Sequence[Change]) -> str:
        names = [self._name(c) + self._caption(c) for c in changes[:_NAMED]]
        return "、".join(names) + ("等" if len(changes) > _NAMED else "")

    def _caption(self, change: Change) -> str:
        note = self.topical.index.note(self.corpus.parse(change[0].b or change[0].a or ""))
        return f"（{note.caption}）" if note else ""


def changed_pieces(own: Provision, others: Sequence[Provision]) -> tuple[tuple[Reference, str], ...]:
    """The 款 and 项 of an article that the other version does not have, each 项 with its 款; the first 款 where it has
    them all."""
    theirs = [masked(p.text) for p in others]
    pieces = own.pieces()
    keep = [i for i, (_, text) in enumerate(pieces) if not any(masked(text) in t for t in theirs)] or [0]
    leads = [next(j for j in range(i, -1, -1) if pieces[j][0].item is None) for i in keep]
    return tuple(pieces[i] for i in sorted({*keep, *leads}))


def _changes(comparison: Comparison) -> list[Change]:
    """The rows, those that became one article together."""
    out: dict[str, list[Row]] = {}
    for row in comparison.rows:
        out.setdefault(row.b or f"dropped {row.a}", []).append(row)
    return [tuple(rows) for rows in out.values()]


def _count(n: int) -> str:
    return f"有{n}处" if n else "没有"


def _kept(change: Change) -> bool:
    return all(row.kind in KEPT for row in change)


def _moved(change: Change) -> int:
    """How many characters a change moved."""
    return sum(len(run.a) + len(run.b) for row in change for run in row.runs if run.op != "equal")
