"""Make a folder from which lawqa installs without any network.

    python tools/make_offline_bundle.py --out bundle [--extra models] [--verify]

Run it where a package index can be reached, on the same platform and Python version as the machine without one. The
folder then holds ``wheels/`` (lawqa and everything it needs), ``SHA256SUMS`` and ``INSTALL.md``. ``--verify`` installs
it into a fresh environment with the index switched off and asks a question there.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OVERRIDES = ROOT / "deploy" / "overrides.txt"
_INSTALL = """# lawqa 离线安装

平台：{platform}，Python {python}

    sha256sum -c SHA256SUMS
    python3 -m venv /opt/lawqa
    /opt/lawqa/bin/pip install --no-index --find-links wheels {what}
    /opt/lawqa/bin/pip install --no-index --find-links wheels --no-deps --no-warn-conflicts -r overrides.txt
    /opt/lawqa/bin/lawqa ask "训练数据有什么要求？"
    /opt/lawqa/bin/lawqa serve

语料、模型都在 lawqa 的包里，安装和运行都不联网。作为系统服务、放在反向代理之后：见 deploy/。
"""


def make(out: Path, extra: str) -> None:
    """Fill ``out``; it is written beside it first, so that a failure leaves no half a bundle."""
    work = Path(tempfile.mkdtemp(prefix="bundle-", dir=out.parent))
    try:
        wheels = work / "wheels"
        _pip("wheel", "--no-deps", "--wheel-dir", str(wheels), str(ROOT))
        (built,) = wheels.glob("lawqa-*.whl")
        wanted = f"{built}[{extra}]" if extra else str(built)
        # "wheel", not "download": what is published as source only is built here, not on a machine without compilers
        _pip("wheel", "--wheel-dir", str(wheels), "--find-links", str(wheels), wanted)
        _pip("wheel", "--no-deps", "--wheel-dir", str(wheels), "--requirement", str(OVERRIDES))
        shutil.copy(OVERRIDES, work)
        what = f"lawqa[{extra}]" if extra else "lawqa"
        text = _INSTALL.format(platform=platform.platform(), python=platform.python_version(), what=f"'{what}'")
        (work / "INSTALL.md").write_text(text, encoding="utf-8")
        files = sorted(p for p in work.rglob("*") if p.is_file())
        sums = [f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(work).as_posix()}\n" for p in files]
        (work / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
        work.chmod(0o755)
        work.rename(out)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise


def verify(bundle: Path, extra: str) -> None:
    """Install from ``bundle`` alone and get a cited answer; CalledProcessError or AssertionError where that fails."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        here = Path(folder)
        # no index, no configuration that could name one, no proxy that could reach one
        environment = {"PATH": os.environ["PATH"], "HOME": folder, "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}
        environment |= {"LAWQA_INDEX": str(here / "index")}
        what = f"lawqa[{extra}]" if extra else "lawqa"
        wheels = str(bundle / "wheels")
        install = [str(here / "bin/pip"), "install", "-q", "--no-index", "--find-links", wheels]
        over = ["--no-deps", "--no-warn-conflicts", "--requirement", str(bundle / OVERRIDES.name)]
        for command in ([*install, what], [*install, *over]):
            subprocess.run(command, check=True, env=environment, cwd=folder)
        command = [str(here / "bin/lawqa"), "ask", "暂行办法第七条", "--json"]
        asked = subprocess.run(command, check=True, env=environment, cwd=folder, capture_output=True, text=True)
        refs = [c["ref"] for c in json.loads(asked.stdout)["citations"]]
        assert refs, "the installed lawqa cites nothing"
        assert all(r.startswith("genai-interim-measures-2023:7") for r in refs), refs
        print(f"已在没有软件源的新环境里装好并得到回答，引用 {len(refs)} 处")


def _pip(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "-q", *arguments], check=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="the folder to make; must not exist")
    parser.add_argument("--extra", default="", help="an extra of lawqa to include, such as models")
    parser.add_argument("--verify", action="store_true", help="install it in a fresh environment and ask")
    given = parser.parse_args()
    out = given.out.resolve()
    if out.exists():
        print(f"“{out}”已经存在：换一个 --out，或先删去它", file=sys.stderr)
        return 2
    out.parent.mkdir(parents=True, exist_ok=True)
    try:
        make(out, given.extra)
        if given.verify:
            verify(out, given.extra)
    except subprocess.CalledProcessError as error:
        print(f"离线包没有做成：{' '.join(map(str, error.cmd[:6]))} … 返回 {error.returncode}", file=sys.stderr)
        return 1
    size = sum(p.stat().st_size for p in out.rglob("*") if p.is_file()) / 1e6
    print(f"离线包：{out}，{len(list((out / 'wheels').iterdir()))} 个包，{size:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
