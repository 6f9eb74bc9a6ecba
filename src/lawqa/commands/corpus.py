"""``lawqa corpus check|list|add|remove|verify|annotate``."""

from __future__ import annotations

import argparse
import sys

from lawqa.commands import corpus_add, corpus_annotate, corpus_verify
from lawqa.commands.common import Commands, add_json, print_json, settings_of


def add(commands: Commands) -> None:
    parser = commands.add_parser(
        "corpus", help="检查、列出、添加文件", description="检查、列出语料，添加和核对自有文件。"
    )
    actions = parser.add_subparsers(dest="action", metavar="动作", required=True)
    check = actions.add_parser("check", help="检查全部文件，一次报告全部错误")
    check.add_argument("--record", action="store_true", help="把现有文本记为正确的文本（写 corpus/CHECKSUMS）")
    add_json(check)
    check.set_defaults(run=run_check)
    listing = actions.add_parser("list", help="列出收录的文件和目录")
    add_json(listing)
    listing.set_defaults(run=run_list)
    corpus_add.add(actions)
    corpus_verify.add(actions)
    corpus_annotate.add(actions)


def run_check(arguments: argparse.Namespace) -> int:
    from lawqa.corpus import checksums
    from lawqa.corpus.check import check_corpus

    settings = settings_of(arguments)
    if arguments.record:
        for root in (settings.corpus, settings.user_corpus):
            if checksums.texts(root):
                checksums.write(root)
    corpus, faults = check_corpus(settings.corpus, settings.user_corpus)
    if arguments.json:
        print_json([{"path": f.path, "line": f.line, "message": f.message} for f in faults])
        return 1 if faults else 0
    for fault in faults:
        print(fault)
    if faults:
        print(f"lawqa: {len(faults)}处错误", file=sys.stderr)
        return 1
    count = sum(len(i.provisions) for i in corpus.instruments)
    print(f"没有发现错误：{len(corpus.instruments)}份文件，{count}条，目录{len(corpus.catalog)}项")
    return 0


def run_list(arguments: argparse.Namespace) -> int:
    from lawqa.corpus import load_corpus

    settings = settings_of(arguments)
    corpus = load_corpus(settings.corpus, settings.user_corpus)
    instruments = sorted(corpus.instruments, key=lambda i: (i.force_rank, i.id))
    if arguments.json:
        held = [
            {
                "id": i.id,
                "title": i.title,
                "label": i.label,
                "kind": i.kind,
                "status": i.status,
                "effective": i.effective,
                "promulgated": i.promulgated,
                "provisions": len(i.provisions),
                "text": i.text_form,
                "verification": i.verification.level,
                "url": i.source_url,
                "own": i.id in corpus.own,
            }
            for i in instruments
        ]
        catalog = [{"id": e.id, "title": e.title, "kind": e.kind, "effective": e.effective} for e in corpus.catalog]
        print_json({"instruments": held, "catalog": catalog})
        return 0
    for i in instruments:
        print(
            f"{i.kind}\t{i.status}\t{i.effective or '—'}\t{len(i.provisions)}条\t{i.label}\t{i.id}{'（自有）' if i.id in corpus.own else ''}"
        )
    print(f"\n另有{len(corpus.catalog)}份文件只有目录、没有正文：")
    for e in corpus.catalog:
        print(f"{e.kind or '—'}\t{e.status or '—'}\t{e.effective or '—'}\t《{e.title}》\t{e.id}")
    return 0
