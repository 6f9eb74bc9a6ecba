#!/bin/sh
# Chromium and a Chinese font for the browser tests and screenshots: installed where that is allowed, else asked for.
set -eu
missing=
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing=chromium
if ! command -v fc-list >/dev/null || ! fc-list :lang=zh family | grep -q .; then missing="$missing fonts-noto-cjk fontconfig"; fi
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing >/dev/null && exit 0
fi
echo "lawqa: 缺少$missing，浏览器测试不能运行；请安装，如 sudo apt-get install $missing" >&2
