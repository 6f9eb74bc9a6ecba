"""Where an article of the older text stands in the newer one."""

from __future__ import annotations

from lawqa.compare.comparison import MERGED, REFERENCES, SAME, Comparison
from lawqa.corpus.instrument import Instrument
from lawqa.corpus.library import Corpus

#: Kinds of rows whose words are the same on both sides.
KEPT = (SAME, REFERENCES)


def by_old_number(named: set[str], old: str, new: str, once: bool) -> set[str]:
    """The articles of the ``old`` text with the numbers that are named, and unless they are ``once`` had those of the
    ``new`` one too."""
    olds = {ref.replace(f"{new}:", f"{old}:", 1) for ref in named}
    return olds if once else olds | named


def became(corpus: Corpus, comparison: Comparison, ref: str) -> str:
    """Where an article of the older text stands in the newer one: 2016年文本第二十一条在2025年修正文本中为第二十三条。
    Empty for an article of the newer text, or of none."""
    rows = [row for row in comparison.rows if row.a == ref]
    if not rows:
        return ""
    old, new = (corpus.instrument(id) for id in (comparison.a, comparison.b))
    article = corpus.provision(corpus.parse(ref)).label.removeprefix(old.label)
    news = sorted({row.b for row in rows if row.b}, key=lambda b: corpus.provision(corpus.parse(b)).line)
    numbers = "、".join(corpus.provision(corpus.parse(b)).label.removeprefix(new.label) for b in news)
    where = f"{_text(old)}{article}在{_text(new)}中"
    kinds = {row.kind for row in rows}
    if not news:
        return f"{where}没有文字相近的条文。"
    if kinds <= set(KEPT):
        return f"{where}为{numbers}。"
    return f"{where}并入{numbers}。" if kinds == {MERGED} else f"{where}对应{numbers}，内容有改动。"


def _text(instrument: Instrument) -> str:
    """2016年文本, 征求意见稿."""
    own = edition(instrument)
    return f"{own.strip('（）')}文本" if own.startswith("（") else own


def edition(instrument: Instrument) -> str:
    """What tells two versions apart: （2016年）, 征求意见稿, 正式文本."""
    own = instrument.label.removeprefix(f"《{instrument.title}》")
    return own or ("征求意见稿" if instrument.kind == "征求意见稿" else "正式文本")
