"""The reference of a provision: ``document-id:number``, as scripts, links and question sets write it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lawqa.errors import UsageError

_DOCUMENT = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*$")
_PART = re.compile(r"(?:h?\d+|\d+-\d+|[a-z]{1,2})$")


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """A provision, or a paragraph (款) or item (项) of an article.

    ``number`` is the article (``7``, ``20-1``) or the dotted path of a section (``5.1``, ``h3.4``);
    ``paragraph`` and ``item`` count from 1 and exist for articles only.
    """

    document: str
    number: str
    paragraph: int | None = None
    item: int | None = None

    def __str__(self) -> str:
        tail = "".join(f".{n}" for n in (self.paragraph, self.item) if n is not None)
        return f"{self.document}:{self.number}{tail}"

    @property
    def provision(self) -> Reference:
        """The reference cut to its article or section."""
        return self if self.paragraph is None else replace(self, paragraph=None, item=None)

    def at(self, paragraph: int, item: int | None = None) -> Reference:
        """The paragraph or item of this article."""
        return replace(self, paragraph=paragraph, item=item)


def split_reference(text: str) -> tuple[str, str]:
    """``doc:7.1`` → ``("doc", "7.1")``; UsageError where ``text`` is not of that form."""
    document, _, number = text.strip().partition(":")
    if not _DOCUMENT.match(document) or not number or not all(_PART.match(p) for p in number.split(".")):
        raise UsageError(f"引用“{text}”不合格式：应为 文件标识:编号，如 genai-interim-measures-2023:7.1.3")
    return document, number
