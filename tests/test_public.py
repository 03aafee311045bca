"""The library as it is imported: its public names, and an example of each function that runs."""

from __future__ import annotations

import doctest
import importlib.util
import inspect
from collections.abc import Iterator
from typing import Any

import pytest

import policyx

NEEDS = {"pandas_frame": "pandas", "polars_frame": "polars", "review": "openpyxl"}
FUNCTIONS = [name for name in policyx.__all__ if not inspect.isclass(getattr(policyx, name)) and name[0] != "_"]


def test_dir_shows_public_names_only() -> None:
    assert dir(policyx) == sorted(policyx.__all__)
    assert all(getattr(policyx, name) is not None for name in policyx.__all__)


def test_everything_public_has_a_docstring() -> None:
    missing = [name for name in policyx.__all__ if name[0] != "_" and not inspect.getdoc(getattr(policyx, name))]
    assert not missing


def _examples(name: str) -> Iterator[doctest.DocTest]:
    """The examples in the docstring of a public function; those of a room are its function's."""
    found: Any = getattr(policyx, name)
    finder = doctest.DocTestFinder(recurse=False)
    if inspect.ismodule(found):
        found = getattr(found, name)
    yield from (test for test in finder.find(found, name) if test.examples)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_public_function_has_an_example_that_runs(name: str) -> None:
    if name in NEEDS and importlib.util.find_spec(NEEDS[name]) is None:
        pytest.skip(f"{NEEDS[name]} is not installed")
    tests = list(_examples(name))
    assert tests, "add one to its docstring"
    for test in tests:
        said: list[str] = []
        result = doctest.DocTestRunner().run(test, out=said.append)
        assert result.failed == 0, "".join(said)


def test_the_example_of_the_package_runs() -> None:
    tests = [test for test in doctest.DocTestFinder(recurse=False).find(policyx, "policyx") if test.examples]
    assert tests
    for test in tests:
        said: list[str] = []
        assert doctest.DocTestRunner().run(test, out=said.append).failed == 0, "".join(said)


def test_a_found_quantity_has_the_attributes_of_a_record() -> None:
    (found,) = policyx.quantities("投入8000万—1亿元")
    assert (found.value, found.value_max, found.unit, found.base_value, found.base_unit, found.bound) == (
        8000, 10000, "万元", 80000000, "元", "range",
    )  # fmt: skip
