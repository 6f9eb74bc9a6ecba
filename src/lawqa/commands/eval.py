"""``lawqa eval SET…``; its parts ``compare``, ``label`` and ``convert`` are modules of their own."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lawqa.commands import eval_compare, eval_convert, eval_label
from lawqa.commands.common import Commands, Progress, add_json, open_lawqa, print_json
from lawqa.commands.eval_plan import Plan, add_options, read_plan
from lawqa.errors import UsageError

if TYPE_CHECKING:
    from lawqa.evals.evaluation import Evaluation
    from lawqa.evals.judge import Judge
    from lawqa.lawqa import LawQA

_DESCRIPTION = """评测：在题集上运行并量出各项指标。

SET 可以是题集 .jsonl（可多个，或装着题集的文件夹）、BEIR 文件夹、TREC qrels、以制表符分隔的 qid/pid 对。
另有 lawqa eval compare（比较两份结果）、lawqa eval label（人工标注）、lawqa eval convert（转换公开的题集）。"""


class _EvalParser(argparse.ArgumentParser):
    """Hands over to a part where its name is the first word, else reads sets."""

    parts: Mapping[str, argparse.ArgumentParser] = {}

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        if args and args[0] in self.parts:
            return self.parts[args[0]].parse_known_args(args[1:], namespace)
        return super().parse_known_args(args, namespace)


def add(commands: Commands) -> None:
    listed = commands.add_parser("eval", help="评测题集、比较结果、人工标注")
    parser = _EvalParser(
        prog=listed.prog, description=_DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands.choices["eval"] = parser
    modules = {"compare": eval_compare, "label": eval_label, "convert": eval_convert}
    parser.parts = {name: module.parser(listed.prog) for name, module in modules.items()}
    add_options(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from lawqa.evals.bar import missed

    plan = read_plan(arguments)
    if plan.material.note:
        print(f"lawqa: {plan.material.note}", file=sys.stderr)
    lawqa = open_lawqa(plan.settings)
    started = time.perf_counter()
    evaluations = _evaluate(plan, lawqa)
    first = next((e for e in evaluations if e.system == "full"), evaluations[0])
    others = [e for e in evaluations if e is not first]
    if plan.judge:
        first = _judged(plan, plan.judge, first)
    _write(plan, lawqa, [first, *others], time.perf_counter() - started)
    _print(plan, first, others)
    lines = missed(first, plan.bars)
    for line in lines:
        print(line)
    return 1 if lines else 0


def _evaluate(plan: Plan, lawqa: LawQA) -> list[Evaluation]:
    from lawqa.evals.evaluation import evaluate, evaluate_run
    from lawqa.evals.pipeline import open_pipeline

    material = plan.material
    if plan.run_in:
        name, found = plan.run_in
        return [evaluate_run(name, material.questions, material.qrels, found, plan.measures)]
    progress = Progress("评测")
    out = []
    try:
        for system in plan.systems:
            pipeline = open_pipeline(lawqa, system, progress, material.collection)
            asked = (material.questions, material.qrels, plan.measures, lawqa.corpus, plan.day, plan.depth)
            out.append(evaluate(pipeline, system.name, *asked, progress))
    finally:
        progress.close()
    return out


def _judged(plan: Plan, judge: Judge, evaluation: Evaluation) -> Evaluation:
    """The model's verdicts, and how far they agree with people's: without that a model's verdict says little."""
    from lawqa.evals.judge import judged
    from lawqa.evals.label import agreement
    from lawqa.evals.output import write_labels

    progress = Progress("评判")
    try:
        evaluation, labels = judged(evaluation, judge, progress)
    finally:
        progress.close()
    if plan.out:
        write_labels(plan.out / "judge.jsonl", labels.values())
    print(f"lawqa: Judge_correct 是模型 {judge.model} 的评判，不是人的评判", file=sys.stderr)
    if plan.people is None:
        print("lawqa: 没有给 --judge-labels，模型的评判未与人工标注对照", file=sys.stderr)
    else:
        found = agreement(plan.people, labels)
        print(
            f"lawqa: 与人工标注对照{found.n}题：一致{found.observed:.1%}，Cohen κ = {found.kappa:.4f}", file=sys.stderr
        )
    return evaluation


def _write(plan: Plan, lawqa: LawQA, evaluations: Sequence[Evaluation], seconds: float) -> None:
    from lawqa.evals.manifest import manifest
    from lawqa.evals.output import prepare, write_evaluation, write_systems
    from lawqa.evals.report import evaluation_report
    from lawqa.evals.run import write_run

    if plan.run_out:
        try:
            write_run(plan.run_out, evaluations[0].run, evaluations[0].system)
        except OSError as error:
            raise UsageError(f"写不了“{plan.run_out}”（{error.strerror}）") from None
    if not plan.out:
        return
    described = {s.name: s.to_dict() for s in plan.systems}
    for place, evaluation in enumerate(evaluations):
        folder = plan.out if place == 0 else plan.out / "systems" / evaluation.system
        prepare(folder)
        system = described.get(evaluation.system, {"run": evaluation.system})
        origin = manifest(lawqa, system, plan.material.name, plan.material.digest, plan.day, seconds)
        if plan.judge and place == 0:
            origin["judge"] = plan.judge.model
        beside = evaluations[1:] if place == 0 else ()
        page = evaluation_report(evaluation, origin, plan.material.lookup(lawqa.corpus), beside)
        write_evaluation(folder, evaluation, origin, page)
    if len(evaluations) > 1:
        write_systems(plan.out, evaluations)


def _print(plan: Plan, first: Evaluation, others: Sequence[Evaluation]) -> None:
    from lawqa.evals.summary import metrics, systems_table, tables

    for evaluation in (first, *others):
        if evaluation.failed:
            shown = " ".join(list(evaluation.failed)[:10]) + ("……" if len(evaluation.failed) > 10 else "")
            count = len(evaluation.failed)
            print(f"lawqa: {evaluation.system} 有{count}题没有结果，计作 0：{shown}", file=sys.stderr)
    if plan.json:
        print_json([metrics(e) for e in (first, *others)] if others else metrics(first))
        return
    if others:
        print(systems_table([first, *others], list(first.estimates())).text())
    else:
        for table in tables(first):
            print(f"{table.title}\n{table.text()}\n")
    if plan.out:
        print(f"报告：{plan.out / 'report.html'}")
