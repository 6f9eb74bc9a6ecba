"""Write or check evals/CHECKSUMS: SHA-256 of every shipped set and of the held-out (reporting) half.

    python tools/eval_checksums.py [--check]

Somebody who quotes a figure names the digest; somebody who doubts it can see whether the questions are the same.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

from lawqa.evals.split import split_of

ROOT = Path(__file__).resolve().parent.parent


def checksums(folder: Path) -> str:
    """``digest  name`` a line: the files, then the two halves over all questions, sorted by id."""
    lines = []
    questions = []
    for path in sorted(folder.glob("dev/*.jsonl")):
        lines.append(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}")
        questions += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    for side in ("tuning", "reporting"):
        half = sorted((q for q in questions if split_of(q) == side), key=lambda q: str(q["id"]))
        text = "".join(json.dumps(q, ensure_ascii=False, sort_keys=True) + "\n" for q in half)
        lines.append(f"{hashlib.sha256(text.encode()).hexdigest()}  half:{side} ({len(half)} questions)")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    found = checksums(ROOT / "evals")
    target = ROOT / "evals" / "CHECKSUMS"
    if not arguments.check:
        target.write_text(found, encoding="utf-8")
    elif not target.is_file() or target.read_text(encoding="utf-8") != found:
        sys.exit("evals/CHECKSUMS does not fit the sets: python tools/eval_checksums.py, and say so in the changelog")


if __name__ == "__main__":
    main()
