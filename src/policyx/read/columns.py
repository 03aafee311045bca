"""The heads of a table go in; which columns hold a document's text, title, date and place goes out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from policyx.errors import ReadError
from policyx.rules import builtin_rules
from policyx.tuples import NamedTuple

_SHOWN = 12  # heads that a message lists


class Columns(NamedTuple):
    """The heads of the columns that a user names, of a table with a document in each row; None where the heads are to
    tell."""

    text: str | None = None
    title: str | None = None
    date: str | None = None
    place: str | None = None

    def given(self) -> dict[str, str]:
        """Each role for which a head is given, with that head."""
        return {role: head for role, head in zip(self._fields, self, strict=True) if head is not None}


class Found(NamedTuple):
    """Which columns hold what: each role with the numbers of its columns, and from how many characters on average the
    texts of the text column are documents."""

    roles: dict[str, tuple[int, ...]]
    least: int

    def first(self, role: str) -> int | None:
        """The first column of a role."""
        return next(iter(self.roles.get(role, ())), None)


def found_columns(heads: Sequence[str], wanted: Columns, path: str) -> Found:
    """The columns of a table with these heads. Raises ReadError for a wanted head that is not there."""
    names = [_plain(head) for head in heads]
    known = _known_heads()
    roles: dict[str, list[int]] = {}
    texts: list[tuple[int, int, int]] = []  # of text columns: how much the rule comes first, number, least
    for number, name in enumerate(names):
        for entry in known.get(name, ()):
            if entry.role == "text":
                texts.append((entry.rank, number, entry.least))
            else:
                roles.setdefault(entry.role, []).append(number)
    _, text, least = min(texts, default=(0, -1, 0))
    if texts:
        roles["text"] = [text]
    for role, head in wanted.given().items():
        if _plain(head) not in names:
            shown = ", ".join(head.strip() for head in heads[:_SHOWN] if head.strip())
            raise ReadError(path, f"has no column {head!r}; its columns are {shown}")
        roles[role] = [names.index(_plain(head))]
        least = 0 if role == "text" else least
    return Found({role: tuple(sorted(numbers)) for role, numbers in roles.items()}, least)


class _Known(NamedTuple):
    role: str
    rank: int
    least: int


@lru_cache(maxsize=1)
def _known_heads() -> dict[str, tuple[_Known, ...]]:
    """What each head that the rules know may head; of text columns the word that comes first wins."""
    found: dict[str, tuple[_Known, ...]] = {}
    rank = 0
    for entry in builtin_rules().of("column"):
        for word in entry["words"]:
            rank += 1
            known = _Known(entry["role"], rank, entry.get("least", 0))
            found[_plain(word)] = (*found.get(_plain(word), ()), known)
    return found


def is_unnamed(sheet: str) -> bool:
    """Whether the name of a sheet is one that nobody gave it: Sheet1."""
    bare = sheet.strip().rstrip("0123456789 ()（）")
    return not bare or bare in builtin_rules().words("column", "unnamed_sheet")


def _plain(head: str) -> str:
    return "".join(head.lower().replace("_", "").replace("-", "").split()).strip(":：*")
