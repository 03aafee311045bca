"""`policyx text`: a document in, the text that the reader made of it out; all offsets of records refer to it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from policyx.cli.options import (
    DateColumn,
    Encoding,
    Glob,
    PlaceColumn,
    TextColumn,
    TitleColumn,
    checked_encoding,
    one_of,
)

if TYPE_CHECKING:
    from policyx.read import Source


def text(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH...",
            help="Files, folders, patterns, - for standard input; a.zip!/b.pdf for a document inside another file.",
        ),
    ] = None,
    format: Annotated[
        str,
        typer.Option(
            "-f",
            "--format",
            metavar="text|jsonl",
            help="jsonl adds title, date, issuer, place, encoding, pages and cells.",
        ),
    ] = "text",
    glob: Glob = None,
    encoding: Encoding = None,
    text_column: TextColumn = None,
    title_column: TitleColumn = None,
    date_column: DateColumn = None,
    place_column: PlaceColumn = None,
) -> None:
    """Print the text that the reader made of each file: what offsets count in."""
    one_of(format, ("text", "jsonl"), "--format")
    checked_encoding(encoding)

    from policyx.cli.output import note, passed_over, results
    from policyx.errors import ReadError
    from policyx.export.jsontext import json_text
    from policyx.read import Columns, find_files
    from policyx.read.apart import whole_documents

    columns = Columns(text_column, title_column, date_column, place_column)
    given = paths or ["-"]
    found = find_files(given, glob)
    for problem in found.problems:
        note(str(problem))
    passed_over(found.passed, given)
    documents = chain.from_iterable(whole_documents(path, encoding, columns) for path in found.files)
    failed = bool(found.problems)
    unfinished = False  # whether the text printed last ended within a line
    with results(raw=True) as write:
        for item in documents:
            if isinstance(item, ReadError):
                note(str(item))
                failed = True
                continue
            if format == "jsonl":
                write(json_text(_plain(item)) + "\n")
                continue
            note(_described(item))
            for what in item.notes:
                note(f"{item.path}: {what}")
            write(("\n" if unfinished else "") + item.text)
            unfinished = not item.text.endswith("\n")
    if failed:
        raise typer.Exit(1)


def _plain(source: Source) -> dict[str, object]:
    return {
        "source": source.path,
        "format": source.format,
        "encoding": source.encoding,
        "title": source.title,
        "date": source.date,
        "issuer": source.issuer,
        "place": source.place,
        "pages": list(source.pages),
        "cells": [list(cell) for cell in source.cells],
        "text": source.text,
    }


def _described(source: Source) -> str:
    """What is known of a document beside its text, on one line."""
    pages = f"{len(source.pages)} pages" if len(source.pages) > 1 else "1 page" if source.pages else None
    told = (source.format, source.encoding, pages, source.title, source.date, source.issuer, source.place)
    return f"{source.path}: {', '.join(item for item in told if item)}"
