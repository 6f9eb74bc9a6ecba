"""Look-ups by name and number: the provision that a citation means, the document that a name means."""

from __future__ import annotations

from datetime import date

from lawqa.answer.refusal import missing_reason
from lawqa.corpus import Provision, Reference
from lawqa.corpus.mentions import find_mentions
from lawqa.corpus.titles import Titles
from lawqa.errors import ReferenceNotFound, UsageError


def look_up(titles: Titles, text: str, day: date, primary: str | None) -> tuple[Provision, Reference]:
    """The provision that a reference or a citation in anybody's words names on ``day``, with the precise reference.

    ``primary`` is the document of a bare 第七条. Raises ReferenceNotFound that says how many articles there are, or
    that the text is not held.
    """
    corpus = titles.corpus
    text = text.strip()
    if ":" in text and text.isascii():
        ref = corpus.parse(text)
        return corpus.provision(ref), ref
    for mention in find_mentions(text, titles, day, primary):
        if mention.catalog:
            entry = corpus.entry(mention.catalog)
            raise ReferenceNotFound(f"《{entry.title if entry else mention.name}》只有目录，没有收录正文")
        for target in mention.targets:
            if target.ref is not None and target.exists:
                return corpus.provision(target.ref), target.ref
            if target.ref is not None:
                raise ReferenceNotFound(missing_reason(corpus, [(target.ref.document, target.number)]))
        if len(mention.documents) > 1:
            names = "、".join(corpus.instrument(d).label for d in mention.documents)
            raise ReferenceNotFound(f"“{mention.name}”可能指{names}：请写明是哪一份")
        if mention.unknown:
            near = titles.near(mention.name or "")
            hint = f"相近的有《{'》《'.join(near)}》" if near else "lawqa corpus list 列出全部文件"
            raise ReferenceNotFound(f"没有收录《{mention.name}》；{hint}")
    raise ReferenceNotFound(
        f"“{text[:40]}”里没有认出条文：请写成 genai-interim-measures-2023:7 或“暂行办法第七条”的样子"
    )


def document_named(titles: Titles, name: str) -> str:
    """The id of the document that an id or a name in anybody's words means; ReferenceNotFound, UsageError."""
    corpus = titles.corpus
    name = name.strip()
    if corpus.has(name):
        return name
    title, _, year = name.strip("《》").partition("（")
    documents = titles.edition(title, year[:4]) if year[:4].isdigit() else ()
    documents = documents or titles.resolve(name, date.today())
    if len(documents) == 1:
        return documents[0]
    if documents:
        raise UsageError(f"“{name}”可能指{'、'.join(documents)}：请写文件标识")
    if any(not n.held for n in titles.meanings(name)):
        raise ReferenceNotFound(f"“{name}”只有目录，没有收录正文")
    raise ReferenceNotFound(f"没有标识或名称为“{name}”的文件；lawqa corpus list 列出全部文件")
