"""What a text claims of the law: citations put together with the quotations and paraphrases they go with."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from lawqa.check.citation import Citation
from lawqa.check.mask import is_name
from lawqa.check.phrases import (
    ACT,
    AFTER_BASIS,
    AS_REQUIRED,
    BASIS,
    BEFORE_COLON,
    COMMENT,
    CONDUCT,
    DENIES,
    FIELDS,
    GLOSS,
    INTRODUCES,
    ITEM_LINE,
    LINE_BODY,
    LINE_START,
    LINK,
    MASK,
    NO_GLOSS,
    SAYS,
    STOP,
    TRAILING,
    VERB,
)
from lawqa.check.quotation import Quotation
from lawqa.text.skeleton import skeleton_of

QUOTATION, COLON, FIELD, PARAPHRASE, POINTER = "quotation", "colon", "field", "paraphrase", "pointer"
#: No claim reaches farther than this many characters from its citation.
_REACH = 1200
#: A law speaks of itself so, and a text that copies it does.
_OWN_LAW = re.compile(r"本(?:法|办法|规定|条例|规范)")
#: Nor over more citations than this.
_NEAR = 400
#: Shorter than this, marked words that nothing introduces are a term, not a quotation.
_TERM, _INTRODUCED_TERM, _UNCITED = 9, 5, 12


@dataclass(frozen=True, slots=True)
class Claim:
    """``citations`` (a list in the text may have several; none for a quotation without a source) and the words
    ``text[start:end]`` that are given as theirs; ``kind`` is QUOTATION, COLON or FIELD (words behind a colon, or
    in a field beside the citation: a quotation or not, the law decides), PARAPHRASE, or POINTER (no words)."""

    citations: tuple[Citation, ...]
    kind: str
    start: int
    end: int
    introduced: bool = False
    doubtful_source: tuple[Citation, ...] = ()


def find_claims(text: str, hidden: str, quotations: Sequence[Quotation], citations: Sequence[Citation]) -> list[Claim]:
    """Every claim of ``text`` in order; ``hidden`` is its masked form."""
    groups = _groups(hidden, citations)
    ends = [g[-1].end for g in groups]
    claims: list[Claim] = []
    served: set[int] = set()
    for quotation in quotations:
        words = quotation.words(text)
        length = len(skeleton_of(words, quotation=True).text)
        chinese = sum("\u4e00" <= c <= "\u9fff" for c in words)
        if is_name(words) or length < 2 or chinese < 2:
            continue
        first = bisect_left(ends, quotation.start - _REACH)
        near = groups[first : first + _NEAR]
        claim = _attached(quotation, length, text, hidden, near)
        if claim is None:
            continue
        if claim.citations:
            served.add(claim.citations[-1].start)
        claims.append(claim)
    place = 0
    spoken = sorted((c.start, c.end) for c in claims)
    for i, group in enumerate(groups):
        while place < len(spoken) and spoken[place][1] < group[-1].end:
            place += 1
        inside = place < len(spoken) and spoken[place][0] <= group[0].start
        inside |= bool(claims) and claims[-1].start <= group[0].start and group[-1].end <= claims[-1].end
        own = _OWN_LAW.match(hidden, group[0].start)
        if group[-1].start in served or (inside and (own or not group[-1].places)):
            continue  # the words of an article name documents too: 不符合本办法规定的
        after = islice(groups, i + 1, None)
        following = next(
            (g[0].start for g in after if g[-1].places and not _OWN_LAW.match(hidden, g[0].start)), len(text)
        )
        previous = groups[i - 1][-1].end if i else 0
        claims.append(_unquoted(group, previous, following, hidden))
    return sorted(claims, key=lambda c: (min([c.start, *(x.start for x in c.citations)]), c.start))


def _groups(hidden: str, citations: Sequence[Citation]) -> list[tuple[Citation, ...]]:
    """Citations side by side claim together: 《A》第三条、《B》第五条规定……."""
    out: list[list[Citation]] = []
    for citation in citations:
        last = out[-1][-1] if out else None
        if last and last.places and citation.places and LINK.match(hidden[last.end : citation.start]):
            out[-1].append(citation)
        else:
            out.append([citation])
    return [tuple(g) for g in out]


def _attached(
    quotation: Quotation, length: int, text: str, hidden: str, groups: Sequence[tuple[Citation, ...]]
) -> Claim | None:
    start, end = quotation.inner_start, quotation.inner_end
    own = next((g for g in groups if start <= g[0].start <= start + 6 and g[0].places and g[0].end <= end), None)
    if own is not None:  # “第七条　生成式人工智能服务提供者……”
        return Claim(own, QUOTATION, own[0].end, end, introduced=True)
    behind = next((g for g in groups if g[0].start >= quotation.end), None)
    if field := _field(quotation, length, hidden, groups, behind):
        return field
    if (
        behind
        and TRAILING.match(hidden[quotation.end : behind[0].start])
        and _same_breath(hidden, quotation, behind[0])
    ):
        bracket = hidden[quotation.end : behind[0].start].rstrip()[-1:] in "（(—[【"
        if bracket or not _before(quotation, hidden, groups):
            return (
                Claim(behind, QUOTATION, start, end, introduced=length >= _INTRODUCED_TERM)
                if length >= _INTRODUCED_TERM
                else None
            )
    before = _before(quotation, hidden, groups)
    lead = hidden[max(0, quotation.start - 24) : quotation.start]
    introduced = bool(INTRODUCES.search(lead)) or quotation.block
    if before:
        if DENIES.search(lead):
            return None
        if length < (_INTRODUCED_TERM if introduced else _TERM):
            return None
        speaks = VERB.match(hidden, before[-1][-1].end)
        others = () if speaks else tuple(c for g in before[:-1] for c in g)
        return Claim(before[-1], QUOTATION, start, end, introduced, others)
    return Claim((), QUOTATION, start, end) if length >= _UNCITED else None


def _field(
    quotation: Quotation,
    length: int,
    hidden: str,
    groups: Sequence[tuple[Citation, ...]],
    behind: tuple[Citation, ...] | None,
) -> Claim | None:
    """Fields of one record: {"law": "《…》第二十九条", "text": "处理敏感个人信息……"}, in either order."""
    if hidden[quotation.start] not in "\"'" or length < _TERM:
        return None
    before = next((g for g in reversed(groups) if g[-1].end <= quotation.start), None)
    for group, gap in (
        (before, hidden[before[-1].end : quotation.start] if before else ""),
        (behind, hidden[quotation.end : behind[0].start] if behind else ""),
    ):
        # it stands in marks of its own, and only keys lie between
        if group and len(gap) <= 60 and gap.count('"') + gap.count("'") >= 1 and FIELDS.fullmatch(gap):
            return Claim(group, FIELD, quotation.inner_start, quotation.inner_end, introduced=True)
    return None


def _same_breath(hidden: str, quotation: Quotation, citation: Citation) -> bool:
    return "\n\n" not in hidden[quotation.end : citation.start]


def _before(quotation: Quotation, hidden: str, groups: Sequence[tuple[Citation, ...]]) -> list[tuple[Citation, ...]]:
    """The groups before a quotation that it may belong to: of its sentence, or that announce it with a colon."""
    out = []
    for group in groups:
        if group[-1].end > quotation.start:
            break
        gap = re.sub(rf"[“\"「『]?[{MASK}\n]*{MASK}[”\"」』]?", "", hidden[group[-1].end : quotation.start])
        raw = hidden[group[-1].end : quotation.start]
        if "\n" in raw and MASK in raw:
            continue  # a quotation on an earlier line took it
        line = hidden[hidden.rfind("\n", 0, group[0].start) + 1 : group[0].start]
        if _close(gap, heading=MASK not in line):
            out.append(group)
    if out and not out[-1][-1].places:
        # 第十二条规定应当按照《深度合成规定》“进行标识”: the article speaks, not the document it names
        gap = hidden[out[-1][-1].end : quotation.start]
        articles = [g for g in out if g[-1].places]
        if articles and not VERB.match(gap):
            out.append(articles[-1])
    return out


def _close(gap: str, heading: bool) -> bool:
    if not STOP.search(gap):
        return len(gap) <= 160
    head = gap.rstrip(' \t\n>*-•·“"「『1234567890.、')
    if head.endswith(("：", ":")):
        return len(head) <= 80 and len(STOP.findall(head)) <= 1
    # a heading, with the words below it
    return heading and "。" not in head and len(head) <= 40 and "\n" not in head.strip() and "\n" in gap[len(head) :]


def _unquoted(group: tuple[Citation, ...], previous: int, following: int, hidden: str) -> Claim:
    start, end = group[0].start, group[-1].end
    paragraph_end = _line_end(hidden, end)
    if group[-1].places:
        at_line_start = LINE_START.search(hidden[max(0, start - 120) : start]) or start == 0
        body = LINE_BODY.match(hidden, end) if at_line_start else None
        if body and not SAYS.match(hidden, body.end()):
            return Claim(group, COLON, body.end(), _items_end(hidden, body.end(), paragraph_end, following))
    gloss = GLOSS.match(hidden, end)
    if gloss and group[-1].places and MASK not in gloss["words"] and not NO_GLOSS.match(gloss["words"]):
        return Claim(group, PARAPHRASE, gloss.start("words"), gloss.end("words"))
    colon = BEFORE_COLON.match(hidden, end)
    if colon and colon.end() < following and (group[-1].places or VERB.match(hidden, end)):
        return Claim(group, COLON, colon.end(), _items_end(hidden, colon.end(), paragraph_end, following))
    stop = STOP.search(hidden, end)
    sentence_end = min(stop.start() if stop else len(hidden), following)
    if following < len(hidden) and sentence_end == following and hidden[following - 1] in "（([":
        # “第二十四条规定，……备案，……注销（第二十四条第三款）”: the last clause is the next citation's
        comma = max(hidden.rfind("，", end, following), hidden.rfind("；", end, following))
        sentence_end = comma if comma > end + 8 else following
    sentence_end = _trimmed(hidden, end, sentence_end)
    if comment := COMMENT.search(hidden, end + 8, sentence_end):
        sentence_end = comment.start()
    if hidden[start - 1 : start] in ("（", "(", "【", "[") or re.search(
        r"[（(](?:参见|详见|见|根据|依据)?[:：\s]*$", hidden[max(0, start - 6) : start]
    ):
        opening = max(hidden.rfind(b, 0, start) for b in "（([【")
        clause = max(previous, *(hidden.rfind(b, 0, opening) + 1 for b in "。！？!?\n；;"))
        if clause == previous and previous:
            comma = max(hidden.rfind("，", clause, opening), hidden.rfind("；", clause, opening))
            clause = comma + 1 if opening - comma > 6 and comma > clause + 8 else clause
        while clause < opening and (hidden[clause] in "）)]】，,、 \t*-•>" or hidden[clause] in "。；"):
            clause += 1
        if opening - clause >= 6 and group[-1].places:
            return Claim(group, PARAPHRASE, clause, opening)
        return Claim(group, POINTER, start, end)
    if CONDUCT.search(hidden[max(0, start - 12) : start]):
        return Claim(group, POINTER, start, end)
    based = BASIS.search(hidden[max(0, start - 12) : start])
    after = AFTER_BASIS.match(hidden, end)
    if based and after and ACT.match(hidden, after.end()):
        return Claim(group, POINTER, start, end)
    if based and after and sentence_end - after.end() >= 6:
        return Claim(group, PARAPHRASE, after.end(), sentence_end)
    if based and AS_REQUIRED.match(hidden, end):  # “没有按照第十七条的要求备案” says what somebody did
        return Claim(group, POINTER, start, end)
    verb = VERB.match(hidden, end)
    if verb and sentence_end - verb.end() >= 4:
        return Claim(group, PARAPHRASE, end, sentence_end)
    return Claim(group, POINTER, start, end)


def _items_end(hidden: str, start: int, paragraph_end: int, following: int) -> int:
    """The end of the paragraph, and of the numbered items below it; the next article ends both."""
    if paragraph_end < start:  # the words begin on the next line
        paragraph_end = _line_end(hidden, start)
    end = paragraph_end
    while end < len(hidden):
        line_end = _line_end(hidden, end + 1)
        line = hidden[end + 1 : line_end]
        if line.strip() and not ITEM_LINE.match(line):
            break
        end = line_end
    line_start = hidden.rfind("\n", 0, following)
    if start < following < end:
        end = line_start if line_start > start else following
    return len(hidden[:end].rstrip())


def _trimmed(hidden: str, start: int, end: int) -> int:
    """A clause that leads to the next citation is not part of this one: “……，而第八条”, “，根据《…》”."""
    if end < len(hidden) and hidden[end] not in "\n。！？":
        end = start + len(re.sub(r"[；;，,][^；;，,。]{0,4}$", "", hidden[start:end]))
    words = re.sub(
        r"[，,；;]?\s*(?:而|但|同时|此外|并且|根据|依据|按照|另外|其中|对此|以及|和|与)?\s*《?$", "", hidden[start:end]
    )
    return start + len(words)


def _line_end(hidden: str, at: int) -> int:
    end = hidden.find("\n", at)
    return end if end >= 0 else len(hidden)
