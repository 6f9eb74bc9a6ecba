"""The web's settings, checked and parsed once: every fault is said at start, all at once."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from lawqa.errors import SettingsError
from lawqa.settings import Settings
from lawqa.settings_faults import ascii_host, origin_of, origin_of_url, serve_faults

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Policy:
    """Who may frame, call and sign on. ``hosts`` is empty where any Host header is accepted.

    ``secure_cookies`` says that readers come by https only; without it a cookie is Secure where its request came so.
    """

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
    if faults := serve_faults(settings):
        raise SettingsError("；".join(faults))
    origins = [origin_of(o.rstrip("/")) for o in settings.embed_origins]  # None for "*", which is no origin
    public = origin_of_url(settings.public_url) or ""
    hosts = {ascii_host(h) for h in settings.allowed_hosts}
    if not hosts and is_loopback(settings.host):
        # a page on the internet cannot point its own name at this machine (DNS rebinding)
        hosts = {*_LOOPBACK_NAMES}
    if hosts and public:
        hosts.add(urlsplit(public).hostname or "")
    return Policy(
        origins=tuple(o for o in origins if o),
        any_origin=None in origins,
        hosts=frozenset(hosts),
        peers=tuple(ipaddress.ip_network(p, strict=False) for p in settings.proxy_peers),
        public_origin=public,
        secure_cookies=public.startswith("https://"),
    )
