"""How a text names documents: 《title》, known names, abbreviations it introduces itself, 该办法, names nobody holds.

Works on folded text. A name that is not known here is reported as such: to read the article behind it as an
article of some other document would be the worst mistake this program can make.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from lawqa.corpus.pinpoint import SEPARATOR, N
from lawqa.corpus.titles import Titles

_MAX_TITLE = 80
_ANAPHOR = re.compile(
    r"(?P<which>本|该|此|这个|这部|这份|上述|前述|同一|同)"
    r"(?P<noun>暂行办法|办法|规定|条例|法律|法(?![律规])|意见|规划|规范|原则|文件|计划|草案|征求意见稿)"
    # 办法第十七条, without saying which: like 该办法
    rf"|(?:^|(?<=[\s，。；：？！、据照按在和与及对反合]))(?P<bare>办法|规定|条例)(?=\s*第?\s*{N}(?:{SEPARATOR}{N})*\s*条)"
    r"|\bth(?:e|is|ese|ose)\s+(?P<english>(?:interim\s+)?measures|provisions|regulations|law)\b(?!\s+(?:for|on|of)\b)"
)
_ENGLISH_NOUNS = {"measures": "办法", "provisions": "规定", "regulations": "条例", "law": "法"}
#: （2016）, （2025年修正）, （2016年11月7日通过） behind a name; the same inside 《…》 at its end.
_EDITION = re.compile(r"\s*（(\d{4})年?[^（）]{0,12}）")
_ONLY_EDITION = re.compile(r"\s*（\d{4}年?(?:版|文本|修[订正改]版?)?）")
_EDITION_INSIDE = re.compile(r"(.+)（(\d{4})年?[^（）]{0,12}）")
#: 2016年的网络安全法, 2016年版《网络安全法》
_EDITION_BEFORE = re.compile(r"(?<!\d)(20\d\d)年?(?:版|通过|公布|颁布|制定|修订|修正|修改)?的?\s*$")
_ABBREVIATION = re.compile(
    r"\s*（(?:以下|下)(?:均|统)?(?:简)?称(?:为|作)?[：:\s]*[《“\"「]?(?P<short>[^《》“”\"「」（）]{1,20})[》”\"」]?）"
)
#: A name right before a number, by its last word: 电子商务法, 刑法, 反电信网络诈骗条例.
_BARE_NAME = re.compile(
    r"[\u4e00-\u9fffa-z0-9·+]{0,30}(?:法典|宪法|法|条例|规定|办法|细则|规则|准则|解释|决定|规范|通则|公约|章程)$"
)
_ELSEWHERE = re.compile(
    r"(?:欧盟|欧洲|美国|英国|德国|法国|意大利|日本|韩国|印度|越南|俄罗斯|加拿大|澳大利亚|巴西|新加坡|香港|澳门|台湾)(?:的|新)?$"
)
_CUT = re.compile(
    r".*(?:根据|依据|依照|按照|违反|参照|适用|遵守|符合|触犯|援引|引用|请问|一下|告诉我|解释(?=.)|关于|对比|比较|以及"
    r"|我们|你们|那么|但是|如果|因为|所以|的|了|和|与|及|或|是|在|说|讲|问|查|看|按|依|见|据)"
)
_NO_NAME = frozenset(
    "法 办法 规定 条例 细则 规则 准则 解释 决定 规范 法律 有关规定 相关规定 法律规定 具体规定 违法 合法 非法 依法 立法 司法 "
    "执法 守法 算法 方法 做法 想法 看法 说法 用法 手法 语法 无法 没法 设法 新规定 新办法 上位法 下位法".split()
)


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """``text[start:end]`` names a document: ``documents`` are the held ones it may mean, ``catalog`` an entry."""

    start: int
    end: int
    name: str
    documents: tuple[str, ...]
    catalog: str | None
    anaphor: bool = False

    @property
    def only(self) -> str | None:
        """The one held document that is meant."""
        return self.documents[0] if len(self.documents) == 1 else None


def named_documents(
    folded: str, titles: Titles, day: date, context: str | None, inside: bool, pinpoints: Iterable[int]
) -> list[NamedDocument]:
    """Every naming in order. ``pinpoints`` are the positions where an article number begins; see ``find_mentions``
    for ``context`` and ``inside``."""
    found = [
        _named(folded, start, end, folded[start + 1 : end - 1], titles, day) for start, end in _quoted_spans(folded)
    ]
    taken = bytearray(len(folded))
    for document in found:
        _take(taken, document.start, document.end)
    for match in titles.pattern.finditer(folded):
        if not any(taken[match.start() : match.end()]):
            found.append(_at_home(folded, _named(folded, match.start(), match.end(), match[0], titles, day), titles))
    found = _abbreviated(folded, sorted(found, key=lambda d: d.start))
    nouns: dict[int, tuple[str, str]] = {}
    for document in found:
        _take(taken, document.start, document.end)
    for match in _ANAPHOR.finditer(folded):
        if not any(taken[match.start() : match.end()]):
            noun = match["noun"] or match["bare"] or _ENGLISH_NOUNS[(match["english"] or "law").split()[-1]]
            nouns[match.start()] = (match["which"] or "", noun)
            found.append(NamedDocument(match.start(), match.end(), match[0], (), None, True))
    for at in pinpoints:
        if unknown := _unknown_before(folded, at, found):
            found = [d for d in found if d.start >= unknown.end or d.end <= unknown.start]
            found.append(unknown)
    return _resolved(sorted(found, key=lambda d: d.start), nouns, titles, context, inside)


def places(folded: str, titles: Titles) -> int:
    """How many places may name a document or an article, counted in linear time: reading them costs more."""
    named = sum(1 for pattern in (titles.pattern, _ANAPHOR) for _ in pattern.finditer(folded))
    return named + folded.count("条")


def _take(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = b"\1" * (end - start)


def _quoted_spans(folded: str) -> list[tuple[int, int]]:
    """Outermost 《…》: in 《关于〈…〉的解读》 the inner title names another document than the whole."""
    out: list[tuple[int, int]] = []
    opened: list[int] = []
    for at, char in enumerate(folded):
        if char == "《":
            opened.append(at)
        elif char == "》" and opened:
            start = opened.pop()
            if not opened and 2 <= at - start - 1 <= _MAX_TITLE:
                out.append((start, at + 1))
        elif char == "\n":
            opened = []
    return out


def _overlaps(span: tuple[int, int], found: Iterable[NamedDocument]) -> bool:
    return any(d.start < span[1] and span[0] < d.end for d in found)


def _named(folded: str, start: int, end: int, name: str, titles: Titles, day: date) -> NamedDocument:
    documents = titles.resolve(name, day)
    if not titles.meanings(name) and (inner := _EDITION_INSIDE.fullmatch(name)):
        # 《网络安全法（2025修正）》; a year that is no edition of it leaves the name unknown
        documents = titles.edition(inner[1], inner[2])
    elif match := _EDITION.match(folded, end):
        edition, end = titles.edition(name, match[1]), match.end()
        if documents and not edition and _ONLY_EDITION.fullmatch(match[0]):
            return NamedDocument(start, end, name + match[0].strip(), (), None)  # 网络安全法（1999年）: no such edition
        documents = edition or documents
    elif before := _EDITION_BEFORE.search(folded, max(0, start - 12), start):
        edition = titles.edition(name, before[1])
        documents, start = (edition, before.start()) if edition else (documents, start)
    catalog = next((n.id for n in titles.meanings(name) if not n.held), None) if not documents else None
    return NamedDocument(start, end, name, documents, catalog)


def _at_home(folded: str, document: NamedDocument, titles: Titles) -> NamedDocument:
    """德国网络安全法 is no law of ours."""
    place = _ELSEWHERE.search(folded, max(0, document.start - 6), document.start)
    foreign = any(titles.corpus.instrument(id).kind == "境外文件" for id in document.documents)
    if place is None or foreign:
        return document
    return NamedDocument(place.start(), document.end, place[0] + document.name, (), None)


def _abbreviated(folded: str, found: list[NamedDocument]) -> list[NamedDocument]:
    """Apply the text's own definitions: …（以下简称《办法》）."""
    short: dict[str, NamedDocument] = {}
    out: list[NamedDocument] = []
    for document in found:
        if out and document.start < out[-1].end:
            continue  # the abbreviation itself
        if meant := short.get(document.name):
            document = replace(document, documents=meant.documents, catalog=meant.catalog)
        if match := _ABBREVIATION.match(folded, document.end):
            document = replace(document, end=match.end())
            short[match["short"].strip()] = document
        out.append(document)
    for name, meant in short.items():
        for match in re.finditer(rf"(?<![本该此这同上前]){re.escape(name)}(?=\s*第?\s*{N}\s*条)", folded):
            if match.start() >= meant.end and not _overlaps(match.span(), out):
                out.append(replace(meant, start=match.start(), end=match.end(), name=name))
    return sorted(out, key=lambda d: d.start)


def _unknown_before(folded: str, at: int, found: Iterable[NamedDocument]) -> NamedDocument | None:
    """The unknown name that ends where a number begins; None where a known document or no name at all stands there."""
    head = folded[max(0, at - 40) : at].rstrip(" 的中里之")
    match = _BARE_NAME.search(head)
    if not match:
        return None
    end = at - (len(folded[max(0, at - 40) : at]) - len(head))
    cut = _CUT.match(match[0])
    name = match[0][cut.end() :] if cut else match[0]
    if len(name) < 2 and match[0] not in _NO_NAME:
        name = match[0]  # 突发事件应对法: the word that was cut belongs to the name
    if len(name) < 2 or name in _NO_NAME:
        return None
    inner = max((d.end for d in found if d.start < end and d.end > end - len(name)), default=None)
    if inner is not None and (inner >= end or folded[inner:end] in _NO_NAME):
        return None  # a known name; but 个人信息保护法实施细则 only begins with one
    return NamedDocument(end - len(name), end, name, (), None)


def _resolved(
    found: list[NamedDocument],
    nouns: dict[int, tuple[str, str]],
    titles: Titles,
    context: str | None,
    inside: bool,
) -> list[NamedDocument]:
    """Tell what every anaphor stands for: the last document named that is of its kind (该规定: a 规定)."""
    own = NamedDocument(0, 0, "", (context,), None) if context else None
    before: list[NamedDocument] = [own] if own else []
    out: list[NamedDocument] = []
    for document in found:
        if not document.anaphor:
            before.append(document)
            out.append(document)
            continue
        which, noun = nouns[document.start]
        candidates = [own, *before[::-1]] if inside and own and which == "本" else before[::-1]
        meant = next((d for d in candidates if _is_a(d, noun, titles)), None)
        if meant is None and which not in ("", "本", "同") and candidates:
            meant = candidates[0]  # 这个规定 is also said of an 办法; 本规定 never is
        if meant is None:
            ids = () if which or not noun else _all_of(noun, titles)
            out.append(replace(document, documents=ids))
        else:
            out.append(replace(document, documents=meant.documents, catalog=meant.catalog))
    return out


def _is_a(document: NamedDocument, noun: str, titles: Titles) -> bool:
    if noun in ("法律", "文件"):
        noun = "法" if noun == "法律" else ""
    names = [titles.corpus.instrument(id).title for id in document.documents]
    if document.catalog and (entry := titles.corpus.entry(document.catalog)):
        names.append(entry.title)
    names = names or [document.name]
    if noun == "法":
        return any(n.rstrip("》").endswith(("法", "法案", "法典")) for n in names)
    return any(noun in n for n in names)


def _all_of(noun: str, titles: Titles) -> tuple[str, ...]:
    """Held documents of a kind, for 规定第九条 that could be of any of them."""
    return tuple(i.id for i in titles.corpus.instruments if i.title.endswith(noun))
