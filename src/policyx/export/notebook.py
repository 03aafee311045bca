"""What a document can do in a notebook: become a data frame, show itself as a table with evidence.

`model.py` knows nothing of exports, so the package root gives these to the class with `equip`."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from policyx.export.labels import default_language, head_of
from policyx.export.rows import shown_row
from policyx.model import Document, Record

if TYPE_CHECKING:
    import pandas
    import polars

_COLUMNS = ("name", "amount", "year", "status", "measure", "place")
_MOST_ROWS = 60  # as many as pandas shows of a frame
_STYLE = "text-align:left;vertical-align:top"


def equip() -> None:
    """Give the class of documents its methods for notebooks."""
    for name, method in (("to_pandas", to_pandas), ("to_polars", to_polars), ("_repr_html_", html_table)):
        setattr(Document, name, method)


def to_pandas(document: Document, *, floats: bool = False) -> pandas.DataFrame:
    """The records as a pandas frame with the columns of CSV. Numbers are exact Decimal objects, or with `floats` what
    pandas draws and calculates fastest with. Raises MissingExtraError where pandas is not installed."""
    from policyx.export.frames import pandas_frame

    return pandas_frame([document], floats=floats)


def to_polars(document: Document) -> polars.DataFrame:
    """The records as a polars frame with the columns of CSV; numbers are decimals. Raises MissingExtraError where
    polars is not installed."""
    from policyx.export.frames import polars_frame

    return polars_frame([document])


def html_table(document: Document) -> str:
    """The records as an HTML table, the quantity marked in the sentence of each; of many the first."""
    lang = default_language()
    heads = [*(head_of(column, lang) for column in _COLUMNS), head_of("sentence", lang)]
    rows = [_row(record, lang) for record in document.records[:_MOST_ROWS]]
    left = len(document) - len(rows)
    more = f"<p>… {left}</p>" if left > 0 else ""
    title = f"{document.title} ({document.source})" if document.title else document.source
    head = "".join(f"<th style='{_STYLE}'>{escape(text)}</th>" for text in heads)
    return f"<p><b>{escape(title)}</b></p><table><tr>{head}</tr>{''.join(rows)}</table>{more}"


def _row(record: Record, lang: str) -> str:
    cells = [escape(text) for text in shown_row(record, _COLUMNS, lang)]
    start, end = record.start - record.sentence_start, record.end - record.sentence_start
    sentence = record.sentence
    if 0 <= start < end <= len(sentence):
        parts = (sentence[:start], sentence[start:end], sentence[end:])
        before, quote, after = map(escape, parts)
        cells.append(f"{before}<mark>{quote}</mark>{after}")
    else:
        cells.append(escape(sentence))
    return "<tr>" + "".join(f"<td style='{_STYLE}'>{cell}</td>" for cell in cells) + "</tr>"
