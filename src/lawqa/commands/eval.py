"""``lawqa eval SET…``, ``lawqa eval compare``, ``lawqa eval label``."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lawqa.commands import eval_compare, eval_label
from lawqa.commands.common import Commands, Progress, add_json, open_lawqa, print_json, settings_of
from lawqa.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from lawqa.evals.evaluation import Evaluation
    from lawqa.evals.material import Material
    from lawqa.evals.system import System
    from lawqa.lawqa import LawQA

_DESCRIPTION = """评测：在题集上运行并量出各项指标。

SET 可以是题集 .jsonl（可多个，或装着题集的文件夹）、BEIR 文件夹、TREC qrels、以制表符分隔的 qid/pid 对。
另有 lawqa eval compare（比较两份结果）、lawqa eval label（人工标注）。"""


class _EvalParser(argparse.ArgumentParser):
    """Hands over to ``compare`` or ``label`` where that is the first word, else reads sets."""

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
    parser.parts = {"compare": eval_compare.parser(listed.prog), "label": eval_label.parser(listed.prog)}
    parser.add_argument("sets", metavar="SET", nargs="+", help="题集、BEIR 文件夹、qrels 或 qid/pid 文件")
    parser.add_argument("--out", metavar="DIR", type=Path, help="写出指标、逐题结果、run、答案、报告的文件夹")
    parser.add_argument(
        "--fail-under", metavar="指标=值", action="append", default=[], help="低于此值则退出码为 1，可重复"
    )
    parser.add_argument(
        "--measures", metavar="指标", nargs="+", default=[], help="另加的检索指标（ir_measures 的名称）"
    )
    parser.add_argument("--run-in", metavar="RUN", type=Path, help="不检索，给这份 TREC run 打分")
    parser.add_argument("--run-out", metavar="RUN", type=Path, help="把检索结果写成 TREC run")
    parser.add_argument(
        "--systems", metavar="系统", nargs="+", default=[], help="比较几个系统：名称、baselines、ablation 或 .toml"
    )
    parser.add_argument(
        "--split", metavar="名称", help="题集：tuning 或 reporting 一半；BEIR：qrels 的哪一份（默认 test）"
    )
    parser.add_argument("--collection", metavar="FILE", type=Path, help="qid/pid 对所指的文档（.jsonl 或 .tsv）")
    parser.add_argument("--queries", metavar="FILE", type=Path, help="qid/pid 对所指的问题（.jsonl 或 .tsv）")
    parser.add_argument("--cache", metavar="DIR", type=Path, help="外来文档集的索引放在哪里（默认 LAWQA_EVAL_CACHE）")
    parser.add_argument("--depth", metavar="N", type=int, default=100, help="检索多深（默认 100）")
    parser.add_argument("--as-of", metavar="日期", help="没有写明日期的问题按这一天的法律（默认今天）")
    parser.add_argument(
        "--judge", action="store_true", help="另请模型评判每个答案（须设 LAWQA_JUDGE_BASE_URL、LAWQA_JUDGE_MODEL）"
    )
    parser.add_argument(
        "--judge-labels", metavar="FILE", type=Path, help="人工标注（lawqa eval label 写的），用来对照模型的评判"
    )
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from lawqa.corpus import load_corpus
    from lawqa.evals.bar import missed, parse_bars
    from lawqa.evals.material import read_material
    from lawqa.evals.output import prepare
    from lawqa.evals.retrieval_measures import DEFAULT, parse_measures
    from lawqa.evals.system import named_systems

    if not 1 <= arguments.depth <= 1000:
        raise UsageError(f"--depth“{arguments.depth}”应在 1 与 1000 之间")
    bars = parse_bars(arguments.fail_under)
    measures = list(parse_measures([*DEFAULT, *arguments.measures]))
    measures += [b.measure for b in bars if "@" in b.measure and b.measure not in measures]
    systems = named_systems(arguments.systems)
    settings = settings_of(arguments)
    if arguments.cache:
        settings = replace(settings, eval_cache=arguments.cache)
    paths = [Path(s) for s in arguments.sets]
    material = read_material(
        paths, lambda: load_corpus(settings.corpus), arguments.split, arguments.collection, arguments.queries
    )
    _check_combination(arguments, material)
    systems = systems or named_systems(["bm25+dense" if material.collection else "full"])
    if material.collection and arguments.systems == ["baselines"]:
        systems = tuple(s for s in systems if s.mixture)
    if arguments.out:
        prepare(arguments.out)
    if material.note:
        print(f"lawqa: {material.note}", file=sys.stderr)
    lawqa = open_lawqa(settings)
    started = time.perf_counter()
    evaluations = _evaluate(arguments, lawqa, material, systems, measures)
    first = next((e for e in evaluations if e.system == "full"), evaluations[0])
    others = [e for e in evaluations if e is not first]
    if arguments.judge:
        first = _judge(arguments, lawqa, first)
    _write(arguments, lawqa, material, systems, [first, *others], time.perf_counter() - started)
    _print(arguments, first, others)
    lines = missed(first, bars)
    for line in lines:
        print(line)
    return 1 if lines else 0


def _check_combination(arguments: argparse.Namespace, material: Material) -> None:
    wrong = []
    if not (material.own or material.collection or arguments.run_in):
        wrong.append("这份判断没有问题和文档的文字：给 --run-in 打分，或给 --collection 和 --queries 来检索")
    if arguments.run_in and (arguments.systems or arguments.run_out or arguments.judge):
        wrong.append("--run-in 不检索也不回答，不能与 --systems、--run-out、--judge 合用")
    if arguments.run_out and len(arguments.systems) > 0:
        wrong.append("--systems 的结果写在 --out 里，不能与 --run-out 合用")
    if arguments.judge and not material.own:
        wrong.append("--judge 评的是答案，外来的文档集只检索、不回答")
    if wrong:
        raise UsageError("；".join(wrong))


def _evaluate(
    arguments: argparse.Namespace,
    lawqa: LawQA,
    material: Material,
    systems: Sequence[System],
    measures: Sequence[str],
) -> list[Evaluation]:
    from lawqa.evals.evaluation import evaluate, evaluate_run
    from lawqa.evals.pipeline import open_pipeline
    from lawqa.evals.run import read_run

    if arguments.run_in:
        found = read_run(arguments.run_in)
        return [evaluate_run(arguments.run_in.stem, material.questions, material.qrels, found, measures)]
    out = []
    progress = Progress("评测")
    try:
        for system in systems:
            pipeline = open_pipeline(lawqa, system, progress, material.collection)
            day = _day(arguments)
            name = system.name
            out.append(
                evaluate(
                    pipeline,
                    name,
                    material.questions,
                    material.qrels,
                    measures,
                    lawqa.corpus,
                    day,
                    arguments.depth,
                    progress,
                )
            )
    finally:
        progress.close()
    return out


def _judge(arguments: argparse.Namespace, lawqa: LawQA, evaluation: Evaluation) -> Evaluation:
    """The model's verdicts, and how far they agree with people's: without that a model's verdict says little."""
    from lawqa.evals.judge import judged, open_judge
    from lawqa.evals.label import agreement, read_labels
    from lawqa.evals.output import write_labels

    judge = open_judge(lawqa.settings)
    people = read_labels(arguments.judge_labels) if arguments.judge_labels else None
    progress = Progress("评判")
    try:
        evaluation, labels = judged(evaluation, judge, progress)
    finally:
        progress.close()
    if arguments.out:
        write_labels(arguments.out / "judge.jsonl", labels.values())
    print(f"lawqa: Judge_correct 是模型 {judge.model} 的评判，不是人的评判", file=sys.stderr)
    if people is None:
        print("lawqa: 没有给 --judge-labels，模型的评判未与人工标注对照", file=sys.stderr)
    else:
        found = agreement(people, labels)
        print(
            f"lawqa: 与人工标注对照{found.n}题：一致{found.observed:.1%}，Cohen κ = {found.kappa:.4f}", file=sys.stderr
        )
    return evaluation


def _day(arguments: argparse.Namespace) -> date:
    from datetime import date

    if not arguments.as_of:
        return date.today()
    try:
        return date.fromisoformat(arguments.as_of)
    except ValueError:
        raise UsageError(f"--as-of“{arguments.as_of}”不是 YYYY-MM-DD 的样子，如 2024-05-01") from None


def _write(
    arguments: argparse.Namespace,
    lawqa: LawQA,
    material: Material,
    systems: Sequence[System],
    evaluations: Sequence[Evaluation],
    seconds: float,
) -> None:
    from lawqa.evals.manifest import manifest
    from lawqa.evals.output import prepare, write_evaluation, write_systems
    from lawqa.evals.report import evaluation_report
    from lawqa.evals.run import write_run

    if arguments.run_out:
        try:
            write_run(arguments.run_out, evaluations[0].run, evaluations[0].system)
        except OSError as error:
            raise UsageError(f"写不了“{arguments.run_out}”（{error.strerror}）") from None
    if not arguments.out:
        return
    described = {s.name: s.to_dict() for s in systems}
    for place, evaluation in enumerate(evaluations):
        folder = arguments.out if place == 0 else arguments.out / "systems" / evaluation.system
        prepare(folder)
        system = described.get(evaluation.system, {"run": evaluation.system})
        origin = manifest(lawqa, system, material.name, material.digest, _day(arguments), seconds)
        beside = evaluations[1:] if place == 0 else ()
        page = evaluation_report(evaluation, origin, material.lookup(lawqa.corpus), beside)
        write_evaluation(folder, evaluation, origin, page)
    if len(evaluations) > 1:
        write_systems(arguments.out, evaluations)


def _print(arguments: argparse.Namespace, first: Evaluation, others: Sequence[Evaluation]) -> None:
    from lawqa.evals.summary import metrics, systems_table, tables

    for evaluation in (first, *others):
        if evaluation.failed:
            shown = " ".join(list(evaluation.failed)[:10]) + ("……" if len(evaluation.failed) > 10 else "")
            count = len(evaluation.failed)
            print(f"lawqa: {evaluation.system} 有{count}题没有结果，计作 0：{shown}", file=sys.stderr)
    if arguments.json:
        print_json([metrics(e) for e in (first, *others)] if others else metrics(first))
        return
    if others:
        print(systems_table([first, *others], list(first.estimates())).text())
    else:
        for table in tables(first):
            print(f"{table.title}\n{table.text()}\n")
    if arguments.out:
        print(f"报告：{arguments.out / 'report.html'}")
