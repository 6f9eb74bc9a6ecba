"""The digests that figures are quoted with fit the sets that are shipped."""

import subprocess
import sys

from lawqa.settings import data_root


def test_checksums_fit():
    root = data_root()
    environment = {"PYTHONPATH": str(root / "src")}
    done = subprocess.run(
        [sys.executable, str(root / "tools" / "eval_checksums.py"), "--check"], capture_output=True, env=environment
    )
    assert done.returncode == 0, done.stderr.decode()
