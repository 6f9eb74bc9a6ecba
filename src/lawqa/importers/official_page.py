"""The page that an issuing authority published, fetched when the user asks for it and never otherwise."""

from __future__ import annotations

from urllib.parse import urlsplit

from lawqa.files.limits import MAX_BYTES, why
from lawqa.files.reader import read_raw
from lawqa.files.source import Source
from lawqa.importers.fault import ImportFault

_SECONDS = 30
_MOST_REDIRECTS = 5
_SUFFIX_BY_TYPE = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/plain": ".txt",
}


def fetch(url: str) -> Source:
    """The text of the page, .docx or .pdf at ``url``; ImportFault says why there is none."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise ImportFault(f"{url}：只能取 http:// 或 https:// 的网页")
    import httpx2

    headers = {"User-Agent": "lawqa corpus verify", "Accept-Language": "zh-CN"}
    raw = b""
    try:
        with (
            httpx2.Client(
                timeout=_SECONDS, follow_redirects=True, max_redirects=_MOST_REDIRECTS, headers=headers
            ) as client,
            client.stream("GET", url) as response,
        ):
            if response.status_code != 200:
                raise ImportFault(f"{url}：服务器答复 {response.status_code}，没有取到网页")
            for chunk in response.iter_bytes():
                raw += chunk
                if len(raw) > MAX_BYTES:
                    raise ImportFault(f"{url}：超过上限 {MAX_BYTES // 2**20} MiB")
            kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
            charset = response.charset_encoding or ""
    except httpx2.InvalidURL as error:
        raise ImportFault(f"{url}：不是合格的网址（{why(error)}）") from error
    except httpx2.TimeoutException:
        raise ImportFault(f"{url}：{_SECONDS} 秒内没有答复") from None
    except httpx2.HTTPError as error:
        raise ImportFault(f"{url}：连不上（{why(error)}）") from error
    if not raw:
        raise ImportFault(f"{url}：网页是空的")
    suffix = _SUFFIX_BY_TYPE.get(kind) or (
        ".pdf" if raw.startswith(b"%PDF") else ".docx" if raw[:2] == b"PK" else ".html"
    )
    return read_raw(f"{url}#{suffix}" if not url.lower().endswith(suffix) else url, raw, charset=charset)
