"""Labels: a reference as a lawyer would write it."""

from __future__ import annotations

from dataclasses import replace

from lawqa.corpus.instrument import Instrument
from lawqa.corpus.numerals import to_chinese
from lawqa.corpus.provision import Provision
from lawqa.corpus.reference import Reference


def article_marker(number: str) -> str:
    """``20-1`` → ``第二十条之一``."""
    main, _, inserted = number.partition("-")
    return f"第{to_chinese(int(main))}条" + (f"之{to_chinese(int(inserted))}" if inserted else "")


def section_markers(instrument: Instrument) -> dict[str, str]:
    """The chain of heading numbers of every section: ``5.1`` → ``第五部分（一）``, ``h3.4`` → ``“原则”4``."""
    chains: dict[str, str] = {}
    for provision in instrument.provisions:
        if provision.is_article:
            continue
        parent = provision.ref.number.rpartition(".")[0]
        own = provision.marker.rstrip("、.．") or f"“{provision.heading}”"
        if provision.marker.removeprefix("条款").strip() == provision.ref.number:
            chains[provision.ref.number] = own  # 4.2.1 spells its parents out
            continue
        if provision.marker.endswith("、"):
            own = f"第{own}部分"
        chains[provision.ref.number] = chains.get(parent, "") + own
    return chains


def with_labels(instrument: Instrument, edition: str) -> Instrument:
    """The instrument with its own label and every provision's; ``edition`` tells versions of one title apart."""
    label = f"《{instrument.title}》{edition}"
    chains = section_markers(instrument)
    provisions = tuple(
        replace(p, label=label + (p.marker if p.is_article else chains[p.ref.number])) for p in instrument.provisions
    )
    return replace(instrument, label=label, provisions=provisions)


def precise_label(provision: Provision, ref: Reference) -> str:
    """The provision's label down to 款 and 项: ``《…》第七条第一款第（三）项``."""
    out = provision.label
    if ref.paragraph is not None:
        out += f"第{to_chinese(ref.paragraph)}款"
    if ref.item is not None:
        out += f"第（{to_chinese(ref.item)}）项"
    return out
