"""A scanned page, recognised by the optional OCR."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from lawqa.files.reader import read_file
from lawqa.importers.draft import Draft

pytestmark = pytest.mark.slow


def test_a_scanned_page_is_recognised_and_marked_as_unconfirmed(tmp_path: Path, draft: Callable[..., Draft]) -> None:
    pytest.importorskip("rapidocr_onnxruntime")
    import pypdfium2

    printed = Path(__file__).parent / "files" / "genai-interim-measures-2023.pdf"
    with pypdfium2.PdfDocument(printed.read_bytes()) as document:
        picture = document[0].render(scale=2).to_pil()
    out = io.BytesIO()
    picture.save(out, "PDF")
    path = tmp_path / "scan.pdf"
    path.write_bytes(out.getvalue())
    source = read_file(path, ocr=True)
    assert source.ocr
    assert "生成式人工智能服务管理暂行办法" in source.text.replace("\n", "")
    made = draft(source, title="生成式人工智能服务管理暂行办法")
    assert made.instrument.provisions[0].marker == "第一条"
    assert all(p.doubtful for p in made.instrument.provisions)
    assert "OCR" in made.instrument.verification.note
