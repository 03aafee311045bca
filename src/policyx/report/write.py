"""Documents go in, the report is a file: what `policyx report` does, for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from policyx.errors import ReadError
from policyx.export.files import draft
from policyx.export.labels import default_language
from policyx.model import Document
from policyx.report.page import page_pieces
from policyx.report.shown import ShownDocument, shown_document
from policyx.rules import Rules


def report(
    documents: Iterable[Document | ReadError], path: str | Path, *, lang: str | None = None, rules: Rules | None = None
) -> None:
    """Write the report of documents to `path`: one HTML page that needs no network. What `policyx.documents` could not
    read is named on it.

    `lang` is the language in which it begins, zh or en (default: the locale's); `rules` come from `load_rules`. Raises
    PolicyxError where the file cannot be written.

    >>> import policyx
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "report.html")
    ...     policyx.report([policyx.extract("2024年，研发投入1.5亿元。")], path, lang="en")
    ...     "研发投入" in path.read_text(encoding="utf-8")
    True
    """
    passed: list[tuple[str, str]] = []

    def shown() -> Iterator[ShownDocument]:
        for document in documents:
            if isinstance(document, ReadError):
                passed.append((document.path, document.reason))
            else:
                yield shown_document(document, rules)

    with draft(Path(path)) as place, place.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        file.writelines(page_pieces(shown(), lang=lang or default_language(), passed=passed))
