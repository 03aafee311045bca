"""The lines of a table that single blanks part in, the same lines out, each name that was broken over several put
together where its figures stand.

设施渔业产值占渔业 / 32.1 45 / 总产值比重（%）: a line of figures lacks its name, and the words alone above and below it
are the parts. Where rows are numbered, the number shows where a name begins."""

from __future__ import annotations

from collections.abc import Sequence

from policyx.patterns import compiled
from policyx.tables.cells import bracket_unit, holds_letters, is_figure, read_unit
from policyx.tables.listing_rows import without_class, without_tail
from policyx.tables.words import TableWords
from policyx.tuples import NamedTuple

_SERIAL = compiled(r"^\s*([0-9]{1,3})(?:[.、](?![0-9])|(?= ))")
_FIGURE = compiled(r" [^ ]*[0-9—–-][^ ]*")
_DIGIT = compiled(r"[0-9]")
_STOPS = "。；;！？：:，"
_LONGEST = 24


class Shape(NamedTuple):
    """What rows hold besides name, unit and figures: whether each opens with its number, whether rows open with a class
    before that or their name, and how many columns of words stand behind the figures."""

    numbers: bool
    classed: bool
    behind: int


class Told(NamedTuple):
    """A line as a row of the table; how much further right its figures stand than in the text; whether it was a part of
    another one's name."""

    line: str
    shift: int = 0
    taken: bool = False


class _Lines(NamedTuple):
    """Lines without their numbers, and which had one."""

    lines: Sequence[str]
    numbered: Sequence[bool]
    words: TableWords

    def part(self, at: int, *, numbered: bool | None = None) -> bool:
        """True for a line of one word, which may be the part of a name; `numbered`: with or without a number."""
        line = self.lines[at].strip() if at < len(self.lines) else ""
        plain = 1 < len(line) <= _LONGEST and " " not in line and not _DIGIT.search(line) and line[-1] not in _STOPS
        return plain and holds_letters(line) and numbered in (None, self.numbered[at])

    def bare(self, at: int) -> bool:
        """True for a line of figures without a name; a unit may open it."""
        tokens = self.lines[at].split() if at < len(self.lines) else []
        tokens = tokens[1:] if tokens and not _DIGIT.search(tokens[0]) and read_unit(tokens[0], self.words) else tokens
        return len(tokens) > 1 and all(is_figure(token, self.words) for token in tokens)


def with_names(lines: Sequence[str], shape: Shape, words: TableWords) -> list[Told]:
    """The lines as rows of this shape: a name, perhaps a unit, and figures."""
    numbers = shape.numbers
    lines = [without_class(line, words, numbers=numbers) for line in lines] if shape.classed else lines
    lines = [without_tail(line, shape.behind, words) for line in lines]
    numbered = _numbered(lines) if numbers else [False] * len(lines)
    told = zip(lines, numbered, strict=True)
    plain = [_SERIAL.sub(lambda number: " " * len(number[0]), line) if counted else line for line, counted in told]
    page = _Lines(plain, numbered, words)
    out = [Told(line) for line in plain]
    for at, line in enumerate(plain):
        above, below = _parts_of(page, at) if _DIGIT.search(line) else ("", "")
        above = "" if above and out[at - 1].taken else above
        if above or below:
            out[at] = _whole(line, above, below, words) if not page.bare(at) else _named(line, above + below)
            out[at - 1] = out[at - 1]._replace(taken=out[at - 1].taken or bool(above))
            if below:
                out[at + 1] = out[at + 1]._replace(taken=True)
    return out


def _numbered(lines: Sequence[str]) -> list[bool]:
    """Which lines open with their number; one without words only where it is the next (2 32.1 45 below 1 养殖面积)."""
    found, last = [], 0
    for line in lines:
        number = _SERIAL.match(line)
        counts = number is not None and (holds_letters(line) or int(number[1]) == last + 1)
        last = int(number[1]) if number and counts else last
        found.append(counts)
    return found


def _parts_of(page: _Lines, at: int) -> tuple[str, str]:
    """The parts of the name of a row that stand above and below it."""
    words, bare, numbered = page.words, page.bare(at), page.numbered[at]
    above = below = ""
    if page.part(at - 1, numbered=not bare or (None if not numbered else False)):
        above = page.lines[at - 1].strip()
    if (bare or numbered) and page.part(at + 1, numbered=False) and not page.bare(at + 2):
        below = page.lines[at + 1].strip()
    if bracket_unit(above, words) or (not bare and not _ends_name(page.lines[at], below, words)):
        below = ""
    return above if bare or not numbered else "", below


def _ends_name(row: str, part: str, words: TableWords) -> bool:
    """True for words below a row that end its name: 总产值比重（%）; not for the name of a group."""
    return bool(bracket_unit(part, words) or words.closes("rate", part)) and not bracket_unit(row, words)


def _named(figures: str, name: str) -> Told:
    plain = figures.lstrip()
    return Told(f"{name} {plain}", len(name) + 1 - (len(figures) - len(plain)))


def _whole(line: str, above: str, below: str, words: TableWords) -> Told:
    """A row with the rest of its name: before it, or between what it has of it and its unit or figures."""
    plain = line.lstrip()
    figure = _FIGURE.search(plain)
    end = figure.start() if figure else len(plain)
    name, _, unit = plain[:end].rpartition(" ")
    end = len(name) if name and read_unit(unit, words) else end
    return Told(f"{above}{plain[:end]}{below}{plain[end:]}", len(above + below) - (len(line) - len(plain)))
