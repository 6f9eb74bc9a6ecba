"""``lawqa eval label ANSWERS`` and ``lawqa eval label --agreement A B``."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

from lawqa.commands.common import add_json, print_json, settings_of
from lawqa.commands.serve import check_port
from lawqa.errors import UsageError


def parser(prog: str) -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(
        prog=f"{prog} label",
        description="打开一个本机页面，逐个标注答案（正确、不完整、依据不支持、错误），写成 JSONL；或计算两份标注的一致程度。",
    )
    found.add_argument(
        "answers", metavar="ANSWERS", nargs="?", type=Path, help="answers.jsonl，或 lawqa eval --out 的文件夹"
    )
    found.add_argument(
        "--labels", metavar="FILE", type=Path, help="标注写到哪里（默认 labels-标注者.jsonl，接着已有的写）"
    )
    found.add_argument("--who", metavar="名字", help="标注者（默认登录名）")
    found.add_argument("--host", metavar="地址", default="127.0.0.1", help="监听地址（默认 127.0.0.1）")
    found.add_argument("--port", metavar="端口", type=int, default=7861, help="端口（默认 7861）")
    found.add_argument("--agreement", metavar=("A", "B"), nargs=2, type=Path, help="两份标注的 Cohen κ")
    add_json(found)
    found.set_defaults(run=run)
    return found


def run(arguments: argparse.Namespace) -> int:
    if (arguments.agreement is None) == (arguments.answers is None):
        raise UsageError("lawqa eval label 要么给 ANSWERS 来标注，要么给 --agreement A B 来计算一致程度")
    return _agreement(arguments) if arguments.agreement else _serve(arguments)


def _agreement(arguments: argparse.Namespace) -> int:
    from lawqa.evals.label import LABELS, agreement, read_labels
    from lawqa.evals.table import Table

    a, b = arguments.agreement
    found = agreement(read_labels(a), read_labels(b))
    if found.other_answers:
        print(f"lawqa: {found.other_answers}题的答案在两份标注里不同，未计入", file=sys.stderr)
    if arguments.json:
        counts = [{"a": x, "b": y, "n": n} for (x, y), n in sorted(found.table.items())]
        print_json({"n": found.n, "observed": found.observed, "kappa": found.kappa, "table": counts})
        return 0
    print(f"共同标注{found.n}题，一致{found.observed:.1%}，Cohen κ = {found.kappa:.4f}")
    rows = tuple((x, *(str(found.table.get((x, y), 0)) for y in LABELS)) for x in LABELS)
    print(Table("", ("A＼B", *LABELS), rows).text())
    return 0


def _serve(arguments: argparse.Namespace) -> int:
    from lawqa.corpus import load_corpus
    from lawqa.evals.label import read_answers, read_labels

    who = arguments.who or getpass.getuser()
    file = arguments.labels or Path(f"labels-{who}.jsonl")
    answers = read_answers(arguments.answers)
    if file.exists():
        read_labels(file)  # a damaged file is said now, not after the first label
    try:
        file.open("a", encoding="utf-8").close()
    except OSError as error:
        raise UsageError(f"--labels“{file}”不可写（{error.strerror}）：请换一个地方") from None
    corpus = load_corpus(settings_of(arguments).corpus)
    check_port(arguments.host, arguments.port)
    import uvicorn

    from lawqa.evals.label_page import Desk, create_label_app

    app = create_label_app(Desk(answers, corpus, file, who), [arguments.host, "localhost"])
    print(f"lawqa: 标注页 http://{arguments.host}:{arguments.port}/ ，标注写入 {file}；Ctrl-C 结束", flush=True)
    uvicorn.run(app, host=arguments.host, port=arguments.port, log_level="warning", timeout_graceful_shutdown=3)
    return 0
