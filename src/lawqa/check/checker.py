"""``check``: reads a text, finds what it claims of the law, judges every claim."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from lawqa.check.citation import Citation, Place, find_citations
from lawqa.check.claim import COLON, PARAPHRASE, POINTER, QUOTATION, Claim, find_claims, masked
from lawqa.check.lines import joined_lines
from lawqa.check.names import TextTitles
from lawqa.check.paraphrase import content_of, near_literal_fault, quantities, share_of, support_of
from lawqa.check.passages import Passage, Passages
from lawqa.check.quotation import Quotation, find_quotations
from lawqa.check.report import (
    ALTERED,
    EXACT,
    FABRICATED,
    FINE,
    NO_SUCH_PROVISION,
    NOT_HELD,
    NOT_IN_FORCE,
    SUPPORTED,
    UNSUPPORTED,
    WRONG_ARTICLE,
    CheckedCitation,
    CheckReport,
)
from lawqa.check.skeleton import skeleton_of
from lawqa.check.verdict import Finding, Judge, cited_passages, words_of
from lawqa.corpus.label import article_marker
from lawqa.corpus.library import Corpus
from lawqa.corpus.numerals import to_chinese
from lawqa.corpus.reference import Reference
from lawqa.corpus.titles import Titles
from lawqa.errors import UsageError

MAX_CHARS = 500_000
_UNATTRIBUTED = 0.8
_OPENING, _CLOSING = tuple('“「『"＂'), tuple('”」』"＂')
#: What follows a semicolon still claims something of the law.
_GOES_ON = re.compile(
    r"(?:并|且|同时|还|违反|情节|拒不|逾期|造成|构成|未|不得|应当|可以|禁止|处|[^，]{0,20}(?:罚款|处罚|吊销|拘留|责任))"
)
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
            if "条" not in words and "rticle" not in words or any(s < b and a < e for s, e in words_claimed):
                continue
            pieces = words_of(words)
            candidates = self.passages.candidates(pieces.joined, 4)
            if not pieces.joined or any(p.coverage(pieces.joined) >= 0.6 for p in candidates):
                continue
            within = find_quotations(words)
            hidden = masked(words, within)
            for claim in find_claims(words, hidden, within, find_citations(hidden, titles, day, self.primary)):
                out += [_moved(c, a) for c in self._checked(claim, words, judge)]
        return out

    def _checked(self, claim: Claim, text: str, judge: Judge, named: Sequence[str] = ()) -> list[CheckedCitation]:
        if not claim.citations:
            found = judge.unattributed(words_of(text[claim.start : claim.end]), _UNATTRIBUTED)
            return [self._entry(claim, None, QUOTATION, found, text, judge)] if found else []
        main = claim.citations[0]
        out = []
        # of a list of citations, those that cannot be right are reported on their own
        for citation in claim.citations[1:]:
            if fault := self._fault(citation, judge):
                pointer = Claim((citation,), POINTER, citation.start, citation.end)
                out.append(self._entry(pointer, citation, POINTER, fault, text, judge))
        words, form, start, end = self._words(claim, text)
        claim = Claim(claim.citations, claim.kind, start, end, claim.introduced, claim.doubtful_source)
        held = tuple(c for c in claim.citations if c.documents)
        fault = self._fault(main, judge)
        if form == QUOTATION and held and (len(claim.citations) > 1 or fault is None):
            finding: Finding | None = self._quotation(claim, held, words, judge, named)
            if finding is None:
                return out
        elif fault is not None:
            finding = self._located(fault, words, judge) if form == QUOTATION else fault
        elif form == PARAPHRASE:
            finding = self._supported(claim, words, judge, named)
        else:
            finding = self._pointer(main, judge)
        if not main.places and form == POINTER:
            return out  # the mere name of a document claims nothing
        return [*out, self._entry(claim, main, form, finding, text, judge)]

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
        for others in (self._same_number(claim, named), [c for c in claim.doubtful_source if c.documents]):
            ids = tuple(dict.fromkeys(d for c in others for d in c.documents))
            second = judge.quotation(words, cited_passages(others, self.passages), ids) if others else finding
            if second.verdict == EXACT:
                return second
        return self._term(claim, finding, words.joined)

    def _same_number(self, claim: Claim, named: Sequence[str]) -> list[Citation]:
        """A bare 第七条 may be another document's of the same text: those that have the article."""
        if any(c.explicit for c in claim.citations):
            return []
        out = []
        for id in named:
            for citation in claim.citations:
                places = tuple(
                    replace(p, ref=replace(p.ref, document=id), exists=True)
                    for p in citation.places
                    if p.ref and id not in citation.documents and self.passages.at(replace(p.ref, document=id))
                )
                if places:
                    out.append(replace(citation, documents=(id,), places=places))
        return out

    @staticmethod
    def _term(claim: Claim, finding: Finding, words: str) -> Finding | None:
        """Marked words that nothing introduces as the law's and that are like nothing in it are a term."""
        if claim.introduced or len(words) >= 16:
            return finding
        if finding.verdict == FABRICATED or (finding.verdict not in (EXACT, ALTERED, NOT_IN_FORCE) and len(words) < 12):
            return None
        return finding

    def _supported(self, claim: Claim, words: str, judge: Judge, named: Sequence[str]) -> Finding:
        """The verdict on a paraphrase; its first part alone where an author's own remark follows a semicolon."""
        finding = self._paraphrase(claim, words, judge)
        if finding.verdict in FINE:
            return finding
        head, _, rest = words.partition("；")
        if rest and len(head) >= 8 and not _GOES_ON.match(rest.strip()):
            share = support_of(rest, cited_passages([c for c in claim.citations if c.documents], self.passages)).share
            first = self._paraphrase(claim, head, judge)
            if first.verdict in (*FINE, NOT_IN_FORCE, WRONG_ARTICLE) and share < 0.35:
                return first
        for citation in self._same_number(claim, named):
            other = replace(claim, citations=(citation,))
            cited = cited_passages([citation], self.passages)
            if cited and support_of(words, cited).share >= 0.7:
                second = self._paraphrase(other, words, judge)
                if second.verdict in FINE:
                    return second
        return finding

    def _paraphrase(self, claim: Claim, words: str, judge: Judge) -> Finding:
        cited = cited_passages([c for c in claim.citations if c.documents], self.passages)
        pieces = words_of(words)
        documents = tuple(dict.fromkeys(d for c in claim.citations for d in c.documents))
        for passage in cited:
            if len(pieces.joined) >= 8 and passage.find(pieces.pieces):
                return judge.quotation(pieces, cited, documents)
        near = max(cited, key=lambda p: p.coverage(pieces.joined), default=None)
        if near is None:
            return Finding(UNSUPPORTED, "没有可以对照的条文")
        named = [p for p in cited if claim.citations[0].places] or [near]
        notes = [n for p in named[:6] for n in self.notes(p.ref.provision)]
        support = support_of(words, named[:40], notes)
        faults = list(support.contradictions)
        if near.coverage(pieces.joined) >= 0.75 and (fault := near_literal_fault(words, near)):
            faults.append(fault)
        if support.holds and not faults:
            if reason := judge.force(near.ref):
                return Finding(NOT_IN_FORCE, reason, near.ref, near.text)
            return Finding(SUPPORTED, "条文支持这一转述", near.ref, near.text)
        return self._unsupported(words, near, support.share, faults, documents, judge)

    def _unsupported(
        self, words: str, near: Passage, share: float, faults: Sequence[str], documents: Sequence[str], judge: Judge
    ) -> Finding:
        content = content_of(words)
        joined = words_of(words).joined
        for id in documents:
            older = self.corpus.predecessor(self.corpus.instrument(id))
            passage = self.passages.at(Reference(older.id, near.ref.number)) if older else None
            if passage and share_of(content, passage) >= 0.7 and support_of(words, [passage]).holds:
                newer = judge.successor_place(words_of(words), passage)
                reason = f"这是修改前的{judge.label(passage.ref)}的内容"
                if newer is None:
                    return Finding(NOT_IN_FORCE, reason, passage.ref, passage.text)
                reason += f"；现行文本见{judge.label(newer.ref)}"
                return Finding(NOT_IN_FORCE, reason, newer.ref, newer.text)
        pool = [p for p in self.passages.candidates(joined, 20) if p.ref.provision != near.ref.provision]
        own = [p for p in pool if p.ref.document in documents]
        for other in sorted(own, key=lambda p: -share_of(content, p)):
            there = share_of(content, other)
            if there >= 0.8 and there >= share + 0.25 and support_of(words, [other]).holds:
                reason = f"这是{judge.label(other.ref)}的内容"
                return Finding(WRONG_ARTICLE, reason, other.ref, other.text)
            break
        why = "；".join(dict.fromkeys(faults)) or "条文里找不到这一转述的主要内容"
        return Finding(UNSUPPORTED, why, near.ref, near.text)

    def _fault(self, citation: Citation, judge: Judge) -> Finding | None:
        """What is wrong with a citation whatever it is cited for."""
        if not citation.documents:
            entry = self.corpus.entry(citation.catalog) if citation.catalog else None
            name = f"《{entry.title}》" if entry else f"《{citation.unheld}》"
            return Finding(NOT_HELD, f"{name}只有目录，没有收录正文" if entry else f"没有收录{name}")
        missing = [p for p in citation.places if not p.exists]
        if not missing:
            return None
        document = self.corpus.instrument(citation.documents[0])
        place = missing[0]
        if place.number in document.verification.gaps:
            return Finding(NOT_HELD, f"{document.label}有第{place.number}条，但其文字未收录")
        article = self.passages.at(Reference(document.id, place.number))
        if article is not None and place.ref is not None:
            paragraphs = len(article.provision.paragraphs)
            reason = f"{article.provision.label}共{paragraphs}款，没有{_tail(place)}"
            return Finding(NO_SUCH_PROVISION, reason, article.ref, article.text)
        extent = f"共{document.last_article}条，没有" if document.last_article else "不分条，没有"
        return Finding(NO_SUCH_PROVISION, f"{document.label}{extent}第{place.number}条")

    def _located(self, fault: Finding, words: str, judge: Judge) -> Finding:
        """The fault of the citation, with the place where its words do stand."""
        found = judge.unattributed(words_of(words), _UNATTRIBUTED) if words else None
        if found is None or found.ref is None:
            return fault
        if fault.verdict == NO_SUCH_PROVISION and fault.ref and found.verdict == EXACT:
            article = fault.ref.provision
            if found.ref.document == article.document and found.ref.provision != article:
                # the article exists, its 款 does not, and the words are another article's
                return Finding(
                    WRONG_ARTICLE, f"这是{judge.label(found.ref)}的文字；{fault.reason}", found.ref, found.text
                )
        where = f"；引文见{judge.label(found.ref)}" + ("，有改动" if found.verdict == ALTERED else "")
        return Finding(fault.verdict, fault.reason + where, found.ref, found.text, found.difference)

    def _pointer(self, citation: Citation, judge: Judge) -> Finding:
        ref = citation.places[0].ref if citation.places else None
        if ref is None:
            return Finding(EXACT, "只提到文件")
        passage = self.passages.at(ref)
        text = passage.text if passage else None
        if reason := judge.force(ref):
            return Finding(NOT_IN_FORCE, reason, ref, text)
        return Finding(EXACT, "条文存在；没有引文可核对", ref, text)

    def _entry(
        self, claim: Claim, main: Citation | None, form: str, finding: Finding, text: str, judge: Judge
    ) -> CheckedCitation:
        spans = [(c.start, c.end) for c in claim.citations] + ([(claim.start, claim.end)] if form != POINTER else [])
        start, end = min(s for s, _ in spans), max(e for _, e in spans)
        if text[end : end + 1] in _CLOSING and end == claim.end:
            end += 1
        if text[start - 1 : start] in _OPENING and start == claim.start:
            start -= 1
        claimed = main.places[0].ref if main and main.places else None
        if claimed is not None:
            name, label = str(claimed), self._label(main, main.places[0]) if main else None
        else:
            name, label = self._whole(main)
        return CheckedCitation(
            span=(start, end),
            text=text[start:end],
            form=form,
            claimed_ref=name,
            claimed_label=label,
            quote=text[claim.start : claim.end] if form != POINTER else None,
            quote_span=(claim.start, claim.end) if form != POINTER else None,
            verdict=finding.verdict,
            reason=finding.reason,
            difference=finding.difference,
            correct_ref=str(finding.ref) if finding.ref else None,
            correct_label=judge.label(finding.ref) if finding.ref else None,
            correct_text=finding.text,
            warnings=finding.warnings,
        )

    def _label(self, citation: Citation, place: Place) -> str:
        title = self.corpus.instrument(citation.documents[0]).label
        return (
            title
            + (article_marker(place.number) if place.number.split("-")[0].isdigit() else place.number)
            + _tail(place)
        )

    def _whole(self, main: Citation | None) -> tuple[str | None, str | None]:
        if main is None:
            return None, None
        marker = ""
        if (
            main.places
            and main.places[0].number.split("-")[0].isdigit()
            and 0 < int(main.places[0].number.split("-")[0]) < 10_000
        ):
            marker = article_marker(main.places[0].number) + _tail(main.places[0])
        if main.documents:
            return main.documents[0], self.corpus.instrument(main.documents[0]).label + marker
        if main.catalog and (entry := self.corpus.entry(main.catalog)):
            return entry.ref, f"《{entry.title}》{marker}"
        return None, f"《{main.unheld}》{marker}" if main.unheld else None


def _tail(place: Place) -> str:
    out = f"第{to_chinese(place.paragraph)}款" if place.paragraph and 0 < place.paragraph < 10_000 else ""
    return out + (f"第（{to_chinese(place.item)}）项" if place.item and 0 < place.item < 10_000 else "")


def _moved(entry: CheckedCitation, by: int) -> CheckedCitation:
    span = (entry.span[0] + by, entry.span[1] + by)
    quote = (entry.quote_span[0] + by, entry.quote_span[1] + by) if entry.quote_span else None
    return replace(entry, span=span, quote_span=quote)
