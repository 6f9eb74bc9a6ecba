"""Browser sessions, and tickets: a session carried as a bearer token where third-party cookies are blocked."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer

from lawqa.web.signon.identity import Identity, usable_name
from lawqa.web.signon.tokens import TokenStore

COOKIE = "lawqa_session"
_TICKET = "ticket."


class Sessions:
    """What a session says is believed for ``hours`` after signing on; one made by token ends with the token."""

    def __init__(self, secret: str, hours: int, tokens: TokenStore) -> None:
        self.seconds = hours * 3600
        self._tokens = tokens
        self._tickets = URLSafeTimedSerializer(secret, salt="lawqa-ticket")

    def open(self, session: dict[str, Any], name: str, means: str, secret: str = "") -> None:
        """Write who signed on into a (cookie) session; ``secret`` is the bearer token used, if one was."""
        session.clear()  # nothing from before signing on may stay
        session["who"] = {"name": name, "means": means, "at": int(time.time())}
        if secret:
            session["who"]["token"] = TokenStore.digest(secret)

    def identity(self, session: Mapping[str, Any]) -> Identity | None:
        """Who a session is from; None where it is empty, old, or its token was revoked."""
        who = session.get("who")
        if not isinstance(who, dict) or not usable_name(str(who.get("name", ""))):
            return None
        if time.time() - int(who.get("at", 0)) > self.seconds:
            return None
        if "token" in who and self._tokens.name_of_digest(str(who["token"])) != who["name"]:
            return None
        return Identity(str(who["name"]), "session")

    def ticket(self, session: Mapping[str, Any]) -> str:
        """The session as a signed string for an Authorization header."""
        return _TICKET + str(self._tickets.dumps(session.get("who")))

    def identity_of_ticket(self, ticket: str) -> Identity | None:
        if not ticket.startswith(_TICKET):
            return None
        try:
            who = self._tickets.loads(ticket.removeprefix(_TICKET), max_age=self.seconds)
        except BadSignature:
            return None
        return self.identity({"who": who})
