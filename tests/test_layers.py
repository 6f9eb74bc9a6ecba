"""Data flows one way: corpus → index → retrieve → answer → (cli | web | evals). Nothing imports anything above."""

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "src" / "lawqa"
#: The lowest first. A module may import its own layer and those below.
LAYERS = [
    {"errors", "settings", "settings_faults", "history"},
    {"text"},
    {"corpus"},
    {"compare", "files"},
    {"index"},
    {"retrieve"},
    {"answer", "check", "importers", "export"},
    {"lawqa", "provision_view", "lookup", "search_result", "explanation"},
    {"evals", "client"},
    {"web", "commands"},
    {"cli", "__main__", "__init__"},
]
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}


def part(module: str) -> str:
    return module.split(".")[1] if "." in module else "__init__"


def imports(path: Path) -> set[str]:
    """Modules of this package that a file imports, anywhere in it (TYPE_CHECKING blocks aside)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for inner in ast.walk(node)
    }
    out: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            out.add(node.module)
            out |= {f"{node.module}.{a.name}" for a in node.names} if node.module == "lawqa" else set()
        elif isinstance(node, ast.Import):
            out |= {a.name for a in node.names}
        assert not (isinstance(node, ast.ImportFrom) and node.level), f"{path}: relative import"
    return {m for m in out if m.split(".")[0] == "lawqa" and m not in ("lawqa", "lawqa.__version__", "lawqa.LawQA")}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_nothing_imports_anything_above(path: Path) -> None:
    own = path.relative_to(PACKAGE).with_suffix("").parts[0]
    assert own in RANK, f"{own} is in no layer: put it into one"
    above = [m for m in imports(path) if RANK.get(part(m), -1) > RANK[own]]
    assert above == []


def test_modules_are_short() -> None:
    long = {
        str(p.relative_to(PACKAGE)): n for p in PACKAGE.rglob("*.py") if (n := len(p.read_text().split("\n"))) > 301
    }
    assert long == {}
