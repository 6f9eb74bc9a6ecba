"""What an index was built from, so that a stale or damaged one is never served."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lawqa import __version__
from lawqa.corpus.editorial import editorial_digest
from lawqa.corpus.library import Corpus
from lawqa.errors import IndexFault
from lawqa.index.embedder import model_digest
from lawqa.settings import Settings
from lawqa.text.tokenise import hand_kept_terms

#: Raise when the files of an index change their meaning.
FORMAT = 3
MANIFEST_FILE = "manifest.json"


@dataclass(frozen=True, slots=True)
class Sources:
    """Digests (SHA-256) of everything that an index depends on."""

    format: int
    version: str
    corpus: str
    editorial: str
    terms: str
    model: str
    model_name: str

    def differences(self, other: Sources) -> list[str]:
        """What changed between two builds, in Chinese."""
        names = {
            "format": "索引格式",
            "version": "lawqa 版本",
            "corpus": "语料",
            "editorial": "编者注",
            "terms": "词表",
            "model": "嵌入模型",
        }
        return [label for key, label in names.items() if getattr(self, key) != getattr(other, key)]


def sources_of(corpus: Corpus, settings: Settings) -> Sources:
    """The sources as they are now."""
    terms = hashlib.sha256("\n".join(hand_kept_terms()).encode()).hexdigest()
    name = Path(settings.embed_model).name
    return Sources(
        FORMAT,
        __version__,
        corpus.digest,
        editorial_digest(corpus.root, corpus.own_root),
        terms,
        model_digest(settings.embed_model),
        name,
    )


def file_digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of an index but its manifest."""
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != MANIFEST_FILE)
    with ThreadPoolExecutor() as pool:  # a hundred megabytes at every start; hashing leaves the interpreter free
        return dict(zip((p.relative_to(folder).as_posix() for p in paths), pool.map(_sha256, paths), strict=True))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_manifest(folder: Path, sources: Sources, counts: dict[str, int]) -> str:
    """Write the manifest; returns the digest of the index (over its files and sources, not its time)."""
    body: dict[str, Any] = {"sources": asdict(sources), "counts": counts, "files": file_digests(folder)}
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    text = json.dumps({"digest": digest, **body}, ensure_ascii=False, indent=1)
    (folder / MANIFEST_FILE).write_text(text, encoding="utf-8")
    return digest


def read_manifest(folder: Path) -> tuple[str, Sources]:
    """The index's digest and sources, after every file was compared; IndexFault where one is damaged."""
    try:
        data = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
        sources, files, digest = Sources(**data["sources"]), data["files"], str(data["digest"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexFault(f"索引“{folder}”的清单不可读：{error}；lawqa index 重建") from error
    found = file_digests(folder)
    wrong = sorted(name for name in {*files, *found} if files.get(name) != found.get(name))
    if wrong:
        raise IndexFault(f"索引“{folder}”已损坏：{'、'.join(wrong[:3])}；lawqa index 重建")
    return digest, sources
