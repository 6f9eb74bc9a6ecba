"""What the page sends with a question: the filters that a lawyer set, and where in the conversation it stands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lawqa.corpus import Corpus
from lawqa.errors import UsageError

ASK, SHOW = "ask", "show"


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do: ``ask`` a question, or ``show`` turns that the browser kept (none: a new conversation).

    ``at`` is the turn to ask again from (later turns are dropped), None to go on at the end; ``docs`` are
    document ids, empty for all; ``binding`` leaves out what has no legal force.
    """

    kind: str
    question: str = ""
    as_of: str | None = None
    docs: tuple[str, ...] = ()
    binding: bool = False
    at: int | None = None
    turns: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def parse(cls, text: str) -> Command:
        """The command that the page wrote as JSON; UsageError where it is none (a page older than the server)."""
        try:
            data = json.loads(text)
            at = data.get("at")
            return cls(
                kind=SHOW if data.get("kind") == SHOW else ASK,
                question=str(data.get("q") or ""),
                as_of=str(data["as_of"]) if data.get("as_of") else None,
                docs=tuple(map(str, data.get("docs") or ())),
                binding=data.get("binding") is True,
                at=int(at) if at is not None else None,
                turns=tuple(t for t in data.get("turns") or () if isinstance(t, Mapping)),
            )
        except (ValueError, TypeError, AttributeError):
            raise UsageError("页面与服务端版本不一致：请刷新页面再问") from None

    def documents(self, corpus: Corpus) -> tuple[str, ...]:
        """The document ids to ask about; UsageError where the filters leave none."""
        if not self.binding:
            return self.docs
        binding = [i.id for i in corpus.instruments if i.is_binding and i.status not in ("征求意见稿", "未生效")]
        chosen = tuple(d for d in binding if not self.docs or d in self.docs)
        if not chosen:
            raise UsageError("所选文件都没有法律约束力：请去掉“仅有约束力”，或另选文件")
        return chosen
