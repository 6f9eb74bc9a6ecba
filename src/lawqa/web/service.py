"""The LawQA that all routes share: loaded in the background, every use of it logged and counted."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from lawqa.answer.answer import EXTRACTIVE, Answer
from lawqa.errors import LawqaError
from lawqa.history import History
from lawqa.lawqa import LawQA
from lawqa.search_result import SearchResult
from lawqa.settings import Settings
from lawqa.web.audit import AuditLog
from lawqa.web.logs import LOGGER
from lawqa.web.metrics import Metrics
from lawqa.web.policy import Policy, policy_of
from lawqa.web.problem import NotReady
from lawqa.web.signon.identity import ANONYMOUS

if TYPE_CHECKING:
    from lawqa.check.report import CheckReport
    from lawqa.compare.comparison import Comparison

T = TypeVar("T")
#: The most that the audit log keeps of a text that was checked, in characters, where it keeps words at all.
_EXCERPT = 200


@dataclass(frozen=True)
class Asker:
    """Who asks and by which way: ``channel`` is api, page, chat or mcp."""

    name: str = ANONYMOUS
    channel: str = "api"
    request_id: str = ""


class Service:
    """Loaded in a thread so that the port opens at once. ``draining`` is True once the server is told to stop."""

    def __init__(self, settings: Settings, policy: Policy | None = None) -> None:
        self.settings = settings
        self.policy = policy or policy_of(settings)
        self.metrics = Metrics()
        self.error: Exception | None = None
        self.progress: tuple[str, int, int] = ("载入", 0, 0)
        self.draining = False
        self._audit: AuditLog | None = None
        self._lawqa: LawQA | None = None
        self._ready = threading.Event()

    def open_audit(self) -> None:
        """Open the audit log, once. SettingsError where that fails: `lawqa serve` says so before the port opens."""
        if self._audit is None:
            self._audit = AuditLog.of(self.settings)

    def start(self) -> None:
        """Open the audit log, unless it is open, and begin to load."""
        self.open_audit()
        threading.Thread(target=self._load, name="lawqa-load", daemon=True).start()

    def stop(self) -> None:
        """After the last answer left."""
        if self._audit:
            self._audit.close()

    def _load(self) -> None:
        try:
            self._lawqa = LawQA.open(self.settings, self._note)
            # loads jieba's dictionary before the first visitor waits for it; no language model is asked for that
            self._lawqa.ask("训练数据有什么要求？", mode=EXTRACTIVE)
            self.metrics.ready.set(1)
        except Exception as error:  # shown by /readyz and on the page; the process goes on to say so
            LOGGER.error("不能载入：%s", error, exc_info=not isinstance(error, LawqaError))
            self.error = error
        finally:
            self._ready.set()

    def _note(self, stage: str, done: int, total: int) -> None:
        self.progress = (stage, done, total)

    @property
    def ready(self) -> bool:
        return self.error is None and self._lawqa is not None and self._ready.is_set()

    def lawqa(self, timeout: float = 120.0) -> LawQA:
        """The loaded LawQA; waits for it, raises NotReady or the LawqaError that stopped it."""
        self._ready.wait(timeout)
        if self.error is not None:
            raise NotReady("索引不能载入，请管理员看日志") from self.error
        if self._lawqa is None:
            raise NotReady(f"还在载入（{self.progress[0]}），请稍后再试")
        return self._lawqa

    def ask(
        self,
        asker: Asker,
        question: str,
        as_of: date | str | None = None,
        docs: Sequence[str] = (),
        history: History = (),
        mode: str | None = None,
    ) -> Answer:
        """LawQA.ask, logged and counted."""
        return self._logged(
            asker,
            "ask",
            question,
            lambda lawqa: lawqa.ask(question, as_of, docs, history, mode),
            lambda a: (a.status, [c.ref for c in a.citations]),
        )

    def search(
        self,
        asker: Asker,
        query: str,
        k: int = 10,
        as_of: date | str | None = None,
        docs: Sequence[str] = (),
        history: History = (),
    ) -> SearchResult:
        """LawQA.search, logged and counted."""
        return self._logged(
            asker,
            "search",
            query,
            lambda lawqa: lawqa.search(query, k, as_of, docs, history),
            lambda r: ("found" if r.hits else "empty", [h.ref for h in r.hits]),
        )

    def show(self, asker: Asker, citation: str, as_of: date | str | None = None) -> dict[str, Any]:
        """The view of a provision, as ``lawqa show --json`` gives it; logged and counted."""
        from lawqa.provision_view import provision_view

        def view(lawqa: LawQA) -> dict[str, Any]:
            provision, ref = lawqa.show(citation, as_of)
            return provision_view(lawqa, provision, ref, as_of.isoformat() if isinstance(as_of, date) else as_of)

        return self._logged(asker, "show", citation, view, lambda v: ("found", [v["ref"]]))

    def view(self, asker: Asker, name: str, made: Callable[[LawQA], dict[str, Any]]) -> dict[str, Any]:
        """Another view of what ``name`` names (a whole document, a catalog entry): logged and counted as shown."""
        return self._logged(asker, "show", name, made, lambda _: ("found", [name]))

    def check(self, asker: Asker, text: str, as_of: date | str | None = None) -> CheckReport:
        """LawQA.check, logged and counted; of the text, which may be a confidential file, at most the beginning."""
        return self._logged(
            asker,
            "check",
            text,
            lambda lawqa: lawqa.check(text, as_of),
            lambda report: ("flagged" if report.flagged else "fine", [c.claimed_ref or "" for c in report.citations]),
            _EXCERPT,
        )

    def compare(self, asker: Asker, a: str, b: str) -> Comparison:
        """LawQA.compare, logged and counted."""
        return self._logged(
            asker, "compare", f"{a} {b}", lambda lawqa: lawqa.compare(a, b), lambda c: ("compared", [c.a, c.b])
        )

    def _logged(
        self,
        asker: Asker,
        action: str,
        text: str,
        call: Callable[[LawQA], T],
        outcome: Callable[[T], tuple[str, Iterable[str]]],
        most: int | None = None,
    ) -> T:
        lawqa = self.lawqa(timeout=0.0 if asker.channel in ("api", "page") else 120.0)
        started = time.perf_counter()
        status, refs = "failed", []
        try:
            result = call(lawqa)
            status, found = outcome(result)
            refs = list(found)
        except LawqaError as error:
            status = type(error).__name__
            raise
        finally:
            ms = round((time.perf_counter() - started) * 1000, 1)
            self.metrics.answers.labels(action, asker.channel, status).inc()
            self._record(lawqa, asker, action, text, most, {"status": status, "refs": refs, "ms": ms})
        return result

    def _record(
        self, lawqa: LawQA, asker: Asker, action: str, text: str, most: int | None, result: Mapping[str, Any]
    ) -> None:
        if not self._audit:
            return
        try:
            self._audit.record(
                action,
                {
                    "user": asker.name,
                    "channel": asker.channel,
                    "request_id": asker.request_id,
                    **self._audit.question(text, most),
                    **result,
                    "lawqa": lawqa.receipt(date.today())["lawqa"],
                    "corpus": lawqa.corpus.digest[:16],
                    "index": lawqa.index.digest[:16],
                },
            )
        except (OSError, ValueError) as error:  # ValueError: the file is closed, the server is gone
            LOGGER.error("审计日志不能写：%s", error)
            raise NotReady("审计日志不能写，因此不能回答；请告诉管理员") from error
