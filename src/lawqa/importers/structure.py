"""Lines into the corpus format's body: 编章节条 of statutes and rules, or the numbered sections of other documents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lawqa.files.source import Line
from lawqa.importers.front_lines import without_contents, without_signature
from lawqa.importers.numbering import ANNEX, ArticleMark, article_mark, chapter_mark, is_short
from lawqa.importers.sections import Block, section_blocks

_LONGEST_JUMP = 20


@dataclass(frozen=True, slots=True)
class Structure:
    """``blocks`` of the body, ``preamble`` before them, ``gaps`` (numbers of articles that are missing), ``doubts``
    for a person to look at, ``signature`` lines that stood below the text."""

    preamble: tuple[str, ...]
    blocks: tuple[Block, ...]
    gaps: tuple[str, ...]
    doubts: tuple[str, ...]
    signature: tuple[str, ...]
    has_articles: bool


def recognise(lines: Sequence[Line]) -> Structure:
    """The structure of a document's ``lines`` below its title."""
    lines, contents = without_contents(list(lines))
    lines, signature = without_signature(lines)
    doubts = [f"目录（{contents}行）未收录"] if contents else []
    if signature:
        doubts.append(f"落款未收录：{' '.join(signature)}")
    if _has_articles(lines):
        writer = _Articles(lines)
        blocks, gaps = writer.run(), tuple(writer.gaps)
        doubts += writer.doubts
    else:
        blocks, found = section_blocks(lines)
        gaps = ()
        doubts += found
    start = next((i for i, b in enumerate(blocks) if b.level or b.article), len(blocks))
    preamble = tuple(b.text for b in blocks[:start])
    if start == len(blocks):
        doubts.append("没有认出任何条文或小节编号：全文作为一节“正文”")
        blocks, preamble = [Block("正文", 2), *blocks], ()
        start = 0
    tables = sum(x.table for x in lines)
    if tables:
        doubts.append(f"{tables}行表格按行转为文字，单元格之间以“｜”分隔")
    return Structure(preamble, tuple(blocks[start:]), gaps, tuple(doubts), signature, any(b.article for b in blocks))


def _has_articles(lines: Sequence[Line]) -> bool:
    """Statutes and rules begin with article 1; short headings 第1条 in digits with text below are sections."""
    marks = [(x, m) for x in lines if not x.table and (m := article_mark(x.text))]
    styled = [x for x, m in marks if x.level is not None and m.mark[1].isdigit() and m.rest and "。" not in m.rest]
    if styled and len(styled) > 0.5 * len(marks):
        return False
    numbers = {m.number for _, m in marks}
    return (1 in numbers and len(numbers) >= 2) or len(numbers) >= 3 or (numbers == {1} and marks[0][1].apart)


class _Articles:
    """The body of a document with articles, block by block."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.blocks: list[Block] = []
        self.gaps: list[str] = []
        self.doubts: list[str] = []
        self.last = (0, 0)
        self.annex = False
        units = {c[0] for x in lines if (c := chapter_mark(x.text))}
        order = [u for u in ("编", "篇", "分编", "部分", "章", "节") if u in units]
        self.levels: dict[str, int] = {unit: i + 2 for i, unit in enumerate(order)}

    def run(self) -> list[Block]:
        at = 0
        while at < len(self.lines):
            at += self.line(at)
        return self.blocks

    def line(self, at: int) -> int:
        """Write one line; returns how many lines it took."""
        line = self.lines[at]
        following = self.lines[at + 1].text if at + 1 < len(self.lines) else ""
        if line.table:
            self.blocks.append(Block(line.text))
            return 1
        if (mark := article_mark(line.text)) and (taken := self.article(mark, following)):
            return taken
        chapter = chapter_mark(line.text)
        if chapter and not self.annex:
            unit, heading = chapter
            if (
                " " not in heading
                and is_short(following)
                and not article_mark(following)
                and not chapter_mark(following)
            ):
                self.blocks.append(Block(f"{heading} {re.sub(r'[ 　]', '', following)}", self.levels[unit]))
                return 2
            self.blocks.append(Block(heading, self.levels[unit]))
            return 1
        if ANNEX.match(line.text) and (is_short(line.text) or line.level):
            self.annex = True
            self.blocks.append(Block(line.text, 2))
        elif line.level is not None and is_short(line.text):
            self.blocks.append(Block(line.text, 3 if self.annex else 2))
        else:
            self.blocks.append(Block(line.text))
        return 1

    def article(self, mark: ArticleMark, following: str) -> int:
        """Write an article's first line; 0 where ``mark`` is a sentence that begins with a citation."""
        expected = {(self.last[0] + 1, 0), (self.last[0], self.last[1] + 1)}
        rest, taken = mark.rest, 1
        if not rest:
            if not following or article_mark(following):
                return 0
            rest, taken = following, 2
        if self.annex or (mark.apart and mark.key <= self.last):
            if not mark.apart:
                return 0
            self.doubts.append(f"{mark.mark}不在正文的条文序列里（附件或另一份文件的条文）：作为无编号小节收录")
            self.blocks += [Block(mark.mark, 4), Block(rest)]
            return taken
        if mark.key not in expected:
            if not mark.apart or mark.inserted or mark.number - self.last[0] > _LONGEST_JUMP or mark.key < self.last:
                return 0
            missing = [str(n) for n in range(self.last[0] + 1, mark.number)]
            self.gaps += missing
            self.doubts.append(f"缺少第{'、'.join(missing)}条（在{mark.mark}之前）：记为未收录")
        self.last = mark.key
        self.blocks.append(Block(f"{mark.mark}\u3000{rest}", article=mark.name))
        return taken
