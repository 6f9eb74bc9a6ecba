"""Known weaknesses of what is installed: pip-audit, told to audit everything or to fail.

    python tools/audit.py [--python .venv/bin/python] [-- OPTION OF PIP-AUDIT …]

Exit 0 where nothing is known against any installed package, 1 where something is or where one could not be looked up:
pip-audit by itself calls an environment clean when the index knows nothing of its packages. It asks PyPI; in a network
of one's own ``-- -s osv --osv-url URL`` asks a mirror of OSV. pip-audit is installed beside what it audits, in an
environment of its own, so that it does not audit itself.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

#: Name and version of everything installed but lawqa, run by the interpreter that is audited. A local version
#: ("2.13.0+cpu") is a build of the version before the plus, which is the one that advisories name.
_INSTALLED = """
import importlib.metadata as m
found = {(d.name, d.version.partition("+")[0]) for d in m.distributions() if d.name.lower() != "lawqa"}
print("\\n".join(f"{name}=={version}" for name, version in sorted(found)))
"""


def audit(python: Path, options: list[str]) -> int:
    """pip-audit's exit status over everything that ``python`` can import; CalledProcessError where that cannot run."""
    installed = subprocess.run([python, "-c", _INSTALLED], check=True, capture_output=True, text=True).stdout
    tool = Path(sys.prefix) / "audit"
    if not (tool / "bin/pip-audit").exists():
        subprocess.run([sys.executable, "-m", "venv", tool], check=True)
        subprocess.run([tool / "bin/python", "-m", "pip", "-qq", "install", "pip-audit>=2.9,<3"], check=True)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as requirements:
        requirements.write(installed)
        requirements.flush()
        command: list[str | Path] = [
            tool / "bin/pip-audit",
            "--strict",
            "--no-deps",
            "--disable-pip",
            "--progress-spinner",
            "off",
        ]
        command += ["--requirement", requirements.name, *options]
        status = subprocess.run(command).returncode
    print(f"lawqa: 审计了 {len(installed.splitlines())} 个包，{'没有已知的弱点' if status == 0 else '没有通过'}")
    return min(status, 1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", type=Path, default=Path(sys.executable), help="the interpreter to audit")
    parser.add_argument("options", nargs="*", help="options of pip-audit, after --")
    given = parser.parse_args()
    try:
        return audit(given.python, given.options)
    except (subprocess.CalledProcessError, OSError) as error:
        print(f"lawqa: 审计没有做成：{error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
