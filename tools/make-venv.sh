#!/bin/sh
# Make a virtual environment in $1 with the first usable Python: $PYTHON, else python3, else the newest named one.
set -eu
venv=$1
recent='import sys; sys.exit(sys.version_info < (3, 11))'
for python in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if "$python" -c "$recent" >/dev/null 2>&1; then found=$python; break; fi
done
if [ -z "${found:-}" ]; then
    echo "lawqa: 没有找到 Python 3.11 或更新的版本：请先安装，或用 make PYTHON=/路径/python3 指定" >&2
    exit 2
fi
# a half-made environment must not pass for a whole one
trap 'rm -rf "$venv"' INT TERM
if ! "$found" -m venv --clear "$venv" || ! "$venv/bin/python" -m pip --version >/dev/null; then
    rm -rf "$venv"
    echo "lawqa: 不能用 $found 建立虚拟环境：Debian、Ubuntu 上请先 apt-get install python3-venv" >&2
    exit 2
fi
