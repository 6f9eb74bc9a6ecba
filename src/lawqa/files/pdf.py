""".pdf through pdfplumber: characters with their places, so that lines become paragraphs again.

Paragraphs need the place and size of every character, and tables their rules: what gives the bare text of a page will
not do.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from typing import Any

from lawqa.files.limits import MAX_PAGES, FileFault, why
from lawqa.files.page_lines import PageLine, joined, without_furniture
from lawqa.files.source import Source, table_row, tidy

#: Radicals stand for characters in the fonts of some PDFs; no legal text is written with them.
_RADICALS = {c: unicodedata.normalize("NFKC", chr(c)) for c in range(0x2E80, 0x2FE0)}
_OCR_HINT = "请安装 lawqa[ocr] 并加 --ocr（结果会标明为识别文字）"


def read_pdf(name: str, raw: bytes, ocr: bool = False, whole: bool = False) -> Source:
    """The text of a PDF without page furniture. Pages without text are refused, or recognised with ``ocr``.

    ``whole``: what text there is, with a doubt about the pages that have none.
    """
    scanned, filled = _checked(name, raw)
    which = "、".join(map(str, scanned[:8])) + ("等" if len(scanned) > 8 else "")
    if whole and not filled:
        raise FileFault(f"{name}：没有文字，可能是扫描件；请先转成文字")
    if scanned and not ocr and not whole:
        raise FileFault(f"{name}：第{which}页是没有文字的扫描页；{_OCR_HINT}")
    recognised: dict[int, list[PageLine]] = {}
    if scanned and ocr:
        from lawqa.files.ocr import recognise

        recognised = recognise(name, raw, scanned)
    try:
        pages = _pages(name, raw, recognised)
    except FileFault:
        raise
    except Exception as error:  # pdfminer raises many kinds for damaged files
        raise FileFault(f"{name}：PDF 已损坏，不能读出文字（{why(error)}）") from error
    content = "".join(line.text for page in pages for line in page)
    if content.count("(cid:") * 50 > len(content):
        remedy = "" if whole else "，或打印为图片后用 --ocr"
        raise FileFault(f"{name}：字体没有文字编码，读出的是乱码；请用原始文件{remedy}")
    lines = joined(without_furniture(pages))
    fault = "OCR 识别的文字，可能有误" if recognised else "没有文字的扫描页，没有读"
    return Source(name, tuple(lines), doubts=(f"第{which}页是{fault}",) if scanned else (), ocr=bool(recognised))


def _checked(name: str, raw: bytes) -> tuple[list[int], int]:
    """The pages (from 1) without text but with a picture, and how many have text; FileFault for a locked, damaged,
    endless or empty file."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        reason = "已加密；请先解除密码" if locked else f"不是完好的 PDF（{why(error)}）"
        raise FileFault(f"{name}：{reason}") from error
    with document:
        if not 1 <= len(document) <= MAX_PAGES:
            raise FileFault(f"{name}：{len(document)} 页，应在 1 与 {MAX_PAGES} 页之间")
        scanned, filled = [], 0
        for number, page in enumerate(document, 1):
            text = page.get_textpage()
            if len("".join(text.get_text_bounded().split())) >= 5:
                filled += 1
            elif any(True for _ in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)):
                scanned.append(number)
            text.close()
            page.close()
    if not scanned and not filled:
        raise FileFault(f"{name}：没有文字；请检查内容")
    return scanned, filled


def _pages(name: str, raw: bytes, recognised: dict[int, list[PageLine]]) -> list[list[PageLine]]:
    import pdfplumber

    out = []
    with pdfplumber.open(io.BytesIO(raw)) as document:
        for number, page in enumerate(document.pages, 1):
            if number in recognised:
                out.append(recognised[number])
            else:
                out.append(list(_page(page)))
            page.close()
    return out


def _page(page: Any) -> Iterator[PageLine]:
    """The lines of one page from top to bottom, table rows among them."""
    tables = page.find_tables() if len(page.rects) + len(page.lines) + len(page.curves) >= 4 else []
    tables = [t for t in tables if len(t.rows) > 1 and any(len(r.cells) > 1 for r in t.rows)]
    rows: list[list[dict[str, Any]]] = []
    chars = [c for c in page.dedupe_chars().chars if c.get("upright", True) and not _inside(c, tables)]
    for char in sorted(chars, key=lambda c: ((c["top"] + c["bottom"]) / 2, c["x0"])):
        middle = (char["top"] + char["bottom"]) / 2
        if rows and abs(middle - (rows[-1][0]["top"] + rows[-1][0]["bottom"]) / 2) < max(char["size"] * 0.4, 1):
            rows[-1].append(char)
        else:
            rows.append([char])
    lines = [x for row in rows if (x := _line(row, float(page.height))) is not None]
    for table in tables:
        top = float(table.bbox[1])
        cells = [[x or "" for x in row] for row in table.extract()]
        lines += [
            PageLine(text, table.bbox[0], table.bbox[2], top + i / 100, 0, 0.5, table=True)
            for i, row in enumerate(cells)
            if (text := table_row([x.translate(_RADICALS) for x in row]))
        ]
    yield from sorted(lines, key=lambda x: x.top)


def _inside(char: dict[str, Any], tables: list[Any]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return any(t.bbox[0] <= x <= t.bbox[2] and t.bbox[1] <= y <= t.bbox[3] for t in tables)


def _line(row: list[dict[str, Any]], height: float) -> PageLine | None:
    row = sorted(row, key=lambda c: c["x0"])
    text, before = "", None
    for char in row:
        gap = char["x0"] - before["x1"] if before else 0
        if before and not text.endswith((" ", "\u3000")) and char["text"].strip():
            if gap > 1.2 * char["size"]:
                text += "\u3000"
            elif gap > 0.25 * char["size"] and (before["text"] + char["text"]).isascii():
                text += " "
        text += char["text"]
        before = char
    filled = [c for c in row if c["text"].strip()]
    clean = tidy(text.translate(_RADICALS))
    if not filled or not clean:
        return None
    sizes = sorted(c["size"] for c in filled)
    bold = sum("bold" in c["fontname"].lower() or "heavy" in c["fontname"].lower() for c in filled) > 0.8 * len(filled)
    top = min(c["top"] for c in filled)
    return PageLine(
        clean, filled[0]["x0"], filled[-1]["x1"], top, round(sizes[len(sizes) // 2] * 2) / 2, top / height, bold
    )
