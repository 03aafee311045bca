"""Label Studio: a task for each document, with its records as predictions: a region with the status, and the name and
the year that belong to it. CONFIG is the labelling interface for such tasks.

`policyx review FILE --as-gold` reads what Label Studio exports as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from policyx._version import __version__
from policyx.export.jsontext import json_text
from policyx.export.labels import STATUSES, word_of
from policyx.export.view import View
from policyx.model import Document, Record

SEPARATOR = ",\n"

_REGION = 'perRegion="true" toName="text"'


def config(lang: str) -> str:
    """The labelling interface that these tasks are made for, as Label Studio takes it."""
    labels = "".join(f'<Label value="{word_of("status", status, lang)}"/>' for status in STATUSES)
    return (
        f'<View><Labels name="status" toName="text">{labels}</Labels><Text name="text" value="$text"/>'
        f'<TextArea name="name" {_REGION}/><Number name="year" {_REGION}/></View>\n'
    )


def head(view: View) -> str:
    """The list up to its first task."""
    return "[\n"


def part(document: Document, view: View) -> str:
    """The document as a task."""
    results = [result for number, record in enumerate(document.records) for result in _results(number, record, view)]
    task = {
        "data": {"source": document.source, "text": document.original},
        "predictions": [{"model_version": f"policyx {__version__}", "result": results}],
    }
    return json_text(task)


def foot(view: View) -> str:
    """The list from behind its last task."""
    return "\n]\n"


def _results(number: int, record: Record, view: View) -> Iterator[dict[str, Any]]:
    """The region of a record, its name and its year."""
    place = {"start": record.start, "end": record.end, "text": record.quote}
    common = {"id": f"q{number}", "to_name": "text"}
    status = word_of("status", record.status, view.lang)
    yield {**common, "from_name": "status", "type": "labels", "value": {**place, "labels": [status]}}
    if record.name is not None:
        yield {**common, "from_name": "name", "type": "textarea", "value": {**place, "text": [record.name]}}
    if record.year is not None:
        yield {**common, "from_name": "year", "type": "number", "value": {**place, "number": record.year}}
