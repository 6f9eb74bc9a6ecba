"""A document's id from its Chinese title: pinyin, one part a word, with the year."""

from __future__ import annotations

import re

_LONGEST = 60


def slug(title: str, year: int) -> str:
    """``数据分类分级管理办法``, 2024 → ``shuju-fenlei-fenji-guanli-banfa-2024``."""
    import logging

    import jieba
    from pypinyin import lazy_pinyin

    jieba.setLogLevel(logging.ERROR)
    title = re.sub(r"（[^）]*）", "", title.removeprefix("中华人民共和国"))
    parts: list[str] = []
    for word in jieba.cut(title):
        sound = re.sub(r"[^a-z0-9]", "", "".join(lazy_pinyin(word)).lower().replace("ü", "v"))
        if sound and len("-".join([*parts, sound])) <= _LONGEST:
            parts.append(sound)
    return "-".join([*(parts or ["document"]), str(year)])
