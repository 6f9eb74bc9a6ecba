"""What a file may be: its kind told from its bytes, its size bounded, hostile ones refused in one line."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from lawqa.errors import UsageError, reason_of

MAX_BYTES = 50 * 2**20
MAX_UNPACKED = 200 * 2**20
MAX_PARTS = 5000
MAX_PAGES = 2000
MAX_CHARS = 5_000_000
#: Seconds and bytes that reading one file may take.
MAX_SECONDS, MAX_MEMORY = 180, 4 * 2**30
PLAIN = (".txt", ".md")
KINDS = (".docx", ".pdf", ".html", *PLAIN)
_SUFFIXES = {".htm": ".html", ".xhtml": ".html", ".shtml": ".html", ".text": ".txt", ".markdown": ".md"}
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_FOREIGN = (
    (b"\x7fELF", "Linux 程序"),
    (b"\xd0\xcf\x11\xe0", "旧格式 .doc 或加密的 Word 文件"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"{\\rtf", "RTF 文件"),
)


class FileFault(UsageError):
    """A file that cannot be read: one Chinese line with the file, the reason and the remedy."""


def why(error: BaseException) -> str:
    """A library's reason in one short line."""
    return " ".join(str(error).split())[:120] or type(error).__name__


def read_bytes(path: Path) -> bytes:
    """The bytes of a file within the limit."""
    try:
        if not path.is_file():
            raise FileFault(f"{path}：{'是文件夹' if path.is_dir() else '文件不存在'}，应为一份文件")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise FileFault(f"{path}：{size / 2**20:.0f} MiB，超过上限 {MAX_BYTES // 2**20} MiB")
        if size == 0:
            raise FileFault(f"{path}：是空文件")
        return path.read_bytes()
    except OSError as error:
        raise FileFault(f"{path}：不能读（{reason_of(error)}）") from error


def kind_of(name: str, raw: bytes) -> str:
    """One of KINDS, from the bytes first and the name second; FileFault where both disagree or none is known."""
    suffix = Path(name).suffix.lower()
    suffix = _SUFFIXES.get(suffix, suffix)
    foreign = next((what for magic, what in _FOREIGN if raw.startswith(magic)), None)
    if raw.startswith(b"MZ") and b"\0" in raw[:128]:  # without a zero byte it is a text that begins with these letters
        foreign = "Windows 程序"
    if foreign:
        raise FileFault(f"{name}：内容其实是{foreign}；请另存为 {'、'.join(KINDS)} 之一")
    if raw[:1024].lstrip().startswith(b"%PDF-"):
        return _same(name, suffix, ".pdf")
    if raw.startswith(b"PK\x03\x04"):
        return _same(name, suffix, ".docx")
    if suffix in (".docx", ".pdf"):
        raise FileFault(f"{name}：内容不是 {suffix}，文件可能损坏或改过扩展名")
    if suffix not in KINDS:
        if re.search(rb"<(?:!doctype\s+html|html|body|p)\b", raw[:4096], re.IGNORECASE):
            return ".html"
        raise FileFault(f"{name}：不认识的类型“{suffix or '无扩展名'}”；可以是 {'、'.join(KINDS)}")
    return suffix


def _same(name: str, suffix: str, kind: str) -> str:
    if suffix != kind and suffix in KINDS:
        raise FileFault(f"{name}：扩展名是 {suffix}，内容却是 {kind}；请改正扩展名")
    if suffix in (".docm", ".dotm"):
        raise FileFault(f"{name}：含有宏；请另存为不含宏的 .docx")
    if kind == ".docx" and suffix in (".xlsx", ".pptx", ".zip", ".odt", ".ofd", ".jar"):
        raise FileFault(f"{name}：不认识的类型“{suffix}”；可以是 {'、'.join(KINDS)}")
    return kind


def check_package(name: str, raw: bytes) -> None:
    """A .docx before it is opened: its true unpacked size, macros, DTDs, damage."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            infos = package.infolist()
            if len(infos) > MAX_PARTS:
                raise FileFault(f"{name}：压缩包内有 {len(infos)} 个部件，超过上限 {MAX_PARTS}")
            left = MAX_UNPACKED
            for info in infos:
                if info.flag_bits & 1:
                    raise FileFault(f"{name}：已加密；请先解除密码")
                if "vbaproject" in info.filename.lower():
                    raise FileFault(f"{name}：含有宏；请另存为不含宏的 .docx")
                left = _check_part(name, package, info, left)
            if "word/document.xml" not in package.namelist():
                raise FileFault(f"{name}：不是 Word 文件（没有 word/document.xml）")
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise FileFault(f"{name}：不是完好的 .docx（{why(error)}）") from error


def _check_part(name: str, package: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> int:
    """Unpack one part piece by piece, whatever size it declares; returns what is left of the allowance."""
    markup, tail = info.filename.endswith((".xml", ".rels")), b""
    with package.open(info) as part:
        while chunk := part.read(1 << 20):
            left -= len(chunk)
            if left < 0:
                raise FileFault(f"{name}：解压后超过上限 {MAX_UNPACKED // 2**20} MiB（可能是压缩炸弹）")
            plain = (tail + chunk).replace(b"\0", b"")  # UTF-16 hides a DTD from a search of bytes
            if markup and _DTD.search(plain):
                raise FileFault(f"{name}：{info.filename} 含有 DTD 或外部实体，正常的 Word 文件没有")
            tail = chunk[-32:]
    return left
