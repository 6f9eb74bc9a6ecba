"""The HTTP API: /api/v1, typed, errors as problem+json."""
