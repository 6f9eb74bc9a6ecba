"""What is wrong with a citation before its words are looked at: not held, no such provision, not in force."""

from __future__ import annotations

from lawqa.check.citation import Citation, Place
from lawqa.check.report import ALTERED, EXACT, NO_SUCH_PROVISION, NOT_HELD, NOT_IN_FORCE, WRONG_ARTICLE
from lawqa.check.verdict import Finding, Judge
from lawqa.check.words import words_of
from lawqa.corpus.label import article_marker
from lawqa.corpus.numerals import to_chinese
from lawqa.corpus.reference import Reference

#: A quotation without a (usable) source is reported where this share of it stands in one provision.
UNATTRIBUTED = 0.8


def place_label(place: Place) -> str:
    """``第七条第一款第（三）项``; numbers that no article can have as they were read."""
    main = place.number.split("-")[0]
    marker = f"第{place.number}条"
    if main.isdigit() and 0 < int(main) < 10_000:
        marker = article_marker(place.number)
    elif not main.isdigit():
        marker = place.number
    return marker + tail_label(place)


def tail_label(place: Place) -> str:
    out = f"第{_numeral(place.paragraph)}款" if place.paragraph is not None else ""
    return out + (f"第（{_numeral(place.item)}）项" if place.item is not None else "")


def _numeral(number: int) -> str:
    return to_chinese(number) if 0 < number < 10_000 else str(number)


def citation_fault(citation: Citation, judge: Judge) -> Finding | None:
    """What is wrong with a citation whatever it is cited for."""
    if not citation.documents:
        entry = judge.corpus.entry(citation.catalog) if citation.catalog else None
        name = f"《{entry.title}》" if entry else f"《{citation.unheld}》"
        return Finding(NOT_HELD, f"{name}只有目录，没有收录正文" if entry else f"没有收录{name}")
    missing = [p for p in citation.places if not p.exists]
    if not missing:
        return None
    document = judge.corpus.instrument(citation.documents[0])
    place = missing[0]
    if place.number in document.verification.gaps:
        return Finding(NOT_HELD, f"{document.label}有{place_label(place)}，但其文字未收录")
    article = judge.passages.at(Reference(document.id, place.number))
    if article is not None and place.ref is not None:
        paragraphs = len(article.provision.paragraphs)
        reason = f"{article.provision.label}共{paragraphs}款，没有{tail_label(place)}"
        return Finding(NO_SUCH_PROVISION, reason, article.ref, article.text)
    extent = f"共{document.last_article}条，没有" if document.last_article else "不分条，没有"
    return Finding(NO_SUCH_PROVISION, f"{document.label}{extent}第{place.number}条")


def located(fault: Finding, words: str, judge: Judge) -> Finding:
    """The fault of the citation, with the place where its words do stand."""
    found = judge.unattributed(words_of(words), UNATTRIBUTED) if words else None
    if found is None or found.ref is None:
        return fault
    if fault.verdict == NO_SUCH_PROVISION and fault.ref and found.verdict == EXACT:
        article = fault.ref.provision
        if found.ref.document == article.document and found.ref.provision != article:
            # the article exists, its 款 does not, and the words are another article's
            return Finding(WRONG_ARTICLE, f"这是{judge.label(found.ref)}的文字；{fault.reason}", found.ref, found.text)
    where = f"；引文见{judge.label(found.ref)}" + ("，有改动" if found.verdict == ALTERED else "")
    return Finding(fault.verdict, fault.reason + where, found.ref, found.text, found.difference)


def pointer(citation: Citation, judge: Judge) -> Finding:
    """A citation without words: the provision is there, and in force."""
    ref = citation.places[0].ref if citation.places else None
    if ref is None:
        return Finding(EXACT, "只提到文件")
    passage = judge.passages.at(ref)
    text = passage.text if passage else None
    if reason := judge.force(ref):
        return Finding(NOT_IN_FORCE, reason, ref, text)
    return Finding(EXACT, "条文存在；没有引文可核对", ref, text)
