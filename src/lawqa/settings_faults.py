"""What is wrong with the values of the settings, each for itself and together; what a browser's origin looks like."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from lawqa.settings import Settings

SIGN_ON = ("none", "tokens", "proxy", "oidc")
_HEADER_NAME = re.compile(r"[A-Za-z0-9-]+$")
#: An IPv6 address or a name; anything else would break out of the headers that list the origins.
_HOST = re.compile(r"[0-9a-f.]*:[0-9a-f:.]*|[0-9a-z._*-]+")
_DEFAULT_PORTS = {"http": 80, "https": 443}
#: Python's "idna" (of 2003) drops or rewrites these, browsers keep them: the name would be another one.
_DEVIATING = frozenset("ßς\u200c\u200d")


def report(faults: Sequence[str]) -> str:
    """One fault as it is; several below each other, so that all are mended in one go."""
    return faults[0] if len(faults) == 1 else "\n".join(["设置有错误，请一并改正：", *faults])


def ascii_host(name: str) -> str:
    """A host name as it is sent: lower case, an international one in punycode. ValueError where there is no such."""
    if name.isascii():
        return name.lower()
    if _DEVIATING & set(name.lower()):
        raise ValueError(name)
    return name.encode("idna").decode("ascii").lower()


def origin_of(text: str) -> str | None:
    """An origin as a browser sends it: punycode, without the scheme's own port; None where ``text`` is none."""
    try:
        parts = urlsplit(text)
        host, port = ascii_host(parts.hostname or ""), parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or port == 0 or not _HOST.fullmatch(host):
        return None
    if parts.path or parts.query or parts.fragment or "@" in parts.netloc:
        return None
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + ("" if port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{port}")


def origin_of_url(url: str) -> str | None:
    """The origin of an address that may have a path; None where it is no address."""
    try:
        scheme, netloc = urlsplit(url)[:2]
    except ValueError:  # a bracket that is not closed
        return None
    return origin_of(f"{scheme}://{netloc}")


def llm_faults(values: Mapping[str, Any]) -> list[str]:
    """What is wrong with the language model's settings; values that may hold secrets are not repeated."""
    out = []
    url = values["llm_base_url"]
    if url and (not re.match(r"https?://[^/\s@]+(?:/\S*)?$", url) or origin_of_url(url) is None):
        out.append("设置 llm_base_url 应为 http(s)://主机[:端口]/路径，不带用户名和密码")
    if bool(url) != bool(values["llm_model"]):
        out.append("设置 llm_base_url 和 llm_model 应同时给出")
    for key, low, high in (("llm_timeout", 1, 3600), ("llm_max_retries", 0, 10), ("llm_temperature", 0, 2)):
        if not low <= values[key] <= high:
            out.append(f"设置 {key} 的值“{values[key]}”应在 {low} 与 {high} 之间")
    if values["llm_send"] not in ("question", "history", "none"):
        out.append(f"设置 llm_send 的值“{values['llm_send']}”应为 question、history 或 none")
    return out


def serve_faults(settings: Settings) -> list[str]:
    """What ``lawqa serve`` does not start with."""
    return _address_faults(settings) + _sign_on_faults(settings) + _choice_faults(settings)


def _address_faults(settings: Settings) -> list[str]:
    out = []
    for text in settings.embed_origins:
        origin = text.rstrip("/")
        if origin != "*" and origin_of(origin) is None:
            wanted = "应为来源，如 https://portal.intra（没有路径）或单独的 *"
            out.append(f"LAWQA_EMBED_ORIGINS 的“{origin}”{wanted}{_punycode_hint(origin)}")
    for host in settings.allowed_hosts:
        try:
            ascii_host(host)
        except ValueError:
            out.append(f"LAWQA_ALLOWED_HOSTS 的“{host}”应为主机名，如 lawqa.intra{_punycode_hint(host)}")
    for text in settings.proxy_peers:
        try:
            ipaddress.ip_network(text, strict=False)
        except ValueError:
            out.append(f"LAWQA_PROXY_PEERS 的“{text}”应为地址或网段，如 127.0.0.1 或 10.0.0.0/8")
    public = settings.public_url.rstrip("/")
    if public and origin_of_url(public) is None:
        out.append(f"LAWQA_PUBLIC_URL“{public}”应为网址，如 https://lawqa.intra{_punycode_hint(public)}")
    if settings.root_path and (not settings.root_path.startswith("/") or settings.root_path.endswith("/")):
        out.append(f"LAWQA_ROOT_PATH“{settings.root_path}”应以 / 开头、不以 / 结尾，如 /tools/lawqa")
    return out


def _punycode_hint(text: str) -> str:
    return "" if text.isascii() else "；国际化域名若不能换写，请直接写 punycode（xn--…）"


def _sign_on_faults(settings: Settings) -> list[str]:
    """Half a sign-on is none: the server refuses to start with one."""
    if settings.sign_on not in SIGN_ON:
        return [f"LAWQA_SIGN_ON“{settings.sign_on}”应为 {'、'.join(SIGN_ON)} 之一"]
    needs = {
        "proxy": ("proxy_header", "proxy_peers"),
        "oidc": ("oidc_issuer", "oidc_client_id", "oidc_client_secret", "public_url"),
    }
    out = []
    for mode, keys in needs.items():
        # proxy_peers and public_url serve other ways of signing on too, so they alone announce nothing
        marks = [k for k in keys if k not in ("proxy_peers", "public_url") and getattr(settings, k)]
        if settings.sign_on == mode:
            out += [f"LAWQA_SIGN_ON={mode} 还需要 LAWQA_{k.upper()}" for k in keys if not getattr(settings, k)]
        elif marks:
            out.append(f"设置了 LAWQA_{marks[0].upper()} 而 LAWQA_SIGN_ON 是 {settings.sign_on}：应设 {mode}，或删去它")
    if settings.proxy_header and not _HEADER_NAME.match(settings.proxy_header):
        out.append(f"LAWQA_PROXY_HEADER“{settings.proxy_header}”不是请求头的名字，如 X-Forwarded-User")
    return out


def _choice_faults(settings: Settings) -> list[str]:
    choices = {
        "audit_questions": ("text", "hash", "none"),
        "log_format": ("text", "json"),
        "log_level": ("debug", "info", "warning", "error"),
    }
    out = [
        f"LAWQA_{key.upper()}“{getattr(settings, key)}”应为 {'、'.join(allowed)} 之一"
        for key, allowed in choices.items()
        if getattr(settings, key) not in allowed
    ]
    if settings.audit_questions == "hash" and not settings.audit_key:
        out.append("LAWQA_AUDIT_QUESTIONS=hash 还需要 LAWQA_AUDIT_KEY（没有密钥的散列可以被猜出）")
    least = {"rate_per_minute": 0, "rate_burst": 1, "max_body_bytes": 1024, "answer_timeout_s": 1}
    least |= {
        "shutdown_grace_s": 1,
        "session_hours": 1,
        "max_upload_bytes": 1024,
        "audit_max_bytes": 1024,
        "audit_keep_days": 0,
    }
    out += [
        f"LAWQA_{key.upper()}“{getattr(settings, key)}”不能小于 {low}"
        for key, low in least.items()
        if getattr(settings, key) < low
    ]
    return out
