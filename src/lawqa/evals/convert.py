"""Public Chinese legal test sets, from the shapes in which their authors publish them, to a BEIR folder.

None of them may ship with lawqa; ``evals/public/README.md`` says where each is published and what to watch for.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lawqa.corpus.faults import Fault
from lawqa.errors import UsageError
from lawqa.evals.qrels import Qrels
from lawqa.evals.textfile import json_lines, raise_faults


@dataclass
class Converted:
    """Documents as (title, text) and queries by id; ``faults`` found on the way."""

    documents: dict[str, tuple[str, str]] = field(default_factory=dict)
    queries: dict[str, str] = field(default_factory=dict)
    qrels: Qrels = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def stard(source: Path) -> Converted:
    """STARD: ``corpus.jsonl`` (id, name, content) and ``queries.json`` (query_id, 问题, match_id)."""
    out = Converted()
    _articles(source / "corpus.jsonl", out, lambda row: str(row["id"]))
    path = source / "queries.json"
    for place, row in _rows(path, out.faults):
        try:
            id = str(row["query_id"])
            out.queries[id] = str(row["问题"] if "问题" in row else row["query"])
            out.qrels[id] = {str(d): 1 for d in row["match_id"]}
        except (KeyError, TypeError):
            out.faults.append(Fault(str(path), place, "缺少 query_id、问题 或 match_id"))
    return out


def lecard(source: Path) -> Converted:
    """LeCaRD: ``query/query.json`` (a JSON object a line: ridx, q), ``candidates/RIDX/ID.json`` (ajName, ajjbqk, qw)
    and ``label/label_top30_dict.json`` (graded 0 to 3), else ``label/golden_labels.json``.

    The candidates of all queries become one collection: the task is harder than ranking each query's own hundred.
    """
    out = Converted()
    path = source / "query" / "query.json"
    for number, row in json_lines(path, out.faults):
        if "ridx" in row and isinstance(row.get("q"), str):
            out.queries[str(row["ridx"])] = row["q"]
        else:
            out.faults.append(Fault(str(path), number, "缺少 ridx 或 q"))
    for file in sorted((source / "candidates").glob("*/*.json")):
        case = _load(file, out.faults)
        if isinstance(case, dict):
            text = str(case.get("ajjbqk") or case.get("qw") or "")
            out.documents.setdefault(file.stem, (str(case.get("ajName") or ""), text))
    labels = source / "label" / "label_top30_dict.json"
    labels = labels if labels.is_file() else source / "label" / "golden_labels.json"
    graded = _load(labels, out.faults)
    for id, found in graded.items() if isinstance(graded, dict) else ():
        pairs = found.items() if isinstance(found, dict) else ((d, 1) for d in found)
        out.qrels[str(id)] = {str(d): int(grade) for d, grade in pairs}
    return out


def lexrag(source: Path) -> Converted:
    """LexRAG: ``dataset.json`` (id, conversation of user, assistant, article) and ``law_library.jsonl`` (name, content).

    A query is one turn's question after the questions of the turns before it; its gold are the articles that the
    turn names. Turns that name none are left out.
    """
    out = Converted()
    _articles(source / "law_library.jsonl", out, lambda row: str(row["name"]))
    path = source / "dataset.json"
    for place, row in _rows(path, out.faults):
        try:
            asked: list[str] = []
            for turn, exchange in enumerate(row["conversation"], start=1):
                asked.append(str(exchange["user"]))
                if names := exchange.get("article"):
                    out.queries[f"{row['id']}_turn{turn}"] = " ".join(asked)
                    out.qrels[f"{row['id']}_turn{turn}"] = {str(n): 1 for n in names}
        except (KeyError, TypeError, AttributeError):
            out.faults.append(Fault(str(path), place, "缺少 id 或 conversation 里的 user"))
    # ids with blanks would break TREC files; the library's rows are numbered instead
    numbers = {name: f"a{n}" for n, name in enumerate(out.documents)}
    out.documents = {numbers[name]: document for name, document in out.documents.items()}
    out.qrels = {q: {numbers.get(n, n): grade for n, grade in found.items()} for q, found in out.qrels.items()}
    return out


CONVERTERS: Mapping[str, Callable[[Path], Converted]] = {"stard": stard, "lecard": lecard, "lexrag": lexrag}


def convert(name: str, source: Path, target: Path) -> str:
    """Write the BEIR folder of a public set; returns a sentence with its size and what was left out.

    SetError lists every fault of the source; UsageError where the target is there already. Nothing is half-written.
    """
    if target.exists():
        raise UsageError(f"“{target}”已经存在：请换一个名字，或先删去它")
    found = CONVERTERS[name](source)
    raise_faults(found.faults)
    dangling = {d for grades in found.qrels.values() for d in grades if d not in found.documents}
    held = {q: {d: g for d, g in grades.items() if d not in dangling} for q, grades in found.qrels.items()}
    qrels = {q: grades for q, grades in held.items() if q in found.queries and any(grades.values())}
    if not qrels:
        raise UsageError(f"“{source}”里没有一个问题的依据在文档里：这是 {name} 的文件夹吗？")
    _write(target, found, qrels)
    left_out = len(found.queries) - len(qrels)
    note = (
        f"；{left_out}个问题没有可用的判断，{len(dangling)}篇被判断的文档不在其中，均已略去"
        if left_out or dangling
        else ""
    )
    return f"{len(found.documents)}篇文档，{len(qrels)}个问题{note}"


def _write(target: Path, found: Converted, qrels: Qrels) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise UsageError(f"“{target}”不能写（{error.strerror}）：请换一个地方") from None
    try:
        (folder / "qrels").mkdir()
        documents = ({"_id": i, "title": title, "text": text} for i, (title, text) in found.documents.items())
        _lines(folder / "corpus.jsonl", (json.dumps(d, ensure_ascii=False) for d in documents))
        queries = ({"_id": q, "text": found.queries[q]} for q in qrels)
        _lines(folder / "queries.jsonl", (json.dumps(q, ensure_ascii=False) for q in queries))
        pairs = (f"{q}\t{d}\t{grade}" for q, grades in qrels.items() for d, grade in grades.items())
        _lines(folder / "qrels" / "test.tsv", ["query-id\tcorpus-id\tscore", *pairs])
        folder.chmod(0o755)
        folder.rename(target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _lines(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


def _articles(path: Path, out: Converted, id_of: Callable[[dict[str, Any]], str]) -> None:
    for number, row in json_lines(path, out.faults):
        try:
            id, name, content = id_of(row), str(row["name"]), row["content"]
            # the published texts hold a backslash and an n where a line ends
            out.documents.setdefault(id, (name, content.replace("\\n", "\n").strip()))
        except (KeyError, AttributeError):
            out.faults.append(Fault(str(path), number, "缺少 id、name 或 content"))


def _rows(path: Path, faults: list[Fault]) -> list[tuple[int, dict[str, Any]]]:
    """The objects of a JSON list, with their place in it."""
    found = _load(path, faults)
    if found is not None and not isinstance(found, list):
        faults.append(Fault(str(path), 1, "应为一个 JSON 列表"))
    return [(n, row) for n, row in enumerate(found, start=1)] if isinstance(found, list) else []


def _load(path: Path, faults: list[Fault]) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        faults.append(Fault(str(path), 1, "文件不存在或不能读取"))
    except ValueError as error:
        faults.append(Fault(str(path), getattr(error, "lineno", 1), f"不是合格的 JSON：{error}"))
    return None
