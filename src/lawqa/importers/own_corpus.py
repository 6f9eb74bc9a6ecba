"""The user's folder of own documents: files come and go whole, with their checksums."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from lawqa.corpus import checksums
from lawqa.errors import UsageError, reason_of
from lawqa.importers.draft import Draft
from lawqa.importers.fault import ImportFault


class OwnCorpus:
    """``root`` is made when the first document comes."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, id: str) -> Path:
        return self.root / f"{id}.md"

    def notes_path(self, id: str) -> Path:
        return self.root / "editorial" / f"{id}.yaml"

    @contextmanager
    def added(self, drafts: Sequence[Draft]) -> Iterator[None]:
        """Write all drafts; if what follows fails, everything is as it was before."""
        with self._kept([self.path(str(d.metadata.id)) for d in drafts]):
            for draft in drafts:
                write_whole(self.path(str(draft.metadata.id)), draft.text)
            checksums.write(self.root)
            yield

    @contextmanager
    def removed(self, ids: Sequence[str]) -> Iterator[None]:
        """Remove documents with their notes; if what follows fails, they are put back."""
        if missing := [id for id in ids if not self.path(id).is_file()]:
            raise UsageError(f"没有自有文件“{'、'.join(missing)}”；lawqa corpus list 里标“自有”的可以删除")
        paths = [p for id in ids for p in (self.path(id), self.notes_path(id))]
        with self._kept(paths):
            for path in paths:
                path.unlink(missing_ok=True)
            checksums.write(self.root)
            yield

    @contextmanager
    def changed(self, paths: Sequence[Path]) -> Iterator[None]:
        """Files of the folder that the block writes; put back if it fails, recorded if it does not."""
        with self._kept(paths):
            yield
            checksums.write(self.root)

    @contextmanager
    def _kept(self, paths: Sequence[Path]) -> Iterator[None]:
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            every = [*paths, self.root / checksums.FILE]
            before = {p: p.read_bytes() if p.is_file() else None for p in every}
            try:
                yield
            except BaseException:
                for path, raw in before.items():
                    if raw is None:
                        path.unlink(missing_ok=True)
                    else:
                        path.write_bytes(raw)
                raise
        except OSError as error:
            where = f"“{self.root}”不可写（{reason_of(error)}）"
            raise ImportFault(f"自有文件的文件夹{where}：请用 LAWQA_USER_CORPUS 指定") from error


def write_whole(path: Path, text: str) -> None:
    """Write a file in one step: it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8")
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
