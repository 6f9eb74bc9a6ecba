"""Question understanding: one small explicit step whose result ``lawqa explain`` shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from lawqa.corpus.mentions import Mention, find_mentions, target
from lawqa.corpus.note import OutsideLaw
from lawqa.corpus.reference import Reference
from lawqa.corpus.titles import Titles
from lawqa.errors import HistoryError, UsageError
from lawqa.retrieve.dates import AsOf, find_date
from lawqa.retrieve.expansion import Expansion, Lexicon
from lawqa.retrieve.follow_up import Thread, leans, within
from lawqa.retrieve.intent import actors_of, intents_of
from lawqa.retrieve.leaning import Leaning
from lawqa.retrieve.outside import OutsideLaws
from lawqa.retrieve.sides import SideReader, Sides
from lawqa.retrieve.topic import without_names
from lawqa.text.normalise import clean, fold
from lawqa.text.tokenise import Tokeniser

_CONTENT = re.compile(r"[\u4e00-\u9fffa-z0-9]")
#: With so few characters left there is nothing to search for.
_SOME = 3
#: Words that ask but name no subject: what is left of 甲法和乙法有什么区别 without the names.
_NO_SUBJECT = re.compile(
    r"区别|不同|差别|差异|变化|对比|比较|相比|改了|修改|关系|什么|哪些|哪里|哪个|怎么|如何|为何|多少|规定|内容|主要|关于|之间|分别|请问"
    r"|有|是|的|和|与|跟|在|了|吗|呢|里|中|上|说|讲|一下|条"
)

#: The year right before the name of a document.
_YEAR_OF = re.compile(r"(?:(20\d{2})年|(去年|前年))的?《?$")
#: A follow-up that asks the version before the same: 修改以前呢, 旧法怎么罚.
_BEFORE_CHANGE = re.compile(
    r"^(?:那么?)?(?:在?(?:没|未)?(?:修改|修订|修正|改)(?:之|以)?前|旧法|老法|旧版|原来)的?(?:规定|法律?|版本|条文|那版)?"
    r"(?:呢|是?怎么(?:规定|说|写|罚|处罚)的?)?[？?。！!\s]*$"
)
_YEARS_AGO = {"去年": 1, "前年": 2}


@dataclass(frozen=True)
class Question:
    """A question as it was understood.

    ``text`` is what was asked; ``search_text`` the same completed from the conversation where the question leans on
    it, ``topic`` what of it is searched: without the names of the documents, which would find the provisions that speak
    of the document and not of the subject; ``own`` the words that a follow-up itself adds, ``thread`` what it leans on,
    ``boosts`` what that adds to the scores of provisions; ``assumed`` mistyped names with the document each was taken for; ``imprecise`` 款 and 项
    that an existing article does not have; ``sides`` what it sets side by side; ``documents`` the held documents it names; ``catalog`` known instruments without text;
    ``outside`` laws not held that it names or is about.
    """

    text: str
    search_text: str
    topic: str
    as_of: AsOf
    mentions: tuple[Mention, ...]
    references: tuple[Reference, ...]
    missing: tuple[tuple[str, str], ...]
    documents: tuple[str, ...]
    ambiguous: tuple[str, ...]
    catalog: tuple[str, ...]
    unknown_titles: tuple[str, ...]
    outside: tuple[OutsideLaw, ...]
    outside_topics: tuple[OutsideLaw, ...]
    intents: tuple[str, ...]
    actors: tuple[str, ...]
    expansions: tuple[Expansion, ...]
    thread: Thread | None = None
    own: str = ""
    boosts: tuple[tuple[Reference, float], ...] = ()
    assumed: tuple[tuple[str, str], ...] = ()
    imprecise: tuple[Reference, ...] = ()
    sides: Sides | None = None

    @property
    def follow_up(self) -> bool:
        """True where the question leans on those before it."""
        return self.thread is not None

    @property
    def named(self) -> tuple[str, ...]:
        """The documents that the asker named, now or before; not one that only answered the question before."""
        before = self.thread is not None and not self.thread.named and self.documents == (self.thread.document,)
        return () if before and not any(m.name and m.documents for m in self.mentions) else self.documents

    @property
    def intent(self) -> str | None:
        return self.intents[0] if self.intents else None


class Understanding:
    """Turns a question and its history into a Question."""

    def __init__(
        self,
        titles: Titles,
        lexicon: Lexicon,
        tokeniser: Tokeniser,
        outside: Sequence[OutsideLaw],
        primary: str,
        max_chars: int,
    ) -> None:
        self.titles = titles
        self.lexicon = lexicon
        self.outside = OutsideLaws(outside)
        self.tokeniser = tokeniser
        self.sides = SideReader(titles, tokeniser)
        self.primary = primary if titles.corpus.has(primary) else None
        self.max_chars = max_chars

    def __call__(self, text: str, as_of: date | None = None, thread: Thread | None = None) -> Question:
        """``thread``: what the conversation is about so far."""
        asked = self.checked(text)
        today = date.today()
        when = AsOf(as_of, None) if as_of else find_date(asked, today)
        mentions = self._mentions(asked, when, thread)
        if not as_of and when.phrase is None and (then := self._edition_then(asked, mentions, today)):
            when = then
            mentions = self._mentions(asked, when, thread)
        if thread is not None and not leans(asked, mentions, self.tokeniser):
            thread = None
        if thread is not None and not as_of and when.phrase is None:
            when = thread.as_of
            mentions = self._mentions(asked, when, thread)
        mentions, assumed = self._mended(mentions)
        changed = self._before_change(asked, thread) if thread and not as_of else None
        again = changed is not None
        if changed:
            thread, when = changed, changed.as_of
        documents = _unique(d for m in mentions if len(m.documents) == 1 for d in m.documents)
        search_text, topic, intents = asked, _subject(asked, mentions), intents_of(asked)
        if when.phrase and len(_CONTENT.findall(topic.replace(when.phrase, ""))) > _SOME:
            topic = topic.replace(when.phrase, " ")  # the words of a date find articles on entry into force
        leaning = Leaning(self.titles, self.tokeniser, asked, mentions, thread, when.day, again) if thread else None
        if thread and leaning:
            documents, intents = leaning.documents, leaning.intents
            search_text = _joined(thread.asked, thread.latest, asked)
            topic = _joined(thread.subject, thread.latest, leaning.own)
        targets = [t for m in mentions for t in m.targets if t.ref is not None]
        held = self.titles.corpus.provisions
        references = _unique(
            t.ref if t.exists else t.ref.provision for t in targets if t.ref and t.ref.provision in held
        )
        missing = _unique((t.ref.document, t.number) for t in targets if t.ref and t.ref.provision not in held)
        imprecise = _unique(t.ref for t in targets if t.ref and not t.exists and t.ref.provision in held)
        catalog = _unique(m.catalog for m in mentions if m.catalog)
        unknown = _unique(m.name or "" for m in mentions if m.unknown)
        outside = self.outside.named(asked, mentions)
        others = bool(catalog or unknown or outside)
        sides = self.sides(asked, mentions, documents, others, when.day)
        return Question(
            text=asked,
            search_text=search_text,
            topic=topic,
            as_of=when,
            mentions=tuple(mentions),
            references=references,
            missing=missing,
            documents=documents,
            ambiguous=_unique(d for m in mentions if len(m.documents) > 1 for d in m.documents),
            catalog=catalog,
            unknown_titles=unknown,
            outside=outside,
            outside_topics=self.outside.about(search_text),
            intents=intents,
            actors=actors_of(search_text),
            expansions=self.lexicon.expand(search_text),
            thread=thread,
            own=leaning.own if leaning else "",
            assumed=assumed,
            imprecise=imprecise,
            sides=leaning.sides(sides, others) if leaning else sides,
        )

    def stands_alone(self, text: str) -> bool:
        """True where a question needs none before it."""
        asked = self.checked(text)
        return not leans(asked, find_mentions(asked, self.titles, date.today()), self.tokeniser)

    def _before_change(self, asked: str, thread: Thread) -> Thread | None:
        """The conversation as one about the version before the one in force, where a follow-up asks for that."""
        said = _BEFORE_CHANGE.match(asked)
        if not said or not thread.document:
            return None
        newer = self.titles.corpus.instrument(thread.document)
        older = self.titles.corpus.predecessor(newer)
        if older is None or older.title != newer.title or newer.effective is None:
            return None
        when = AsOf(newer.effective - timedelta(days=1), asked.rstrip("？?。！! 呢"))
        return replace(thread, document=older.id, as_of=when, anchors=(), place=None, sides=None)

    def _edition_then(self, asked: str, mentions: Sequence[Mention], today: date) -> AsOf | None:
        """2024年的网络安全法: no version is of that year, so the one that was in force in it is meant."""
        for mention in mentions:
            said = _YEAR_OF.search(asked[: mention.start])
            if not said or not mention.name or not mention.documents:
                continue
            year = today.year - _YEARS_AGO[said[2]] if said[2] else int(said[1])
            held = self.titles.corpus.instrument(mention.documents[0])
            last = date(year, 12, 31)
            if (said[1] and self.titles.edition(mention.name, str(year))) or last >= today:
                continue
            if self.titles.version_on(held, last) != self.titles.version_on(held, today):
                return AsOf(last, said[0].rstrip("的《"))
        return None

    def _mended(self, mentions: Sequence[Mention]) -> tuple[list[Mention], tuple[tuple[str, str], ...]]:
        """Articles cited under a mistyped name, with the document that it can only mean."""
        out, assumed = [], []
        for mention in mentions:
            if mention.unknown and mention.targets and (id := self.titles.mistyped(mention.name or "")):
                assumed.append((mention.name or "", id))
                targets = tuple(target(t.number, t.paragraph, t.item, id, self.titles.corpus) for t in mention.targets)
                mention = replace(mention, documents=(id,), targets=targets)
            out.append(mention)
        return out, tuple(assumed)

    def earlier(self, history: Sequence[str]) -> list[str]:
        """The earlier questions without those that are blank; HistoryError names one that cannot be used."""
        out = []
        for number, text in enumerate(history, 1):
            try:
                out += [self.checked(text)] if text.strip() else []
            except UsageError as error:
                raise HistoryError(f"history 的第{number}项：{error}") from None
        return out

    def checked(self, text: str) -> str:
        """The question without control characters; UsageError where nothing or too much is left."""
        if not isinstance(text, str):
            raise UsageError(f"问题应为文字，不是{type(text).__name__}")
        cleaned = clean(text)
        if not cleaned:
            raise UsageError("问题是空的：请写出要问的内容")
        if len(cleaned) > self.max_chars:
            raise UsageError(
                f"问题太长：{len(cleaned)}字，最多{self.max_chars}字；请只留下要问的部分（或调高 LAWQA_MAX_QUESTION_CHARS）"
            )
        if not _CONTENT.search(fold(cleaned)):
            raise UsageError(f"问题“{cleaned[:20]}”里没有文字：请用中文或英文写出要问的内容")
        return cleaned

    def _mentions(self, asked: str, when: AsOf, thread: Thread | None) -> list[Mention]:
        """What is cited; 第八条 without a name is of the document that the conversation is about, 第二款 without an article
        of the provision."""
        out = find_mentions(asked, self.titles, when.day, (thread.document if thread else None) or self.primary)
        if thread and thread.place and not any(m.targets or m.name for m in out):
            own = within(asked, thread.place, self.titles.corpus)
            return [*out, own] if own else out
        return out


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _subject(text: str, mentions: Sequence[Mention]) -> str:
    """``text`` without the documents that it names; as it is where nothing to search for would be left."""
    out = without_names(text, mentions)
    return out if len(_CONTENT.findall(_NO_SUBJECT.sub("", fold(out)))) > 1 else text


def _unique(items: object) -> tuple:  # type: ignore[type-arg]
    return tuple(dict.fromkeys(items))  # type: ignore[call-overload]
