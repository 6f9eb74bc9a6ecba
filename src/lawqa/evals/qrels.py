"""Relevance judgements (qrels) in the formats of the field, told apart by their first line."""

from __future__ import annotations

from pathlib import Path

from lawqa.corpus.faults import Fault
from lawqa.evals.textfile import numbered_lines, raise_faults

#: question id → document id → grade; a grade above 0 is relevant.
Qrels = dict[str, dict[str, int]]

TREC, BEIR, PAIRS = "TREC qrels", "BEIR qrels", "qid/pid 对"
_HEADERS = {("query-id", "corpus-id", "score"), ("qid", "pid"), ("qid", "pid", "score"), ("qid", "docid")}


def read_qrels(path: Path) -> tuple[Qrels, str]:
    """The judgements of a file and how it was read (see ``sniff``). SetError lists every faulty line."""
    faults: list[Fault] = []
    qrels: Qrels = {}
    style, sentence, skip = None, "", False
    for number, line in numbered_lines(path, faults):
        if style is None:
            style, skip, sentence = sniff(line)
            if style is None:
                faults.append(Fault(str(path), number, sentence))
                break
            if skip:
                continue
        row = _row(line, style)
        if row is None:
            faults.append(Fault(str(path), number, f"“{line[:40]}”不是{style}的一行"))
            continue
        question, document, grade = row
        known = qrels.setdefault(question, {})
        if known.get(document, grade) != grade:
            faults.append(Fault(str(path), number, f"“{question}”与“{document}”有两个不同的等级"))
        known[document] = grade
    if not faults and not qrels:
        faults.append(Fault(str(path), 1, "没有任何一行判断"))
    raise_faults(faults)
    return qrels, sentence


def sniff(line: str) -> tuple[str | None, bool, str]:
    """(style, whether the line is a header, a sentence that says so) of the first line of a qrels file.

    Four columns apart by blanks with a whole number last are TREC qrels; a header, or two or three columns apart by
    tabs, are pairs with an optional grade (BEIR's header makes them BEIR qrels).
    """
    cells = tuple(c.strip() for c in line.split("\t"))
    if tuple(c.lower() for c in cells) in _HEADERS:
        style = BEIR if cells[0].lower() == "query-id" else PAIRS
        return style, True, f"读作{style}（首行为表头，以制表符分隔，{len(cells)}列）"
    if len(line.split()) == 4 and _whole(line.split()[3]) is not None:
        return TREC, False, "读作 TREC qrels（四列：问题、0、文档、等级）"
    if len(cells) in (2, 3) and all(cells) and (len(cells) == 2 or _whole(cells[2]) is not None):
        last = "，第三列为等级" if len(cells) == 3 else "，等级都算 1"
        return PAIRS, False, f"读作 qid/pid 对（{len(cells)}列，以制表符分隔，首行无表头{last}）"
    return None, False, "看不出格式：应为 TREC qrels（四列）、BEIR qrels（有表头三列）或以制表符分隔的 qid/pid 对"


def _row(line: str, style: str) -> tuple[str, str, int] | None:
    if style == TREC:
        cells = line.split()
        grade = _whole(cells[3]) if len(cells) == 4 else None
        return None if grade is None else (cells[0], cells[2], grade)
    parts = [c.strip() for c in line.split("\t")]
    if len(parts) not in (2, 3) or not parts[0] or not parts[1]:
        return None
    grade = _whole(parts[2]) if len(parts) == 3 else 1
    return None if grade is None else (parts[0], parts[1], grade)


def _whole(text: str) -> int | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if number == int(number) else None


def write_qrels(path: Path, qrels: Qrels) -> None:
    """TREC qrels, sorted."""
    lines = [f"{q} 0 {d} {grade}\n" for q in sorted(qrels) for d, grade in sorted(qrels[q].items())]
    path.write_text("".join(lines), encoding="utf-8")
