"""An `Ending` is tried only where the text's last character allows it: the characters it names are those that its
pattern can end with, no fewer and no more. Read off the pattern's own parse tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import policyx
from policyx.patterns import Ending


def _endings() -> Iterator[tuple[str, Ending]]:
    for module in walk_packages(policyx.__path__, "policyx."):
        if module.name != "policyx.__main__":
            for name, value in vars(import_module(module.name)).items():
                if isinstance(value, Ending):
                    yield f"{module.name}.{name}", value


ENDINGS = dict(_endings())


def _last(items: Any) -> tuple[set[str], bool]:
    """The characters that a sequence of parsed items can end with, and whether it can be empty."""
    found: set[str] = set()
    for code, value in reversed(list(items)):
        more, empty = _last_of(code, value)
        found |= more
        if not empty:
            return found, False
    return found, True


def _last_of(code: Any, value: Any) -> tuple[set[str], bool]:
    if code is _constants.LITERAL:
        return {chr(value)}, False
    if code is _constants.IN:
        return {chr(c) for part, content in value for c in _range(part, content)}, False
    if code is _constants.BRANCH:
        each = [_last(branch) for branch in value[1]]
        return set().union(*(found for found, _ in each)), any(empty for _, empty in each)
    if code is _constants.SUBPATTERN:
        return _last(value[3])
    if code in (_constants.MAX_REPEAT, _constants.MIN_REPEAT):
        found, empty = _last(value[2])
        return found, empty or value[0] == 0
    assert code in (_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT), code
    return set(), True


def _range(code: Any, value: Any) -> range:
    if code is _constants.LITERAL:
        return range(value, value + 1)
    assert code is _constants.RANGE, code
    return range(value[0], value[1] + 1)


def test_there_are_endings() -> None:
    assert len(ENDINGS) > 5


@pytest.mark.parametrize("name", ENDINGS)
def test_the_last_characters_are_those_of_the_pattern(name: str) -> None:
    ending = ENDINGS[name]
    assert ending.pattern.pattern.endswith("$")
    assert _last(_parser.parse(ending.pattern.pattern))[0] == ending.last


def test_an_ending_is_cut_or_found_only_at_the_end() -> None:
    ending = Ending("(?:项目|工程)$", "目程")
    assert ending.cut("重点项目") == "重点"
    assert ending.cut("项目建设") == "项目建设"
    assert ending.ends("重点工程")
    assert not ending.ends("节目")
    assert not ending.ends("")
    assert re.search(ending.pattern, "重点工程")
