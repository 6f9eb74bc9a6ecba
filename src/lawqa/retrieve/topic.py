"""The topics of a question: what its words leave without document names, words that ask and words of form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lawqa.corpus.mentions import Mention
from lawqa.text.normalise import fold
from lawqa.text.tokenise import Tokeniser

#: Between two topics: 备案和罚款, 备案、罚款.
CONNECTORS = frozenset("和 与 跟 及 以及 、 还有 或 或者".split())
#: Words at the edge of a topic that are none: what asks, compares, names versions, or joins.
_FORM = frozenset(
    "区别 不同 差别 差异 异同 对比 相比 比较 变化 变 变了 变动 有变 一样 不一样 一致 相同 出入 一回事 回事 区分 "
    "改 改了 改动 改成 修改 修订 修正 修改了 删 删了 删掉 删去 新增 增加 增加了 取消 保留 增删 调整 "
    "松 松了 紧 严 严格 更严 更宽 更重 更轻 更细 更高 更低 更全 最高 最低 多少 重 轻 高 低 宽 细 更 最 比 比起 差 差在 管得 管 得 说 讲 看 "
    "什么 有啥 啥 哪些 哪个 哪份 哪部 哪里 哪儿 哪 哪些地方 地方 谁 怎么 怎样 怎么样 如何 何 有何 为何 多少 几 吗 呢 吧 么 啊 呀 没 没有 "
    "是 有 有没有 是不是 会不会 能不能 就 都 也 还 还是 又 再 了 的 地 之 之间 在 对 对于 关于 针对 就是 分别 各自 各 主要 具体 到底 究竟 实质 本质 "
    "方面 上 里 中 下 内 这块 这方面 问题 要求 规定 内容 条款 条文 条 规则 说法 写法 提法 表述 强调 口径 部分 事 这件 件 "
    "请 请问 帮 帮我 我 我们 你 给 一下 想 知道 想知道 解释 介绍 列 列出 总结 梳理 这 那 这个 那个 这次 此次 该 其 它 它们 两者 二者 两个 两部 两份 "
    "新 旧 新旧 老 原 原来 以前 之前 现在 后来 最后 最终 前后 前 后 新版 旧版 老版 版 版本 文本 正式 正式稿 稿 定稿 终稿 草案 意见稿 征求意见稿 生效 旧法 新法 老法 "
    "为什么 详细 说说 讲讲 展开 举例 能 那 那么 如果 要是 假如 换成 换 再 另外 然后 所以 比如 会 会怎样 怎么办 咋办 要 要不要 还要 得 需要 应该 应当 "
    "同样 同 同一个 一 一般 普通 其他 词 写 怎么写 怎么说 提到 提 了吗 不 没变 what how about the is are for if and or of in to do does can".split()
)
_BREAK = re.compile(r"[，。；：？！,.;:?!\n]")
#: A question word inside parts what is asked from what it is asked about: 平台杀熟怎么处罚.
_ASKING = frozenset("怎么 如何 怎样 怎么样 什么 哪些 哪个 多少 有没有 是否 要不要 会不会 能不能 可不可以".split())
_QUOTES = re.compile(r"[“”\"'‘’「」『』]")
_CONTENT = re.compile(r"[\u4e00-\u9fffa-z]")
_SIGNS = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff ·%.-]")
_NUMBER = re.compile(r"[\d.\s]+")
#: 2016年版, 2025年修正: the edition of a document.
_EDITION = re.compile(r"(?<!\d)(?:20)?\d\d\s*(?:年版?|版)(?:修[订正改]版?|文本)?")
#: Whose document it is: 美国的 in front of the blank that stands for its name.
_WHOSE = re.compile(r"(?:美国|国外|中国|我国|国务院|国家|参议院|众议院|工信部|网信办|科技部)的?(?= )")
#: Before 有什么, so that 比有 is not cut out of 和旧法比有什么变化.
_HAS = re.compile(r"(?=有(?:什么|啥|何|哪些|没有|无))")
#: Longer phrases joined by 和 are one topic told at length, not several.
_SHORT = 10
_MOST = 4


def without_names(text: str, mentions: Sequence[Mention]) -> str:
    """``text`` with a blank in place of every held document that it names."""
    for mention in sorted(mentions, key=lambda m: m.start, reverse=True):
        if mention.documents and mention.name:
            text = f"{text[: mention.start]} {text[mention.end :]}"
    return text


def topics(text: str, tokeniser: Tokeniser) -> tuple[str, ...]:
    """What ``text`` (without names of documents) is about: 在备案和罚款上有什么差别 → 备案, 罚款; empty where it
    names nothing."""
    for pattern in (_QUOTES, _EDITION, _WHOSE, _HAS):
        text = pattern.sub(" ", text)
    words = tokeniser.cut(text)
    segments = [s for s in (list(_phrases(segment)) for segment in _segments(words)) if s]
    if len(segments) == 1 and len(segments[0]) <= _MOST and all(len(p) <= _SHORT for p in segments[0]):
        return tuple(dict.fromkeys(segments[0]))
    told = "、".join(dict.fromkeys(phrase for segment in segments for phrase in segment))
    return (told,) if told else ()


def content_words(topic: str, tokeniser: Tokeniser) -> tuple[str, ...]:
    """The words of a topic that say what it is about; a short topic that falls to single characters is one word."""
    words = dict.fromkeys(w for w in tokeniser.cut(fold(topic)) if not _is_form(w) and w not in CONNECTORS)
    long = tuple(w for w in words if len(w) > 1)
    return long or ((fold(topic),) if topic else ())


def bare(words: Sequence[str]) -> str:
    """The words without those at either end that are no topic; empty where none is left."""
    a, b = 0, len(words)
    while a < b and _is_form(words[a]):
        a += 1
    while a < b and _is_form(words[b - 1]):
        b -= 1
    # no sign of an asker may reach an answer: [1] would be a marker there
    return _SIGNS.sub("", "".join(words[a:b])).strip().removesuffix("得")  # 罚得更重


def _is_form(word: str) -> bool:
    folded = fold(word)
    return folded in _FORM or bool(_NUMBER.fullmatch(folded)) or not _CONTENT.search(folded)


def _segments(words: Sequence[str]) -> Iterator[list[str]]:
    segment: list[str] = []
    for word in words:
        if _BREAK.fullmatch(word) or word in _ASKING:
            yield segment
            segment = []
        else:
            segment.append(word)
    yield segment


def _phrases(words: Sequence[str]) -> Iterator[str]:
    part: list[str] = []
    for word in [*words, "和"]:
        if word not in CONNECTORS:
            part.append(word)
        else:
            phrase, part = bare(part), []
            if len(phrase) > 1 or phrase == "罚":  # 先, 用: no topic, but what is punished often is one word
                yield phrase
