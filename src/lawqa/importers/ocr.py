"""Scanned pages, recognised by RapidOCR, whose models lie inside its package: nothing is fetched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lawqa.importers.limits import ImportFault

_DOTS_PER_POINT = 200 / 72


def recognise(name: str, raw: bytes, pages: Sequence[int]) -> dict[int, list[str]]:
    """The lines of each of ``pages`` (from 1), top to bottom; ImportFault where the extra is not installed."""
    try:
        from rapidocr_onnxruntime import RapidOCR
    except ImportError:
        raise ImportFault(f"{name}：识别扫描页需要 OCR 组件：pip install 'lawqa[ocr]'") from None
    import pypdfium2

    engine = RapidOCR()
    out: dict[int, list[str]] = {}
    with pypdfium2.PdfDocument(raw) as document:
        for number in pages:
            page = document[number - 1]
            scale = min(_DOTS_PER_POINT, 4000 / max(*page.get_size(), 1))
            found, _ = engine(page.render(scale=scale).to_numpy())
            out[number] = _lines(found or [])
    return out


def _lines(found: Sequence[Any]) -> list[str]:
    """Boxes of one printed line put together from left to right."""
    rows: list[list[tuple[float, float, float, str]]] = []
    for box, text, _ in found:
        top, bottom = min(p[1] for p in box), max(p[1] for p in box)
        rows.append([(min(p[0] for p in box), top, bottom, str(text))])
    rows.sort(key=lambda r: r[0][1])
    merged: list[list[tuple[float, float, float, str]]] = []
    for row in rows:
        middle = (row[0][1] + row[0][2]) / 2
        if merged and merged[-1][0][1] < middle < merged[-1][0][2]:
            merged[-1] += row
        else:
            merged.append(row)
    return ["".join(x[3] for x in sorted(row)) for row in merged]
