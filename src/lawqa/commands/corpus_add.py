"""``lawqa corpus add FILE…`` and ``lawqa corpus remove ID…``."""

from __future__ import annotations

import argparse
import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lawqa.commands.common import Commands, add_json, open_lawqa, print_json, settings_of
from lawqa.errors import UsageError

if TYPE_CHECKING:
    from lawqa.corpus import Corpus
    from lawqa.importers.draft import Draft, Recognised
    from lawqa.importers.metadata import Metadata

#: The flags and what they hold; the same fields are asked for on a terminal.
FIELDS = {
    "id": ("--id", "标识：小写英文加连字符，以年份结尾"),
    "title": ("--title", "全称"),
    "short_titles": ("--short-title", "简称，可用顿号分隔多个"),
    "kind": ("--kind", "类别：法律、行政法规、部门规章、规范性文件、政策文件、内部制度……"),
    "issuers": ("--issuer", "制定机关，可用顿号分隔多个"),
    "document_number": ("--number", "文号"),
    "adopted": ("--adopted", "通过日期"),
    "promulgated": ("--promulgated", "公布日期"),
    "effective": ("--effective", "施行日期"),
    "status": ("--status", "效力：现行有效、已被修改、已失效、征求意见稿、未生效、不适用"),
    "source_url": ("--url", "官方发布页的网址"),
    "text": ("--text", "verbatim（原文）或 digest（摘编）"),
}


def add(actions: Commands) -> None:
    parser = actions.add_parser(
        "add", help="添加自有文件", description="添加 .docx、.pdf、.html、.txt、.md 文件：识别条文，检查，建立索引。"
    )
    parser.add_argument("files", metavar="文件", nargs="+", type=Path)
    for name, (flag, help) in FIELDS.items():
        parser.add_argument(flag, dest=f"field_{name}", metavar="值", help=help)
    parser.add_argument("--ocr", action="store_true", help="识别扫描页（需要 lawqa[ocr]）")
    parser.add_argument("--replace", action="store_true", help="更新已添加的同标识文件")
    parser.add_argument("--dry-run", action="store_true", help="只预览识别结果，不写入")
    parser.add_argument("--yes", action="store_true", help="不询问，接受建议")
    add_json(parser)
    parser.set_defaults(run=run_add)
    remove = actions.add_parser("remove", help="删除自有文件", description="删除自有文件和它的编者注，更新索引。")
    remove.add_argument("ids", metavar="ID", nargs="+")
    remove.add_argument("--yes", action="store_true", help="不询问")
    remove.set_defaults(run=run_remove)


def run_add(arguments: argparse.Namespace) -> int:
    from lawqa.corpus import load_corpus
    from lawqa.importers.own_corpus import OwnCorpus

    settings = settings_of(arguments)
    asking = not arguments.yes and not arguments.dry_run
    if asking and not sys.stdin.isatty():
        raise UsageError("不在终端里，不能询问：请加 --yes 接受建议，或加 --dry-run 预览")
    corpus = load_corpus(settings.corpus, settings.user_corpus)
    drafts = _drafts(arguments, corpus, asking)
    if arguments.json:
        print_json([_as_dict(d) for d in drafts])
    else:
        for draft in drafts:
            _preview(draft, arguments.dry_run)
    if arguments.dry_run:
        return 0
    if asking and not _agreed(f"写入 {settings.user_corpus} 并更新索引？"):
        print("没有写入任何文件")
        return 0
    with OwnCorpus(settings.user_corpus).added(drafts):
        lawqa = open_lawqa(settings)
    if not arguments.json:
        for draft in drafts:
            count = len(draft.instrument.provisions)
            print(f"已添加{lawqa.corpus.instrument(draft.instrument.id).label}：{count}条，标识 {draft.instrument.id}")
    return 0


def _drafts(arguments: argparse.Namespace, corpus: Corpus, asking: bool) -> list[Draft]:
    """A draft of every file; all files' faults are reported together, before anything is written."""
    from lawqa.files.limits import FileFault
    from lawqa.files.reader import read_file
    from lawqa.importers.draft import recognise_file, write_draft
    from lawqa.importers.fault import ImportFault

    given = _given(arguments)
    drafts: list[Draft] = []
    problems: list[str] = []
    for path in arguments.files:
        try:
            recognised = recognise_file(read_file(path, arguments.ocr), given, corpus)
            metadata = _asked(recognised, given) if asking else recognised.proposal
            drafts.append(write_draft(recognised, metadata, corpus, arguments.replace))
        except FileFault as error:
            problems.append(str(error))
    ids = [d.instrument.id for d in drafts]
    problems += [f"id“{id}”为几份文件所用：请分别添加并用 --id 区分" for id in sorted(set(ids)) if ids.count(id) > 1]
    if problems:
        raise ImportFault("\nlawqa: ".join(problems))
    return drafts


def _given(arguments: argparse.Namespace) -> Metadata:
    from lawqa.importers.fault import ImportFault
    from lawqa.importers.metadata import Metadata, parsed

    values: dict[str, Any] = {}
    problems = []
    for name, (flag, _) in FIELDS.items():
        raw = getattr(arguments, f"field_{name}")
        if raw is None:
            continue
        if len(arguments.files) > 1 and name in ("id", "title", "short_titles", "document_number", "source_url"):
            problems.append(f"{flag} 只能用于一份文件")
            continue
        try:
            values[name] = parsed(name, raw)
        except ImportFault as error:
            problems.append(f"{flag}：{error}")
    if problems:
        raise UsageError("；".join(problems))
    return Metadata(**values)


def _asked(recognised: Recognised, given: Metadata) -> Metadata:
    """Every field that no flag gave, proposed on the terminal: Enter accepts, ``-`` empties."""
    from lawqa.importers.fault import ImportFault
    from lawqa.importers.metadata import parsed

    print(f"\n{recognised.source.name}：回车接受建议，输入新值更改，输入 - 清空", file=sys.stderr)
    out = recognised.proposal
    for name, (_, help) in FIELDS.items():
        if getattr(given, name) is not None:
            continue
        while True:
            print(f"{help}［{_shown(getattr(out, name))}］：", end="", file=sys.stderr, flush=True)
            answer = input()
            if not answer.strip():
                break
            try:
                out = replace(out, **{name: parsed(name, answer)})
                break
            except ImportFault as error:
                print(error, file=sys.stderr)
    return out


def _shown(value: Any) -> str:
    return "、".join(value) if isinstance(value, tuple) else "无" if value is None else str(value)


def _agreed(question: str) -> bool:
    print(f"{question}［y/N］", end="", file=sys.stderr, flush=True)
    return input().strip().lower() in ("y", "yes", "是")


def _preview(draft: Draft, everything: bool) -> None:
    """What was recognised: metadata, the outline, and what a person should look at."""
    instrument = draft.instrument
    print(f"\n《{instrument.title}》 {draft.source.name}")
    for name, (_, help) in FIELDS.items():
        if name != "title":
            print(f"  {help.partition('：')[0].partition('，')[0]}：{_shown(getattr(draft.metadata, name))}")
    articles = len(instrument.articles)
    print(f"  识别出{articles}条" if articles else f"  识别出{len(instrument.provisions)}个小节", end="")
    print(f"，{sum(len(p.pieces()) for p in instrument.provisions)}段")
    shown = instrument.provisions if everything else instrument.provisions[:5]
    path: tuple[str, ...] = ()
    for provision in shown:
        if provision.path != path and provision.is_article:
            path = provision.path
            print(f"    {' / '.join(path)}")
        print(f"    {provision.marker}{provision.heading}　{provision.text[:30].replace(chr(10), ' ')}")
    if len(shown) < len(instrument.provisions):
        print(f"    ……（--dry-run 列出全部{len(instrument.provisions)}条）")
    for doubt in draft.doubts:
        print(f"  请核对：{doubt}")


def _as_dict(draft: Draft) -> dict[str, Any]:
    metadata = {f.name: getattr(draft.metadata, f.name) for f in fields(draft.metadata)}
    provisions = [
        {"ref": str(p.ref), "marker": p.marker, "heading": p.heading, "path": p.path, "text": p.text}
        for p in draft.instrument.provisions
    ]
    return {"file": draft.source.name, "metadata": metadata, "doubts": draft.doubts, "provisions": provisions}


def run_remove(arguments: argparse.Namespace) -> int:
    from lawqa.importers.own_corpus import OwnCorpus

    settings = settings_of(arguments)
    if not arguments.yes:
        if not sys.stdin.isatty():
            raise UsageError("不在终端里，不能询问：请加 --yes")
        if not _agreed(f"删除 {'、'.join(arguments.ids)}？"):
            return 0
    with OwnCorpus(settings.user_corpus).removed(arguments.ids):
        open_lawqa(settings)
    print(f"已删除：{'、'.join(arguments.ids)}")
    return 0
