"""What a table asks of the document that it stands in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from policyx.tuples import NamedTuple


class TableDocument(Protocol):
    """Facts about the whole document: its kind (report, plan, policy, communique, news) and the years it speaks of."""

    @property
    def title(self) -> str | None: ...
    @property
    def kind(self) -> str: ...
    @property
    def anchor(self) -> int | None: ...
    @property
    def anchor_known(self) -> bool: ...
    @property
    def actual_year(self) -> int | None: ...


class Said(NamedTuple):
    """A status that a heading's or a caption's words give to what stands below it."""

    status: str
    rule: str
    word: str


SectionStatus = Callable[[tuple[str, ...]], Said | tuple[str, str, str] | None]
