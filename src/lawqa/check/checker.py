"""``check``: reads a text, finds what it claims of the law, judges every claim."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from lawqa.check.citation import Citation, find_citations
from lawqa.check.claim import COLON, PARAPHRASE, POINTER, QUOTATION, Claim, find_claims
from lawqa.check.entry import entry, moved
from lawqa.check.fault import UNATTRIBUTED, citation_fault, located, pointer
from lawqa.check.lines import joined_lines
from lawqa.check.mask import masked
from lawqa.check.names import TextTitles
from lawqa.check.paraphrase import quantities
from lawqa.check.passages import Passage, Passages
from lawqa.check.quotation import Quotation, find_quotations
from lawqa.check.report import (
    ALTERED,
    EXACT,
    FABRICATED,
    NOT_IN_FORCE,
    WRONG_ARTICLE,
    WRONG_DOCUMENT,
    CheckedCitation,
    CheckReport,
)
from lawqa.check.support import NOTHING_LIKE, Supporter, same_number
from lawqa.check.verdict import Finding, Judge
from lawqa.check.words import cited_passages, words_of
from lawqa.corpus.library import Corpus
from lawqa.corpus.naming import places
from lawqa.corpus.reference import Reference
from lawqa.corpus.titles import Titles
from lawqa.errors import UsageError
from lawqa.text.normalise import fold
from lawqa.text.skeleton import skeleton_of

MAX_CHARS = 500_000
#: Reading names and articles costs the square of their number: so many take about two seconds.
MAX_PLACES = 3000
#: Verdicts that find the words in another provision.
ELSEWHERE = (WRONG_ARTICLE, WRONG_DOCUMENT)
_SENTENCES = re.compile(r"[^。！？；;\n]*[。！？；;\n]?[”\"」』）]*")


class Checker:
    """Checks texts against one corpus; safe to share between threads.

    ``notes`` gives further words of ours for a provision (captions, questions), which help to recognise a
    paraphrase in everyday words.
    """

    def __init__(
        self,
        corpus: Corpus,
        titles: Titles,
        primary: str | None,
        notes: Callable[[Reference], Iterable[str]] = lambda ref: (),
    ) -> None:
        self.corpus = corpus
        self.titles = titles
        self.primary = primary if primary and corpus.has(primary) else None
        self.notes = notes
        self.passages = Passages(corpus)

    def check(self, text: str, day: date) -> CheckReport:
        """Every citation of ``text`` with its verdict by the law of ``day``; UsageError where it is too long."""
        if len(text) > MAX_CHARS:
            raise UsageError(f"文本有{len(text)}字，一次最多核对{MAX_CHARS}字：请分开核对")
        if (found := places(fold(text), self.titles)) > MAX_PLACES:
            raise UsageError(f"文本里像引用的地方有{found}处，一次最多核对{MAX_PLACES}处：请分开核对")
        judge = Judge(self.corpus, self.passages, day)
        titles = TextTitles(self.titles, text, day)
        lines = joined_lines(text)
        quotations = find_quotations(lines)
        hidden = masked(lines, quotations)
        citations = find_citations(hidden, titles, day, self.primary)
        claims = find_claims(text, hidden, quotations, citations)
        named = tuple(dict.fromkeys(d for c in citations if c.explicit for d in c.documents))
        out = [c for claim in claims for c in self._checked(claim, text, judge, named)]
        out += self._inside(text, quotations, claims, judge, titles, day)
        return CheckReport(text, day.isoformat(), tuple(sorted(out, key=lambda c: c.span)))

    def _inside(
        self,
        text: str,
        quotations: Sequence[Quotation],
        claims: Sequence[Claim],
        judge: Judge,
        titles: TextTitles,
        day: date,
    ) -> list[CheckedCitation]:
        """Citations inside quotations that are not the law's words: what somebody said about the law."""
        out: list[CheckedCitation] = []
        words_claimed = [(c.start, c.end) for c in claims if c.kind == QUOTATION and c.citations]
        for quotation in quotations:
            a, b = quotation.inner_start, quotation.inner_end
            words = text[a:b]
            if ("条" not in words and "rticle" not in words) or any(s < b and a < e for s, e in words_claimed):
                continue
            pieces = words_of(words)
            candidates = self.passages.candidates(pieces.joined, 4)
            if not pieces.joined or any(p.coverage(pieces.joined) >= 0.6 for p in candidates):
                continue
            within = find_quotations(words)
            hidden = masked(words, within)
            for claim in find_claims(words, hidden, within, find_citations(hidden, titles, day, self.primary)):
                out += [moved(c, a) for c in self._checked(claim, words, judge)]
        return out

    def _checked(self, claim: Claim, text: str, judge: Judge, named: Sequence[str] = ()) -> list[CheckedCitation]:
        if not claim.citations:
            found = judge.unattributed(words_of(text[claim.start : claim.end]), UNATTRIBUTED)
            return [entry(claim, None, QUOTATION, found, text, judge)] if found else []
        main = claim.citations[0]
        out = []
        # of a list of citations, those that cannot be right are reported on their own
        for citation in claim.citations[1:]:
            if fault := citation_fault(citation, judge):
                alone = Claim((citation,), POINTER, citation.start, citation.end)
                out.append(entry(alone, citation, POINTER, fault, text, judge))
        words, form, start, end = self._words(claim, text)
        claim = Claim(claim.citations, claim.kind, start, end, claim.introduced, claim.doubtful_source)
        held = tuple(c for c in claim.citations if c.documents)
        fault = citation_fault(main, judge)
        if form == QUOTATION and held and (len(claim.citations) > 1 or fault is None):
            finding: Finding | None = self._quotation(claim, held, words, judge, named)
            if finding is None:
                return out
        elif fault is not None and form == QUOTATION and (other := self._elsewhere(claim, words, judge, named)):
            finding = other
        elif fault is not None:
            finding = located(fault, words, judge) if form == QUOTATION else fault
        elif form == PARAPHRASE:
            finding = Supporter(judge, self.notes).paraphrase(claim, words, named)
        else:
            finding = pointer(main, judge)
        if not main.places and (form == POINTER or finding.reason == NOTHING_LIKE):
            return out  # the mere name of a document claims nothing, nor does a remark on it as a whole
        return [*out, entry(claim, main, form, finding, text, judge)]

    def _words(self, claim: Claim, text: str) -> tuple[str, str, int, int]:
        """The words of a claim, and what they are: a colon may announce a quotation or a paraphrase."""
        words = text[claim.start : claim.end]
        if claim.kind == POINTER:
            return "", POINTER, claim.start, claim.end
        if claim.kind == QUOTATION:
            return words, QUOTATION, claim.start, claim.end
        chinese = len(re.findall(r"[\u4e00-\u9fff]", words))
        if chinese < 6 and not (quantities(words) or (claim.kind == COLON and chinese >= 4)):
            return "", POINTER, claim.citations[0].start, claim.citations[-1].end
        if claim.kind == PARAPHRASE:
            return words, PARAPHRASE, claim.start, claim.end
        cited = cited_passages(claim.citations, self.passages)
        if claim.kind == COLON:
            words = words[: self._extent(words, cited)].rstrip()
        pieces = words_of(words).joined
        colon = text[: claim.start].rstrip().endswith(("：", ":"))
        if len(pieces) < 12 and not colon and not any(p.find([pieces]) for p in cited):
            return "", POINTER, claim.citations[0].start, claim.citations[-1].end
        pool = [*cited, *self.passages.candidates(pieces, 6)]
        near = max((p.coverage(pieces) for p in pool), default=0.0)
        form = QUOTATION if near >= 0.8 else PARAPHRASE
        return words, form, claim.start, claim.start + len(words)

    def _extent(self, words: str, cited: Sequence[Passage]) -> int:
        """How far words behind a colon are the law's: sentence by sentence, while they are like the cited text."""
        end = 0
        for match in _SENTENCES.finditer(words):
            sentence = skeleton_of(match[0], quotation=True).text
            if not sentence:
                end = match.end() if match[0] else end
                continue
            like = max((p.coverage(sentence) for p in cited), default=0.0)
            if end and like < 0.6:
                break
            end = match.end()
            if not cited or like < 0.6:
                break
        return end or len(words)

    def _quotation(
        self, claim: Claim, held: Sequence[Citation], text: str, judge: Judge, named: Sequence[str]
    ) -> Finding | None:
        words = words_of(text)
        if not words.pieces:
            return None
        documents = tuple(dict.fromkeys(d for c in held for d in c.documents))
        cited = cited_passages(held, self.passages)
        finding = judge.quotation(words, cited, documents)
        if finding.verdict == EXACT:
            return finding
        for others in (same_number(claim, named, self.passages), [c for c in claim.doubtful_source if c.documents]):
            ids = tuple(dict.fromkeys(d for c in others for d in c.documents))
            second = judge.quotation(words, cited_passages(others, self.passages), ids) if others else finding
            if second.verdict == EXACT:
                return second
        return self._term(claim, finding, words.joined)

    def _elsewhere(self, claim: Claim, text: str, judge: Judge, named: Sequence[str]) -> Finding | None:
        """The literal words of a bare 第七条 that context gave to a document that cannot have them."""
        others = same_number(claim, named, self.passages)
        ids = tuple(dict.fromkeys(d for c in others for d in c.documents))
        words = words_of(text)
        if not others or not words.pieces:
            return None
        finding = judge.quotation(words, cited_passages(others, self.passages), ids)
        return finding if finding.verdict == EXACT else None

    @staticmethod
    def _term(claim: Claim, finding: Finding, words: str) -> Finding | None:
        """Marked words that nothing introduces as the law's and that are like nothing in it are a term."""
        if len(words) < 8 and (finding.verdict == FABRICATED or (finding.verdict in ELSEWHERE and finding.difference)):
            return None  # “大数据杀熟” is what people call it, and no law's words
        if claim.introduced or len(words) >= 16:
            return finding
        if finding.verdict == FABRICATED or (finding.verdict not in (EXACT, ALTERED, NOT_IN_FORCE) and len(words) < 12):
            return None
        return finding
