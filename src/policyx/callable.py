"""A room of the package that has the name of its public function can be called like it.

`policyx.check` is the room `policyx/check/` once anything has imported it, and Python puts the module in the place of a
function of that name; so the module does what the function does."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any


def make_callable(module: str, function: Callable[..., Any]) -> None:
    """Let calls of the imported module `module` be calls of `function`."""

    class _Room(ModuleType):
        __doc__ = function.__doc__

        def __call__(self, *arguments: Any, **options: Any) -> Any:
            return function(*arguments, **options)

    sys.modules[module].__class__ = _Room
