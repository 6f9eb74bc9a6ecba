"""``lawqa corpus annotate ID``: editorial notes drafted by a language model, counted once they are accepted."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from lawqa.commands.common import Commands, Progress, open_lawqa, settings_of
from lawqa.errors import UsageError


def add(actions: Commands) -> None:
    parser = actions.add_parser(
        "annotate",
        help="用语言模型为自有文件起草编者注",
        description="把条文发给所配置的语言模型，起草条旨和常见问法；--accept 之前不参与检索。",
    )
    parser.add_argument("id", metavar="ID")
    parser.add_argument("--accept", action="store_true", help="采用已起草（并经人看过）的编者注")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from lawqa.corpus import load_corpus
    from lawqa.importers.own_corpus import OwnCorpus

    settings = settings_of(arguments)
    corpus = load_corpus(settings.corpus, settings.user_corpus)
    instrument = corpus.instrument(arguments.id)
    if instrument.id not in corpus.own:
        raise UsageError(f"{instrument.label}是自带文件，编者注随程序提供；annotate 只用于自有文件")
    own = OwnCorpus(settings.user_corpus)
    return _accept(own, settings, corpus, instrument) if arguments.accept else _draft(own, settings, corpus, instrument)


def _draft(own: Any, settings: Any, corpus: Any, instrument: Any) -> int:
    from lawqa.answer.llm import LanguageModel
    from lawqa.corpus.editorial import load_editorial
    from lawqa.importers.annotation import draft_notes, notes_text, read_notes
    from lawqa.importers.own_corpus import write_whole
    from lawqa.text.normalise import skeleton

    if not settings.llm_base_url or not settings.llm_model:
        raise UsageError("没有配置语言模型：请设置 LAWQA_LLM_BASE_URL 和 LAWQA_LLM_MODEL")
    path = own.notes_path(instrument.id)
    before = read_notes(path)
    editorial = load_editorial(corpus)
    taken = [skeleton(q.text) for n in editorial.notes.values() for q in n.questions]
    taken += [skeleton(q) for b in editorial.beyond for q in b.questions]
    taken += [skeleton(str(q)) for r in before for k in ("questions", "everyday") for q in r.get(k) or []]
    model = LanguageModel(settings)
    progress = Progress()
    rows, problems = draft_notes(
        instrument,
        lambda system, user: "".join(model.stream(system, user)),
        taken,
        [str(r["ref"]) for r in before],
        lambda done, total: progress("起草", 0, 0) if done == 1 else None,
    )
    for problem in problems:
        print(f"lawqa: 没有起草 {problem}", file=sys.stderr)
    if not rows:
        print("没有新的编者注")
        return 1 if problems else 0
    with own.changed([path]):
        write_whole(path, notes_text([*before, *rows]))
    print(
        f"已起草{len(rows)}条编者注：{path}\n请逐条看过、改好，再用 lawqa corpus annotate {instrument.id} --accept 采用"
    )
    return 1 if problems else 0


def _accept(own: Any, settings: Any, corpus: Any, instrument: Any) -> int:
    from lawqa.corpus.editorial import load_editorial
    from lawqa.importers.annotation import notes_text, read_notes
    from lawqa.importers.own_corpus import write_whole

    path = own.notes_path(instrument.id)
    rows = read_notes(path)
    drafted = sum(bool(r.pop("drafted_by_machine", False)) for r in rows)
    if not drafted:
        raise UsageError(f"{instrument.id} 没有待采用的编者注；lawqa corpus annotate {instrument.id} 起草")
    with own.changed([path]):
        write_whole(path, notes_text(rows))
        load_editorial(corpus)  # a fault in the notes leaves them unaccepted
        open_lawqa(settings)
    print(f"已采用{drafted}条编者注，并更新了索引")
    return 0
