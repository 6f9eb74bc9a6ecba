"""Logs of the running server: one line an event, as text or JSON, never with a secret or a query string."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Any

LOGGER = logging.getLogger("lawqa.web")
#: What a caller could forge a line with, steer a terminal, turn the reading direction, or break the encoding.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def escaped(text: str) -> str:
    r"""``text`` on one line: control characters and half surrogates as ``\uXXXX``, which JSON reads back."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


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
        # JSON itself escapes those below the blank only
        return escaped(json.dumps(body, ensure_ascii=False, default=str))


class TextFormatter(logging.Formatter):
    """The same for people."""

    def format(self, record: logging.LogRecord) -> str:
        fields = " ".join(f"{k}={_value(v)}" for k, v in getattr(record, "fields", {}).items())
        time, level = f"{datetime.fromtimestamp(record.created):%H:%M:%S}", record.levelname.lower()
        line = f"{time} {level} {escaped(record.getMessage())}"
        # indented: an exception's message may hold line breaks, and must not look like a record
        trace = self.formatException(record.exc_info).split("\n") if record.exc_info else []
        return "\n".join([f"{line} {fields}".rstrip(), *(f"    {escaped(row)}" for row in trace)])


def _value(value: Any) -> str:
    """A field's value; in quotation marks where it would otherwise read as more fields."""
    text = str(value)
    return escaped(json.dumps(text, ensure_ascii=False) if re.search(r'[\s"=]', text) else text)


def configure(form: str, level: str) -> None:
    """Send everything to stderr in one form; chatty libraries only from warnings up."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if form == "json" else TextFormatter())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("lawqa").setLevel(level.upper())
    logging.getLogger("uvicorn.error").setLevel(level.upper() if level == "debug" else "WARNING")
