"""A small real OpenID provider for the tests: discovery, sign-in form, code with PKCE, RS256 ID tokens, JWKS."""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import time
from typing import Any
from urllib.parse import parse_qs, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "lawqa", "client-secret-for-tests"


class Provider:
    """Runs in a thread. ``forge`` makes it sign with a key that it does not publish; ``audience`` whom tokens are for."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://127.0.0.1:{port}"
        self.forge = False
        self.audience = CLIENT
        self.key = RSAKey.generate_key(2048, {"kid": "k1"}, private=True)
        self.other = RSAKey.generate_key(2048, {"kid": "k1"}, private=True)
        self.codes: dict[str, dict[str, str]] = {}
        routes = [
            Route("/.well-known/openid-configuration", self.discovery),
            Route("/authorize", self.authorize, methods=["GET", "POST"]),
            Route("/token", self.token, methods=["POST"]),
            Route("/jwks", self.jwks),
        ]
        config = uvicorn.Config(Starlette(routes=routes), port=port, log_level="error", lifespan="off")
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)

    async def discovery(self, request: Request) -> Response:
        paths = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks"}
        body: dict[str, Any] = {k: f"{self.issuer}/{v}" for k, v in paths.items()}
        body |= {"issuer": self.issuer, "id_token_signing_alg_values_supported": ["RS256"]}
        body |= {"response_types_supported": ["code"], "subject_types_supported": ["public"]}
        return JSONResponse(body)

    async def authorize(self, request: Request) -> Response:
        if request.method == "GET":
            assert request.query_params["client_id"] == CLIENT
            assert request.query_params["code_challenge_method"] == "S256"
            return HTMLResponse('<form method="post"><input id="user" name="user"><button id="go">进入</button></form>')
        user = parse_qs((await request.body()).decode())["user"][0]
        given = dict(request.query_params)
        code = secrets.token_urlsafe(16)
        self.codes[code] = {**given, "user": user}
        back = urlencode({"code": code, "state": given["state"]})
        return RedirectResponse(f"{given['redirect_uri']}?{back}", 303)

    async def token(self, request: Request) -> Response:
        fields = {k: v[0] for k, v in parse_qs((await request.body()).decode()).items()}
        basic = base64.b64decode(request.headers.get("authorization", "Basic ").partition(" ")[2]).decode()
        given = self.codes.pop(fields.get("code", ""), None)
        challenge = hashlib.sha256(fields.get("code_verifier", "").encode()).digest()
        if (
            given is None
            or basic != f"{CLIENT}:{SECRET}"
            or base64.urlsafe_b64encode(challenge).rstrip(b"=").decode() != given["code_challenge"]
            or fields["redirect_uri"] != given["redirect_uri"]
        ):
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": self.audience, "sub": f"id-{given['user']}", "iat": now, "exp": now + 300}
        claims |= {"nonce": given["nonce"], "preferred_username": given["user"]}
        signed = jwt.encode({"alg": "RS256", "kid": "k1"}, claims, self.other if self.forge else self.key)
        return JSONResponse({"access_token": "at", "token_type": "Bearer", "expires_in": 300, "id_token": signed})

    async def jwks(self, request: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})
