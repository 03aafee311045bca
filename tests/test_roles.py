"""Roles of words and markers: each is there because something asks for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import policyx
from policyx.rules import Entry, builtin_rules

_SOURCES = Path(policyx.__file__).parent
# What reads text, from repair to the record: what writes or shows records may use the same words for other things.
_ROOMS = ("repair", "recognize", "outline", "tables", "clause", "construct", "decide", "check", "panel", "report")
_STRING = re.compile(r"\"([a-z_0-9]+)\"")
_IN_SHAPE = re.compile(r"[a-z_0-9.]+(?!\s*=|[a-z_0-9.])")  # a name before = is what is caught, not a role


def _asked() -> set[str]:
    """The strings of the code, the roles in shapes, and those that are counted to tell kinds of document."""
    rules = builtin_rules()
    paths = (path for room in _ROOMS for path in (_SOURCES / room).rglob("*.py"))
    asked = {name for path in paths for name in _STRING.findall(path.read_text(encoding="utf-8"))}
    for kind in ("construction", "phrase"):
        asked |= {name for entry in rules.of(kind) for name in _IN_SHAPE.findall(entry["shape"])}
    counted = (entry.get(key, {}) for entry in rules.of("document") for key in ("per_thousand", "against"))
    return asked | {told["role"] for told in counted if "role" in told}


_ASKED = _asked()
_ENTRIES = [entry for kind in ("word", "marker") for entry in builtin_rules().of(kind)]


@pytest.mark.parametrize("entry", _ENTRIES, ids=[entry["id"] for entry in _ENTRIES])
def test_every_role_of_a_word_or_marker_is_asked_for(entry: Entry) -> None:
    """By code, a shape or a kind of document. Words with a role that nothing asks for are to be removed."""
    assert entry["role"] in _ASKED


def test_a_name_that_a_shape_catches_words_under_is_not_a_role_that_it_asks_for() -> None:
    """`thing=noun+` asks for nouns."""
    assert _IN_SHAPE.findall("thing=noun+ (of | than!about)? @") == ["noun", "of", "than", "about"]
