"""NamedTuple as typing has it, but made at a fraction of the cost: typing compiles the type of every field, and a start
makes a hundred such classes."""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING, Any

__all__ = ["NamedTuple"]

if TYPE_CHECKING:
    from typing import NamedTuple
else:

    def _replaced(self: Any, /, **changes: Any) -> Any:
        """The same with these fields changed."""
        made = tuple.__new__(type(self), map(changes.pop, self._fields, self))
        if changes:
            raise ValueError(f"unexpected fields: {', '.join(changes)}")
        return made

    class _Maker(type):
        def __new__(cls, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, space)
            types = space.pop("__annotations__")
            defaults = [space.pop(field) for field in types if field in space]
            made = namedtuple(name, types, defaults=defaults, module=space.pop("__module__"))
            made.__annotations__ = types
            made._replace = _replaced
            for own in space.keys() - {"__qualname__"}:
                setattr(made, own, space[own])
            return made

    class NamedTuple(metaclass=_Maker):
        """The base of a class whose annotated names are its fields, in their order."""
