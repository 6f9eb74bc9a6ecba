"""What stands around a text: its title, a table of contents, the signature, a site's own lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lawqa.files.paragraphs import BEGINS
from lawqa.files.source import Line
from lawqa.importers.numbering import article_mark, chapter_mark, is_short
from lawqa.text.normalise import skeleton

DOCUMENT_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}[〔\[（(【]\d{4}[〕\]）)】]\s*(?:第\s*)?\d+\s*号|[\u4e00-\u9fff 、]{2,40}令\s*第\s*[〇零一二三四五六七八九十百千\d]+\s*号"
)
_CONTENTS = re.compile(r"目\s*[录次]$")
_LEADER = re.compile(r"(?:[.．…·]{3,}|\t|\s{2,})\s*\d+$")
_DATE = re.compile(
    r"[（(]?\s*[\d〇零一二三四五六七八九十]{4}\s*年\s*[\d一二三四五六七八九十]+\s*月\s*[\d一二三四五六七八九十]+\s*日\s*[）)]?$"
)
_SITE = re.compile(
    r"(?:责任编辑|编辑|来源|信息来源|作者|发布时间|发布日期|时间|日期|字\s*[号体]|浏览|扫一扫|分享|打印|关闭|上一篇|下一篇"
    r"|相关(?:链接|稿件|阅读|解读|文章|附件)|【|\[打印|返回|附件下载|主办单位|版权|ICP|索\s*引\s*号|主题分类|发文机关|成文日期|标\s*题|发文字号)"
)


def split_title(
    lines: Sequence[Line], title: str | None, stated: str | None
) -> tuple[str | None, list[Line], list[Line]]:
    """(title, lines before it, lines below it).

    ``title`` is the user's; ``stated`` what the file's metadata say. Else the first heading, or the first line that
    reads like one. None where none does.
    """
    for wanted in (title, stated):
        if wanted and (found := _find(lines, wanted)):
            start, end = found
            # as the document spells it where nobody insisted
            spelled = wanted if title else "".join(x.text for x in lines[start:end])
            return spelled, list(lines[:start]), list(lines[end:])
    if title:
        return title, [], list(lines)
    for i, line in enumerate(lines[:20]):
        if line.level == 1 and not BEGINS.match(line.text):
            return line.text, list(lines[:i]), list(lines[i + 1 :])
    for i, line in enumerate(lines[:8]):
        if BEGINS.match(line.text):
            break
        plain = is_short(line.text) or (len(line.text) <= 60 and not re.search(r"[。；：，]", line.text))
        if plain and len(line.text) >= 3 and not DOCUMENT_NUMBER.search(line.text) and not _SITE.match(line.text):
            return line.text, list(lines[:i]), list(lines[i + 1 :])
    return None, [], list(lines)


def _find(lines: Sequence[Line], title: str) -> tuple[int, int] | None:
    """Where ``title`` stands among the first lines, over at most three of them."""
    wanted = skeleton(title)
    for start in range(min(len(lines), 40)):
        text = ""
        for end in range(start, min(start + 3, len(lines))):
            text += skeleton(lines[end].text)
            if text == wanted:
                return start, end + 1
    return None


def without_contents(lines: list[Line]) -> tuple[list[Line], int]:
    """The lines without a table of contents, and how many lines it had."""
    for i, line in enumerate(lines[:60]):
        if not _CONTENTS.match(line.text):
            continue
        end = i + 1
        first = skeleton(_LEADER.sub("", lines[end].text)) if end < len(lines) else ""
        while end < len(lines):
            text = lines[end].text
            if end > i + 1 and skeleton(text) == first:
                break  # the text itself begins
            if not (_LEADER.search(text) or chapter_mark(text) or (BEGINS.match(text) and is_short(text))):
                break
            end += 1
        if end > i + 1:
            return lines[:i] + lines[end:], end - i
    return lines, 0


def without_signature(lines: list[Line]) -> tuple[list[Line], tuple[str, ...]]:
    """The lines without a site's own lines at their end and without issuers and date below the text."""
    end = len(lines)
    while end and len(lines[end - 1].text) < 60 and _SITE.match(lines[end - 1].text):
        end -= 1
    lines = lines[:end]
    if not lines or not _DATE.match(lines[-1].text):
        return lines, ()
    start = len(lines) - 1
    while start and len(lines) - start < 12:
        text = lines[start - 1].text
        if (
            len(text) > 30
            or re.search(r"[。；：，]", text)
            or article_mark(text)
            or BEGINS.match(text)
            or lines[start - 1].level
        ):
            break
        start -= 1
    return lines[:start], tuple(x.text for x in lines[start:])


def is_site_line(text: str) -> bool:
    """A line that a web page or a printed form puts around the text."""
    return len(text) < 80 and bool(_SITE.match(text))
