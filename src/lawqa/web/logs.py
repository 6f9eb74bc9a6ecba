"""Logs of the running server: one line an event, as text or JSON, never with a secret or a query string."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

LOGGER = logging.getLogger("lawqa.web")


class JsonFormatter(logging.Formatter):
    """One JSON object a line; the fields of ``extra={"fields": {…}}`` stand beside the message."""

    def format(self, record: logging.LogRecord) -> str:
        body = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            body["exception"] = self.formatException(record.exc_info)
        return json.dumps(body, ensure_ascii=False)


class TextFormatter(logging.Formatter):
    """The same for people."""

    def format(self, record: logging.LogRecord) -> str:
        fields = " ".join(f"{k}={v}" for k, v in getattr(record, "fields", {}).items())
        line = f"{datetime.fromtimestamp(record.created):%H:%M:%S} {record.levelname.lower()} {record.getMessage()}"
        tail = f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
        return f"{line} {fields}".rstrip() + tail


def configure(form: str, level: str) -> None:
    """Send everything to stderr in one form; chatty libraries only from warnings up."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if form == "json" else TextFormatter())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("lawqa").setLevel(level.upper())
    logging.getLogger("uvicorn.error").setLevel(level.upper() if level == "debug" else "WARNING")
