"""The corpus format: one Markdown file a document, front matter and text, parsed into an Instrument.

Parsing never stops at the first fault: every fault of a file is collected with its line, so that
``lawqa corpus check`` can report them together. The text itself is taken literally.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from lawqa.corpus.faults import Fault
from lawqa.corpus.frontmatter import FrontMatter, read_front_matter
from lawqa.corpus.instrument import Instrument
from lawqa.corpus.numerals import parse_numeral
from lawqa.corpus.provision import Item, Paragraph, Provision
from lawqa.corpus.reference import Reference

#: Statutes number their articles in Chinese numerals, companies often in digits.
ARTICLE = re.compile(r"第([零〇一二三四五六七八九十百千]+|\d{1,4})条(?:之([一二三四五六七八九十]+))?\u3000")
_ARTICLE_LOOSE = re.compile(r"第[零〇一二三四五六七八九十百千0-9０-９]+条")
ITEM = re.compile(r"（([一二三四五六七八九十百]+)）")
_CHAPTER = re.compile(r"第(?:[一二三四五六七八九十百]+[编章节]|\d+[编章])")
#: 目: the third level inside an article, below its 项.
_SUBITEM = re.compile(r"(?:\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]|[①-⑳])")
#: How a section's heading is numbered, with the part of it that becomes the reference.
_HEADINGS = (
    re.compile(r"(?P<marker>(?:条款\s*)?(?P<n>\d{1,3}(?:\.\d{1,3})+))[.．、]?(?:\s+|(?=[^\d\s.])|$)(?P<title>.*)"),
    re.compile(r"(?P<marker>条款\s*(?P<n>\d+))[.．、]?\s*(?P<title>.*)"),
    re.compile(r"(?P<marker>(?P<n>[一二三四五六七八九十]+)、)(?P<title>.*)"),
    re.compile(r"(?P<marker>（(?P<n>[一二三四五六七八九十]+)）)(?P<title>.*)"),
    re.compile(r"(?P<marker>(?P<n>\d+)[.．、])\s*(?P<title>.*)"),
    re.compile(r"(?P<marker>(?P<n>\d{1,2}))\s+(?P<title>\D.*)"),
    re.compile(r"(?P<marker>第(?P<n>\d+)[条节])\s*(?P<title>.*)"),
    re.compile(r"(?P<marker>第(?P<n>[一二三四五六七八九十百]+|\d+)(?:[编章节篇]|部分))\s*(?P<title>.*)"),
    re.compile(r"(?P<marker>战略(?P<n>\d+))\s*(?P<title>.*)"),
    re.compile(r"(?P<marker>§\d+（(?P<n>[a-z])）)\s*(?P<title>.*)"),
    re.compile(r"(?P<marker>（(?P<n>[a-z])）(?:（[a-z]）)*)\s*(?P<title>.*)"),
)
_HALF_WIDTH = re.compile(r"(?<=[\u4e00-\u9fff])[,;:!?()\"](?=.)|(?<=.)[,;:!?()\"](?=[\u4e00-\u9fff])")
DOUBTFUL_MARK = "〔未核对〕"


@dataclass(slots=True)
class _Draft:
    """A provision while its lines are still coming in."""

    ref: Reference
    marker: str
    heading: str
    path: tuple[str, ...]
    is_article: bool
    line: int
    level: int = 0
    paragraphs: list[Paragraph] = field(default_factory=list)
    children: list[Reference] = field(default_factory=list)
    unnumbered: int = 0


def article_number(match: re.Match[str]) -> str:
    """``第二十条之一`` → ``20-1``."""
    main = parse_numeral(match[1])
    return f"{main}-{parse_numeral(match[2])}" if match[2] else f"{main}"


def split_heading(text: str) -> tuple[str | None, str, str]:
    """``（一）指导思想`` → ``("1", "（一）", "指导思想")``; number None for an unnumbered heading."""
    for pattern in _HEADINGS:
        if match := pattern.match(text):
            number = match["n"] if match["n"].isascii() else str(parse_numeral(match["n"]))
            return number, match["marker"], match["title"].strip()
    return None, "", text


def _path_number(number: str, parent: str | None) -> str:
    """Levels joined by dots; a number that spells its parents out (``4.2.1`` under ``4.2``) is whole already."""
    if parent is None or ("." in number and number.startswith(parent + ".")):
        return number
    return f"{parent}.{number}"


class _Parser:
    def __init__(self, path: str, front: FrontMatter, own: bool, has_articles: bool) -> None:
        self.path = path
        self.own = own
        self.has_articles = has_articles
        self.front = front
        self.faults: list[Fault] = list(front.faults)
        self.provisions: list[_Draft] = []
        self.preamble: list[str] = []
        self.title: str | None = None
        self.root_unnumbered = 0
        self.chapters: list[tuple[int, str]] = []
        self.sections: list[_Draft] = []
        self.current: _Draft | None = None

    def fault(self, line: int, message: str) -> None:
        self.faults.append(Fault(self.path, line, message))

    def block(self, line: int, text: str) -> None:
        if heading := re.match(r"(#+) (.*)", text):
            self.heading(line, len(heading[1]), heading[2].strip())
        elif match := ARTICLE.match(text):
            self.article(line, match, text[match.end() :])
        elif loose := _ARTICLE_LOOSE.match(text):
            if not self.own and self.looks_like_article(loose, text):
                self.fault(line, f"“{loose[0]}”之后应有且只有一个全角空格")
            self.paragraph(line, text)
        else:
            self.paragraph(line, text)
        self.punctuation(line, text)

    def looks_like_article(self, loose: re.Match[str], text: str) -> bool:
        """A paragraph that begins with the next article's number is that article with a wrong blank."""
        numbers = [p.ref.number for p in self.provisions if p.is_article]
        following = int(numbers[-1].split("-")[0]) + 1 if numbers else 1
        blank = text[loose.end() : loose.end() + 1] in (" ", "\u3000", "\t", "")
        return (blank and bool(numbers)) or parse_numeral(loose[0][1:-1]) == following

    def heading(self, line: int, level: int, text: str) -> None:
        if level == 1:
            if self.title is not None:
                self.fault(line, "一份文件只能有一个一级标题")
            self.title = text
            return
        if self.has_articles and _CHAPTER.match(text):
            self.chapters = [c for c in self.chapters if c[0] < level] + [(level, text)]
            self.sections, self.current = [], None
            return
        self.chapters = []  # an annex stands outside the chapters
        self.sections = [s for s in self.sections if s.level < level]
        parent = self.sections[-1] if self.sections else None
        number, marker, title = split_heading(text)
        if number is None:
            if parent is None:
                self.root_unnumbered += 1
                number = f"h{self.root_unnumbered}"
            else:
                parent.unnumbered += 1
                number = f"h{parent.unnumbered}"
        path_number = _path_number(number, parent.ref.number if parent else None)
        ref = Reference(self.front.id, path_number)
        path = (*parent.path, parent.marker + parent.heading) if parent else ()
        draft = _Draft(ref, marker, title, path, False, line, level)
        if parent:
            parent.children.append(ref)
        self.add(draft)
        self.sections.append(draft)

    def article(self, line: int, match: re.Match[str], rest: str) -> None:
        number = article_number(match)
        self.sections = []
        path = tuple(text for _, text in self.chapters)
        draft = _Draft(Reference(self.front.id, number), match[0].rstrip("\u3000"), "", path, True, line)
        self.sequence(line, draft)
        self.add(draft)
        if not rest.strip():
            self.fault(line, f"{draft.marker}没有正文")
        self.paragraph(line, rest)

    def sequence(self, line: int, draft: _Draft) -> None:
        """Articles rise one by one, but for declared gaps and inserted articles (第二十条之一)."""
        main, _, inserted = draft.ref.number.partition("-")
        before = [p for p in self.provisions if p.is_article]
        last_main, _, last_inserted = before[-1].ref.number.partition("-") if before else ("0", "", "")
        if any(p.ref == draft.ref for p in before):
            self.fault(line, f"{draft.marker}出现两次")
            return
        if inserted:
            expected = int(last_inserted or 0) + 1
            if main != last_main or int(inserted) != expected:
                self.fault(line, f"{draft.marker}不连续：前一条是{before[-1].marker if before else '（无）'}")
            return
        missing = [str(n) for n in range(int(last_main) + 1, int(main)) if str(n) not in self.front.gaps]
        if int(main) <= int(last_main) or missing:
            self.fault(line, f"{draft.marker}不连续：前一条是{before[-1].marker if before else '（无）'}")

    def add(self, draft: _Draft) -> None:
        if not draft.is_article and any(p.ref == draft.ref for p in self.provisions):
            self.fault(draft.line, f"编号重复：{draft.ref}")
        self.provisions.append(draft)
        self.current = draft

    def paragraph(self, line: int, text: str) -> None:
        if self.current is None:
            if self.chapters or self.provisions:
                self.fault(line, f"这一段不属于任何条文或小节：{text[:20]}")
            self.preamble.append(text)
            return
        paragraphs = self.current.paragraphs
        if (match := ITEM.match(text)) and paragraphs:
            number = parse_numeral(match[1]) or 0
            last = paragraphs[-1]
            expected = last.items[-1].number + 1 if last.items else 1
            if number != expected and self.current.is_article and not self.own:
                self.fault(line, f"项号不连续：{self.current.marker}{match[0]}，此处应为第（{expected}）项")
            paragraphs[-1] = replace(last, items=(*last.items, Item(number, text)))
        elif self.current.is_article and paragraphs and paragraphs[-1].items and _SUBITEM.match(text):
            *items, item = paragraphs[-1].items
            paragraphs[-1] = replace(paragraphs[-1], items=(*items, replace(item, text=f"{item.text}\n{text}")))
        else:
            paragraphs.append(Paragraph(len(paragraphs) + 1, text))

    def punctuation(self, line: int, text: str) -> None:
        if not self.own and self.front.kind != "境外文件" and (match := _HALF_WIDTH.search(text)):
            self.fault(line, f"中文正文里有半角标点“{match[0]}”：{text[max(0, match.start() - 6) : match.end() + 6]}")


def _blocks(body: str, first_line: int) -> list[tuple[int, str]]:
    """Each non-empty line with its number: in this format a paragraph is one line."""
    return [(first_line + i, line) for i, line in enumerate(body.split("\n")) if line.strip()]


def parse_document(path: Path, text: str, own: bool = False) -> tuple[Instrument | None, list[Fault]]:
    """Parse one file; the instrument is None where its front matter cannot be used. Faults carry file and line.

    ``own``: a user's own document, taken as it was written: its punctuation and the sequence of its items are not
    ours to mend.
    """
    front, body, body_line = read_front_matter(path, text)
    if front is None or body is None:
        return None, list(front.faults) if front else [Fault(str(path), 1, "没有以 --- 开头和结尾的文件头")]
    blocks = _blocks(body, body_line)
    parser = _Parser(str(path), front, own, any(ARTICLE.match(block) for _, block in blocks))
    for line, block in blocks:
        if block != block.rstrip() or block != block.lstrip(" \t"):
            parser.fault(line, "行首或行尾有多余的空白")
        parser.block(line, block)
    if parser.title is None:
        parser.fault(body_line, "正文没有一级标题")
    elif front.title and parser.title != front.title:
        parser.fault(body_line, f"一级标题“{parser.title}”与文件头的 title“{front.title}”不同")
    if not parser.provisions:
        parser.fault(body_line, "没有任何条文或小节")
    instrument = front.instrument(tuple(parser.preamble), ()) if not front.faults else None
    if instrument is None:
        return None, parser.faults
    return replace(instrument, provisions=_freeze(parser, instrument)), parser.faults


def _freeze(parser: _Parser, instrument: Instrument) -> tuple[Provision, ...]:
    doubtful = set(instrument.verification.doubtful)
    known = {p.ref.number for p in parser.provisions}
    for number in instrument.verification.doubtful:
        if number not in known:
            parser.fault(1, f"verification.doubtful 列出了不存在的“{number}”")
    for number in instrument.verification.gaps:
        if number in known:
            parser.fault(1, f"verification.gaps 列出的“{number}”却有正文")
    out = []
    for p in parser.provisions:
        marked = any(DOUBTFUL_MARK in x.text or any(DOUBTFUL_MARK in i.text for i in x.items) for x in p.paragraphs)
        out.append(
            Provision(
                ref=p.ref,
                marker=p.marker,
                heading=p.heading,
                path=p.path,
                paragraphs=tuple(p.paragraphs),
                is_article=p.is_article,
                label="",
                doubtful=p.ref.number in doubtful or marked,
                line=p.line,
                children=tuple(p.children),
            )
        )
    return tuple(out)
