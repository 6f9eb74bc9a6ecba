"""The web's settings, checked and parsed once: every fault is said at start, all at once."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from lawqa.errors import SettingsError
from lawqa.settings import Settings

SIGN_ON = ("none", "tokens", "proxy", "oidc")
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_HEADER_NAME = re.compile(r"[A-Za-z0-9-]+$")
_LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Policy:
    """Who may frame, call and sign on. ``hosts`` is empty where any Host header is accepted."""

    origins: tuple[str, ...]
    any_origin: bool
    hosts: frozenset[str]
    peers: tuple[Network, ...]
    public_origin: str
    secure_cookies: bool

    @property
    def frame_ancestors(self) -> str:
        """The value of CSP's frame-ancestors."""
        return "*" if self.any_origin else " ".join(("'self'", *self.origins))

    def allows(self, origin: str) -> bool:
        """True where a page of ``origin`` may embed the widget and call the API."""
        return (self.any_origin and origin != "null") or origin in self.origins

    def trusts(self, address: str | None) -> bool:
        """True where ``address`` (a connection's peer) is a listed reverse proxy."""
        try:
            peer = ipaddress.ip_address((address or "").split("%")[0])
        except ValueError:
            return False
        mapped = getattr(peer, "ipv4_mapped", None)
        return any((mapped or peer) in network for network in self.peers)


def is_loopback(host: str) -> bool:
    """True where a server that listens on ``host`` is reached from this machine only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def policy_of(settings: Settings) -> Policy:
    """The checked policy; SettingsError names every faulty or half-made setting."""
    faults: list[str] = []
    origins = tuple(o.rstrip("/").lower() for o in settings.embed_origins)
    for origin in origins:
        if origin != "*" and not _is_origin(origin):
            faults.append(f"LAWQA_EMBED_ORIGINS 的“{origin}”应为来源，如 https://portal.intra（没有路径）或单独的 *")
    peers: list[Network] = []
    for text in settings.proxy_peers:
        try:
            peers.append(ipaddress.ip_network(text, strict=False))
        except ValueError:
            faults.append(f"LAWQA_PROXY_PEERS 的“{text}”应为地址或网段，如 127.0.0.1 或 10.0.0.0/8")
    public = settings.public_url.rstrip("/")
    if public and not _is_origin("://".join(urlsplit(public)[:2])):
        faults.append(f"LAWQA_PUBLIC_URL“{public}”应为网址，如 https://lawqa.intra")
    if settings.root_path and (not settings.root_path.startswith("/") or settings.root_path.endswith("/")):
        faults.append(f"LAWQA_ROOT_PATH“{settings.root_path}”应以 / 开头、不以 / 结尾，如 /tools/lawqa")
    faults += _sign_on_faults(settings)
    faults += _choice_faults(settings)
    if faults:
        raise SettingsError("；".join(faults))
    hosts = {h.lower() for h in settings.allowed_hosts}
    if not hosts and is_loopback(settings.host):
        # a page on the internet cannot point its own name at this machine (DNS rebinding)
        hosts = {*_LOOPBACK_NAMES}
    if hosts and public:
        hosts.add(urlsplit(public).hostname or "")
    return Policy(
        origins=tuple(o for o in origins if o != "*"),
        any_origin="*" in origins,
        hosts=frozenset(hosts),
        peers=tuple(peers),
        public_origin="://".join(urlsplit(public)[:2]).lower() if public else "",
        secure_cookies=public.startswith("https://"),
    )


def _is_origin(text: str) -> bool:
    try:
        parts = urlsplit(text)
        port_ok = parts.port is None or parts.port > 0
    except ValueError:
        return False
    bare = not (parts.path or parts.query or parts.fragment or "@" in parts.netloc)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and bare and port_ok and " " not in text


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
