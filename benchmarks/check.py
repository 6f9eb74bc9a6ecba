"""Figures of `lawqa check` on texts with known verdicts, and its speed.

    python benchmarks/check.py [evals/check/*.jsonl] [--wrong]

Each line of a set: {"id", "as_of", "text", "citations": [{"span", "verdict", "correct_ref"}]}. A known citation
is matched with the checked one that covers most of it. Reported: wrong ones flagged, right ones flagged,
verdicts and references that agree, entries that nothing known stands for, and the time of a 10,000-character text.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path

from lawqa import LawQA
from lawqa.check.report import FINE, CheckedCitation

ROOT = Path(__file__).resolve().parent.parent


def overlap(a: tuple[int, int] | list[int], b: tuple[int, int] | list[int]) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def match(span: list[int], citations: tuple[CheckedCitation, ...]) -> CheckedCitation | None:
    """The entry whose words cover most of ``span``; of the others, the one whose citation does."""
    best = max(
        citations,
        key=lambda c: (overlap(span, c.quote_span or c.span), overlap(span, c.span), -(c.span[1] - c.span[0])),
        default=None,
    )
    return best if best and overlap(span, best.span) else None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", type=Path, default=sorted((ROOT / "evals" / "check").glob("*.jsonl")))
    parser.add_argument("--wrong", action="store_true", help="list every disagreement")
    arguments = parser.parse_args()
    lawqa = LawQA.open()
    counts: Counter[str] = Counter()
    kinds: Counter[tuple[str, str]] = Counter()
    texts = []
    for path in arguments.sets:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            texts.append(row["text"])
            report = lawqa.check(row["text"], row["as_of"])
            matched = set()
            for known in row["citations"]:
                found = match(known["span"], report.citations)
                verdict = found.verdict if found else "missed"
                if found:
                    matched.add(found.span + (found.quote_span or (0, 0)))
                right = known["verdict"] in FINE
                counts["right" if right else "wrong"] += 1
                flagged = found is not None and not found.fine
                counts["right flagged"] += right and flagged
                counts["right missed"] += right and found is None
                counts["wrong flagged"] += (not right) and flagged
                counts["verdict agrees"] += verdict == known["verdict"]
                kinds[(known["verdict"], verdict)] += 1
                if known["correct_ref"]:
                    counts["refs"] += 1
                    expected = known["correct_ref"].rsplit(":", 1)[1].split(".")
                    got = (found.correct_ref or "") if found else ""
                    agrees = got.startswith(known["correct_ref"].rsplit(":", 1)[0] + ":" + expected[0])
                    counts["refs agree"] += agrees
                if arguments.wrong and (verdict != known["verdict"] or (known["correct_ref"] and not agrees)):
                    words = row["text"][known["span"][0] : known["span"][1]]
                    print(f"{row['id']}: {known['verdict']} -> {verdict} | {words[:60]!r}")
                    if found:
                        print(f"    {found.form} {found.text[:70]!r} {found.reason[:110]} [{found.correct_ref}]")
            for entry in report.citations:
                extra = entry.span + (entry.quote_span or (0, 0)) not in matched
                counts["unknown entries"] += extra
                counts["unknown flagged"] += extra and not entry.fine
                if extra and arguments.wrong:
                    print(f"{row['id']}: unknown {entry.verdict} {entry.text[:70]!r} {entry.reason[:90]}")
    total = counts["right"] + counts["wrong"]
    print(f"citations {total}: right {counts['right']}, wrong {counts['wrong']}")
    print(
        f"wrong flagged {counts['wrong flagged']}/{counts['wrong']}; right flagged {counts['right flagged']}/{counts['right']}"
    )
    print(
        f"right missed {counts['right missed']}; verdict agrees {counts['verdict agrees']}/{total} ({counts['verdict agrees'] / max(total, 1):.1%})"
    )
    print(
        f"reference agrees {counts['refs agree']}/{counts['refs']}; unknown entries {counts['unknown entries']} (flagged {counts['unknown flagged']})"
    )
    for (known_verdict, verdict), n in sorted(kinds.items()):
        if known_verdict != verdict:
            print(f"  {known_verdict} -> {verdict}: {n}")
    long = "\n\n".join(texts)
    long = (long * (1 + 10_000 // max(len(long), 1)))[:10_000]
    started = time.perf_counter()
    entries = len(lawqa.check(long, "2026-06-01").citations)
    print(f"10,000 characters, {entries} citations: {time.perf_counter() - started:.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
