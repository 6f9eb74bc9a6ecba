"""The error of everything that is about adding a document."""

from __future__ import annotations

from lawqa.files.limits import FileFault


class ImportFault(FileFault):
    """A file that can be read and yet not be added: one Chinese line with the file, the reason and the remedy."""
