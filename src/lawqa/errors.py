"""One tree of errors: every user mistake is one line that names the value, the place and the remedy."""

from __future__ import annotations


class LawqaError(Exception):
    """Base of all errors that a user can mend. ``str(error)`` is one Chinese line; the exit code is 2."""

    exit_code = 2


class UsageError(LawqaError):
    """A wrong argument or question."""


class SettingsError(LawqaError):
    """An unknown key or an unusable value in the environment or in the settings file."""


class CorpusError(LawqaError):
    """A corpus file is missing or faulty; ``faults`` holds every fault of every file."""

    def __init__(self, message: str, faults: tuple[object, ...] = ()) -> None:
        super().__init__(message)
        self.faults = faults


class ReferenceNotFound(LawqaError):
    """A reference that names no provision held here."""


class IndexFault(LawqaError):
    """The index is missing, stale, damaged, or cannot be written."""


class ServerError(LawqaError):
    """A lawqa server that cannot be reached, or that refused; ``status`` is its HTTP status, 0 without one."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class ModelError(LawqaError):
    """The embedding or language model cannot be loaded or used."""
