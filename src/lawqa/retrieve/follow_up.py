"""Follow-ups: what a conversation is about so far, and whether a question leans on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lawqa.corpus.library import Corpus
from lawqa.corpus.mentions import Mention, Target, target
from lawqa.corpus.numerals import NUMERAL_CHARS, parse_numeral
from lawqa.corpus.reference import Reference
from lawqa.retrieve.dates import AsOf
from lawqa.retrieve.sides import Sides
from lawqa.retrieve.topic import topics, without_names
from lawqa.text.normalise import fold
from lawqa.text.tokenise import Tokeniser

#: Words that point back at what was said.
_BACK = re.compile(
    r"(?P<pronoun>它们?|他们|她们)|^[他她](?!人)|这(?:个|些|种|样|条|部|份|里|事|时|办法|规定)|^这|该(?:条|款|办法|规定|法|条例|公司|行为|情形|平台)"
    r"|\b(?:it|its|they|them|their|that|those|these|this)\b|上述|前述|上面|前面|刚才|刚刚|里面|其中|也(?:是|要|得|算|能|可以)|同样"
)
#: Words that only go on.
_ON = re.compile(
    r"^(?:what about|how about|what if|and|so|then|but)\b|^(?:那|如果|要是|假如|换成|还有|再|另外|然后|所以|也就是|具体|为什么|比如|第.{1,6}条呢)|呢[？?。！!\s]*$"
)
_GOING_ON = frozenset("那 那么 如果 要是 假如 换成 还有 再 另外 然后 所以 也就是 比如 ， ,".split())
#: With so many characters of its own a question has a subject, however it begins; shorter than this it never has.
_OWN, _SHORT = 8, 12
_N = rf"[{NUMERAL_CHARS}]+"
_ITEM = rf"第?\s*(?:（\s*(?:{_N})\s*）|(?<=第)\s*{_N})\s*项"
#: A 款 or 项 without its article, or an article told by the one before: 第二款, 第（二）项, 前款, 下一条. No product (第一款应用), no
#: message (上一条评论).
_WITHIN = re.compile(
    rf"(?:第\s*(?P<paragraph>{_N})|(?P<step>上一?|前一?|下一?|后一?))\s*款(?!产品|应用|软件|游戏|模型|大模型|手机|工具|服务|app)"
    rf"(?:\s*的?\s*(?P<of>{_ITEM}))?|(?P<item>{_ITEM})(?!工作|业务|任务|产品|服务)"
    r"|(?P<article>上一?|前一?|下一?|后一?)条(?!件|消息|评论|微博|弹幕|短信|新闻|视频|路)"
)


@dataclass(frozen=True)
class Thread:
    """What a conversation is about: ``asked`` is its last question that stands alone, ``subject`` the words of it
    without names of documents, ``latest`` the words of the last follow-up since (empty: none), ``intents`` what was
    wanted last; ``document`` the one named last (``named``), else the one that answered last; ``anchors`` the provisions that
    answered last; ``place`` the one cited last, down to its 款 and 项; ``sides`` the documents set side by side last; ``as_of`` the day asked about."""

    asked: str
    subject: str
    as_of: AsOf
    latest: str = ""
    intents: tuple[str, ...] = ()
    document: str | None = None
    named: bool = False
    anchors: tuple[Reference, ...] = ()
    place: Reference | None = None
    sides: Sides | None = None


def leans(asked: str, mentions: Sequence[Mention], tokeniser: Tokeniser) -> bool:
    """True where a question cannot stand alone: it points back, goes on, or has no subject of its own."""
    own = sum(len(topic) for topic in topics(without_names(asked, mentions), tokeniser))
    if any(m.documents and m.name for m in mentions):
        return not own or bool(_BACK.search(fold(asked)))
    if any(_points_outside(match, tokeniser) for match in _BACK.finditer(fold(asked))):
        return True
    goes_on = bool(_ON.search(fold(asked)))
    trailing = fold(asked).rstrip("？?。！! ").endswith("呢")
    return trailing or (own < _OWN and (goes_on or len(asked) <= _SHORT))


def _points_outside(back: re.Match[str], tokeniser: Tokeniser) -> bool:
    """False for a pronoun that stands for what the same question said before it (外卖平台给老用户涨价，会罚它吗), unless
    the question goes on from another."""
    before = back.string[: back.start()]
    goes_on = bool(_ON.search(back.string))
    return not back["pronoun"] or goes_on or sum(map(len, topics(before, tokeniser))) < _OWN


def added(rest: str, tokeniser: Tokeniser) -> str:
    """What a follow-up says, without the words that only go on: 那个人呢 → 个人."""
    words = [w for w in tokeniser.cut(rest) if w.strip()]
    while words and words[0] in _GOING_ON:
        words = words[1:]
    said = "".join(words).rstrip("？?。！! ").removesuffix("呢").strip()
    return said.removeprefix("那") if said == "那个人" else said  # the person, where no person was spoken of


def within(asked: str, place: Reference, corpus: Corpus) -> Mention | None:
    """What a follow-up cites by a bare 款 or 项, or by the next article or the one before, counted from ``place``."""
    found = list(_WITHIN.finditer(fold(asked)))
    targets = [t for match in found if (t := _counted(match, place, corpus))]
    if not targets:
        return None
    start, end = found[0].start(), found[-1].end()
    return Mention(start, end, asked[start:end], None, (), None, False, tuple(targets))


def _counted(match: re.Match[str], place: Reference, corpus: Corpus) -> Target | None:
    if not place.number.isdigit():  # a section has no 款
        return None
    if match["article"]:
        number = int(place.number) + (-1 if match["article"][0] in "上前" else 1)
        return target(str(number), None, None, place.document, corpus) if number > 0 else None
    paragraph = parse_numeral(match["paragraph"]) if match["paragraph"] else None
    if match["step"] and place.paragraph:
        paragraph = max(place.paragraph + (-1 if match["step"][0] in "上前" else 1), 1)
    written = match["of"] or match["item"]
    item = parse_numeral(re.sub(r"[第项（）\s]", "", written)) if written else None
    if match["item"] and place.paragraph:  # an item of the 款 spoken of, where it has one; else of the first that has
        own = target(place.number, place.paragraph, item, place.document, corpus)
        if own.exists:
            return own
    return target(place.number, paragraph, item, place.document, corpus)
