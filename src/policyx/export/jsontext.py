"""Plain values (dict, list, text, whole and exact numbers) go in, JSON text goes out; numbers read back exactly.

The standard library's writer turns a Decimal into a float or a string at best, so this one writes them itself.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

from policyx.export.numbers import number_text

# characters that JSON allows in a string but that many readers take for the end of a line
_LINE_ENDS = {chr(code): f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}


def json_text(value: Any, indent: int | None = None, level: int = 0) -> str:
    """`value` as JSON on one line, or, with `indent`, one item per line, as if it stood `level` deep.

    Raises TypeError for what JSON cannot hold, floats among it, and for subclasses of what it can."""
    text = _text(value) if indent is None else _lines(value, indent, level)
    for character, escape in _LINE_ENDS.items() if not text.isascii() else ():
        text = text.replace(character, escape)  # they stand in strings only
    return text


def _text(value: Any) -> str:
    write = _WRITERS.get(type(value))
    if write is None:
        raise TypeError(f"{type(value).__name__} has no place in JSON")
    return write(value)


def _object(value: dict[str, Any]) -> str:
    # spelled out rather than by `_text`: this is done for every field of every record
    return _frame(tuple(value)) % tuple([(_WRITERS.get(type(item)) or _text)(item) for item in value.values()])


@lru_cache(maxsize=256)
def _frame(keys: tuple[str, ...]) -> str:
    """The object with these keys, and a place for each value."""
    return "{" + ", ".join([encode_basestring(key).replace("%", "%%") + ": %s" for key in keys]) + "}"


def _array(value: list[Any]) -> str:
    return "[" + ", ".join([(_WRITERS.get(type(item)) or _text)(item) for item in value]) + "]"


def _lines(value: Any, indent: int, level: int) -> str:
    if not value or not isinstance(value, (dict, list, tuple)):
        return _text(value)
    if isinstance(value, dict):
        items = [f"{encode_basestring(key)}: {_lines(item, indent, level + 1)}" for key, item in value.items()]
        opening, closing = "{", "}"
    else:
        items = [_lines(item, indent, level + 1) for item in value]
        opening, closing = "[", "]"
    margin = "\n" + " " * indent * (level + 1)
    return opening + margin + f",{margin}".join(items) + "\n" + " " * indent * level + closing


_WRITERS: dict[type, Callable[[Any], str]] = {
    str: encode_basestring,
    type(None): {None: "null"}.__getitem__,
    bool: {True: "true", False: "false"}.__getitem__,
    int: str,
    Decimal: "{:f}".format,
    Fraction: number_text,
    dict: _object,
    list: _array,
    tuple: _array,
}
