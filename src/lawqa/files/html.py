""".html through lxml: the text of a page without its menus; official sites by their known containers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lawqa.files.limits import FileFault
from lawqa.files.source import Line, Source, table_row, tidy

#: Where the official sites put the text: npc.gov.cn, most.gov.cn; gov.cn; cac.gov.cn; miit.gov.cn; TRS systems.
CONTAINERS = (
    "//*[@id='UCAP-CONTENT']",
    "//*[@id='BodyLabel']",
    "//*[@id='Zoom']",
    "//*[@id='con_con']",
    "//*[@id='zoom']",
    "//*[contains(concat(' ', @class, ' '), ' TRS_Editor ')]",
    "//*[contains(concat(' ', @class, ' '), ' trs_editor_view ')]",
    "//*[contains(concat(' ', @class, ' '), ' pages_content ')]",
    "//*[contains(concat(' ', @class, ' '), ' main-content ')]",
    "//*[contains(concat(' ', @class, ' '), ' ccontent ')]",
    "//article",
)
_NO_TEXT = frozenset({"script", "style", "noscript", "template", "head", "iframe", "svg"})
#: What surrounds the text of a page.
_AROUND = _NO_TEXT | {"nav", "footer", "aside", "form", "button"}
_BLOCKS = frozenset(
    "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p section table td tr ul".split()
)
_META = {
    "articletitle": "title",
    "pubdate": "published",
    "contentsource": "issuer",
    "url": "url",
}
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Edge:
    """Where a block begins or ends: the level of the heading that ends, a table's row, whether a quotation begins (1)
    or ends (-1)."""

    level: int | None = None
    row: str = ""
    quote: int = 0


def read_html(name: str, raw: bytes, charset: str | None = None, whole: bool = False) -> Source:
    """The main text of a page; headings by <h1> to <h6>. ``charset`` is the HTTP header's, where there was one.

    ``whole``: all of the page, menus included, with ``> `` before the lines of a <blockquote>.
    """
    import lxml.html

    text = _decode(name, raw, charset)
    parser = lxml.html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = lxml.html.document_fromstring(text, parser=parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise FileFault(f"{name}：不是可读的网页（{str(error)[:80]}）") from error
    main, known = (root, True) if whole else _main(root)
    lines = list(_lines(main, _NO_TEXT, "> ") if whole else _lines(main, _AROUND, ""))
    if not lines:
        raise FileFault(f"{name}：网页里没有文字（正文可能由脚本载入：请另存正文或下载 .docx）")
    doubts = () if known else ("不认识的网页版式：按文字最多的区域取正文，请核对首尾",)
    return Source(name, tuple(lines), _facts(root), doubts)


def _decode(name: str, raw: bytes, charset: str | None) -> str:
    declared = _CHARSET.search(raw[:4096])
    names = [charset, declared[1].decode("ascii") if declared else None, "utf-8", "gb18030"]
    for encoding in names:
        if not encoding:
            continue
        encoding = "gb18030" if encoding.lower() in ("gb2312", "gbk", "x-gbk") else encoding
        try:
            return re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", raw.decode(encoding))
        except (UnicodeDecodeError, LookupError):
            continue
    raise FileFault(f"{name}：编码不明，不是 UTF-8 或 GB18030")


def _main(root: Any) -> tuple[Any, bool]:
    """The element that holds the text, and whether it is a known site's container."""
    for path in CONTAINERS:
        found = max(root.xpath(path), key=lambda e: len(e.text_content()), default=None)
        if found is not None and len(re.findall(r"[\u4e00-\u9fff]", found.text_content())) >= 50:
            return found, True
    body = root.find("body") if root.find("body") is not None else root
    paragraphs = [e for e in body.iter("p") if len(tidy(e.text_content())) > 15]
    if not paragraphs:
        return body, False
    total = sum(len(e.text_content()) for e in paragraphs)
    best = paragraphs[0].getparent()
    while best is not body and sum(len(e.text_content()) for e in best.iter("p")) < 0.8 * total:
        best = best.getparent()
    return best, False


def _lines(element: Any, skip: frozenset[str], quote: str) -> Iterator[Line]:
    """Every block's text; inline elements run together, <br> begins a new line. ``quote`` marks a <blockquote>'s."""
    buffer, depth = "", 0
    for piece in _pieces(element, skip):
        if isinstance(piece, str):
            buffer += piece
            continue
        yield from _flush(buffer, piece.level, quote if depth else "")
        if piece.row:
            yield Line((quote if depth else "") + piece.row, table=True)
        depth += piece.quote
        buffer = ""
    yield from _flush(buffer, None, "")


def _flush(buffer: str, level: int | None, quote: str) -> Iterator[Line]:
    for part in buffer.split("\x01"):
        text = re.sub(r"[ \t\n]+", " ", part)
        text = tidy(re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", text))
        if text:
            yield Line(quote + text, level)


def _pieces(element: Any, skip: frozenset[str]) -> Iterator[str | _Edge]:
    """The text of an element and the edges of the blocks in it; a line break is ``\\x01``."""
    if not isinstance(element.tag, str) or element.tag in skip or _hidden(element):
        return
    if element.tag == "table" and _is_data(element):
        yield _Edge()
        for row in element.iter("tr"):
            cells = [re.sub(r"\s+", " ", c.text_content()) for c in row if c.tag in ("td", "th")]
            yield _Edge(row=table_row(cells))
        return
    if element.tag == "pre":
        yield _Edge()
        yield element.text_content().replace("\n", "\x01")
        yield _Edge()
        return
    heading = re.fullmatch(r"h([1-6])", element.tag)
    quote = int(element.tag == "blockquote")
    if element.tag in _BLOCKS:
        yield _Edge(quote=quote)
    yield element.text or ""
    for child in element:
        if child.tag == "br":
            yield "\x01"
        else:
            yield from _pieces(child, skip)
        yield child.tail or ""
    if element.tag in _BLOCKS:
        yield _Edge(int(heading[1]) if heading else None, quote=-quote)


def _hidden(element: Any) -> bool:
    return "display:none" in (element.get("style") or "").replace(" ", "").lower()


def _is_data(table: Any) -> bool:
    """A table of data, not one that lays out the page: short cells, more than one column, no tables within."""
    rows = [[c for c in r if c.tag in ("td", "th")] for r in table.iter("tr")]
    inner = any(True for e in table.iterdescendants("table"))
    return not inner and sum(len(r) > 1 for r in rows) > 0.5 * len(rows) if rows else False


def _facts(root: Any) -> dict[str, str]:
    """What the <meta> elements of Chinese government sites say about the page."""
    out: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = _META.get((meta.get("name") or "").lower())
        if key and (value := tidy(meta.get("content") or "")):
            out.setdefault(key, value)
    title = root.find(".//title")
    if "title" not in out and title is not None and (text := tidy(re.split(r"[_|]| - |－", title.text_content())[0])):
        out["title"] = text
    return out
