"""A rule's entry goes in, the TOML text that says the same goes out."""

from __future__ import annotations

import json
from typing import Any


def entry_text(kind: str, entry: dict[str, Any]) -> str:
    """The entry as a table of the array `kind`, as it could stand in a rule file."""
    return "\n".join([f"[[{kind}]]", *(f"{key} = {_value(value)}" for key, value in entry.items())]) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # a JSON string is a TOML basic string but for DEL, which TOML wants escaped
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    if isinstance(value, list):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_value(key)} = {_value(item)}" for key, item in value.items()) + " }"
    return str(value)
