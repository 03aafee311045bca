"""The lines of a head whose titles single blanks part in, its columns out: those of figures, and those that say what
the rows are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from policyx.patterns import compiled
from policyx.tables.cells import arabic_years, bracket_unit, holds_letters, year_of
from policyx.tables.fitting import fills
from policyx.tables.grid import Column, names_cells, read_column, tells_value
from policyx.tables.listing_names import Shape, with_names
from policyx.tables.listing_rows import LONE_DASH, MOST, ListedRows, fitting, parse, torn
from policyx.tables.naming import told, with_inherited_units
from policyx.tables.spans import paths_of_groups
from policyx.tables.titles import pieces_of
from policyx.tables.words import TableWords
from policyx.tuples import NamedTuple

_DIGIT = compiled(r"[0-9]")
_SENTENCE = compiled(r"[，。；;！？：:]")
_COLONS = "：:"
STOPS = "。；;！？：:"
HEAD_LINES = 3
_FIRST_ROWS = 4
_LONGEST_GROUP = 20
_WORDS = ("nature", "text")


class Head(NamedTuple):
    """How many lines a head has, the columns of figures that it names, and those that say what the rows are; what its
    rows hold besides."""

    size: int
    columns: tuple[Column, ...]
    others: tuple[Column, ...]
    shape: Shape


def head_at(lines: Sequence[str], at: int, words: TableWords) -> Head | None:
    """The head whose lines begin at `at`."""
    titles: list[str] = []
    numbers = classed = fits = False
    for size in range(1, HEAD_LINES + 1):
        line = lines[at + size - 1] if at + size <= len(lines) else ""
        head = line and line[-1] not in STOPS and not _states_unit(line, words)
        pieces = pieces_of(arabic_years(line, words)) if head else []
        if size == 1 and len(pieces) > 2:
            classed = read_column(pieces[:1], words).kind == "class"
            numbers = words.closes("head.serial", pieces[classed]) is not None
            pieces = [*pieces[:classed], *pieces[classed + numbers :]]
        numbered = words.pattern("pattern.table_number").match(line) is not None  # that is the caption
        known = all(_is_title(piece, words) for piece in pieces)
        fits = fits or (size == 1 and not known and _fits_below(lines[at + 1 : at + 1 + _FIRST_ROWS], pieces, words))
        if numbered or not pieces or not (known or (fits and size == 1)):
            break
        if titles and len(titles) == len(pieces) and all(words.closes("head.continues", title) for title in titles):
            titles = [title + piece for title, piece in zip(titles, pieces, strict=True)]
            pieces = []
        elif titles and (words.closes("head.continues", titles[-1]) or pieces[0].startswith(("（", "("))):
            titles[-1] += pieces.pop(0)
        titles += pieces
        behind = _behind(titles, words)
        naming = _naming(titles[: len(titles) - behind], words, first=fits)
        named = [title for title, names in zip(titles, naming, strict=False) if not names]
        first = at + size
        if words.pattern("pattern.group").match("".join(lines[first : first + 1]).strip("-* ")):
            first += 1  # behind the name of a group of rows
        first += torn(lines, first, len(named), words)
        shape = Shape(numbers, classed and sum(naming) > 1, behind)
        told = with_names(lines[first : first + _FIRST_ROWS], shape, words)
        below = next((row.line for row in told if not (row.taken or _names_group(row.line, words))), "")
        parsed = (fitting(below, len(named), words) or parse(below, words)) if below else None
        columns = with_inherited_units([read_column((title,), words, "value") for title in named], words)
        scopes = sum(words.equals("scope", title) is not None for title in named)
        half, over = divmod(len(named), 2)
        again = half > 1 and not over and named[:half] == named[half:]  # below titles that stand above them
        known = scopes > 1 or again or any(column.year or column.growth for column in columns)
        enough = len(titles) > 1 and (known or naming[0])
        if (
            parsed
            and enough
            and (len(parsed.values) <= len(named) or ListedRows(lines, first, columns, words).row(below))
        ):
            others = tuple(read_column((titles[place],), words) for place, names in enumerate(naming) if names)
            return Head(size, columns, others, shape)
    return None


def _names_group(line: str, words: TableWords) -> bool:
    """True for words that are no titles: 一 经济发展 above 1 农业产值 5.8 6."""
    pieces = pieces_of(line)
    plain = pieces and len(line) <= _LONGEST_GROUP and line[-1] not in STOPS and not _DIGIT.search(line)
    return bool(plain) and not any(_is_title(arabic_years(piece, words), words) for piece in pieces)


def _behind(titles: Sequence[str], words: TableWords) -> int:
    """How many titles of words (属性, 责任单位) stand behind the last one of figures."""
    count = 0
    while count < len(titles) and read_column((titles[-1 - count],), words).kind in _WORDS:
        count += 1
    return count if count < len(titles) else 0


def _naming(titles: Sequence[str], words: TableWords, *, first: bool) -> list[bool]:
    """For each title whether its column names the rows; behind the first of figures only 单位 does (水产品产量 其中：
    海水产品). `first`: the first one does, whatever it says."""
    found: list[bool] = []
    for title in titles:
        behind = (True, False) in pairwise(found) and words.equals("head.unit", title) is None
        found.append((first and not found) or (not behind and _names_rows(title, words)))
    return found


def below_titles(above: str, head: Head, words: TableWords) -> Head | None:
    """The head with the titles of the line above it, where that names the rows and its own line does not: 区县 产值
    产量 above 总量 增长% 总量 增长%; None where the titles stand above nobody knows which columns."""
    pieces = pieces_of(arabic_years(above, words)) if not head.others else []
    if len(pieces) <= 1 or _SENTENCE.search(above) or _DIGIT.search(above):
        return head
    named = names_cells(pieces[0], words)
    naming = [piece for at, piece in enumerate(pieces) if not at or _names_rows(piece, words)]
    paths = None if named else paths_of_groups(pieces, head.columns, words)
    naming = [] if paths else naming  # 绝对额 增长% above 4季度 1-4季度 4季度 1-4季度
    paths = paths or paths_of_groups([piece for piece in pieces if piece not in naming], head.columns, words)
    if paths is None:
        return None if named else head
    columns = with_inherited_units([read_column(path, words, "value") for path in paths], words)
    return head._replace(columns=columns, others=tuple(read_column((title,), words) for title in naming))


def _states_unit(line: str, words: TableWords) -> bool:
    """True for 单位：亿元, and none of the head 单位 本月 累计."""
    plain = line.lstrip("（(-•· ").replace(" ", "")
    hit = words.opens("head.unit", plain)
    return hit is not None and (plain[len(hit.word) :][:1] in _COLONS or len(line.split()) == 1)


def _fits_below(below: Sequence[str], pieces: list[str], words: TableWords) -> bool:
    """True where two lines below have a name under the first title and a figure under each other one but 单位."""
    width = sum(not _names_rows(piece, words) for piece in pieces[1:])
    others = pieces[1:] if width > 1 else []  # 航线 票价（元） 里程（公里）, 机构 存款余额 比年初增减
    told_all = bool(others) and all(bracket_unit(piece, words) or _is_value(piece, words) for piece in others)
    named = 0
    for line in filter(None, below):
        rows = (parse(line, words, most, apart=LONE_DASH in line) for most in (width, MOST))
        told = [row for row in rows if row and (holds_letters(row.name) or year_of(row.name, words, bare=True))]
        named += any(fills([line[slice(*value)] for value in row.values], width) for row in told)
    return named > 1 and (told_all or _names_rows(pieces[0], words))


def _is_title(piece: str, words: TableWords) -> bool:
    return _is_value(piece, words) or _names_rows(piece, words) or piece.startswith(("（", "("))


def _is_value(piece: str, words: TableWords) -> bool:
    """True for the title of a column of figures."""
    known = words.equals("scope", piece) or words.closes("quantity", piece) or bracket_unit(piece, words)
    timed = holds_letters(piece) and not (told(piece, words) or names_cells(piece, words))  # 本月, 1-本月
    changed = words.within("growth", piece) or words.within("change", piece)
    return known is not None or timed or changed is not None or tells_value(piece, words)


def _names_rows(piece: str, words: TableWords) -> bool:
    if words.equals("head.unit", piece) or words.equals("head.place", piece):
        return True
    return words.within("head.name", piece) is not None and not _is_value(piece, words) and len(piece) <= 8
