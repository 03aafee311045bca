"""Regular expressions, compiled once and kept for the next start.

Python compiles a pattern anew in every process; for the few hundred of ours that takes longer than reading a document.
What the compiler makes of a pattern (a list of integers) is therefore kept in the cache folder, one file for each
release of Python: a line with the sizes of what follows, the sources of the patterns, the names of their groups, four
numbers for each of them, and the integers of all of them. A start takes few of the thousands that may be kept, so that
nothing is read of a pattern until it is asked for. It is handed to the matcher, which checks it. Where that does not
work, `re.compile` does.
"""

from __future__ import annotations

import atexit
import json
import re
import sys
from array import array
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from typing import Final

from policyx.cache import keep, kept
from policyx.tuples import NamedTuple

_MOST: Final = 4000  # a file with more holds patterns that no rule has any longer
_APART: Final = "\0"  # stands in no word
_BETWEEN: Final = "\ufdd0"  # no character: stands between two patterns
_ENCODED: Final = ("utf-16-le", "surrogatepass")  # a pattern may ask for what is no character
_FILE: Final = f"patterns-{sys.implementation.cache_tag}-{sys.hexversion:x}-{sys.byteorder}.data"


class _Kept(NamedTuple):
    """Patterns as the file has them. Of each, by its source and the flags asked for: its flags, the number of its
    groups, the names of some with their numbers (`low 1 high 2`), and where its code begins among the bytes of all and
    how long it is."""

    told: dict[tuple[str, int], tuple[int, int, str, int, int]]
    content: bytes


_patterns: dict[tuple[str, int], re.Pattern[str]] = {}
_added: dict[tuple[str, int], tuple[int, int, str, bytes]] = {}
_kept: _Kept | None = None


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


def positions(text: str, words: Iterable[str]) -> list[int]:
    """Where any of a few characters or words stands, sorted; much faster than a pattern where they are rare."""
    found = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.append(at)
            at = text.find(word, at + 1)
    found.sort()
    return found


def matches_at(pattern: re.Pattern[str], text: str, begins: Iterable[str]) -> Iterator[re.Match[str]]:
    """What `finditer` gives for a pattern of which every match begins with one of a few characters or words."""
    end = 0
    for at in positions(text, begins):
        match = pattern.match(text, at) if at >= end else None
        if match:
            end = match.end()
            yield match


def all_compiled() -> tuple[re.Pattern[str], ...]:
    """Every pattern that has been asked for so far."""
    return tuple(_patterns.values())


def _from_cache(key: tuple[str, int]) -> re.Pattern[str] | None:
    global _kept
    if _kept is None:
        _kept = _read()
    entry = _kept.told.get(key)
    if entry is None:
        return None
    try:
        import _sre  # type: ignore[import-not-found]  # the matcher; its interface is not public, hence the way back below

        flags, groups, said, start, size = entry
        names = dict(zip(said.split()[::2], map(int, said.split()[1::2]), strict=True))
        by_number: list[str | None] = [None] * (groups + 1)
        for name, number in names.items():
            by_number[number] = name
        code = array("I", _kept.content[start : start + size]).tolist()
        pattern: re.Pattern[str] = _sre.compile(key[0], flags, code, groups, names, tuple(by_number))
    except Exception:
        _kept.told.pop(key)
        return None
    return pattern


def _read() -> _Kept:
    content = kept(_FILE) or b""
    end = content.find(b"\n") + 1
    try:
        places = list(accumulate(json.loads(content[:end]), initial=end))
        sources, names = (str(content[low:high], *_ENCODED).split(_BETWEEN) for low, high in pairwise(places[:3]))
        numbers = array("I", content[places[2] : places[3]])
        asked, flags, groups, sizes = (numbers[part::4] for part in range(4))
        starts = list(accumulate(sizes, initial=places[3]))[:-1]
        keys = zip(sources, asked, strict=True)
        told = dict(zip(keys, zip(flags, groups, names, starts, sizes, strict=True), strict=True))
    except (TypeError, ValueError, IndexError):  # nothing there, or of another version of policyx
        return _Kept({}, b"")
    return _Kept(told, content)


def _compile(key: tuple[str, int]) -> re.Pattern[str]:
    pattern = re.compile(*key)
    try:
        from re import _compiler, _parser  # type: ignore[attr-defined]

        tree = _parser.parse(*key)
        names = " ".join(f"{name} {number}" for name, number in tree.state.groupdict.items())
        code = array("I", _compiler._code(tree, key[1])).tobytes()
    except Exception:  # another Python: patterns are compiled at every start
        return pattern
    if not _added:
        atexit.register(_write)
    if _BETWEEN not in key[0]:
        _added[key] = pattern.flags, tree.state.groups - 1, names, code
    return pattern


def _write() -> None:
    before = _read()
    whole = {
        key: (flags, groups, names, before.content[start : start + size])
        for key, (flags, groups, names, start, size) in before.told.items()
    }
    if len(whole) + len(_added) > _MOST:
        whole = {}
    whole.update(_added)
    numbers = array("I")
    for (_, asked), (flags, groups, _, code) in whole.items():
        numbers.extend((asked, flags, groups, len(code)))
    sources = _BETWEEN.join(source for source, _ in whole).encode(*_ENCODED)
    names = _BETWEEN.join(names for _, _, names, _ in whole.values()).encode(*_ENCODED)
    parts = (sources, names, numbers.tobytes())
    head = json.dumps([len(part) for part in parts]).encode() + b"\n"
    keep(_FILE, head + b"".join((*parts, *(code for _, _, _, code in whole.values()))))
