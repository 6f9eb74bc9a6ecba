"""``lawqa audit verify``."""

from __future__ import annotations

import argparse
import sys

from lawqa.commands.common import Commands, add_json, print_json, settings_of
from lawqa.errors import UsageError


def add(commands: Commands) -> None:
    parser = commands.add_parser("audit", help="核验审计日志", description="核验审计日志：任何改动、删除都会显出来。")
    actions = parser.add_subparsers(dest="action", metavar="动作", required=True)
    check = actions.add_parser("verify", help="核验散列链，报告每一处断裂")
    check.add_argument("--folder", metavar="文件夹", help="日志的文件夹（默认 LAWQA_AUDIT_FOLDER）")
    check.add_argument("--expect", metavar="序号:散列", help="早先记下的末条，须仍在日志里")
    add_json(check)
    check.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from lawqa.web.audit.log import folder_of
    from lawqa.web.audit.verify import verify

    settings = settings_of(arguments)
    folder = arguments.folder or settings.audit_folder
    if not folder:
        raise UsageError("没有说明核验哪份日志：给出 --folder，或设置 LAWQA_AUDIT_FOLDER")
    verdict = verify(folder_of(folder), settings.audit_key, arguments.expect)
    if arguments.json:
        print_json(verdict.to_dict())
        return 1 if verdict.faults else 0
    for fault in verdict.faults:
        print(fault)
    if verdict.faults:
        print(f"lawqa: 审计日志有{len(verdict.faults)}处不符", file=sys.stderr)
        return 1
    n, hash = verdict.head
    print(f"审计日志完整：{verdict.files}个文件，{verdict.records}条；末条 {n}:{hash}")
    return 0
