"""NamedTuple as typing has it, but made at a fraction of the cost: typing compiles the type of every field, and a start
makes a hundred such classes."""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING, Any

__all__ = ["NamedTuple"]

if TYPE_CHECKING:
    from typing import NamedTuple
else:
    _new = tuple.__new__

    def _replaced(self: Any, /, **changes: Any) -> Any:
        """The same with these fields changed."""
        values, places = [*self], self._places
        try:
            for field in changes:
                values[places[field]] = changes[field]
        except KeyError as error:
            raise ValueError(f"unexpected field: {error}") from None
        return _new(self.__class__, values)

    class _Maker(type):
        def __new__(cls, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, space)
            types = space.pop("__annotations__")
            defaults = [space.pop(field) for field in types if field in space]
            made = namedtuple(name, types, defaults=defaults, module=space.pop("__module__"))
            made.__annotations__ = types
            made._places = {field: place for place, field in enumerate(types)}
            made._replace = _replaced
            for own in space.keys() - {"__qualname__"}:
                setattr(made, own, space[own])
            return made

    class NamedTuple(metaclass=_Maker):
        """The base of a class whose annotated names are its fields, in their order."""
