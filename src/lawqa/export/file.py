"""Writing a conversation to a file whose ending names the format."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from lawqa.answer.answer import Answer
from lawqa.corpus.library import Corpus
from lawqa.errors import UsageError
from lawqa.export.memo import memo
from lawqa.export.text import render

_SUFFIXES = {".docx": "docx", ".md": "markdown", ".txt": "citation"}


def checked_path(path: Path) -> Path:
    """``path`` where a new file can be written; UsageError names every fault, so that nothing is asked in vain."""
    faults = []
    if path.suffix.lower() not in _SUFFIXES:
        faults.append(f"文件名应以 {'、'.join(_SUFFIXES)} 结尾")
    if path.exists():
        faults.append("已经存在，请换一个文件名")
    if not path.parent.is_dir():
        faults.append(f"文件夹“{path.parent}”不存在")
    elif not os.access(path.parent, os.W_OK):
        faults.append(f"文件夹“{path.parent}”不能写入")
    if faults:
        raise UsageError(f"不能导出到“{path}”：{'；'.join(faults)}")
    return path


def write(corpus: Corpus, answers: Sequence[Answer], path: Path) -> None:
    """The conversation as a file: .docx a memo, .md Markdown, .txt text with legal citations. Whole or not at all."""
    format = _SUFFIXES[checked_path(path).suffix.lower()]
    data = memo(corpus, answers) if format == "docx" else render(corpus, answers, format).encode()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".lawqa-", suffix=path.suffix)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise UsageError(f"不能导出到“{path}”：{error.strerror}") from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
