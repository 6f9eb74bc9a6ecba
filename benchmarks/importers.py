"""Round trip of the corpus through .docx and .pdf, and the time that adding a law of 300 articles takes.

    python benchmarks/importers.py roundtrip [--pdf] [--keep FOLDER]
    python benchmarks/importers.py timing

``roundtrip`` exports every corpus document, reads it back as ``lawqa corpus add`` does, and compares every provision:
number, marker, heading, chapters and text, character for character.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]

from export_corpus import export_docx, export_pdf  # noqa: E402

from lawqa.corpus import Corpus, Instrument, load_corpus  # noqa: E402
from lawqa.files.reader import read_file  # noqa: E402
from lawqa.importers.draft import recognise_file, write_draft  # noqa: E402
from lawqa.importers.metadata import Metadata  # noqa: E402
from lawqa.settings import load_settings  # noqa: E402


def rows(instrument: Instrument) -> dict[str, Any]:
    """What must survive, by the provision's number."""
    return {
        p.ref.number: (p.marker, p.heading, p.path, tuple((str(r).partition(":")[2], t) for r, t in p.pieces()))
        for p in instrument.provisions
    }


def imported(file: Path, held: Instrument, corpus: Corpus) -> tuple[Instrument, tuple[str, ...]]:
    """The instrument that ``lawqa corpus add FILE --id … --title …`` makes of a file."""
    alone = replace(corpus, instruments=(), catalog=())
    given = Metadata(id=held.id, title=held.title, kind=held.kind, status=held.status)
    recognised = recognise_file(read_file(file), given, alone)
    draft = write_draft(recognised, recognised.proposal, alone)
    return draft.instrument, draft.doubts


def roundtrip(suffixes: list[str], folder: Path, verbose: bool) -> int:
    corpus = load_corpus(load_settings({}).corpus)
    files = [folder / f"{i.id}.docx" for i in corpus.instruments]
    for file in files:
        export_docx(corpus.root / f"{file.stem}.md", file)
    if ".pdf" in suffixes:
        export_pdf(files, folder)
    worst = 0
    for suffix in suffixes:
        right = total = 0
        for held in corpus.instruments:
            want = rows(held)
            try:
                got = rows(imported(folder / f"{held.id}{suffix}", held, corpus)[0])
            except Exception as error:
                print(f"{suffix} {held.id}: {error}")
                got = {}
            same = sum(got.get(k) == v for k, v in want.items())
            extra = len(set(got) - set(want))
            right, total = right + same, total + len(want)
            if same < len(want) or extra:
                print(f"{suffix} {held.id}: {same}/{len(want)} provisions, {extra} more than there are")
                if verbose:
                    for key in [k for k in want if got.get(k) != want[k]][:4]:
                        print("   want", key, want[key], "\n   got ", got.get(key))
        print(f"{suffix}: {right}/{total} provisions the same, {right / total:.2%}")
        worst = max(worst, total - right)
    return 1 if worst else 0


def timing() -> None:
    """Add a law of 300 articles (Word file) to the whole corpus: reading, recognition, and the index before and after."""
    from docx import Document

    from lawqa.importers.own_corpus import OwnCorpus
    from lawqa.index.embedding_cache import EmbeddingCache
    from lawqa.lawqa import LawQA

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = load_settings({}, index=folder / "index", user_corpus=folder / "own")
        started = time.perf_counter()
        LawQA.open(settings)
        print(f"first index: {time.perf_counter() - started:.1f} s")
        document = Document()
        document.add_heading("人工智能示例法", 1)
        corpus = load_corpus(settings.corpus)
        texts = [p for p in corpus.provisions.values() if p.is_article][:300]
        for n, provision in enumerate(texts, 1):
            first, *others = provision.text.split("\n")
            document.add_paragraph(f"第{n}条　{first}")
            for other in others:
                document.add_paragraph(other)
        document.save(str(folder / "law.docx"))
        started = time.perf_counter()
        source = read_file(folder / "law.docx")
        read = time.perf_counter()
        recognised = recognise_file(source, Metadata(id="example-law-2026"), corpus)
        draft = write_draft(recognised, recognised.proposal, corpus)
        drafted = time.perf_counter()
        calls: list[int] = []
        original = EmbeddingCache.documents

        def counted(self: EmbeddingCache, *arguments: Any, **options: Any) -> Any:
            out = original(self, *arguments, **options)
            calls.append(self.embedded)
            return out

        EmbeddingCache.documents = counted  # type: ignore[method-assign]
        with OwnCorpus(settings.user_corpus).added([draft]):
            lawqa = LawQA.open(settings)
        done = time.perf_counter()
        print(
            f"{len(draft.instrument.articles)} articles: read {read - started:.2f} s, recognised {drafted - read:.2f} s,"
        )
        print(f"indexed {done - drafted:.1f} s; {calls[-1]} of {len(lawqa.index.kinds)} nodes embedded anew")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("roundtrip", "timing"))
    parser.add_argument("--pdf", action="store_true", help="through LibreOffice as well")
    parser.add_argument("--keep", type=Path, help="leave the exported files here")
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    if arguments.what == "roundtrip":
        suffixes = [".docx", ".pdf"] if arguments.pdf else [".docx"]
        if arguments.keep:
            arguments.keep.mkdir(parents=True, exist_ok=True)
            return roundtrip(suffixes, arguments.keep, arguments.verbose)
        with tempfile.TemporaryDirectory() as name:
            return roundtrip(suffixes, Path(name), arguments.verbose)
    timing()
    return 0


if __name__ == "__main__":
    sys.exit(main())
