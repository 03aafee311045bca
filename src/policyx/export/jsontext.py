"""Plain values (dict, list, text, whole and exact numbers) go in, JSON text goes out; numbers read back exactly.

The standard library's writer turns a Decimal into a float or a string at best, so this one writes them itself.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from json.encoder import encode_basestring
from typing import Any

from policyx.export.numbers import number_text

# characters that JSON allows in a string but that many readers take for the end of a line
_LINE_ENDS = {chr(code): f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}


def json_text(value: Any, indent: int | None = None, level: int = 0) -> str:
    """`value` as JSON on one line, or, with `indent`, one item per line. Raises TypeError for what JSON cannot hold."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, Decimal, Fraction)):
        return number_text(value)
    if isinstance(value, dict):
        items = [f"{_string(key)}: {json_text(item, indent, level + 1)}" for key, item in value.items()]
        return _enclosed("{", items, "}", indent, level)
    if isinstance(value, (list, tuple)):
        return _enclosed("[", [json_text(item, indent, level + 1) for item in value], "]", indent, level)
    raise TypeError(f"{type(value).__name__} has no place in JSON")


def _string(text: str) -> str:
    quoted = encode_basestring(text)
    if not quoted.isascii():
        for character, escape in _LINE_ENDS.items():
            quoted = quoted.replace(character, escape)
    return quoted


def _enclosed(opening: str, items: list[str], closing: str, indent: int | None, level: int) -> str:
    if indent is None or not items:
        return opening + ", ".join(items) + closing
    margin = "\n" + " " * indent * (level + 1)
    return opening + margin + f",{margin}".join(items) + "\n" + " " * indent * level + closing
