"""What one ``lawqa eval SET…`` is asked to do, read and checked as a whole before anything runs."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from lawqa.commands.common import settings_of
from lawqa.errors import UsageError
from lawqa.settings import Settings

if TYPE_CHECKING:
    from lawqa.evals.bar import Bar
    from lawqa.evals.judge import Judge
    from lawqa.evals.label import Label
    from lawqa.evals.material import Material
    from lawqa.evals.run import Run
    from lawqa.evals.system import System


@dataclass(frozen=True)
class Plan:
    """``day``: the law of which day, for questions that name none; ``run_in``: somebody else's run and its name;
    ``people``: labels to hold the judge against."""

    settings: Settings
    material: Material
    systems: tuple[System, ...]
    measures: tuple[str, ...]
    bars: tuple[Bar, ...]
    day: date
    depth: int
    out: Path | None
    run_in: tuple[str, Run] | None
    run_out: Path | None
    judge: Judge | None
    people: dict[str, Label] | None
    json: bool


def add_options(parser: argparse.ArgumentParser) -> None:
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


def read_plan(arguments: argparse.Namespace) -> Plan:
    """The plan; UsageError, SetError and SettingsError say what is wrong with it. ``--out`` is made here."""
    from lawqa.corpus import load_corpus
    from lawqa.evals import answer_measures
    from lawqa.evals.bar import parse_bars
    from lawqa.evals.judge import open_judge
    from lawqa.evals.label import read_labels
    from lawqa.evals.material import read_material
    from lawqa.evals.output import prepare
    from lawqa.evals.retrieval_measures import DEFAULT, parse_measures
    from lawqa.evals.run import read_run
    from lawqa.evals.system import named_systems

    if not 1 <= arguments.depth <= 1000:
        raise UsageError(f"--depth“{arguments.depth}”应在 1 与 1000 之间")
    bars = parse_bars(arguments.fail_under)
    wanted = [b.measure for b in bars if b.measure not in answer_measures.NAMES]
    measures = tuple(parse_measures([*DEFAULT, *arguments.measures, *wanted]))
    systems = named_systems(arguments.systems)
    day = _day(arguments.as_of)
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
    plan = Plan(
        settings=settings,
        material=material,
        systems=systems,
        measures=measures,
        bars=bars,
        day=day,
        depth=arguments.depth,
        out=arguments.out,
        run_in=(arguments.run_in.stem, read_run(arguments.run_in)) if arguments.run_in else None,
        run_out=arguments.run_out,
        judge=open_judge(settings) if arguments.judge else None,
        people=read_labels(arguments.judge_labels) if arguments.judge_labels else None,
        json=arguments.json,
    )
    if plan.out:
        prepare(plan.out)
    return plan


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


def _day(text: str | None) -> date:
    if not text:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--as-of“{text}”不是 YYYY-MM-DD 的样子，如 2024-05-01") from None
