"""`policyx schema`: the JSON Schema of what `policyx extract` prints."""

from __future__ import annotations

from typing import Annotated

import typer

from policyx.cli.options import one_of


def schema(
    kind: Annotated[
        str, typer.Argument(metavar="json|record", help="json: the whole output of -f json; record: a line of jsonl.")
    ] = "json",
) -> None:
    """Print the JSON Schema of the records."""
    import json

    from policyx.cli.output import results
    from policyx.export.schema import SCHEMAS
    from policyx.export.schema import schema as published

    one_of(kind, SCHEMAS, "KIND")
    with results() as write:
        write(json.dumps(published(kind), ensure_ascii=False, indent=2) + "\n")
