"""How well the check of a language model's sentences tells true from false, measured on the law's own sentences.

    python benchmarks/claim_check.py [--show 5]

Every sentence of every article is checked twice: as it stands, cited to itself (it should pass), and with one fact,
authority, title, modal or denial changed (it should be struck out). Prints both shares and what escaped.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from lawqa.answer.citation import cite
from lawqa.answer.claim_check import ClaimCheck
from lawqa.answer.claims import Claim
from lawqa.answer.sources import sources
from lawqa.corpus import load_corpus
from lawqa.corpus.editorial import load_aliases
from lawqa.corpus.titles import Titles
from lawqa.settings import load_settings
from lawqa.text.sentences import sentences

CHANGES = (
    ("不得", "可以"),
    ("应当", "可以"),
    ("可以", "应当"),
    ("可以", "不得"),
    ("应当", "不得"),
    ("应当", "无需"),
    ("不适用", "适用"),
    ("以下罚款", "以上罚款"),
    ("一万元", "七万元"),
    ("十个工作日", "八个工作日"),
    ("五日", "三日"),
    ("不满十四", "不满十八"),
    ("网信部门", "税务部门"),
    ("公安机关", "海关"),
    ("国务院", "最高人民法院"),
    ("第二十三条", "第二十九条"),
    ("《中华人民共和国数据安全法》", "《中华人民共和国刑法》"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", type=int, default=3, metavar="N", help="show N escaped sentences of each change")
    show = parser.parse_args().show
    settings = load_settings({})
    corpus = load_corpus(settings.corpus)
    titles, day = Titles(corpus, load_aliases(corpus.root)), date.today()
    tried: Counter[str] = Counter()
    escaped: Counter[str] = Counter()
    total = struck = 0
    for instrument in corpus.instruments:
        if instrument.is_digest or instrument.kind == "境外文件":
            continue
        for article in instrument.articles:
            for ref, text in article.pieces():
                shown = sources(corpus, [cite(corpus, ref, text, day, 1)], [], day)
                check = ClaimCheck(titles, {s.number: s for s in shown}, day)
                for sentence in sentences(text):
                    total += 1
                    if fault := check.fault(Claim(sentence, (1,))):
                        struck += 1
                        print(f"struck though true: {ref} {fault}: {sentence[:60]}")
                    for before, after in CHANGES:
                        if before not in sentence:
                            continue
                        name = f"{before} → {after}"
                        tried[name] += 1
                        changed = sentence.replace(before, after, 1)
                        if check.fault(Claim(changed, (1,))) is None:
                            escaped[name] += 1
                            if escaped[name] <= show:
                                print(f"escaped: {ref} {name}: {changed[:80]}")
    print(f"\ntrue sentences struck out: {struck} of {total} ({struck / total:.1%})")
    caught = sum(tried.values()) - sum(escaped.values())
    print(f"changed sentences struck out: {caught} of {sum(tried.values())} ({caught / sum(tried.values()):.1%})")
    for name, count in tried.most_common():
        print(f"  {name}: {count - escaped[name]} of {count}")


if __name__ == "__main__":
    main()
