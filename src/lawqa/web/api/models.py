"""What the HTTP API takes and gives; the field names are those of the commands' JSON."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import Query
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema


def _iso_day(value: object) -> object:
    """Dates are written YYYY-MM-DD; pydantic alone would take a number for seconds since 1970."""
    if value is None:
        return None
    try:
        if isinstance(value, str) and len(value) == 10:
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise ValueError("应为 YYYY-MM-DD 的日期")


def _said(value: str) -> str:
    if not value.strip():
        raise ValueError("不能为空")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("含有不成字的编码") from None
    return value


Day = Annotated[
    date | None,
    BeforeValidator(_iso_day),
    Field(description="按这一天的法律；缺省为今天"),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}),
]
#: Text with something in it; how much is allowed is a setting, so it is checked where the setting is known.
Said = Annotated[str, AfterValidator(_said), Field(min_length=1, json_schema_extra={"pattern": r"[^\s]"})]
DocumentId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)]


class Request(BaseModel):
    """Unknown fields are refused: a misspelt ``as_of`` must not silently mean today."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Turn(BaseModel):
    """An earlier question of the conversation; other keys (an answer) may stand beside it."""

    model_config = ConfigDict(extra="ignore")
    q: str


def _turn(value: object) -> object:
    if not isinstance(value, dict):
        raise ValueError('应为 {"q": 问题}')
    return value


#: As ``lawqa.history`` has it over HTTP, where a turn is always an object.
Turns = Annotated[
    list[Annotated[Turn, BeforeValidator(_turn)]], Field(max_length=50, description="此前的问题，先问的在前")
]


class AskRequest(Request):
    question: Said
    as_of: Day = None
    docs: list[DocumentId] = Field(default_factory=list, max_length=100, description="只用这些文件")
    history: Turns = Field(default_factory=list)


class SearchRequest(Request):
    query: Said
    k: int = Field(default=10, ge=1, le=1000)
    as_of: Day = None
    docs: list[DocumentId] = Field(default_factory=list, max_length=100)
    history: Turns = Field(default_factory=list)


class CheckRequest(Request):
    text: Said
    as_of: Day = None


#: A document's id or one of its names.
DocumentName = Annotated[str, Query(min_length=1, max_length=200, description="文件标识或名称，如 旧网安法")]


class CitationModel(BaseModel):
    marker: int
    ref: str
    document: str
    title: str
    label: str
    quote: str
    kind: str
    status: str
    effective: str | None
    url: str | None


class AnswerModel(BaseModel):
    model_config = ConfigDict(extra="allow")
    question: str
    status: str = Field(description="answered 或 refused")
    answer: str = Field(description="Markdown，带 [1] 标记")
    citations: list[CitationModel]
    reason: str | None
    notices: list[str]
    related: list[str]
    timings_ms: dict[str, float]
    understood: dict[str, Any] = Field(default_factory=dict)
    receipt: dict[str, Any] = Field(default_factory=dict)
    evidence: float = 1.0


class CheckedCitationModel(BaseModel):
    model_config = ConfigDict(extra="allow")
    span: list[int] = Field(description="在原文里的起止字符")
    text: str
    form: str
    claimed_ref: str | None
    claimed_label: str | None
    verdict: str
    reason: str
    correct_ref: str | None
    correct_label: str | None
    correct_text: str | None
    warnings: list[str]


class CheckModel(BaseModel):
    as_of: str
    counts: dict[str, int]
    citations: list[CheckedCitationModel]


class ComparedRowModel(BaseModel):
    model_config = ConfigDict(extra="allow")
    kind: str
    a: str | None
    b: str | None
    chapter: str
    renumbered: bool


class ComparisonModel(BaseModel):
    model_config = ConfigDict(extra="allow")
    a: str
    b: str
    a_label: str
    b_label: str
    counts: dict[str, int]
    substance: int
    chapters: dict[str, dict[str, int]]
    rows: list[ComparedRowModel]


class HitModel(BaseModel):
    model_config = ConfigDict(extra="allow")
    rank: int
    ref: str
    score: float
    document: str
    title: str
    label: str
    text: str


class SearchModel(BaseModel):
    query: str
    hits: list[HitModel]
    timings_ms: dict[str, float]


class BriefModel(BaseModel):
    ref: str
    label: str
    caption: str | None = None


class PieceModel(BaseModel):
    ref: str
    text: str


class ProvisionModel(BaseModel):
    """A provision in its place; ``text`` is literal, ``quote`` the part that the reference names."""

    model_config = ConfigDict(extra="allow")
    ref: str
    provision: str
    document: str
    title: str
    label: str
    text: str
    quote: str | None
    pieces: list[PieceModel]
    status: str
    status_line: str
    marks: list[str]
    effective: str | None
    previous: BriefModel | None
    next: BriefModel | None
    url: str | None


class DocumentModel(BaseModel):
    id: str
    title: str
    label: str
    kind: str
    status: str
    issuers: list[str]
    document_number: str | None
    promulgated: str | None
    effective: str | None
    provisions: int
    text: str = Field(description="original、translation 或 digest")
    verification: str
    url: str | None


class DocumentsPage(BaseModel):
    """``next`` is the offset of the next page, null on the last."""

    items: list[DocumentModel]
    total: int
    next: int | None


class ProvisionsPage(BaseModel):
    items: list[BriefModel]
    total: int
    next: int | None


class Problem(BaseModel):
    """An error, after RFC 9457; ``detail`` is one Chinese line that says what, where and how to mend it."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: list[dict[str, str]] = Field(default_factory=list)
