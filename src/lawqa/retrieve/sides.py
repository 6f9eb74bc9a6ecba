"""What a question sets side by side: documents, two versions of one, or two things that the law treats."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from lawqa.corpus.instrument import Instrument
from lawqa.corpus.mentions import Mention
from lawqa.corpus.titles import Titles
from lawqa.retrieve.topic import CONNECTORS, bare, topics, without_names
from lawqa.text.normalise import fold
from lawqa.text.tokenise import Tokeniser

#: Words that ask how two documents, both named, stand to each other.
_COMPARED = re.compile(
    r"区别|不同(?!意)|差别(?!待遇|对待)|差异|异同|对比|相比|比较|一样|一致|相同|出入|区分|一回事|变化|变了|改了|改成|改动|删了|删掉|新增|松了"
    r"|保留|差在|(?:谁|哪.{0,4}?|更|比.{1,20})(?:更)?(?:严|宽|重|轻|细|全|高|低|早|晚|松|紧)|多(?:列|出|了)|少了|各自|分别"
)
#: Words that ask how two things differ: stricter, for 不同 is also an everyday adjective.
_DIFFER = re.compile(
    r"(?:有(?:什么|何|哪些|啥|没有|无)?|什么|何|哪些|的|之间)(?:实质|本质|主要|具体)?(?:上)?的?(?:区别|不同(?!意|的?\w)|差别(?!待遇)|差异|异同)"
    r"|(?:区别|差别(?!待遇)|差异|异同|不同)(?:是什么|是啥|在哪|何在|吗|呢|[？?。]|$)|一样[吗么]|不一样|相同吗|是?一回事|(?:怎么|如何|怎样)区分|对比|比较一下"
)
#: Words that ask what an amendment did: with them one name is enough.
_AMENDED = re.compile(
    r"改了|改动|改成|修改了|修订了|变了|变成|(?:什么|哪些|有何|啥|多大)变化|变化(?:是|在|有|吗|大|[？?。]|$)|新旧|修[改订正].{0,2}前后|删了|删掉|删去"
    r"|新增|取消了|[跟比和与](?:以前|原来|之前|旧|老)|旧(?:版|法)|老版|原来的|修[改订正]前"
)
#: Words that only make sense with two versions at hand.
_TWO_VERSIONS = re.compile(r"修[改订正].{0,2}前后|新旧|旧版.{0,10}新版|新版.{0,10}旧版")
#: A law as it was, right behind its name or before it …
_ONCE = r"(?:以前|原来|从前|过去|此前|原先|先前|早先)"
_ONCE_BEHIND = re.compile(rf"[，,]?在?{_ONCE}(?![收处使提开发上])")
_ONCE_BEFORE = re.compile(rf"{_ONCE}的?$")
#: … or beside what it is now: 现在罚多少，以前是多少.
_NOW = r"(?:现在|如今|目前|现行|眼下)"
_THEN = rf"(?:^|[，,、；;。？?！! ]|[跟和与同比]|还是){_ONCE}"
_NOW_AND_THEN = re.compile(rf"{_NOW}.*{_THEN}|{_THEN}.*{_NOW}")
#: An article by the number it once had: 原第五十九条, 第二十一条现在是, 第五十九条……现在是第几条.
_ARTICLE = r"第[0-9零〇一二三四五六七八九十百]+条"
ONCE_NUMBERED = re.compile(rf"原(?:来的?|先的?)?{_ARTICLE}")
NUMBERED = re.compile(
    rf"{ONCE_NUMBERED.pattern}|{_ARTICLE}[，,]?{_NOW}还?(?:是|为|叫|在|改成|变成|成了)"
    rf"|{_ARTICLE}.*(?:{_NOW}|新法|新版|修[改订正]后).{{0,6}}(?:第几条|哪一?条)"
)
#: 原来 and its like are told of a law only where something is asked of it: 原来网安法也管这个.
_ASKS = re.compile(r"多少|什么|怎么|怎样|如何|几|哪|吗|有没有|是不是|是否|咋|啥")
#: How two documents hang together is another question than how they differ.
_BELONG = re.compile(r"关系|位阶|上位|下位|依据|根据|衔接")
_SENTENCE = re.compile(r"[。；？！?!;\n]")
#: A comma behind two things, and a clause that goes on about something else than their difference.
_NEW_CLAUSE = re.compile(r"，(?!\s*(?:两者|二者|它们|这两|到底|究竟|有|在|区别|分别|各|怎么|如何)).*")
#: 甲、乙、丙三份文件: documents called by what they are about.
_SO_MANY = re.compile(r"[两二三四]\s*(?:份|部|个)(?:文件|规定|办法|法律|法规|条例|规章|法)")
#: No thing of the law, but a version of a document.
_VERSION = re.compile(r"版$|稿$|文本$|年")
_CHANGED = re.compile(f"{_COMPARED.pattern}|{_AMENDED.pattern}")
_FINAL = re.compile(r"正式|定稿|最终|终稿|后来|暂行办法|生效")
_DRAFT = re.compile(r"征求意见稿|意见稿|草案")
#: What is longer names no thing of the law.
_LONGEST = 20
_ONLY_DRAFT = frozenset({"征求意见稿", "意见稿"})
_THING_ENDS = frozenset("的 在 ， 之间".split())
#: What stands behind a name: a second thing that is compared with it.
_OPERAND = re.compile(
    r"\s*(?:和|与|跟|同|比|vs\.?)\s*(?!以前|原来|之前|从前|现在|旧|老|新|原|修[改订正]|正式|定稿|20\d\d|\d\d年)\S"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_BEFORE = re.compile(r"([\u4e00-\u9fff]{4,20})[和与跟、]$")
_BEHIND = re.compile(r"[和与跟、]([\u4e00-\u9fff]{4,20})")


@dataclass(frozen=True, slots=True)
class Sides:
    """``documents``: what is set side by side, as named; of two ``versions`` the older first. ``things``: two things
    instead of documents (``documents`` then holds the one document that they are looked for in, if it was named).
    ``topics``: in what respect, empty: in every. ``asked``: it is asked how they differ, not only what both say.
    ``lacking``: a version that is asked for and not held."""

    documents: tuple[str, ...] = ()
    versions: bool = False
    things: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    asked: bool = True
    lacking: str | None = None


class SideReader:
    """Reads from a question what it sets side by side."""

    def __init__(self, titles: Titles, tokeniser: Tokeniser) -> None:
        self.titles = titles
        self.corpus = titles.corpus
        self.tokeniser = tokeniser

    @cached_property
    def _texts(self) -> str:
        return "\n".join(p.text for p in self.corpus.provisions.values())

    def __call__(
        self, text: str, mentions: Sequence[Mention], documents: Sequence[str], others: bool, day: date
    ) -> Sides | None:
        """None where the question compares nothing. ``documents`` are those it is about, ``others``: it names
        further ones that are not held."""
        folded = fold(text)
        plain = without_names(text, mentions)
        rest = fold(plain)
        if lacking := self._draft_of(mentions):
            pair, name = lacking
            return Sides(pair, True, (), topics(plain, self.tokeniser)) if pair else Sides(lacking=name)
        if versions := self._versions(folded, rest, mentions, documents, others):
            return Sides(versions, True, (), topics(plain, self.tokeniser))
        if len(documents) > 1:
            asked = self.compares(rest)
            if not asked and (_BELONG.search(rest) or not self._joined(folded, mentions)):
                return None
            return Sides(tuple(documents), False, (), topics(plain, self.tokeniser), asked)
        if others:
            return None
        if len(documents) == 1 and (beside := self._beside(folded, mentions, day)):
            name, pair = beside
            return Sides(pair, False, (), topics(plain.replace(name, " "), self.tokeniser))
        if not documents and (called := self._called(plain, day)):
            names, ids = called
            for name in names:
                plain = plain.replace(name, " ")
            return Sides(ids, False, (), topics(_SO_MANY.sub(" ", plain), self.tokeniser), self.compares(rest))
        if len(documents) == 1 and _TWO_VERSIONS.search(rest) and not _OPERAND.match(rest):
            return Sides(lacking=f"{self.corpus.instrument(documents[0]).label}的其他文本")
        return self._things(plain, documents, day) if _DIFFER.search(rest) else None

    @staticmethod
    def compares(text: str) -> bool:
        """True where a question asks how two documents stand to each other."""
        return bool(_COMPARED.search(fold(text)))

    def _versions(
        self, folded: str, rest: str, mentions: Sequence[Mention], documents: Sequence[str], others: bool
    ) -> tuple[str, ...]:
        """Two versions of one text, the older first: both named, or one with words that need the other."""
        if not documents:
            drafts = [i for i in self.corpus.instruments if i.kind == "征求意见稿"]
            asked = _DRAFT.search(folded) and _FINAL.search(folded) and _CHANGED.search(rest)
            documents = [drafts[0].id] if asked and len(drafts) == 1 else []
        if len(documents) == 2:
            pair = self._pair(self.corpus.instrument(documents[0]), documents[1])
            return pair if _CHANGED.search(rest) or self._joined(folded, mentions) else ()
        if len(documents) != 1 or others:
            return ()
        own = self.corpus.instrument(documents[0])
        years = dict.fromkeys(_YEAR.findall(folded))
        editions = [e[0] for y in years if len(e := self.titles.edition(own.title, y)) == 1]
        if len(set(editions)) == 2:
            return self._pair(self.corpus.instrument(editions[0]), editions[1])
        newer, older = self.corpus.successor(own), self._older(own)
        numbered = NUMBERED.search(folded)
        if newer and (numbered or _CHANGED.search(rest) or _FINAL.search(rest)):
            return () if _OPERAND.match(rest) else (own.id, newer.id)
        of_draft = older is not None and older.kind == "征求意见稿" and _DRAFT.search(rest) and _CHANGED.search(rest)
        amended = numbered or _AMENDED.search(rest) or self._as_it_was(folded, rest, mentions)
        if older and (of_draft or amended) and not _OPERAND.match(rest):
            return (older.id, own.id)
        return ()

    @staticmethod
    def _as_it_was(folded: str, rest: str, mentions: Sequence[Mention]) -> bool:
        """True where it is asked what the one law that is named said before, alone or beside what it says now."""
        if not _ASKS.search(rest):
            return False
        named = [m for m in mentions if m.documents]
        beside = any(_ONCE_BEHIND.match(folded[m.end :]) or _ONCE_BEFORE.search(folded[: m.start]) for m in named)
        return beside or bool(_NOW_AND_THEN.search(rest))

    def _pair(self, one: Instrument, other: str) -> tuple[str, ...]:
        """``one`` and ``other`` in their order in time, if they are versions of one text."""
        if (older := self._older(one)) and older.id == other:
            return (other, one.id)
        newer = self.corpus.successor(one)
        return (one.id, other) if newer and newer.id == other else ()

    def _older(self, instrument: Instrument) -> Instrument | None:
        finalised = (r.id for r in instrument.relations if r.type == "finalizes" and self.corpus.has(r.id))
        if older := self.corpus.predecessor(instrument):
            return older
        return next((self.corpus.instrument(id) for id in finalised), None)

    def _draft_of(self, mentions: Sequence[Mention]) -> tuple[tuple[str, ...], str] | None:
        """标识办法征求意见稿 is the draft of that document: its pair (empty where it is not held) and its name."""
        for before, draft in itertools.pairwise(mentions):
            if fold(draft.name or "") not in _ONLY_DRAFT or draft.start - before.end > 1 or len(before.documents) != 1:
                continue
            own = self.corpus.instrument(before.documents[0])
            older = self._older(own)
            if older and older.id in draft.documents:
                return (older.id, own.id), ""
            return (), f"{own.label}的征求意见稿"
        return None

    def _joined(self, folded: str, mentions: Sequence[Mention]) -> bool:
        """True where nothing but 和 stands between two names."""
        named = [m for m in mentions if m.documents]
        return any(folded[a.end : b.start].strip() in CONNECTORS for a, b in itertools.pairwise(named))

    def _beside(self, folded: str, mentions: Sequence[Mention], day: date) -> tuple[str, tuple[str, ...]] | None:
        """A second document named by the end of its title beside the one named outright, and both in their order."""
        for mention in mentions:
            if len(mention.documents) != 1:
                continue
            own = mention.documents[0]
            if before := _BEFORE.search(folded[: mention.start]):
                for name in (before[1][i:] for i in range(len(before[1]))):
                    if (id := self.titles.ending(name, day)) and id != own:
                        return name, (id, own)
            if after := _BEHIND.match(folded[mention.end :]):
                for name in (after[1][:i] for i in range(len(after[1]), 0, -1)):
                    if (id := self.titles.ending(name, day)) and id != own:
                        return name, (own, id)
        return None

    def _called(self, plain: str, day: date) -> tuple[list[str], tuple[str, ...]] | None:
        """The documents that are called by what they are about, and counted: 算法推荐、深度合成两份文件."""
        counted = _SO_MANY.search(plain)
        if counted is None:
            return None
        names = [n for n in re.split(r"[、和与跟及]", plain[: counted.start()].split("，")[-1]) if n.strip()]
        ids = [self.titles.beginning(name.strip(), day) for name in names]
        return (names, tuple(id for id in ids if id)) if len(ids) > 1 and all(ids) else None

    def _things(self, plain: str, documents: Sequence[str], day: date) -> Sides | None:
        """甲和乙的丙有什么不同: two things and the respect in which they are compared, in one sentence."""
        sentence = next((part for part in _SENTENCE.split(plain) if _DIFFER.search(fold(part))), "")
        words = self.tokeniser.cut(sentence)
        at = next((i for i, w in enumerate(words) if w in CONNECTORS and bare(words[:i])), None)
        if at is None or _NEW_CLAUSE.search("".join(words[at:])):
            return None
        one = bare(_last_clause(words[:at]))
        tail = words[at + 1 :]
        while tail and not bare(tail[:1]):
            tail = tail[1:]
        end = next((i for i, w in enumerate(tail) if i and w in _THING_ENDS), len(tail))
        while end > 1 and bare(tail[:end]) not in self._texts:  # 受托人责任: the law speaks of the 受托人
            end -= 1
        other, respect = bare(tail[:end]), topics("".join(tail[end:]), self.tokeniser)
        if not one or not other or one == other or any(len(t) > _LONGEST or _VERSION.search(t) for t in (one, other)):
            return None
        if not documents and (ids := [self.titles.ending(one, day), self.titles.ending(other, day)]) and all(ids):
            return Sides(tuple(id for id in ids if id), False, (), respect)
        return Sides(tuple(documents), False, (one, other), respect)


def _last_clause(words: Sequence[str]) -> Sequence[str]:
    """From behind the last 的, 里 or comma: 个保法里的匿名化."""
    for i in range(len(words) - 1, -1, -1):
        if words[i] in ("的", "里", "中", "，", "关于"):
            return words[i + 1 :]
    return words
