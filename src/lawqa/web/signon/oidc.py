"""OpenID Connect by Authlib: authorization code flow with PKCE, state and nonce."""

from __future__ import annotations

from typing import Any

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.starlette_client import OAuth
from joserfc.errors import JoseError
from starlette.requests import Request
from starlette.responses import Response

from lawqa.settings import Settings
from lawqa.web.logs import LOGGER
from lawqa.web.signon.identity import usable_name


class SignOnFailed(Exception):
    """The provider did not confirm an identity; ``str()`` is a Chinese line for the page."""


class OpenId:
    """One provider. Its address book (discovery) is read on first use and kept."""

    def __init__(self, settings: Settings) -> None:
        self.claim = settings.oidc_claim
        self.callback = settings.public_url.rstrip("/") + "/auth/callback"
        self.issuer = settings.oidc_issuer.rstrip("/")
        oauth = OAuth()
        oauth.register(
            "sso",
            server_metadata_url=f"{self.issuer}/.well-known/openid-configuration",
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret,
            client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256", "timeout": 10},
        )
        self._client = oauth.create_client("sso")

    async def begin(self, request: Request) -> Response:
        """The redirect to the provider."""
        try:
            response: Response = await self._client.authorize_redirect(request, self.callback)
            return response
        except (httpx2.HTTPError, OAuthError, ValueError, RuntimeError) as error:
            LOGGER.error("登录服务不可用：%s", error)
            raise SignOnFailed("登录服务暂时不可用，请稍后再试。") from error

    async def finish(self, request: Request) -> str:
        """The name of who came back from the provider. Raises SignOnFailed."""
        try:
            # Authlib checks state, PKCE, the ID token's signature, issuer, audience, expiry and nonce
            token: dict[str, Any] = await self._client.authorize_access_token(request)
        except (OAuthError, JoseError, httpx2.HTTPError, ValueError, KeyError, RuntimeError) as error:
            LOGGER.warning("登录没有成功：%s", type(error).__name__)
            raise SignOnFailed("登录没有成功，请重新登录。") from error
        claims = token.get("userinfo") or {}
        name = str(claims.get(self.claim) or "")
        if not usable_name(name):
            LOGGER.warning("登录服务没有给出可用的声明 %s", self.claim)
            raise SignOnFailed(f"登录服务没有给出用户名（声明 {self.claim}），请告诉管理员。")
        return name
