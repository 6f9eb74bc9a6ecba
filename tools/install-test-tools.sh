#!/bin/sh
# What the tests need from the system: Chromium and a Chinese font for the browser tests, nginx for the reverse proxy.
# Installed where that is allowed, else asked for; tests that miss something say so and are skipped.
set -eu
missing=
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing="$missing chromium"
if ! command -v fc-list >/dev/null || ! fc-list :lang=zh family | grep -q .; then
    missing="$missing fonts-noto-cjk fontconfig"
fi
command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || missing="$missing nginx-light"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086
    if apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing >/dev/null; then exit 0; fi
fi
echo "lawqa: 缺少$missing，用到它们的测试会跳过；请安装，如 sudo apt-get install$missing" >&2
