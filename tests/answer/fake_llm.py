"""A real HTTP server that speaks the OpenAI chat protocol, and misbehaves in every way that a model's server can."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[[dict[str, Any]], str]


class Server(ThreadingHTTPServer):
    def handle_error(self, *_: Any) -> None:
        """A client that goes away is no fault of the server's."""


class FakeLLM:
    """Serves ``http://127.0.0.1:PORT/v1`` while used as a context manager.

    ``reply`` gives the text for a request's JSON; ``faults`` are used up one a request, then the server behaves.
    ``requests`` keeps (path, headers by their names in small letters, JSON) of all that was asked.
    """

    def __init__(self, reply: str | Reply = "", *faults: str, piece: int = 7, pause: float = 0.0) -> None:
        self.reply: Reply = reply if callable(reply) else lambda _request: reply
        self.faults = list(faults)
        self.piece = piece
        self.pause = pause
        self.requests: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                fake.requests.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                try:
                    fake.answer(self, body, fake.faults.pop(0) if fake.faults else "")
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def log_message(self, *_: Any) -> None:
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/v1"

    def __enter__(self) -> FakeLLM:
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def answer(self, handler: BaseHTTPRequestHandler, body: dict[str, Any], fault: str) -> None:
        """One response, with the ``fault`` in it."""
        name, _, detail = fault.partition(":")
        if name == "status":
            code, _, after = detail.partition(":")
            text = json.dumps({"error": {"message": f"no: {handler.headers['Authorization']}", "type": "x"}}).encode()
            handler.send_response(int(code))
            if after:
                handler.send_header("Retry-After", after)
            self._body(handler, "application/json", text)
        elif name == "html":
            handler.send_response(200)
            self._body(handler, "text/html", b"<html><body>It works! [1]</body></html>")
        elif name == "silent":
            time.sleep(float(detail))
            handler.close_connection = True
        elif name == "drop":
            handler.close_connection = True
        else:
            self._stream(handler, body, name, float(detail or 0))

    def _stream(self, handler: BaseHTTPRequestHandler, body: dict[str, Any], fault: str, seconds: float) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        text = self.reply(body)
        pieces = [text[i : i + self.piece] for i in range(0, len(text), self.piece)]
        for n, piece in enumerate(pieces):
            if fault == "half" and n == max(1, len(pieces) // 2):
                handler.wfile.flush()
                handler.connection.shutdown(socket.SHUT_RDWR)
                handler.close_connection = True
                return
            if fault == "stall" and n == 1:
                time.sleep(seconds)
            if fault == "drip":
                time.sleep(seconds)
            if fault == "garbage" and n == 1:
                self._chunk(handler, b"data: {this is no JSON\n\n")
            if fault == "odd" and n == 1:
                self._chunk(handler, b'data: {"choices": "none", "id": 7}\n\n')
            self._event(handler, {"role": "assistant", "content": piece}, None)
            time.sleep(self.pause)
        if fault == "endless":
            for _ in range(4000):
                self._event(handler, {"content": "啊啊啊啊啊啊啊啊啊啊"}, None)
        self._event(handler, {}, {"length": "length", "filter": "content_filter", "noend": None}.get(fault, "stop"))
        if fault != "noend":
            self._chunk(handler, b"data: [DONE]\n\n")
        self._chunk(handler, b"")

    def _event(self, handler: BaseHTTPRequestHandler, delta: dict[str, str], finish: str | None) -> None:
        data = {
            "id": "c",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "fake",
            "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
        }
        self._chunk(handler, f"data: {json.dumps(data, ensure_ascii=False)}\n\n".encode())

    @staticmethod
    def _chunk(handler: BaseHTTPRequestHandler, data: bytes) -> None:
        handler.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        handler.wfile.flush()

    @staticmethod
    def _body(handler: BaseHTTPRequestHandler, kind: str, data: bytes) -> None:
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)
