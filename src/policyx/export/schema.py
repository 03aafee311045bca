"""The JSON Schema of what policyx writes goes out; it is kept beside this module as schema.json."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

SCHEMAS = ("json", "record")


def schema(kind: str = "json") -> dict[str, Any]:
    """The schema of the JSON format as a whole (`json`) or of one line of JSON Lines (`record`)."""
    whole: dict[str, Any] = json.loads(files("policyx.export").joinpath("schema.json").read_text(encoding="utf-8"))
    if kind == "json":
        return whole
    parts = whole["$defs"]
    record = dict(parts["record"])
    used = {name: parts[name] for name in ("period", "baseline")}
    return {
        "$schema": whole["$schema"],
        "$id": f"{whole['$id']}:record",
        "title": "policyx record",
        "description": "A line of what `policyx extract -f jsonl` prints.",
        **{key: value for key, value in record.items() if key != "description"},
        "$defs": used,
    }
