"""Instruments: laws, rules, policies and foreign documents with their metadata and provisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lawqa.corpus.provision import Provision

#: Kinds in the order of legal force, the strongest first (Legislation Law of the PRC, Arts. 98 to 103).
KINDS = (
    "法律",
    "行政法规",
    "部门规章",
    "规范性文件",
    "政策文件",
    "伦理规范",
    "立场文件",
    "征求意见稿",
    "境外文件",
    "研究报告",
    "内部制度",
)
BINDING_KINDS = frozenset({"法律", "行政法规", "部门规章", "规范性文件"})
STATUSES = ("现行有效", "已被修改", "已失效", "征求意见稿", "未生效", "不适用")
RELATION_TYPES = ("cites", "finalizes", "implements", "amended_by", "repealed_by")


@dataclass(frozen=True, slots=True)
class Relation:
    """``type`` is one of RELATION_TYPES; ``id`` another document of the corpus."""

    type: str
    id: str


@dataclass(frozen=True, slots=True)
class Verification:
    """How far the text was compared with independent copies; ``coverage`` is a share of characters, 0 to 1."""

    level: str
    coverage: float
    note: str
    doubtful: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Instrument:
    """One document of the corpus; dates are None where there is none or it is not certain."""

    id: str
    title: str
    short_titles: tuple[str, ...]
    english_title: str | None
    original_title: str | None
    kind: str
    issuers: tuple[str, ...]
    document_number: str | None
    adopted: date | None
    promulgated: date | None
    effective: date | None
    status: str
    relations: tuple[Relation, ...]
    source_url: str | None
    text_form: str
    verification: Verification
    preamble: tuple[str, ...]
    provisions: tuple[Provision, ...]
    label: str

    @property
    def is_digest(self) -> bool:
        """True where the text is the project's own summary and must never be shown as the original."""
        return self.text_form == "digest"

    @property
    def is_binding(self) -> bool:
        return self.kind in BINDING_KINDS

    @property
    def force_rank(self) -> int:
        """0 for statutes, growing as the legal force falls."""
        return KINDS.index(self.kind)

    @property
    def articles(self) -> tuple[Provision, ...]:
        return tuple(p for p in self.provisions if p.is_article)

    @property
    def last_article(self) -> int | None:
        """The number of the last article, which is how many there are where none is held back; None without articles."""
        numbers = [int(p.ref.number.split("-")[0]) for p in self.articles]
        return max(numbers, default=None)
