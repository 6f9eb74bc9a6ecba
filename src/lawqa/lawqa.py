"""The façade that the command line, the web, the widget and the evaluation share."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lawqa.answer.answer import EXTRACTIVE, GENERATED, Answer
from lawqa.answer.answerer import Answerer
from lawqa.answer.generate import FINAL, Generator, StreamEvent
from lawqa.answer.llm import LanguageModel
from lawqa.answer.receipt import receipt
from lawqa.corpus import Corpus, Provision, Reference, load_corpus
from lawqa.corpus.editorial import load_aliases
from lawqa.corpus.label import precise_label
from lawqa.corpus.titles import Titles
from lawqa.errors import UsageError
from lawqa.explanation import Explanation, explain
from lawqa.history import History, earlier_questions
from lawqa.index.store import Index, open_index
from lawqa.lookup import document_named, look_up
from lawqa.retrieve.conversation import Conversation
from lawqa.retrieve.crossrefs import CrossReferences
from lawqa.retrieve.dates import parse_date
from lawqa.retrieve.fusion import Weights
from lawqa.retrieve.hit import Hit
from lawqa.retrieve.hybrid import Retriever
from lawqa.retrieve.question import Question, Understanding
from lawqa.search_result import SearchHit, SearchResult
from lawqa.settings import Settings, load_settings

if TYPE_CHECKING:
    from lawqa.check.checker import Checker
    from lawqa.check.report import CheckReport
    from lawqa.compare.comparison import Comparison

#: How many further provisions a language model is shown beside those that the extractive answer quotes.
_NEAR = 6


class LawQA:
    """Ask, search, show. ``LawQA.open()`` loads everything once; the object may be used from several threads."""

    def __init__(self, settings: Settings, corpus: Corpus, index: Index, weights: Weights | None = None) -> None:
        self.settings = settings
        self.corpus = corpus
        self.index = index
        self.titles = Titles(corpus, load_aliases(corpus.root))
        self.retriever = Retriever(corpus, self.titles, index, settings.primary_document, weights)
        self.references = CrossReferences(corpus, self.titles)
        self.understand = Understanding(
            self.titles,
            self.retriever.signals.lexicon,
            index.tokeniser,
            index.outside,
            settings.primary_document,
            settings.max_question_chars,
        )
        self.conversation = Conversation(self.understand, self.retriever, self.references)
        self.answerer = Answerer(corpus, index, self.retriever, self.references)
        self.generator = Generator(corpus, self.titles, LanguageModel(settings))

    @classmethod
    def open(
        cls,
        settings: Settings | None = None,
        progress: Callable[[str, int, int], None] = lambda stage, done, total: None,
        rebuild: bool = False,
    ) -> LawQA:
        """Load corpus and index; the index is built first where it is missing, stale or damaged."""
        settings = settings or load_settings()
        corpus = load_corpus(settings.corpus, settings.user_corpus)
        return cls(settings, corpus, open_index(corpus, settings, progress, rebuild))

    def ask(
        self,
        question: str,
        as_of: date | str | None = None,
        docs: Sequence[str] = (),
        history: History = (),
        mode: str | None = None,
    ) -> Answer:
        """A verified answer. ``history``: the earlier questions of the conversation, oldest first.

        ``mode``: "extractive", "generated" (a configured language model writes, every sentence is verified), or
        None for generated where a model is configured and extractive elsewhere.
        Raises UsageError for an unusable question, date, document id or mode, HistoryError for an unusable history.
        """
        *_, last = self.ask_stream(question, as_of, docs, history, mode)
        assert last.answer is not None
        return last.answer

    def ask_stream(
        self,
        question: str,
        as_of: date | str | None = None,
        docs: Sequence[str] = (),
        history: History = (),
        mode: str | None = None,
    ) -> Iterator[StreamEvent]:
        """The same answer step by step: verified sentences as a language model writes them, the answer last.

        Raises what ``ask`` raises before the first event.
        """
        started = time.perf_counter()
        mode = self._mode(mode)
        understood = self._understood(question, as_of, docs, history)
        read = time.perf_counter()
        answer = self.answerer(understood, docs)
        timings = {"understand": read - started, "answer": time.perf_counter() - read}
        return self._events(understood, answer, docs, history, mode, started, timings)

    def _events(
        self,
        understood: Question,
        answer: Answer,
        docs: Sequence[str],
        history: History,
        mode: str,
        started: float,
        timings: dict[str, float],
    ) -> Iterator[StreamEvent]:
        """The events of a generated answer, or the one of an extractive, with times, reading and receipt added."""
        events: Iterator[StreamEvent] = iter([StreamEvent(FINAL, answer=answer)])
        # facts of a document come from its metadata: there is nothing in the provisions for a model to add
        facts = understood.intent == "metadata" and not understood.references
        if mode == GENERATED and not facts:
            near = self.retriever.hits(self.retriever.rank(understood, docs), _NEAR)
            earlier = earlier_questions(history) if self.settings.llm_send == "history" else ()
            events = self.generator(answer, understood, [self.corpus.provision(h.ref) for h in near], earlier)
        for event in events:
            if event.answer is None:
                yield event
                continue
            total = time.perf_counter() - started
            spent = {**timings, "total": total}
            if mode == GENERATED and not facts:
                spent["model"] = total - timings["understand"] - timings["answer"]
            yield replace(
                event,
                answer=replace(
                    event.answer,
                    timings_ms={k: round(v * 1000, 2) for k, v in spent.items()},
                    understood=self.understood(understood, docs),
                    receipt=self.receipt(understood.as_of.day, docs, event.answer.mode),
                ),
            )

    def _mode(self, mode: str | None) -> str:
        if mode is None:
            return GENERATED if self.settings.llm_configured else EXTRACTIVE
        if mode not in (EXTRACTIVE, GENERATED):
            raise UsageError(f"回答方式“{mode}”应为 {EXTRACTIVE} 或 {GENERATED}")
        if mode == GENERATED and not self.settings.llm_configured:
            raise UsageError(
                "没有设置语言模型：请设置 LAWQA_LLM_BASE_URL 和 LAWQA_LLM_MODEL（且 LAWQA_LLM_SEND 不为 none）"
            )
        return mode

    def explain(
        self,
        question: str,
        as_of: date | str | None = None,
        docs: Sequence[str] = (),
        history: History = (),
        k: int = 10,
    ) -> Explanation:
        """Why the extractive answer is what it is; raises what ``ask`` raises."""
        return explain(self, self._understood(question, as_of, docs, history), docs, k)

    def search(
        self,
        query: str,
        k: int = 10,
        as_of: date | str | None = None,
        docs: Sequence[str] = (),
        history: History = (),
    ) -> SearchResult:
        """The ``k`` best provisions for ``query``, at article or section level."""
        if not 1 <= k <= 1000:
            raise UsageError(f"k“{k}”应在 1 与 1000 之间")
        started = time.perf_counter()
        understood = self._understood(query, as_of, docs, history)
        hits = self.retriever.hits(self.retriever.rank(understood, docs), k)
        found = tuple(self._search_hit(h) for h in hits)
        elapsed = round((time.perf_counter() - started) * 1000, 2)
        return SearchResult(understood.text, found, {"total": elapsed})

    def show(self, citation: str, as_of: date | str | None = None) -> tuple[Provision, Reference]:
        """The provision that a reference or a citation in anybody's words names, with the precise reference.

        Raises ReferenceNotFound that says how many articles there are, or that the text is not held.
        """
        day = self._date(as_of) or date.today()
        return look_up(self.titles, self.understand.checked(citation), day, self.understand.primary)

    def check(self, text: str, as_of: date | str | None = None) -> CheckReport:
        """Every citation of ``text`` with its verdict by the law of ``as_of`` (today where None).

        Raises UsageError for an unusable date or a text that is too long.
        """
        return self._checker.check(text, self._date(as_of) or date.today())

    def compare(self, a: str, b: str) -> Comparison:
        """Two documents article by article; ``a`` and ``b`` are ids or names. Raises ReferenceNotFound, UsageError."""
        from lawqa.compare.comparison import compare

        return compare(self.corpus, document_named(self.titles, a), document_named(self.titles, b))

    @cached_property
    def _checker(self) -> Checker:
        from lawqa.check.checker import Checker

        return Checker(self.corpus, self.titles, self.settings.primary_document, self._note_words)

    def _note_words(self, ref: Reference) -> list[str]:
        note = self.index.note(ref)
        return [note.caption, *note.questions, *note.terms] if note else []

    def _search_hit(self, hit: Hit) -> SearchHit:
        provision = self.corpus.provision(hit.ref)
        instrument = self.corpus.instrument(hit.ref.document)
        return SearchHit(
            hit.rank, str(hit.ref), hit.score, instrument.id, instrument.title, provision.label, provision.text
        )

    def _understood(self, question: str, as_of: date | str | None, docs: Sequence[str], history: History) -> Question:
        for id in docs:
            if not self.corpus.has(id):
                raise UsageError(f"没有标识为“{id}”的文件；lawqa corpus list 列出全部文件")
        return self.conversation(question, self._date(as_of), earlier_questions(history), docs)

    @staticmethod
    def _date(as_of: date | str | None) -> date | None:
        if as_of is None or isinstance(as_of, date):
            return as_of
        day = parse_date(as_of)
        if day is None:
            raise UsageError(f"日期“{as_of}”不是 YYYY-MM-DD 的样子，如 2024-05-01")
        return day

    def understood(self, question: Question, docs: Sequence[str] = ()) -> dict[str, Any]:
        """How a question was read, for people and pages."""
        return {
            "as_of": question.as_of.day.isoformat(),
            "as_of_phrase": question.as_of.phrase,
            "documents": list(question.documents),
            "docs_filter": list(docs),
            "references": [str(r) for r in question.references],
            "reference_labels": [precise_label(self.corpus.provision(r), r) for r in question.references],
            "catalog": list(question.catalog),
            "outside": [o.title for o in question.outside],
            "intents": list(question.intents),
            "actors": list(question.actors),
            "expansions": [{"said": e.said, "law": list(e.law)} for e in question.expansions],
            "follow_up": question.follow_up,
            "follows": question.thread.asked if question.thread else None,
            "compared": asdict(question.sides) if question.sides else None,
            "search_text": question.search_text,
            "topic": question.topic,
        }

    def receipt(self, day: date, docs: Sequence[str] = (), mode: str = EXTRACTIVE) -> dict[str, Any]:
        """What an answer was made from: the same receipt and question give the same extractive answer."""
        return receipt(self.corpus, self.index, self.settings, self.retriever.weights, day, docs, mode)
