"""Blanks inside the units of rows (硫酸 万 吨 709.8), in a text full of stray blanks: its lines in, the edits that take
them out.

The last pieces before a figure, or the first behind it, go together where they are a unit: the most that are one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from policyx.model import Edit
from policyx.patterns import compiled
from policyx.repair.lines import Lines
from policyx.repair.lookup import is_han
from policyx.rules import Rules

_PIECES = compiled("(?<![\u4e00-\u9fff])[\u4e00-\u9fff]+(?: [\u4e00-\u9fff]+)+")
_FIGURE_BEHIND = compiled(" -?[0-9]")
_MULTIPLIERS = "十百千万亿"
_MOST = 5  # pieces of a unit


@lru_cache(maxsize=4)
def _is_unit(rules: Rules) -> Callable[[str], bool]:
    known = frozenset(word for entry in rules.of("unit") for word in entry.get("words", ()) if is_han(word[0]))

    def is_unit(text: str) -> bool:
        multipliers = len(text) - len(text.lstrip(_MULTIPLIERS))
        return any(text[at:] in known for at in range(multipliers + 1))

    return is_unit


def unit_gaps(lines: Lines, rules: Rules, rule: str) -> list[Edit]:
    """The edits of a text."""
    edits: list[Edit] = []
    for number in range(len(lines.starts)):
        line = "" if lines.prose(number) else lines.line(number)
        for match in _PIECES.finditer(line):
            at = lines.starts[number] + match.start()
            behind = line[: match.start()].rstrip(" ")[-1:].isdigit()
            before = _FIGURE_BEHIND.match(line, match.end()) is not None
            for gap in _gaps(match[0], _is_unit(rules), behind=behind, before=before):
                edits.append(Edit(at + gap, at + gap + 1, "", (rule,)))
    return edits


def _gaps(text: str, is_unit: Callable[[str], bool], *, behind: bool, before: bool) -> Iterator[int]:
    """Where the blanks of a unit stand in the pieces `behind` a figure, or `before` one."""
    pieces = text.split(" ")
    for count in range(min(len(pieces), _MOST), 1, -1):
        if behind and is_unit("".join(pieces[:count])):
            end = len(" ".join(pieces[:count]))
            yield from (at for at in range(end) if text[at] == " ")
            return
        if before and is_unit("".join(pieces[-count:])):
            begin = len(text) - len(" ".join(pieces[-count:]))
            yield from (at for at in range(begin, len(text)) if text[at] == " ")
            return
