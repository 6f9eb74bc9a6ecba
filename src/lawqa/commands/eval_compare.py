"""``lawqa eval compare RUN_A RUN_B --qrels FILE``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from lawqa.commands.common import add_json, print_json


def parser(prog: str) -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(
        prog=f"{prog} compare", description="比较两份结果：差异、自助法区间、随机化检验（Holm 校正）、变化的问题。"
    )
    found.add_argument("a", metavar="RUN_A", type=Path, help="TREC run，或 lawqa eval --out 的文件夹")
    found.add_argument("b", metavar="RUN_B", type=Path, help="同上")
    found.add_argument("--qrels", metavar="FILE", type=Path, required=True, help="qrels、qid/pid 对或题集 .jsonl")
    found.add_argument("--measures", metavar="指标", nargs="+", default=[], help="另加的检索指标（ir_measures 的名称）")
    found.add_argument("--changed", metavar="N", type=int, default=10, help="每项指标列出几个变化的问题（默认 10）")
    found.add_argument("--out", metavar="DIR", type=Path, help="写出 comparison.json、表格和 report.html 的文件夹")
    add_json(found)
    found.set_defaults(run=run)
    return found


def run(arguments: argparse.Namespace) -> int:
    from lawqa.evals.comparison import compare
    from lawqa.evals.output import prepare, write_comparison
    from lawqa.evals.report import comparison_report
    from lawqa.evals.result import judgements, read_result
    from lawqa.evals.retrieval_measures import DEFAULT, parse_measures
    from lawqa.evals.summary import comparison_data, differences_table

    measures = list(parse_measures([*DEFAULT, *arguments.measures]))
    qrels, questions = judgements(arguments.qrels)
    if arguments.out:
        prepare(arguments.out)
    a = read_result(arguments.a, qrels, measures)
    b = read_result(arguments.b, qrels, measures)
    for result in (a, b):
        if result.missing:
            print(
                f"lawqa: {result.name} 缺{len(result.missing)}题，计作 0：{' '.join(result.missing[:10])}",
                file=sys.stderr,
            )
    differences = compare(a.scores, b.scores)
    table = differences_table(differences, a.name, b.name)
    if arguments.out:
        page = comparison_report(differences, a.name, b.name, questions)
        write_comparison(arguments.out, table, comparison_data(differences), page)
    if arguments.json:
        print_json(comparison_data(differences))
        return 0
    print(f"{table.title}\n{table.text()}")
    for d in differences:
        if d.changed and arguments.changed > 0:
            print(f"\n{d.measure}：{len(d.changed)}题有变化，变差最多的在前")
            for id, x, y in d.changed[: arguments.changed]:
                print(f"  {id}  {x:.4f} → {y:.4f}  {questions.get(id, '')[:50]}")
    return 0
