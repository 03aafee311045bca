"""Paths as a user gives them go in, documents come out: those of a dataset as they are in it, files read now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from policyx.dataset.reader import is_dataset, read_dataset
from policyx.errors import ReadError
from policyx.model import Document
from policyx.pipeline import Options, read_source
from policyx.read import Source, apart, find_files, read_parts
from policyx.rules import Rules


@dataclass(frozen=True, slots=True)
class Given:
    """What is read: files, folders, `-` and datasets; and how, for what is no dataset. `indicators` keeps records of
    these and of finer ones only; `limited` reads PDF, office files and archives in a process of its own, under limits
    of time and memory."""

    paths: tuple[str, ...]
    indicators: tuple[str, ...] = ()
    glob: str | None = None
    encoding: str | None = None
    options: Options = field(default_factory=Options)
    rules: Rules | None = None
    limited: bool = False


def documents(given: Given | Iterable[str | Path] | str | Path) -> Iterator[Document | ReadError]:
    """The documents of what is given, in its order; in the place of one that cannot be read the reason why.

    Texts are read one after the other in this process; for thousands of them make a dataset first.

    >>> import policyx
    >>> for document in policyx.documents(["missing.txt"]):
    ...     print(document)
    missing.txt: does not exist
    """
    if not isinstance(given, Given):
        single = isinstance(given, (str, Path))
        given = Given(tuple(str(path) for path in ([given] if single else given)))  # type: ignore[union-attr]
    for path in given.paths:
        if path != "-" and is_dataset(path):
            try:
                yield from read_dataset(path, given.indicators)
            except ReadError as error:
                yield error
            continue
        found = find_files([path], given.glob)
        yield from found.problems
        for file in found.files:
            yield from _read(file, given)


def _read(path: str, given: Given) -> Iterator[Document | ReadError]:
    try:
        reading = apart.documents if given.limited or path == "-" else read_parts
        for item in reading(path, given.encoding):
            if isinstance(item, Source):
                document = read_source(item, options=given.options, rules=given.rules)
                yield _chosen(document, given.indicators)
            else:
                yield item
    except ReadError as error:
        yield error


def _chosen(document: Document, indicators: Collection[str]) -> Document:
    if not indicators:
        return document
    kept = tuple(
        record
        for record in document.records
        if any(record.indicator == name or (record.indicator or "").startswith(f"{name}.") for name in indicators)
    )
    return replace(document, records=kept)
