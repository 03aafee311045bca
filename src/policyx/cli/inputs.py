"""What a command that looks across documents reads: failures go to standard error, the documents go on."""

from __future__ import annotations

from collections.abc import Iterator

from policyx.cli.output import note
from policyx.dataset import Given, documents
from policyx.errors import ReadError
from policyx.model import Document


class Inputs:
    """The documents of what is given. `failed` and `read` count, as far as it has been read."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self.failed = self.read = 0

    def documents(self) -> Iterator[Document]:
        """Each document that can be read."""
        for document in documents(self._given):
            if isinstance(document, ReadError):
                note(str(document))
                self.failed += 1
            else:
                self.read += 1
                yield document
