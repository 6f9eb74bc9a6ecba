"""Signing on: who a request is from, by token, trusted proxy, or OpenID Connect."""
