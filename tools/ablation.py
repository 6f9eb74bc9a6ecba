"""Write docs/retrieval-ablation.md: what each part of retrieval adds, on the reporting half of the development set,
and what a document without notes loses (tools/leave_out.py).

    python tools/ablation.py [--split reporting] [--target docs/retrieval-ablation.md]

The weights are fitted on the tuning half, so only the reporting half says something about unseen questions.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

from leave_out import DOCUMENTS, table  # noqa: E402

INTRODUCTION = """# 检索消融

本页由 `python tools/ablation.py` 生成，不要手改。

题集：`evals/dev` 的 {split} 一半，{questions} 个问题，其中 {judged} 个有依据；语料 `{corpus}`，索引 `{index}`，按 {as_of} 的法律。
`bm25-words` 只用 jieba 的词，`bm25-bigrams` 只用二元组，`bm25` 两者都用，`dense` 只用嵌入模型，`bm25+dense` 按 1 : 0.5 相加；
这五个都直接检索条文，不理解问题，也不用编者注。`full` 是全流程，`no-…` 是关掉其中一个信号、一组信号或一个步骤。
比较表里 A 是 `full`；B−A 的区间是配对自助法的 95% 区间，p 是随机化检验，Holm 一列对各指标校正过。

"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", default="reporting")
    parser.add_argument("--target", type=Path, default=ROOT / "docs" / "retrieval-ablation.md")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch)
        command = [sys.executable, "-m", "lawqa", "eval", str(ROOT / "evals" / "dev"), "--systems", "ablation"]
        subprocess.run([*command, "--split", arguments.split, "--out", str(out)], check=True)
        manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
        metrics = json.loads((out / "metrics.json").read_text(encoding="utf-8"))
        head = INTRODUCTION.format(
            split=arguments.split,
            questions=metrics["questions"],
            judged=metrics["measures"]["R@5"]["n"],
            corpus=manifest["corpus"][:12],
            index=manifest["index"][:12],
            as_of=manifest["as_of"],
        )
        arguments.target.parent.mkdir(parents=True, exist_ok=True)
        systems = (out / "systems.md").read_text(encoding="utf-8")
        first, comparisons = systems.split("\n## A = ", 1)
        arguments.target.write_text(f"{head}{first}\n{table(DOCUMENTS)}\n## A = {comparisons}", encoding="utf-8")
    print(arguments.target)


if __name__ == "__main__":
    main()
