"""What is set side by side, ready to be written: blocks of quotations with what was found by comparing them."""

from __future__ import annotations

from dataclasses import dataclass

from lawqa.answer.select import Selected
from lawqa.corpus.reference import Reference


@dataclass(frozen=True, slots=True)
class Block:
    """The quotations on one topic. ``title`` heads it (empty: no head), ``remark`` says in one sentence what differs,
    made of verified parts; ``by_document`` heads the quotations by document, else each names its own."""

    selected: tuple[Selected, ...]
    title: str = ""
    remark: str = ""
    by_document: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """An ``opening`` sentence, ``heads`` below it, the blocks, ``notes`` and what is ``related`` behind them. Without
    any quotation ``opening`` is the reason why there is no answer. ``literal``: what is quoted was found by the words of
    the question; else, of a topic told at length, it must be weighed like any other answer."""

    opening: str
    blocks: tuple[Block, ...] = ()
    notes: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    related: tuple[Reference, ...] = ()
    literal: bool = True

    @property
    def selected(self) -> list[Selected]:
        return [s for block in self.blocks for s in block.selected]
