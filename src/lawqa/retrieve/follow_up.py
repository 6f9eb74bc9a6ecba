"""Follow-ups: what a conversation is about so far, and whether a question leans on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lawqa.corpus.mentions import Mention
from lawqa.corpus.reference import Reference
from lawqa.retrieve.dates import AsOf
from lawqa.retrieve.sides import Sides
from lawqa.retrieve.topic import topics, without_names
from lawqa.text.normalise import fold
from lawqa.text.tokenise import Tokeniser

#: Words that point back at what was said.
_BACK = re.compile(
    r"它们?|他们|她们|^[他她](?!人)|这(?:个|些|种|样|条|部|份|里|事|时|办法|规定)|^这|该(?:条|款|办法|规定|法|条例|公司|行为|情形|平台)"
    r"|\b(?:it|its|they|them|their|that|those|these|this)\b|上述|前述|上面|前面|刚才|刚刚|里面|其中|也(?:是|要|得|算|能|可以)|同样"
)
#: Words that only go on.
_ON = re.compile(
    r"^(?:what about|how about|what if|and|so|then|but)\b|^(?:那|如果|要是|假如|换成|还有|再|另外|然后|所以|也就是|具体|为什么|比如|第.{1,6}条呢)|呢[？?。！!\s]*$"
)
_GOING_ON = frozenset("那 那么 如果 要是 假如 换成 还有 再 另外 然后 所以 也就是 比如 ， ,".split())
#: With so many characters of its own a question has a subject, however it begins; shorter than this it never has.
_OWN, _SHORT = 8, 12


@dataclass(frozen=True)
class Thread:
    """What a conversation is about: ``asked`` is its last question that stands alone, ``subject`` the words of it
    without names of documents, ``latest`` the words of the last follow-up since (empty: none), ``intents`` what was
    wanted last; ``document`` the one named last (``named``), else the one that answered last; ``anchors`` the provisions that
    answered last; ``sides`` the documents set side by side last; ``as_of`` the day asked about."""

    asked: str
    subject: str
    as_of: AsOf
    latest: str = ""
    intents: tuple[str, ...] = ()
    document: str | None = None
    named: bool = False
    anchors: tuple[Reference, ...] = ()
    sides: Sides | None = None


def leans(asked: str, mentions: Sequence[Mention], tokeniser: Tokeniser) -> bool:
    """True where a question cannot stand alone: it points back, goes on, or has no subject of its own."""
    own = sum(len(topic) for topic in topics(without_names(asked, mentions), tokeniser))
    if any(m.documents and m.name for m in mentions):
        return not own or bool(_BACK.search(fold(asked)))
    if _BACK.search(fold(asked)):
        return True
    goes_on = bool(_ON.search(fold(asked)))
    trailing = fold(asked).rstrip("？?。！! ").endswith("呢")
    return trailing or (own < _OWN and (goes_on or len(asked) <= _SHORT))


def added(rest: str, tokeniser: Tokeniser) -> str:
    """What a follow-up says, without the words that only go on: 那个人呢 → 个人."""
    words = [w for w in tokeniser.cut(rest) if w.strip()]
    while words and words[0] in _GOING_ON:
        words = words[1:]
    said = "".join(words).rstrip("？?。！! ").removesuffix("呢").strip()
    return said.removeprefix("那") if said == "那个人" else said  # the person, where no person was spoken of
