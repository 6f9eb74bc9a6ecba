"""A test collection of somebody else's: documents, queries and judgements, as BEIR folders or TSV files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lawqa.corpus.faults import Fault
from lawqa.errors import UsageError
from lawqa.evals.qrels import Qrels, read_qrels
from lawqa.evals.textfile import file_digest, json_lines, numbered_lines, raise_faults

Rows = Iterator[tuple[int, str, str]]


@dataclass(frozen=True)
class TestCollection:
    """``ids`` and ``texts`` (title before text) of the documents, in the file's order; ``queries`` by id.

    ``digest`` is the SHA-256 of the documents' file, ``set_digest`` that of queries and judgements.
    """

    __test__ = False  # not a test, whatever pytest thinks of its name

    name: str
    ids: tuple[str, ...]
    texts: tuple[str, ...]
    queries: dict[str, str]
    qrels: Qrels
    digest: str
    set_digest: str
    note: str = ""


def is_beir(path: Path) -> bool:
    return path.is_dir() and any((path / f"corpus.jsonl{end}").is_file() for end in ("", ".gz"))


def read_beir(folder: Path, split: str | None = None) -> TestCollection:
    """A BEIR folder: ``corpus.jsonl``, ``queries.jsonl`` (also ``.gz``), ``qrels/SPLIT.tsv`` (``test``, or the only one)."""
    files = sorted((folder / "qrels").glob("*.tsv"))
    by_name = {f.stem: f for f in files}
    chosen = by_name.get(split) if split else by_name.get("test") or (files[0] if len(files) == 1 else None)
    if chosen is None:
        names = "、".join(by_name) or "没有任何 .tsv"
        raise UsageError(f"“{folder / 'qrels'}”里找不到要用的一份（有：{names}）：用 --split 指定，默认 test")
    documents, queries = _either(folder / "corpus.jsonl"), _either(folder / "queries.jsonl")
    return read_collection(folder.name, documents, queries, chosen)


def read_collection(name: str, documents: Path, queries: Path, judgements: Path) -> TestCollection:
    """Documents and queries as JSON Lines (``_id``, ``title``, ``text``; or ``id``, ``name``, ``content``) or
    tab-separated (id, text), and any qrels.

    Only the judged queries are kept. SetError lists every fault of all three files.
    """
    faults: list[Fault] = []
    texts = _read(documents, faults)
    asked = _read(queries, faults)
    raise_faults(faults)
    qrels, note = read_qrels(judgements)
    for question, grades in qrels.items():
        if question not in asked:
            faults.append(Fault(str(judgements), 1, f"问题“{question}”不在 {queries.name} 里"))
        unknown = [d for d in grades if d not in texts]
        faults += [Fault(str(judgements), 1, f"文档“{d}”（问题“{question}”）不在 {documents.name} 里") for d in unknown]
    raise_faults(faults)
    return TestCollection(
        name,
        tuple(texts),
        tuple(texts.values()),
        {q: asked[q] for q in sorted(qrels)},
        {q: qrels[q] for q in sorted(qrels)},
        file_digest(documents),
        file_digest(queries, judgements),
        note,
    )


def _either(path: Path) -> Path:
    zipped = path.with_name(path.name + ".gz")
    return zipped if zipped.is_file() and not path.is_file() else path


def _read(path: Path, faults: list[Fault]) -> dict[str, str]:
    """id → text of one file; an empty text is kept (its document is simply never found)."""
    out: dict[str, str] = {}
    reader: Callable[[Path, list[Fault]], Rows] = _json_rows if ".jsonl" in path.name else _tsv_rows
    for number, id, text in reader(path, faults):
        if id in out:
            faults.append(Fault(str(path), number, f"标识“{id}”出现两次"))
        out[id] = text
    if not out and not faults:
        faults.append(Fault(str(path), 1, "是空的"))
    return out


def _json_rows(path: Path, faults: list[Fault]) -> Rows:
    for number, row in json_lines(path, faults):
        id, text = row.get("_id", row.get("id")), row.get("text", row.get("content"))
        if id is None or not isinstance(text, str):
            faults.append(Fault(str(path), number, "缺少“_id”或“text”（文字）"))
            continue
        yield number, str(id), f"{row.get('title') or row.get('name') or ''} {text}".strip()


def _tsv_rows(path: Path, faults: list[Fault]) -> Rows:
    for number, line in numbered_lines(path, faults):
        id, tab, text = line.partition("\t")
        if not tab:
            faults.append(Fault(str(path), number, "应为以制表符分隔的标识和文字"))
        elif number > 1 or id.lower() not in ("id", "pid", "qid", "docid"):
            yield number, id.strip(), text.replace("\t", " ").strip()
