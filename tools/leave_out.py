"""How a document is found that has no editorial notes: each in turn is taken for a user's own.

    python tools/leave_out.py [DOCUMENT…]

The document moves from the corpus to a folder of a user's own documents, its notes stay behind, and the development
questions that it answers first are asked of the whole corpus. The embedding model has seen its notes in training;
everything else has not. An index a document: half a minute each.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from lawqa import LawQA  # noqa: E402
from lawqa.settings import load_settings  # noqa: E402

DOCUMENTS = (
    "genai-interim-measures-2023",
    "ai-content-labeling-measures-2025",
    "deep-synthesis-provisions-2022",
    "algorithm-recommendation-provisions-2021",
    "personal-information-protection-law-2021",
    "network-data-regulations-2024",
)
HEAD = """## 没有编者注的文件

把一份文件当作使用者自己添加的：正文移到自己的文件夹，编者注拿掉，再问开发题集（两半）里以它为主要依据的问题，仍在全部文件里找；末两列问的是依据与它无关的问题和不可回答的问题。
由 `python tools/leave_out.py` 测得。嵌入模型训练时见过这些编者注，其余部分没有见过。

| 文件 | 问题 | 有编者注：Success@1 | Success@5 | 没有编者注：Success@1 | Success@5 | 作答的份额 | 别的问题：Success@5 | 不可回答而拒答 |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
"""


def questions() -> list[dict[str, Any]]:
    rows = []
    for path in sorted((ROOT / "evals" / "dev").glob("*.jsonl")):
        rows += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return rows


def measured(lawqa: LawQA, rows: list[dict[str, Any]]) -> tuple[float, float, float]:
    """Success@1, Success@5 and the share that is answered."""
    first = five = answered = 0
    for row in rows:
        asked = (row["question"], row["as_of"], (), row["history"])
        hits = [str(h.ref) in row["gold"] for h in lawqa.search(asked[0], 5, *asked[1:]).hits]
        first += bool(hits and hits[0])
        five += any(hits)
        answered += lawqa.ask(*asked).status == "answered"
    return first / len(rows), five / len(rows), answered / len(rows)


def beside(lawqa: LawQA, document: str, rows: list[dict[str, Any]]) -> tuple[float, float]:
    """What such a document does to others: Success@5 of questions that it does not answer, the share of questions
    that nothing answers and that are refused."""
    others = [row for row in rows if row["gold"] and not any(g.startswith(f"{document}:") for g in row["gold"])]
    refused = [row for row in rows if not row["answerable"]]
    return measured(lawqa, others)[1], 1 - measured(lawqa, refused)[2]


def without_notes(document: str, folder: Path) -> LawQA:
    """lawqa with ``document`` among a user's own documents."""
    corpus, own = folder / "corpus", folder / "own"
    shutil.copytree(ROOT / "corpus", corpus)
    own.mkdir()
    (corpus / f"{document}.md").rename(own / f"{document}.md")
    (corpus / "editorial" / f"{document}.yaml").unlink()
    return LawQA.open(load_settings({}, corpus=str(corpus), user_corpus=str(own), index=str(folder / "index")))


def table(documents: tuple[str, ...]) -> str:
    rows, whole, lines = questions(), LawQA.open(), [HEAD]
    for document in documents:
        mine = [row for row in rows if (row["primary"] or "").startswith(f"{document}:")]
        with tempfile.TemporaryDirectory() as scratch:
            lawqa = without_notes(document, Path(scratch))
            blind = (*measured(lawqa, mine), *beside(lawqa, document, rows))
        seen = measured(whole, mine)
        title = whole.corpus.instrument(document).title
        figures = (*seen[:2], *blind)
        lines.append(f"| 《{title}》 | {len(mine)} | {' | '.join(f'{f:.3f}' for f in figures)} |\n")
        print(lines[-1], end="", file=sys.stderr, flush=True)
    return "".join(lines)


if __name__ == "__main__":
    print(table(tuple(sys.argv[1:]) or DOCUMENTS), end="")
