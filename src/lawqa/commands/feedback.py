"""``lawqa feedback``: what readers said, as question-set candidates."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from lawqa.commands.common import Commands, add_json, settings_of
from lawqa.errors import UsageError
from lawqa.web.feedback import FeedbackStore, eval_candidates


def add(commands: Commands) -> None:
    parser = commands.add_parser(
        "feedback",
        help="列出读者反馈，或导出为评测题目的候选",
        description="读者在网页上对回答的反馈（LAWQA_DATA_DIR 里的 feedback.jsonl）。--out 写成评测题集的候选，须经人审定。",
    )
    parser.add_argument("--out", metavar="文件", help="写成 JSONL 题集候选；文件不得已存在")
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    store = FeedbackStore(settings_of(arguments).data_dir)
    if arguments.out:
        path = Path(arguments.out)
        lines = [json.dumps(c, ensure_ascii=False) + "\n" for c in eval_candidates(store.records())]
        try:
            with path.open("x", encoding="utf-8") as out:
                out.writelines(lines)
        except OSError as error:
            raise UsageError(f"不能写“{path}”（{error.strerror}）：请换一个文件名") from None
        print(f"{len(lines)} 条候选写入 {path}")
        return 0
    for record in store.records():
        if arguments.json:
            print(json.dumps(record, ensure_ascii=False))
        else:
            mark = "有帮助" if record.get("helpful") else "没帮助"
            note = f"　{record['note']}" if record.get("note") else ""
            print(f"{record.get('at', '')}  {mark}  {record.get('question', '')}{note}")
    return 0
