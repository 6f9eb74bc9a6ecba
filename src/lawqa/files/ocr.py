"""Scanned pages, recognised by RapidOCR, whose models lie inside its package: nothing is fetched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lawqa.files.limits import FileFault
from lawqa.files.page_lines import PageLine

_DOTS_PER_POINT = 200 / 72


@dataclass(frozen=True, slots=True)
class _Box:
    """A recognised piece and its place on the page, in points."""

    x0: float
    x1: float
    top: float
    bottom: float
    text: str


def recognise(name: str, raw: bytes, pages: Sequence[int]) -> dict[int, list[PageLine]]:
    """The lines of each of ``pages`` (from 1), top to bottom; FileFault where the extra is not installed."""
    try:
        from rapidocr_onnxruntime import RapidOCR
    except ImportError:
        raise FileFault(f"{name}：识别扫描页需要 OCR 组件：pip install 'lawqa[ocr]'") from None
    import pypdfium2

    engine = RapidOCR()
    out: dict[int, list[PageLine]] = {}
    with pypdfium2.PdfDocument(raw) as document:
        for number in pages:
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(_DOTS_PER_POINT, 4000 / max(width, height, 1))
            found, _ = engine(page.render(scale=scale).to_numpy())
            out[number] = _lines([_box(x, scale) for x in found or []], height)
    return out


def _box(found: Any, scale: float) -> _Box:
    points, text, _ = found
    xs, ys = [p[0] / scale for p in points], [p[1] / scale for p in points]
    return _Box(min(xs), max(xs), min(ys), max(ys), str(text))


def _lines(boxes: Sequence[_Box], height: float) -> list[PageLine]:
    """Boxes of one printed line put together; sizes are told apart only where they clearly differ."""
    rows: list[list[_Box]] = []
    for box in sorted(boxes, key=lambda b: b.top):
        middle = (box.top + box.bottom) / 2
        if rows and rows[-1][0].top < middle < rows[-1][0].bottom:
            rows[-1].append(box)
        else:
            rows.append([box])
    usual = sorted(b.bottom - b.top for b in boxes)[len(boxes) // 2] if boxes else 0
    out = []
    for row in rows:
        row.sort(key=lambda b: b.x0)
        tall = max(b.bottom - b.top for b in row)
        size = round(0.8 * (tall if tall > 1.4 * usual else usual))
        text = "".join(b.text for b in row)
        out.append(PageLine(text, row[0].x0, row[-1].x1, row[0].top, size, row[0].top / max(height, 1)))
    return out
