"""Files to be checked, as text: .txt, .md, .html, .docx and .pdf, within limits."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from lawqa.errors import UsageError

MAX_BYTES = 20 * 2**20
MAX_UNPACKED = 200 * 2**20
MAX_PAGES = 1000
_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul".split()
)


def read_text(path: Path) -> str:
    """The text of a file; UsageError that names what is wrong with it and what would do."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UsageError(f"文件“{path}”超过{MAX_BYTES >> 20} MB：请分成几份")
        data = path.read_bytes()
    except FileNotFoundError:
        raise UsageError(f"文件“{path}”不存在：请检查路径") from None
    except IsADirectoryError:
        raise UsageError(f"“{path}”是文件夹：请给出其中的一份文件") from None
    except PermissionError:
        raise UsageError(f"文件“{path}”无权读取：请检查权限") from None
    return text_of(data, path.name)


def text_of(data: bytes, name: str) -> str:
    """The text of a file's bytes; ``name`` tells its kind."""
    suffix = Path(name).suffix.lower()
    reader = _READERS.get(suffix)
    if reader is None:
        raise UsageError(f"“{name}”的格式不能识别：请用 {'、'.join(sorted(_READERS))} 之一")
    text = reader(data, name)
    if not text.strip():
        hint = "可能是扫描件，请先转成文字" if suffix == ".pdf" else "请检查内容"
        raise UsageError(f"“{name}”里没有文字：{hint}")
    return text


def decoded(data: bytes, name: str) -> str:
    """Plain text in UTF-8, UTF-16 with its mark, or GB 18030."""
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text.replace("\r\n", "\n").replace("\r", "\n")
    raise UsageError(f"“{name}”不是文本文件（UTF-8 或 GB 18030）：请另存为文本")


def paragraphs_of(document: object) -> list[object]:
    """Every paragraph of a python-docx document in reading order, those of tables included."""
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    out: list[object] = []

    def walk(block: object) -> None:
        if isinstance(block, Paragraph):
            out.append(block)
        elif isinstance(block, Table):
            for row in block.rows:
                seen = set()
                for cell in row.cells:
                    if cell._tc in seen:  # a merged cell comes once for every column
                        continue
                    seen.add(cell._tc)
                    for inner in cell.iter_inner_content():
                        walk(inner)

    for block in document.iter_inner_content():  # type: ignore[attr-defined]
        walk(block)
    return out


def open_docx(data: bytes, name: str) -> object:
    """The python-docx document; UsageError for what is none, or would unpack to too much."""
    import docx

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(i.file_size for i in archive.infolist()) > MAX_UNPACKED:
                raise UsageError(f"“{name}”解压后过大：不予读取")
        return docx.Document(io.BytesIO(data))
    except UsageError:
        raise
    except Exception:  # python-docx raises whatever its parsers do
        raise UsageError(f"“{name}”不是完好的 Word 文件（.docx）：请用 Word 重新保存") from None


def _docx(data: bytes, name: str) -> str:
    return "\n".join(p.text for p in paragraphs_of(open_docx(data, name)))  # type: ignore[attr-defined]


def _pdf(data: bytes, name: str) -> str:
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UsageError(f"“{name}”有密码：请先解除")
        if len(reader.pages) > MAX_PAGES:
            raise UsageError(f"“{name}”超过{MAX_PAGES}页：请分成几份")
        return "\n".join(page.extract_text() for page in reader.pages)
    except UsageError:
        raise
    except Exception:
        raise UsageError(f"“{name}”不是完好的 PDF 文件：请重新导出") from None


def _html(data: bytes, name: str) -> str:
    from lxml import etree, html

    try:
        # the declared encoding is the parser's business; without one, ours
        declared = b"charset" in data[:2048].lower()
        root = html.document_fromstring(data if declared else decoded(data, name))
    except (etree.ParserError, ValueError):
        raise UsageError(f"“{name}”不是网页：请检查内容") from None
    for element in root.xpath("//script|//style|//noscript|//template|//head"):
        element.drop_tree()
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag in _BLOCKS:
            element.tail = "\n" + (element.tail or "")
            if element.tag == "blockquote":
                element.text = "\n> " + (element.text or "").lstrip()
    lines = (" ".join(line.split()) for line in str(root.text_content()).split("\n"))
    return "\n".join(line for line in lines if line)


_READERS: dict[str, Callable[[bytes, str], str]] = {
    ".txt": decoded,
    ".md": decoded,
    ".markdown": decoded,
    ".html": _html,
    ".htm": _html,
    ".docx": _docx,
    ".pdf": _pdf,
}
