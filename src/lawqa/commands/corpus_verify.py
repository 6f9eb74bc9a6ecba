"""``lawqa corpus verify [ID…]``: held texts against their official pages; the only command that fetches anything."""

from __future__ import annotations

import argparse
import sys

from lawqa.commands.common import Commands, add_json, print_json, settings_of

_KINDS = {"differs": "文字不同", "not_on_page": "官方页面没有", "not_held": "官方页面多出"}


def add(actions: Commands) -> None:
    parser = actions.add_parser(
        "verify",
        help="与官方发布页逐字比对（联网）",
        description="取 source_url 所指的官方网页（要联网），与收录的文字逐字比对，建议核对级别；不改动任何文件。",
    )
    parser.add_argument("ids", metavar="ID", nargs="*", help="默认：全部有网址的原文")
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Exit code 1 where a text differs from its page, or a page could not be read."""
    from lawqa.corpus import load_corpus
    from lawqa.files.limits import FileFault
    from lawqa.importers.comparison import Comparison, compare
    from lawqa.importers.fault import ImportFault
    from lawqa.importers.official_page import fetch

    settings = settings_of(arguments)
    corpus = load_corpus(settings.corpus, settings.user_corpus)
    wanted = [corpus.instrument(id) for id in arguments.ids] or [
        i for i in corpus.instruments if i.source_url and not i.is_digest
    ]
    done: list[Comparison] = []
    failed: list[dict[str, str]] = []
    for instrument in wanted:
        try:
            if not instrument.source_url:
                raise ImportFault(f"{instrument.id}：没有 source_url，无从比对")
            comparison = compare(instrument, fetch(instrument.source_url), corpus)
        except FileFault as error:
            failed.append({"id": instrument.id, "reason": str(error)})
            if not arguments.json:
                print(f"lawqa: {instrument.label}没有比对：{error}", file=sys.stderr)
            continue
        done.append(comparison)
        if not arguments.json:
            _show(comparison, instrument.verification.level)
    if arguments.json:
        print_json({"compared": [c.to_dict() for c in done], "failed": failed})
    return 1 if failed or any(c.differences for c in done) else 0


def _show(c: object, level: str) -> None:
    from lawqa.importers.comparison import Comparison

    assert isinstance(c, Comparison)
    print(f"《{c.title}》（{c.id}）：{c.total}条中{c.same}条逐字相同，覆盖 {c.coverage:.1%}；{c.url}")
    for difference in c.differences:
        print(f"  {difference.label}：{_KINDS[difference.kind]}　{difference.marked}")
    if (c.level, c.doubtful) != (level, ()) or c.level == "full":
        print(f"  建议：verification.level {level} → {c.level}，coverage: {c.coverage}", end="")
        print(f"，doubtful: [{', '.join(c.doubtful)}]" if c.doubtful else "")
