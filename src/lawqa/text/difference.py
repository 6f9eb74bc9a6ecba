"""Where a quotation and the law part, character by character."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from rapidfuzz.distance import Levenshtein

from lawqa.text.skeleton import Skeleton, skeleton_of

EQUAL, DROPPED, ADDED, CHANGED = "equal", "dropped", "added", "changed"
_Op = tuple[str, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Segment:
    """One run of the comparison. ``op``: ``equal``; ``dropped`` (the law has ``law``, the quotation nothing);
    ``added`` (only the quotation has ``quote``); ``changed``. Both sides are literal."""

    op: str
    quote: str
    law: str

    def to_dict(self) -> dict[str, str]:
        return {"op": self.op, "quote": self.quote, "law": self.law}


@dataclass(frozen=True, slots=True)
class Alignment:
    """A quotation laid on ``law[start:end]`` of a skeleton; ``ops`` as rapidfuzz gives them, quotation first."""

    start: int
    end: int
    ops: tuple[_Op, ...]

    @property
    def similarity(self) -> float:
        """Share of the longer side that is equal, 0 to 1."""
        equal = sum(b - a for tag, a, b, _, _ in self.ops if tag == "equal")
        quoted = max((b for _, _, b, _, _ in self.ops), default=0)
        return equal / max(quoted, self.end - self.start, 1)


def align(quote: str, law: str, breaks: Sequence[int] = ()) -> Alignment:
    """The best place of ``quote`` in ``law`` (both skeletons), and the changes that lead from one to the other.

    ``breaks``: ascending places of ``law`` that begin a sentence; what the quotation has beyond its first and
    last common words is compared with the law's words up to there only.
    """
    blocks = [b for b in SequenceMatcher(None, law, quote, autojunk=False).get_matching_blocks() if b.size >= 2]
    if not blocks:
        return Alignment(0, 0, (("delete", 0, len(quote), 0, 0),))
    first, last = blocks[0], blocks[-1]
    common = last.a + last.size
    before = breaks[bisect_right(breaks, first.a) - 1] if breaks and breaks[0] <= first.a else 0
    at = bisect_left(breaks, common)
    start = max(before, first.a - first.b)
    end = min(breaks[at] if at < len(breaks) else len(law), common + len(quote) - last.b - last.size)
    ops: list[_Op] = [
        (op.tag, op.src_start, op.src_end, op.dest_start + start, op.dest_end + start)
        for op in Levenshtein.opcodes(quote, law[start:end])
    ]
    # what the law has before and behind the quoted words was not dropped from them
    while ops and ops[0][0] == "insert":
        start = ops.pop(0)[4]
    while ops and ops[-1][0] == "insert":
        end = ops.pop()[3]
    return Alignment(start, end, tuple(_smooth(ops)))


def segments_between(a: str, b: str) -> tuple[Segment, ...]:
    """The runs of two whole texts, ``a`` as the quotation and ``b`` as the law; runs are kept long to be read."""
    ours, theirs = skeleton_of(a), skeleton_of(b)
    opcodes = SequenceMatcher(None, ours.text, theirs.text, autojunk=False).get_opcodes()
    # SequenceMatcher leads from its first to its second: the names of what only one side has agree with align()
    ops = _smooth([(tag, i1, i2, j1, j2) for tag, i1, i2, j1, j2 in opcodes])
    out = segments_of(Alignment(0, len(theirs.text), tuple(ops)), ours, a, theirs, b)
    head = (a[: ours.at[0]] if ours.at else a, b[: theirs.at[0]] if theirs.at else b)
    tail = (a[sum(len(s.quote) for s in out) + len(head[0]) :], b[sum(len(s.law) for s in out) + len(head[1]) :])
    # the punctuation at both ends belongs to the texts too
    if out:
        first = replace(out[0], quote=head[0] + out[0].quote, law=head[1] + out[0].law) if any(head) else out[0]
        out = (first, *out[1:])
        if any(tail):
            out = (*out[:-1], replace(out[-1], quote=out[-1].quote + tail[0], law=out[-1].law + tail[1]))
    return tuple(_named(s) for s in out)


def _named(segment: Segment) -> Segment:
    """A run named by what it has: punctuation joined to a one-sided run makes it two-sided."""
    if segment.op == EQUAL:
        return segment
    return replace(segment, op=CHANGED if segment.quote and segment.law else ADDED if segment.quote else DROPPED)


def _smooth(ops: Sequence[_Op]) -> list[_Op]:
    """A lone equal character between two changes makes the marks unreadable: one change instead."""
    out: list[_Op] = []
    for i, op in enumerate(ops):
        lone = op[0] == "equal" and op[2] - op[1] == 1 and 0 < i < len(ops) - 1
        if out and out[-1][0] != "equal" and (lone or op[0] != "equal"):
            before = out.pop()
            out.append(("replace", before[1], op[2], before[3], op[4]))
        else:
            out.append(op)
    return out


def segments_of(alignment: Alignment, quote: Skeleton, quoted: str, law: Skeleton, text: str) -> tuple[Segment, ...]:
    """The literal runs of both sides, punctuation included; joined they give both passages again."""
    out: list[Segment] = []
    for tag, a, b, c, d in alignment.ops:
        ours = quoted[_from(quote, a) : _to(quote, b)] if a < b else ""
        theirs = text[_from(law, c) : _to(law, d, alignment.end)] if c < d else ""
        op = EQUAL if tag == "equal" else DROPPED if not ours else ADDED if not theirs else CHANGED
        if out and theirs and (opened := re.search(r"[（《“〔]+$", out[-1].law)):
            # an opening bracket goes with what it opens
            before, theirs = out.pop(), opened[0] + theirs
            out.append(replace(before, law=before.law[: opened.start()]))
        out.append(Segment(op, ours, theirs))
    return tuple(out)


def _from(skeleton: Skeleton, at: int) -> int:
    return skeleton.at[at]


def _to(skeleton: Skeleton, at: int, last: int | None = None) -> int:
    """Up to the next character that counts, so that punctuation goes with the run before it."""
    if at < len(skeleton.at) and at != last:
        return skeleton.at[at]
    return skeleton.at[at - 1] + 1


def described(segments: Sequence[Segment]) -> str:
    """``漏去“可能导致公众混淆或者误认的”；“应当”写成“可以”``."""
    parts = []
    for segment in segments:
        if segment.op == DROPPED:
            parts.append(f"漏去“{segment.law.strip()}”")
        elif segment.op == ADDED:
            parts.append(f"多出“{segment.quote.strip()}”")
        elif segment.op == CHANGED:
            parts.append(f"“{segment.law.strip()}”写成“{segment.quote.strip()}”")
    return "；".join(parts)
