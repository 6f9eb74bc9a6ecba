"""Prometheus metrics of one app."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from lawqa.web.scope import below

#: The routes that are told apart; everything else is "other", so that no caller can grow the label set.
_ROUTES: tuple[str, ...] = ("/api/v1/ask", "/api/v1/search", "/api/v1/check", "/api/v1/provisions", "/api/v1/documents")
_ROUTES += ("/mcp", "/embed", "/widget.js", "/docs", "/auth", "/ui", "/static", "/healthz", "/readyz", "/metrics")
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """A registry of its own, so that two apps in one process do not collide."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        r = self.registry
        self.requests = Counter("lawqa_requests", "HTTP requests", ("route", "method", "status"), registry=r)
        self.seconds = Histogram("lawqa_request_seconds", "Duration", ("route",), buckets=_SECONDS, registry=r)
        self.in_flight = Gauge("lawqa_requests_in_flight", "HTTP requests being answered", registry=r)
        self.answers = Counter("lawqa_answers", "Answers", ("action", "channel", "status"), registry=r)
        self.limited = Counter("lawqa_rate_limited", "Requests refused with 429", registry=r)
        self.denied = Counter("lawqa_sign_on_denied", "Requests without a usable identity", registry=r)
        self.ready = Gauge("lawqa_ready", "1 where the index is loaded", registry=r)

    def text(self) -> bytes:
        """The exposition format that Prometheus reads."""
        return generate_latest(self.registry)


def route_label(path: str) -> str:
    """One of a fixed set of labels."""
    return next((r for r in _ROUTES if below(path, r)), "/" if path == "/" else "other")


def method_label(method: str) -> str:
    """A method of HTTP, or "other"."""
    return method if method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS") else "other"
