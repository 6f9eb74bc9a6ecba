"""``lawqa serve``."""

from __future__ import annotations

import argparse
import socket

from lawqa.commands.common import Commands
from lawqa.errors import UsageError
from lawqa.settings import load_settings


def add(commands: Commands) -> None:
    parser = commands.add_parser("serve", help="启动网页服务", description="启动网页服务：对话页、接口、挂件。")
    parser.add_argument("--host", metavar="地址", help="监听地址（默认 127.0.0.1）")
    parser.add_argument("--port", metavar="端口", help="端口（默认 7860）")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    settings = load_settings(host=arguments.host, port=arguments.port)
    check_port(settings.host, settings.port)
    import uvicorn

    from lawqa.web.server import create_app

    app = create_app(settings)
    print(f"lawqa: http://{settings.host}:{settings.port}/", flush=True)
    uvicorn.run(app, host=settings.host, port=settings.port, log_level="warning", timeout_graceful_shutdown=3)
    return 0


def check_port(host: str, port: int) -> None:
    """A port in use is said in one line, before anything is loaded."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise UsageError(
                f"端口 {host}:{port} 不能用（{error.strerror}）：换一个 --port，或停下占用它的程序"
            ) from None
