"""Honest marks: what a reader must know about a document before relying on it."""

from __future__ import annotations

from datetime import date

from lawqa.corpus.instrument import Instrument
from lawqa.corpus.library import Corpus
from lawqa.corpus.provision import Provision


def status_line(corpus: Corpus, instrument: Instrument, day: date) -> str:
    """``部门规章 · 现行有效 · 自2023年8月15日起施行``."""
    parts = [instrument.kind]
    status = corpus.status_on(instrument, day)
    if status == "征求意见稿":
        parts.append("未生效")
    elif status == "现行有效" and corpus.status_on(instrument, max(day, date.today())) != status:
        parts.append("当时有效，现已被修改" if corpus.successor(instrument) else "当时有效")
    elif status != "不适用":
        parts.append(status)
    if instrument.effective and status != "未生效":
        parts.append(f"{'将' if instrument.effective > day else ''}自{chinese_date(instrument.effective)}起施行")
    elif instrument.promulgated:
        parts.append(f"{chinese_date(instrument.promulgated)}发布")
    return " · ".join(parts)


def marks(corpus: Corpus, provision: Provision, day: date) -> tuple[str, ...]:
    """Short marks for one provision: draft, superseded, digest, unconfirmed wording, no binding force, foreign."""
    instrument = corpus.instrument(provision.ref.document)
    out = []
    status = corpus.status_on(instrument, day)
    if status == "征求意见稿":
        final = corpus.successor(instrument)
        out.append("征求意见稿，未生效" + (f"；正式文本是{final.label}" if final else ""))
    elif status == "已被修改":
        newer = corpus.successor(instrument)
        out.append("已被修改" + (f"；现行文本是{newer.label}" if newer else ""))
    elif status == "尚未施行":
        assert instrument.effective is not None
        out.append(f"尚未施行，自{chinese_date(instrument.effective)}起施行")
    elif status == "尚未公布":
        out.append("当时尚未公布")
    elif status == "未生效":
        out.append("未成为法律")
    if instrument.is_digest:
        out.append("摘编，非原文")
    if provision.doubtful:
        out.append("文字未核对")
    if instrument.kind == "境外文件":
        out.append("境外文件，在中国没有法律效力")
    elif not instrument.is_binding and status != "征求意见稿":
        out.append(f"{instrument.kind}，没有法律约束力")
    return tuple(out)


def notices(corpus: Corpus, provisions: list[Provision], day: date) -> tuple[str, ...]:
    """One notice a document and mark, with the document named."""
    out: dict[str, None] = {}
    for provision in provisions:
        instrument = corpus.instrument(provision.ref.document)
        for mark in marks(corpus, provision, day):
            name = provision.label if mark == "文字未核对" else instrument.label
            text = "有的文字未能与独立副本核对，引用前请核对原文" if mark == "文字未核对" else f"：{mark}"
            out[f"{name}{text}。"] = None
    return tuple(out)


def chinese_date(day: date) -> str:
    """``2023年8月15日``."""
    return f"{day.year}年{day.month}月{day.day}日"
