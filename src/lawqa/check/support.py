"""The verdict on a paraphrase: supported by the provisions it is given for, or not and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from lawqa.check.citation import Citation
from lawqa.check.claim import Claim
from lawqa.check.paraphrase import content_of, share_of, support_of
from lawqa.check.passages import Passage, Passages
from lawqa.check.report import FINE, NOT_IN_FORCE, SUPPORTED, UNSUPPORTED, WRONG_ARTICLE
from lawqa.check.verdict import Finding, Judge
from lawqa.check.words import cited_passages, words_of
from lawqa.corpus.library import Corpus
from lawqa.corpus.reference import Reference
from lawqa.text.difference import align
from lawqa.text.skeleton import skeleton_of

#: What follows a semicolon still claims something of the law.
_GOES_ON = re.compile(
    r"(?:并|且|同时|还|违反|情节|拒不|逾期|造成|构成|未|不得|应当|可以|禁止|处|[^，]{0,20}(?:罚款|处罚|吊销|拘留|责任))"
)
NOTHING_LIKE = "条文里找不到这一转述的主要内容"
#: A remark of the author's shares less than this with the article.
_REMARK = 0.35
_WEIGHTY = re.compile(r"不得|不|未|非|可能|[一二三四五六七八九十百千万\d]+(?:日|月|年|元|倍)|除|但|经.{0,4}同意|严重")
#: What must stand in another provision for the paraphrase to be of that one.
_ELSEWHERE, _OLDER, _OTHER_DOCUMENT, _LEAD = 0.8, 0.7, 0.7, 0.25


class Supporter:
    """Judges paraphrases by one judge's corpus and day; ``notes`` gives further words for a provision."""

    def __init__(self, judge: Judge, notes: Callable[[Reference], Iterable[str]]) -> None:
        self.judge = judge
        self.corpus: Corpus = judge.corpus
        self.passages: Passages = judge.passages
        self.notes = notes

    def paraphrase(self, claim: Claim, words: str, named: Sequence[str]) -> Finding:
        """The verdict on a paraphrase; its first part alone where an author's own remark follows a semicolon."""
        finding = self._whole(claim, words)
        if finding.verdict in FINE:
            return finding
        head, _, rest = words.partition("；")
        if rest and len(head) >= 8 and not _GOES_ON.match(rest.strip()):
            share = support_of(rest, cited_passages([c for c in claim.citations if c.documents], self.passages)).share
            first = self._whole(claim, head)
            if first.verdict in (*FINE, NOT_IN_FORCE, WRONG_ARTICLE) and share < _REMARK:
                return first
        for citation in same_number(claim, named, self.passages):
            other = replace(claim, citations=(citation,))
            cited = cited_passages([citation], self.passages)
            if cited and support_of(words, cited).share >= _OTHER_DOCUMENT:
                second = self._whole(other, words)
                if second.verdict in FINE:
                    return second
        return finding

    def _whole(self, claim: Claim, words: str) -> Finding:
        cited = cited_passages([c for c in claim.citations if c.documents], self.passages)
        pieces = words_of(words)
        documents = tuple(dict.fromkeys(d for c in claim.citations for d in c.documents))
        for passage in cited:
            if len(pieces.joined) >= 8 and passage.find(pieces.pieces):
                return self.judge.quotation(pieces, cited, documents)
        near = max(cited, key=lambda p: p.coverage(pieces.joined), default=None)
        if near is None:
            return Finding(UNSUPPORTED, "没有可以对照的条文")
        named = cited[:40]
        if not claim.citations[0].places:
            content = content_of(words)
            named = sorted(cited, key=lambda p: -share_of(content, p))[:3]
        notes = [n for p in named[:6] for n in self.notes(p.ref.provision)]
        support = support_of(words, named, notes)
        faults = list(support.contradictions)
        if near.coverage(pieces.joined) >= 0.75 and (fault := near_literal_fault(words, near)):
            faults.append(fault)
        if support.holds and not faults:
            if reason := self.judge.force(near.ref):
                return Finding(NOT_IN_FORCE, reason, near.ref, near.text)
            return Finding(SUPPORTED, "条文支持这一转述", near.ref, near.text)
        return self._unsupported(words, near, support.share, faults, documents)

    def _unsupported(
        self, words: str, near: Passage, share: float, faults: Sequence[str], documents: Sequence[str]
    ) -> Finding:
        content = content_of(words)
        joined = words_of(words).joined
        for id in documents:
            older = self.corpus.predecessor(self.corpus.instrument(id))
            passage = self.passages.at(Reference(older.id, near.ref.number)) if older else None
            if passage and share_of(content, passage) >= _OLDER and support_of(words, [passage]).holds:
                newer = self.judge.successor_place(words_of(words), passage)
                reason = f"这是修改前的{self.judge.label(passage.ref)}的内容"
                if newer is None:
                    return Finding(NOT_IN_FORCE, reason, passage.ref, passage.text)
                reason += f"；现行文本见{self.judge.label(newer.ref)}"
                return Finding(NOT_IN_FORCE, reason, newer.ref, newer.text)
        pool = [p for p in self.passages.candidates(joined, 20) if p.ref.provision != near.ref.provision]
        own = [p for p in pool if p.ref.document in documents]
        for other in sorted(own, key=lambda p: -share_of(content, p)):
            there = share_of(content, other)
            if there >= _ELSEWHERE and there >= share + _LEAD and support_of(words, [other]).holds:
                reason = f"这是{self.judge.label(other.ref)}的内容"
                return Finding(WRONG_ARTICLE, reason, other.ref, other.text)
            break
        why = "；".join(dict.fromkeys(faults)) or NOTHING_LIKE
        return Finding(UNSUPPORTED, why, near.ref, near.text)


def same_number(claim: Claim, named: Sequence[str], passages: Passages) -> list[Citation]:
    """A bare 第七条 may be another document's of the same text: those that have the article."""
    if any(c.explicit for c in claim.citations):
        return []
    out = []
    for id in named:
        for citation in claim.citations:
            refs = [(p, Reference(id, p.number, p.paragraph, p.item)) for p in citation.places]
            places = tuple(
                replace(p, ref=ref, exists=True)
                for p, ref in refs
                if id not in citation.documents and passages.at(ref) is not None
            )
            if places:
                out.append(replace(citation, documents=(id,), places=places))
    return out


def near_literal_fault(claim: str, passage: Passage) -> str | None:
    """What is wrong with a paraphrase that is almost the law's wording: a negation, duty, number or condition
    that was dropped or changed; None where only harmless words differ."""
    quote = skeleton_of(claim)
    alignment = align(quote.text, passage.skeleton.text)
    for tag, a, b, c, d in alignment.ops:
        if tag == "equal":
            continue
        ours, theirs = quote.text[a:b], passage.skeleton.text[c:d].replace("未成年", "")
        lost = [w for w in _WEIGHTY.findall(theirs) if w not in quote.text]
        if re.search(r"不|禁|未|非|无|防|避免", quote.text):
            lost = [w for w in lost if w not in ("不得", "不", "未", "非")]
        if lost and not _WEIGHTY.search(ours) and 2 <= len(theirs) <= 40:
            return f"漏去“{theirs}”" if not ours else f"“{theirs}”说成“{ours}”"
    return None
