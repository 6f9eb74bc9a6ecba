"""Is every provision of the corpus found at rank 1 when it is cited by name?

    python -m benchmarks.lookups

Each provision is cited in six ways that people write, and searched with ``LawQA.search``. Exits with 1 where one is
not found.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import opencc

from benchmarks.record import record, table
from lawqa import LawQA
from lawqa.corpus.instrument import Instrument
from lawqa.corpus.provision import Provision
from lawqa.settings import load_settings

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_TRADITIONAL = opencc.OpenCC("s2t")
#: How an article is written; a section of a document without articles is written 第五部分（一）, “原则”4, 战略4 in all.
WAYS = (
    "《full title》第七条",
    "short title第七条",
    "short title 7条 (section: full title, blank, number)",
    "《short title》第７条",
    "请问short title第7条是怎么规定的？",
    "traditional characters",
)


def citations(instrument: Instrument, provision: Provision) -> Iterator[tuple[str, str]]:
    """(way, citation) of a provision; a section without an article number has its label instead of digits."""
    marks = provision.label.removeprefix(instrument.label)
    short = (*instrument.short_titles, instrument.title)[0]
    digits = f"第{provision.ref.number}条" if provision.is_article and provision.ref.number.isdigit() else ""
    yield WAYS[0], provision.label
    yield WAYS[1], f"{short}{marks}"
    yield WAYS[2], f"{short} {provision.ref.number}条" if digits else f"{instrument.title} {marks}"
    yield WAYS[3], f"《{short}》{digits.translate(_FULL_WIDTH) or marks.translate(_FULL_WIDTH)}"
    yield WAYS[4], f"请问{short}{digits or marks}是怎么规定的？"
    yield WAYS[5], _TRADITIONAL.convert(f"{instrument.label}{marks}")


def main() -> int:
    lawqa = LawQA.open(load_settings({}))
    found = dict.fromkeys(WAYS, 0)
    total, missed = 0, []
    for instrument in lawqa.corpus.instruments:
        for provision in instrument.provisions:
            total += 1
            for way, citation in citations(instrument, provision):
                hits = lawqa.search(citation, 1).hits
                if hits and hits[0].ref == str(provision.ref):
                    found[way] += 1
                else:
                    missed.append(f"{citation} → {hits[0].ref if hits else 'nothing'} instead of {provision.ref}")
    rows = [[way, f"{n} of {total}", f"{100 * n / total:.2f} %"] for way, n in found.items()]
    body = table(["cited as", "found at rank 1", "share"], rows)
    if missed:
        body += f"\n\n{len(missed)} missed, the first of them:\n\n" + "\n".join(f"- {m}" for m in missed[:20])
    record("Numbered look-ups", "python -m benchmarks.lookups", body)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
