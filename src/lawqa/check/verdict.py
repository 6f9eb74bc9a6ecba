"""The rules: from words and the provisions they are given for to a verdict.

Where the words stand decides first. Literal in the cited provision: ``exact`` (``not_in_force`` where that
provision is a draft's, a bill's, superseded or still to come). Literal only elsewhere: ``wrong_article`` in the
same document, ``not_in_force`` under the same number of the version that the cited law replaced,
``wrong_document`` otherwise, so the draft's words given as the Measures' are ``wrong_document``. Literal
nowhere: ``altered`` where enough of them stands in the cited provision, else in another one; ``fabricated``
where they are like nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lawqa.check.passages import Passage, Passages
from lawqa.check.report import (
    ALTERED,
    EXACT,
    FABRICATED,
    NOT_HELD,
    NOT_IN_FORCE,
    WRONG_ARTICLE,
    WRONG_DOCUMENT,
)
from lawqa.check.words import Words
from lawqa.corpus.instrument import Instrument
from lawqa.corpus.label import precise_label
from lawqa.corpus.library import Corpus
from lawqa.corpus.reference import Reference
from lawqa.text.difference import Segment, align, described, segments_of
from lawqa.text.skeleton import Skeleton

#: Share of a quotation that must stand in the cited provision to call it that provision's words, altered.
ALTERED_HERE, ALTERED_ANYWHERE, BETTER_ELSEWHERE = 0.45, 0.6, 0.15
_CONDITION_AHEAD = re.compile(r"可能[^，。；]{2,24}的，$|[^，。；]{2,40}的，$")
_CONDITION_BEHIND = re.compile(r"[，；。]?(?:但是?|除外|(?:法律|行政法规)[^，。；]{0,12}另有规定)[^。]{0,40}")


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict with its reason; ``ref`` is where the words stand (or the provision that was meant)."""

    verdict: str
    reason: str
    ref: Reference | None = None
    text: str | None = None
    difference: tuple[Segment, ...] = ()
    warnings: tuple[str, ...] = ()


class Judge:
    """Applies the rules to one corpus on one day."""

    def __init__(self, corpus: Corpus, passages: Passages, day: date) -> None:
        self.corpus = corpus
        self.passages = passages
        self.day = day

    def label(self, ref: Reference) -> str:
        return precise_label(self.corpus.provision(ref), ref)

    def quotation(self, words: Words, cited: Sequence[Passage], documents: Sequence[str]) -> Finding:
        """``cited``: the provisions named (every one of the document where none was); ``documents``: held ids."""
        for passage in cited:
            if place := passage.find(words.pieces):
                return self._literal(words, passage, place)
        if across := self._across(words, cited):
            return across
        if documents and all(self.corpus.instrument(d).is_digest for d in documents):
            label = self.corpus.instrument(documents[0]).label
            return Finding(NOT_HELD, f"{label}只收录了摘编，没有原文可以对照")
        return self._elsewhere(words, cited, documents) or self._unlike(words, cited, documents)

    def unattributed(self, words: Words, least: float) -> Finding | None:
        """A quotation without a source: where it stands; None where it is like no law held here."""
        standing = self._best_standing(words, ())
        if standing:
            place = standing.find(words.pieces)
            assert place is not None
            found = self._literal(words, standing, place)
            warnings = () if self.corpus.current_on(self._instrument(standing), self.day) else (self._status(standing),)
            return Finding(
                EXACT,
                f"未注明出处，是{self.label(found.ref or standing.ref)}的原文",
                found.ref,
                found.text,
                warnings=warnings,
            )
        best = max(self.passages.candidates(words.joined, 6), key=lambda p: p.coverage(words.joined), default=None)
        if best is None or best.coverage(words.joined) < least:
            return None
        return self._altered(words, best, "未注明出处，与")

    def force(self, ref: Reference) -> str | None:
        """Why the document of ``ref`` is not law in force on the day; None where it is (or claims no force)."""
        instrument = self.corpus.instrument(ref.document)
        status = self.corpus.status_on(instrument, self.day)
        if status in ("现行有效", "不适用"):
            return None
        successor = self.corpus.successor(instrument)
        if status == "征求意见稿":
            return f"{instrument.label}是征求意见稿，未生效" + (f"；正式文本是{successor.label}" if successor else "")
        if status == "已被修改":
            return f"{instrument.label}已被修改" + (f"；现行文本是{successor.label}" if successor else "")
        if status in ("尚未施行", "尚未公布"):
            return f"{instrument.label}在{self.day.isoformat()}{status}"
        return f"{instrument.label}{status}"

    def _instrument(self, passage: Passage) -> Instrument:
        return self.corpus.instrument(passage.ref.document)

    def _status(self, passage: Passage) -> str:
        return self.force(passage.ref) or ""

    def _literal(self, words: Words, passage: Passage, place: tuple[int, int]) -> Finding:
        ref = passage.precise(*place)
        text = passage.literal(*place)
        warnings = self._partial(words, passage)
        if reason := self.force(passage.ref):
            newer = self.successor_place(words, passage)
            moved = f"；相应条文是{self.label(newer.ref)}" if newer else ""
            return Finding(
                NOT_IN_FORCE,
                f"文字相符，但{reason}{moved}",
                newer.ref if newer else ref,
                newer.text if newer else text,
                warnings=warnings,
            )
        return Finding(EXACT, "与原文相符", ref, text, warnings=warnings)

    def successor_place(self, words: Words, passage: Passage) -> Passage | None:
        """Where the text that replaced this one has the words, or the nearest to them."""
        successor = self.corpus.successor(self._instrument(passage))
        if successor is None:
            return None
        pool = self.passages.of(successor.id)
        standing = self.passages.standing(words.pieces, pool)
        best = standing[0] if standing else max(pool, key=lambda p: p.coverage(words.joined), default=None)
        return best if best and best.coverage(words.joined) >= 0.3 else None

    def _partial(self, words: Words, passage: Passage) -> tuple[str, ...]:
        """A literal part of a sentence whose condition or exception was left outside."""
        place = passage.find(words.pieces)
        if place is None:
            return ()
        start, end = passage.skeleton.span(*place)
        out = []
        ahead = passage.text[passage.text.rfind("\n", 0, start) + 1 : start]
        ahead = re.split(r"[。；：]", ahead)[-1]
        if match := _CONDITION_AHEAD.search(ahead):
            out.append(f"引文之前有条件“{match[0].rstrip('，')}”")
        line_end = passage.text.find("\n", end)
        if match := _CONDITION_BEHIND.match(passage.text[end : line_end if line_end >= 0 else len(passage.text)]):
            out.append(f"引文之后有但书“{match[0].strip('，；。')}”")
        return tuple(out)

    def _across(self, words: Words, cited: Sequence[Passage]) -> Finding | None:
        """Words that run over several cited provisions, or are drawn from them in turn."""
        if not 1 < len(cited) <= 60:
            return None
        law = "".join(p.skeleton.text for p in cited)
        at = 0
        for piece in words.pieces:
            found = law.find(piece, at)
            if found < 0:
                return None
            at = found + len(piece)
        reason = next((r for p in cited if (r := self.force(p.ref))), None)
        return Finding(NOT_IN_FORCE if reason else EXACT, reason or "与原文相符", cited[0].ref)

    def _best_standing(self, words: Words, documents: Sequence[str]) -> Passage | None:
        """The passage with the words: of the documents cited, of their relatives, of law in force, of any."""
        standing = self.passages.standing(words.pieces)
        family = self._family(documents)

        def order(passage: Passage) -> tuple[bool, bool, bool, int]:
            instrument = self._instrument(passage)
            current = self.corpus.current_on(instrument, self.day)
            return (instrument.id not in documents, not current, instrument.id not in family, len(passage.text))

        return min(standing, key=order, default=None)

    def _family(self, documents: Sequence[str]) -> set[str]:
        out = set(documents)
        for id in documents:
            instrument = self.corpus.instrument(id)
            for relative in (self.corpus.predecessor(instrument), self.corpus.successor(instrument)):
                if relative:
                    out.add(relative.id)
            out |= {r.id for r in instrument.relations if r.type == "finalizes"}
        return out

    def _elsewhere(self, words: Words, cited: Sequence[Passage], documents: Sequence[str]) -> Finding | None:
        numbers = {p.ref.number for p in cited} if len(cited) <= 60 else set()
        stale = self._stale(words, numbers, documents)
        if stale:
            return stale
        passage = self._best_standing(words, documents)
        if passage is None or len(words.joined) < 4:
            return None
        # a few common words stand somewhere by chance; the cited provision with one word changed is likelier
        if len(words.joined) < 8 and passage.ref.document not in self._family(documents):
            return None
        place = passage.find(words.pieces)
        assert place is not None
        ref, text = passage.precise(*place), passage.literal(*place)
        if passage.ref.document in documents:
            same = any(p.ref.provision == passage.ref.provision for p in cited)
            reason = f"同一条里，但这是{self.label(ref)}" if same else f"这是{self.label(ref)}的文字"
            return Finding(WRONG_ARTICLE, reason, ref, text)
        reason = f"这是{self.label(ref)}的文字"
        if status := self.force(passage.ref):
            reason += f"（{status}）"
        if cited and len(cited) <= 60 and (nearest := max(cited, key=lambda p: p.coverage(words.joined))):
            reason += f"；{self.label(nearest.ref)}不是这样写的"
        return Finding(WRONG_DOCUMENT, reason, ref, text)

    def _stale(self, words: Words, numbers: set[str], documents: Sequence[str]) -> Finding | None:
        """The number and the words of the version that the cited law replaced: the old 网络安全法 第二十一条."""
        for id in documents:
            older = self.corpus.predecessor(self.corpus.instrument(id))
            if older is None:
                continue
            for number in numbers:
                passage = self.passages.at(Reference(older.id, number))
                if passage is None or passage.find(words.pieces) is None:
                    continue
                newer = self.successor_place(words, passage)
                reason = f"这是修改前的{self.label(passage.ref)}的编号和文字"
                if newer is not None:
                    same = newer.find(words.pieces) is not None
                    reason += f"；现行文本为{self.label(newer.ref)}" + ("，文字未变" if same else "，文字已改")
                    return Finding(NOT_IN_FORCE, reason, newer.ref, newer.text)
                return Finding(NOT_IN_FORCE, reason + "；现行文本中已无相应条文", passage.ref, passage.text)
        return None

    def _unlike(self, words: Words, cited: Sequence[Passage], documents: Sequence[str]) -> Finding:
        quote = words.joined
        here = max(cited, key=lambda p: p.coverage(quote), default=None)
        share = here.coverage(quote) if here else 0.0
        family = self._family(documents)
        pool = self.passages.candidates(quote)
        there = max(
            pool, key=lambda p: (p.coverage(quote) + 0.05 * (p.ref.document in family), -len(p.text)), default=None
        )
        best = there.coverage(quote) if there else 0.0
        if here is not None and share >= ALTERED_HERE and share >= best - BETTER_ELSEWHERE:
            return self._altered(words, here, "与")
        if there is not None and best >= ALTERED_ANYWHERE and best > share + BETTER_ELSEWHERE:
            found = self._altered(words, there, "更接近")
            verdict = WRONG_ARTICLE if there.ref.document in documents else WRONG_DOCUMENT
            if self._older(there, cited, documents):
                newer = self.successor_place(words, there)
                where = f"；现行文本见{self.label(newer.ref)}" if newer else ""
                return Finding(NOT_IN_FORCE, found.reason + where, found.ref, found.text, found.difference)
            if there.ref.document in documents and any(p.ref.provision == there.ref.provision for p in cited):
                verdict = ALTERED
            return Finding(verdict, found.reason, found.ref, found.text, found.difference)
        if here is not None and share >= ALTERED_HERE:
            return self._altered(words, here, "与")
        text = here.text if here and len(cited) <= 60 else None
        nearest = f"；最接近的是{self.label(there.ref)}" if there is not None and best >= 0.35 else ""
        return Finding(FABRICATED, f"收录的文件里没有这样的文字{nearest}", here.ref if text and here else None, text)

    def _older(self, passage: Passage, cited: Sequence[Passage], documents: Sequence[str]) -> bool:
        """True where ``passage`` is the same number of the version that the cited law replaced."""
        older = [self.corpus.predecessor(self.corpus.instrument(d)) for d in documents]
        same = any(p.ref.number == passage.ref.number for p in cited)
        return same and any(o is not None and o.id == passage.ref.document for o in older)

    def _altered(self, words: Words, passage: Passage, opening: str) -> Finding:
        alignment = align(words.joined, passage.skeleton.text, passage.breaks)
        # the pieces of a quotation with omissions are compared as one run; the marks themselves do not count
        whole = (
            words.whole if words.whole.text == words.joined else Skeleton(words.joined, tuple(range(len(words.joined))))
        )
        literal = words.text if words.whole.text == words.joined else words.joined
        difference = segments_of(alignment, whole, literal, passage.skeleton, passage.text)
        ref = passage.precise(alignment.start, alignment.end)
        text = passage.sentences(alignment.start, alignment.end) if alignment.end > alignment.start else passage.text
        reason = f"{opening}{self.label(ref)}的原文{'' if opening == '更接近' else '不符'}：{described(difference)}"
        return Finding(ALTERED, reason, ref, text, difference)
