"""The front matter of an added document: what the user says over what the catalog, the file and the text suggest."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from lawqa.corpus.instrument import KINDS, STATUSES
from lawqa.corpus.library import Corpus
from lawqa.corpus.numerals import parse_numeral
from lawqa.files.source import Source
from lawqa.importers.fault import ImportFault
from lawqa.importers.front_lines import DOCUMENT_NUMBER
from lawqa.importers.slug import slug
from lawqa.text.normalise import fold

DIGEST_NOTICE = "本文为要点摘编，非原文。"
_STATE = "中华人民共和国"
_DAY = r"(\d{4}|[〇○零一二三四五六七八九]{4})\s*年\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*月\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*日"
_EFFECTIVE = re.compile(rf"自\s*{_DAY}\s*起(?:施行|实施|执行|生效)")
_ADOPTED = re.compile(rf"{_DAY}[^。；]{{0,60}}?(?:通过|审议通过|修订|修正)")
_PROMULGATED = re.compile(rf"{_DAY}[^。；，]{{0,40}}?(?:公布|发布|印发)")
_ON_PROMULGATION = re.compile(r"自(?:公布|发布|印发)之日起(?:施行|实施|执行|生效)")
_NUMBER_IN_TEXT = 12
_KIND_BY_TITLE = (
    (re.compile(r"征求意见稿|草案|送审稿"), "征求意见稿"),
    (re.compile(r"伦理.*(?:规范|原则|准则)|治理原则"), "伦理规范"),
    (re.compile(r"立场文件"), "立场文件"),
    (re.compile(r"报告$|白皮书|蓝皮书"), "研究报告"),
    (re.compile(r"条例$"), "行政法规"),
    (re.compile(r"(?:法|法典)$"), "法律"),
    (re.compile(r"(?:制度|守则|规程|手册|管理规则)(?:（.*）)?$|公司|集团|银行"), "内部制度"),
    (re.compile(r"规划|计划|意见|方案|纲要|行动|倡议"), "政策文件"),
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields of the front matter that a person knows; None and empty where nobody does."""

    id: str | None = None
    title: str | None = None
    short_titles: tuple[str, ...] | None = None
    english_title: str | None = None
    original_title: str | None = None
    kind: str | None = None
    issuers: tuple[str, ...] | None = None
    document_number: str | None = None
    adopted: date | None = None
    promulgated: date | None = None
    effective: date | None = None
    status: str | None = None
    source_url: str | None = None
    text: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """These values where they are known, else the ``other``'s."""
        given = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) is not None}
        return replace(other, **given)


def propose(
    source: Source, title: str, preamble: tuple[str, ...], signature: tuple[str, ...], corpus: Corpus
) -> Metadata:
    """What catalog, file and text suggest for a document called ``title``."""
    return from_catalog(title, corpus).over(from_text(source, title, preamble, signature))


def from_catalog(title: str, corpus: Corpus) -> Metadata:
    """The catalog's facts on an instrument of this title, whose text the user now brings."""
    wanted = fold(title).removeprefix(fold(_STATE))
    for entry in corpus.catalog:
        if (
            fold(re.sub(r"（[^）]*）$", "", entry.title)).removeprefix(fold(_STATE)) == wanted
            or fold(entry.title) == wanted
        ):
            return Metadata(
                id=entry.id if re.search(r"-\d{4}$", entry.id) else None,
                kind=entry.kind if entry.kind in KINDS else None,
                issuers=entry.issuers or None,
                document_number=entry.document_number,
                promulgated=entry.promulgated,
                effective=entry.effective,
                status=entry.status if entry.status in STATUSES else None,
                source_url=entry.source_url,
            )
    return Metadata()


def from_text(source: Source, title: str, preamble: tuple[str, ...], signature: tuple[str, ...]) -> Metadata:
    """Proposals from the file's facts, the lines around the text, and the article on entry into force."""
    around = "\n".join([*preamble[:_NUMBER_IN_TEXT], *signature])
    number = DOCUMENT_NUMBER.search(around)
    adopted = _day(_ADOPTED, around)
    signed = next((d for x in reversed(signature) if (d := _day(re.compile(_DAY), x))), None)
    promulgated = _day(_PROMULGATED, around) or signed or _iso(source.facts.get("published", ""))
    effective = _day(_EFFECTIVE, source.text)
    if effective is None and _ON_PROMULGATION.search(source.text):
        effective = promulgated
    kind = _kind(title, number[0] if number else "")
    issuers = tuple(x for x in signature if not _day(re.compile(_DAY), x))
    if not issuers and (issuer := source.facts.get("issuer")):
        issuers = (issuer,)
    year = (adopted or promulgated or effective or date.today()).year
    draft = kind == "征求意见稿"
    return Metadata(
        id=slug(title, year),
        title=title,
        short_titles=_short_titles(title),
        kind=kind,
        issuers=issuers,
        document_number=re.sub(r"\s+", " ", number[0]).strip() if number else None,
        adopted=adopted,
        promulgated=promulgated,
        effective=None if draft else effective,
        status="征求意见稿" if draft else "现行有效" if effective or kind == "内部制度" else "不适用",
        source_url=source.facts.get("url"),
        text="digest" if DIGEST_NOTICE in preamble else "verbatim",
    )


def _kind(title: str, number: str) -> str:
    for pattern, kind in _KIND_BY_TITLE:
        if pattern.search(title.removeprefix(_STATE)):
            return kind
    if "令" in number:
        return "部门规章"
    return "规范性文件" if number else "内部制度"


def _short_titles(title: str) -> tuple[str, ...]:
    """The title without the state's name and without （试行）, where that is a name of its own."""
    bare = re.sub(r"（(?:试行|暂行|修订|\d{4}年[^）]*)）", "", title.removeprefix(_STATE))
    return (bare,) if bare not in (title, title.removeprefix(_STATE)) else ()


def _day(pattern: re.Pattern[str], text: str) -> date | None:
    match = pattern.search(text)
    if not match:
        return None
    parts = [parse_numeral(x.replace("○", "〇")) for x in match.groups()[:3]]
    try:
        return date(*[p or 0 for p in parts])
    except (ValueError, TypeError):
        return None


def _iso(text: str) -> date | None:
    match = re.match(r"(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})", text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def parsed(field: str, value: str) -> Any:
    """A value that a person typed, as its field holds it; ImportFault says what it should look like."""
    value = value.strip()
    if value in ("", "null", "无", "-"):
        return () if field in ("issuers", "short_titles") else None
    if field in ("issuers", "short_titles"):
        return tuple(x.strip() for x in re.split(r"[、,，;；]", value) if x.strip())
    if field in ("adopted", "promulgated", "effective"):
        if (day := _iso(value)) is None:
            raise ImportFault(f"{field}“{value}”应为 YYYY-MM-DD 的日期")
        return day
    allowed = {"kind": KINDS, "status": STATUSES, "text": ("verbatim", "digest")}.get(field)
    if allowed and value not in allowed:
        raise ImportFault(f"{field}“{value}”不在许可的值之内：{'、'.join(allowed)}")
    if field == "id" and not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*-\d{4}", value):
        raise ImportFault(f"id“{value}”不合格式：应为小写英文加连字符，以四位年份结尾，如 acme-data-policy-2024")
    if field == "source_url" and not re.match(r"https?://[^\s/]+", value):
        raise ImportFault(f"source_url“{value}”应以 http:// 或 https:// 开头")
    return value
