"""Bearer tokens: one per client, only their hashes are kept.

A token is 256 random bits, so its plain SHA-256 is enough: there is nothing to guess (unlike a password's).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from lawqa.errors import SettingsError, UsageError

_PREFIX = "lawqa_"
_NAME = re.compile(r"[\w.@-]{1,80}$")


@dataclass(frozen=True)
class Token:
    """One client's token as kept: its name, the hash, when it was made (ISO)."""

    name: str
    sha256: str
    created: str


class TokenStore:
    """The tokens of one file. The file is read again when it changes, so a revoked token stops at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp: tuple[int, int] | None = None
        self._by_hash: dict[str, Token] = {}

    def tokens(self) -> list[Token]:
        """Every token, in the order made. Raises SettingsError for a damaged file."""
        if not self.path.exists():
            return []
        try:
            return [Token(**row) for row in json.loads(self.path.read_text(encoding="utf-8"))["tokens"]]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SettingsError(f"令牌文件“{self.path}”不可读（{error}）：改正或删去它，再 lawqa token add") from None

    def add(self, name: str) -> str:
        """Make a token for ``name``; the secret is returned this once and kept nowhere."""
        if not _NAME.match(name):
            raise UsageError(f"名称“{name}”不能用：应为1到80个字母、数字、汉字或 . @ - _")
        kept = self.tokens()
        if any(t.name == name for t in kept):
            raise UsageError(f"“{name}”已有令牌：先 lawqa token revoke {name}，或换一个名称")
        secret = _PREFIX + secrets.token_urlsafe(32)
        self._write([*kept, Token(name, self.digest(secret), datetime.now(UTC).isoformat(timespec="seconds"))])
        return secret

    def revoke(self, name: str) -> None:
        """Remove the token of ``name``; UsageError where there is none."""
        kept = self.tokens()
        if all(t.name != name for t in kept):
            raise UsageError(f"没有名称为“{name}”的令牌：lawqa token list 列出全部")
        self._write([t for t in kept if t.name != name])

    @staticmethod
    def digest(secret: str) -> str:
        """The hash under which a token is kept."""
        return hashlib.sha256(secret.encode()).hexdigest()

    def name_of(self, secret: str) -> str | None:
        """Whose token this is; None for an unknown or revoked one."""
        return self.name_of_digest(self.digest(secret))

    def name_of_digest(self, digest: str) -> str | None:
        """The same for a token known by its hash."""
        try:
            stat = self.path.stat()
            stamp: tuple[int, int] | None = (stat.st_mtime_ns, stat.st_ino)
        except OSError:
            stamp = None
        if stamp != self._stamp:
            self._by_hash = {t.sha256: t for t in self.tokens()}
            self._stamp = stamp
        # the look-up is by hash: how long it takes says nothing about the secret
        token = self._by_hash.get(digest)
        return token.name if token else None

    def _write(self, tokens: list[Token]) -> None:
        text = json.dumps({"tokens": [asdict(t) for t in tokens]}, ensure_ascii=False, indent=1)
        new = self.path.with_name(self.path.name + ".new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                file.write(text)
            new.replace(self.path)
        except OSError as error:
            raise SettingsError(f"令牌文件“{self.path}”不能写（{error.strerror}）：检查 LAWQA_TOKENS_FILE") from None
