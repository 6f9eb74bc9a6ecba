"""A client of a lawqa server: ``Client("https://lawqa.intra", token).ask("…")`` answers as ``LawQA.ask`` does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from lawqa.errors import ReferenceNotFound, ServerError, UsageError
from lawqa.history import earlier_questions

if TYPE_CHECKING:
    import httpx2

    from lawqa.answer.answer import Answer
    from lawqa.history import History
    from lawqa.search_result import SearchResult

_TIMEOUT_S = 60.0


class Client:
    """Ask, search, show, check and list over HTTP; may be used as a context manager.

    ``server`` is the address that people open, ``token`` a bearer token of ``lawqa token add``.
    Raises UsageError and ReferenceNotFound as LawQA does, ServerError where the server refuses or is not there.
    """

    def __init__(
        self, server: str, token: str = "", timeout: float = _TIMEOUT_S, transport: httpx2.BaseTransport | None = None
    ) -> None:
        import httpx2

        try:
            parts = urlsplit(server)
        except ValueError:  # an address like http://[
            parts = urlsplit("")
        token = token.strip()
        if not token.isascii() or not token.isprintable() or " " in token:
            raise UsageError(
                "令牌（设置 server_token）里有空格或不是 ASCII 的字符：请原样复制 lawqa token add 给出的一行"
            )
        if parts.scheme not in ("http", "https") or not parts.netloc or "@" in parts.netloc:
            raise UsageError(f"服务“{server}”应为网址，如 https://lawqa.intra（令牌放在设置 server_token 里）")
        self.server = server.rstrip("/")
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._http = httpx2.Client(
            base_url=f"{self.server}/api/v1", headers=headers, timeout=timeout, transport=transport
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def ask(
        self, question: str, as_of: date | str | None = None, docs: Sequence[str] = (), history: History = ()
    ) -> Answer:
        """A verified answer."""
        from lawqa.answer.reading import answer_of

        return answer_of(self._call("POST", "/ask", {"question": question, **_scope(as_of, docs, history)}))

    def search(
        self,
        query: str,
        k: int = 10,
        as_of: date | str | None = None,
        docs: Sequence[str] = (),
        history: History = (),
    ) -> SearchResult:
        """The ``k`` best provisions."""
        from lawqa.search_result import SearchHit, SearchResult

        found = self._call("POST", "/search", {"query": query, "k": k, **_scope(as_of, docs, history)})
        hits = tuple(SearchHit(**_known(SearchHit, h)) for h in found["hits"])
        return SearchResult(found["query"], hits, found["timings_ms"])

    def show(self, citation: str, as_of: date | str | None = None) -> dict[str, Any]:
        """The view of one provision, as ``lawqa show --json`` gives it."""
        day = _day(as_of)
        given = {"as_of": day} if day else {}
        view: dict[str, Any] = self._call("GET", f"/provisions/{quote(citation, safe='')}", params=given)
        return view

    def check(self, text: str, as_of: date | str | None = None) -> dict[str, Any]:
        """Every citation found in ``text`` with its verdict."""
        verdicts: dict[str, Any] = self._call("POST", "/check", {"text": text, "as_of": _day(as_of)})
        return verdicts

    def documents(self) -> Iterator[dict[str, Any]]:
        """Every document that the server holds, page by page."""
        offset: int | None = 0
        while offset is not None:
            page = self._call("GET", "/documents", params={"offset": str(offset), "limit": "200"})
            yield from page["items"]
            offset = page["next"]

    def _call(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, params: Mapping[str, str] | None = None
    ) -> Any:
        import httpx2

        try:
            response = self._http.request(method, path, json=body, params=params)
        except httpx2.TimeoutException:
            raise ServerError(f"服务 {self.server} 没有及时回答：稍后再试") from None
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            # of a header that cannot be sent the error repeats the value, which may be the token
            reason = "" if isinstance(error, httpx2.LocalProtocolError) else f"（{error}）"
            raise ServerError(f"连不上服务 {self.server}{reason}：检查网址和网络") from None
        try:
            content = response.json()
            if response.is_success:
                return content
            detail = str(content["detail"])
        except (ValueError, KeyError, TypeError):
            raise ServerError(
                f"{self.server} 的回答（{response.status_code}）不像 lawqa 服务：检查网址", response.status_code
            ) from None
        if response.status_code == 404:
            raise ReferenceNotFound(detail)
        if response.status_code in (400, 413, 422):
            raise UsageError(detail)
        raise ServerError(f"服务 {self.server}：{detail}（{response.status_code}）", response.status_code)


def _day(as_of: date | str | None) -> str | None:
    """As the server wants it; what is no date goes as it is, and the server says so."""
    from lawqa.retrieve.dates import parse_date

    day = parse_date(as_of) if isinstance(as_of, str) else as_of
    return day.isoformat() if day else as_of if isinstance(as_of, str) else None


def _scope(as_of: date | str | None, docs: Sequence[str], history: History) -> dict[str, Any]:
    turns = [{"q": question} for question in earlier_questions(history)]
    return {"as_of": _day(as_of), "docs": list(docs), "history": turns}


def _known(kind: type, row: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of ``row`` that ``kind`` has: a newer server may send more."""
    return {k: v for k, v in row.items() if k in kind.__dataclass_fields__}  # type: ignore[attr-defined]
