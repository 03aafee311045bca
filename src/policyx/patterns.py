"""Regular expressions, compiled once and kept for the next start.

Python compiles a pattern anew in every process; for the few hundred of ours that takes longer than reading a document.
What the compiler makes of a pattern (a list of integers) is therefore kept in the cache folder, one file for each
release of Python: a line of JSON that describes the patterns, then the integers of all of them. It is handed to the
matcher, which checks it. Where that does not work, `re.compile` does.
"""

from __future__ import annotations

import atexit
import json
import re
import sys
from array import array
from collections.abc import Iterable
from typing import Final

from policyx.cache import keep, kept
from policyx.tuples import NamedTuple

_MOST: Final = 4000  # a file with more holds patterns that no rule has any longer
_APART: Final = "\0"  # stands in no word
_ANY: Final = "surrogatepass"  # a pattern may ask for what is no character
_FILE: Final = f"patterns-{sys.implementation.cache_tag}-{sys.hexversion:x}-{sys.byteorder}.data"


class _Kept(NamedTuple):
    """What the compiler makes of a pattern: its flags, its code, the number of its groups, and the groups' names."""

    flags: int
    code: bytes
    groups: int
    names: dict[str, int]
    by_number: tuple[str | None, ...]


_patterns: dict[tuple[str, int], re.Pattern[str]] = {}
_added: dict[tuple[str, int], _Kept] = {}
_kept: dict[tuple[str, int], _Kept] | None = None


def compiled(source: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern for `source`, as re.compile gives it; the same object for the same source and flags.

    Raises re.error for a source that is no pattern."""
    key = (source, int(flags))
    found = _patterns.get(key)
    if found is None:
        found = _patterns[key] = _from_cache(key) or _compile(key)
    return found


def any_word(words: Iterable[str]) -> str:
    """The source of a pattern for any of these words, the longer of two first; without words one that matches
    nothing. Words that begin alike stand together, so that their beginning is looked at once."""
    behind: dict[str, list[str]] = {}
    for word in escaped(sorted(words, key=len, reverse=True)):
        first = word[: 1 + word.startswith("\\")]
        behind.setdefault(first, []).append(word[len(first) :])
    groups = [first + (rest[0] if len(rest) == 1 else f"(?:{'|'.join(rest)})") for first, rest in behind.items()]
    return "|".join(groups) or "(?!)"


def escaped(words: Iterable[str]) -> list[str]:
    """For each word the source of a pattern for it, all of them escaped at once."""
    return re.escape(_APART.join(words)).split(_APART)


def all_compiled() -> tuple[re.Pattern[str], ...]:
    """Every pattern that has been asked for so far."""
    return tuple(_patterns.values())


def _from_cache(key: tuple[str, int]) -> re.Pattern[str] | None:
    global _kept
    if _kept is None:
        _kept = _read()
    entry = _kept.get(key)
    if entry is None:
        return None
    try:
        import _sre  # type: ignore[import-not-found]  # the matcher; its interface is not public, hence the way back below

        flags, code, groups, names, by_number = entry
        pattern: re.Pattern[str] = _sre.compile(key[0], flags, array("I", code).tolist(), groups, names, by_number)
    except Exception:
        _kept.pop(key)
        return None
    return pattern


def _read() -> dict[tuple[str, int], _Kept]:
    content = kept(_FILE)
    if content is None:
        return {}
    end = content.find(b"\n")
    found: dict[tuple[str, int], _Kept] = {}
    try:
        at = end + 1
        for source, asked, flags, size, groups, names, by_number in json.loads(str(content[:end], "utf-8", _ANY)):
            found[source, asked] = _Kept(flags, content[at : at + size], groups, names, tuple(by_number))
            at += size
    except (TypeError, ValueError):  # of another version of policyx
        return {}
    return found


def _compile(key: tuple[str, int]) -> re.Pattern[str]:
    pattern = re.compile(*key)
    try:
        from re import _compiler, _parser  # type: ignore[attr-defined]

        tree = _parser.parse(*key)
        names = tree.state.groupdict
        by_number: list[str | None] = [None] * tree.state.groups
        for name, number in names.items():
            by_number[number] = name
        code = array("I", _compiler._code(tree, key[1])).tobytes()
    except Exception:  # another Python: patterns are compiled at every start
        return pattern
    if not _added:
        atexit.register(_write)
    _added[key] = _Kept(pattern.flags, code, tree.state.groups - 1, names, tuple(by_number))
    return pattern


def _write() -> None:
    whole = _read()
    if len(whole) + len(_added) > _MOST:
        whole = {}
    whole.update(_added)
    told = [
        (*key, entry.flags, len(entry.code), entry.groups, entry.names, entry.by_number) for key, entry in whole.items()
    ]
    head = json.dumps(told, ensure_ascii=False).encode("utf-8", _ANY)
    keep(_FILE, head + b"\n" + b"".join(entry.code for entry in whole.values()))
