"""`policyx text`: a document in, the text that the reader made of it out; all offsets of records refer to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from policyx.cli.options import DateColumn, Encoding, PlaceColumn, TextColumn, TitleColumn, checked_encoding, one_of

if TYPE_CHECKING:
    from policyx.read import Source


def text(
    path: Annotated[
        str, typer.Argument(metavar="FILE", help="The document, - for standard input; a.zip!/b.pdf for one inside.")
    ] = "-",
    format: Annotated[
        str,
        typer.Option(
            "-f", "--format", metavar="text|jsonl", help="jsonl adds title, date, issuer, encoding and pages."
        ),
    ] = "text",
    encoding: Encoding = None,
    text_column: TextColumn = None,
    title_column: TitleColumn = None,
    date_column: DateColumn = None,
    place_column: PlaceColumn = None,
) -> None:
    """Print the text that the reader made of a file: what offsets count in."""
    one_of(format, ("text", "jsonl"), "--format")
    checked_encoding(encoding)

    from policyx.cli.output import note, results
    from policyx.errors import ReadError
    from policyx.export.jsontext import json_text
    from policyx.read import Columns, read_documents, read_stdin

    columns = Columns(text_column, title_column, date_column, place_column)
    failed = False
    with results() as write:
        for item in [read_stdin(encoding)] if path == "-" else read_documents(path, encoding, columns):
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
            write(item.text)
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
        "pages": list(source.pages),
        "text": source.text,
    }


def _described(source: Source) -> str:
    """What is known of a document beside its text, on one line."""
    pages = f"{len(source.pages)} pages" if len(source.pages) > 1 else "1 page" if source.pages else None
    told = (source.format, source.encoding, pages, source.title, source.date, source.issuer)
    return f"{source.path}: {', '.join(item for item in told if item)}"
