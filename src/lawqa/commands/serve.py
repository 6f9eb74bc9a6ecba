"""``lawqa serve``."""

from __future__ import annotations

import argparse
import asyncio
import socket
import sys
from typing import TYPE_CHECKING

from lawqa.commands.common import Commands
from lawqa.errors import SettingsError, UsageError
from lawqa.settings import Settings, load_settings

if TYPE_CHECKING:
    from fastapi import FastAPI

#: How long a server that was told to stop goes on accepting.
_LISTEN_ON_S = 1.0


def add(commands: Commands) -> None:
    parser = commands.add_parser("serve", help="启动网页服务", description="启动网页服务：对话页、接口、挂件。")
    parser.add_argument("--host", metavar="地址", help="监听地址（默认 127.0.0.1）")
    parser.add_argument("--port", metavar="端口", help="端口（默认 7860）")
    parser.add_argument("--root-path", metavar="前缀", help="反向代理去掉的路径前缀，如 /tools/lawqa")
    parser.add_argument(
        "--allow-open", action="store_true", default=None, help="没有登录也允许监听本机以外的地址（任何人都能提问）"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    settings = load_settings(
        host=arguments.host, port=arguments.port, root_path=arguments.root_path, allow_open=arguments.allow_open
    )
    from lawqa.web.logs import configure
    from lawqa.web.policy import policy_of

    policy = policy_of(settings)
    _check_open(settings)
    check_port(settings.host, settings.port)
    configure(settings.log_format, settings.log_level)
    if policy.any_origin:
        _warn("LAWQA_EMBED_ORIGINS=*：任何网站都能嵌入挂件、调用接口；请改为列出来源")
    if settings.sign_on in ("tokens", "oidc") and not settings.session_secret:
        _warn("没有设置 LAWQA_SESSION_SECRET：每次重启后都要重新登录")
    from lawqa.web.server import create_app

    app = create_app(settings)
    app.state.service.open_audit()  # here, not in the server's start, whose errors end in a traceback
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    print(f"lawqa: http://{shown}:{settings.port}{settings.root_path}/", flush=True)
    return _serve(app, settings)


def _serve(app: FastAPI, settings: Settings) -> int:
    import uvicorn

    class Server(uvicorn.Server):
        """Says that it is stopping before it waits for the answers in progress."""

        def handle_exit(self, sig: int, frame: object) -> None:
            app.state.service.draining = True
            super().handle_exit(sig, frame)  # type: ignore[arg-type]

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            # whoever has already connected is still heard: closing at once would reset him unread. A proxy
            # that asks /readyz (now 503) sends the next one elsewhere.
            await asyncio.sleep(_LISTEN_ON_S)
            await super().shutdown(sockets)

    server = Server(
        uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            root_path=settings.root_path,
            log_config=None,
            access_log=False,  # lawqa.web.context writes one line a request, without query strings
            proxy_headers=False,  # done in the app, for the listed peers only
            server_header=False,
            timeout_keep_alive=30,
            timeout_graceful_shutdown=settings.shutdown_grace_s,
            limit_concurrency=1000,
        )
    )
    server.run()
    return 0 if server.started else 1


def _check_open(settings: Settings) -> None:
    """Anybody in the network could ask: that must be said, not happen."""
    from lawqa.web.policy import is_loopback

    if settings.sign_on == "none" and not is_loopback(settings.host) and not settings.allow_open:
        raise SettingsError(
            f"监听 {settings.host} 而没有登录：设置 LAWQA_SIGN_ON（tokens、proxy 或 oidc），或明说 --allow-open"
        )


def _warn(line: str) -> None:
    print(f"lawqa: 注意：{line}", file=sys.stderr, flush=True)


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
