"""Row segments in, the lines of a table out: the text of their cells, how far they are set in, and whether a line holds
no more than one text. Rulers, the cells of lost tabs and columns of English are left out."""

from __future__ import annotations

from collections.abc import Sequence

from policyx.model import Segment, Span
from policyx.patterns import compiled
from policyx.tables.cells import cell_text, is_figure, is_year, read_unit, written_text
from policyx.tables.words import TableWords
from policyx.tuples import NamedTuple

_RULER = compiled(r"[\s|:\-—–]*$")
_GLOSS = compiled(r"[(（]?[0-9\s]*[A-Za-z][A-Za-z\s,.&'#:/()-]{2,}[)）]?")
_HAN = compiled(r"[\u4e00-\u9fff]")
_LEAST = 3


class Line(NamedTuple):
    """A row's segment with the text of its cells, and how far its first cell is set in. `written`: the cells as they
    are written, with brackets that are open."""

    segment: Segment
    spans: tuple[Span, ...]
    cells: tuple[str, ...]
    indent: int = 0
    written: tuple[str, ...] = ()

    @property
    def merged(self) -> str:
        """The one text of a line that holds no other: in its first cells, or merged over all."""
        texts = {cell for cell in self.cells if cell}
        return texts.pop() if len(texts) == 1 and any(self.cells[:2]) else ""

    def has_figures(self, words: TableWords) -> bool:
        """True where a cell behind the first one is a figure, and no year."""
        return any(is_figure(cell, words) and not is_year(cell, words) for cell in self.cells[1:])


def read_lines(text: str, segments: Sequence[Segment], words: TableWords) -> list[Line]:
    """The rows without rulers; where tabs stand in numbers that no table explains, without the empty cells."""
    lines = []
    for segment in segments:
        if _RULER.match(text[segment.span.start : segment.span.end]):
            continue
        begin = text.rfind("\n", 0, segment.span.start) + 1
        lost = text.count("\t", begin, segment.span.start)
        spans = (Span(segment.span.start, segment.span.start),) * lost + segment.cells
        cells, written = (tuple(read(text, span) for span in spans) for read in (cell_text, written_text))
        first = next((span for span in spans if span.end > span.start), None)
        lines.append(Line(segment, spans, cells, indent(text, first), written))
    tabbed = any("\t" in text[line.segment.span.start : line.segment.span.end] for line in lines)
    if tabbed and len({len(line.cells) for line in lines if line.has_figures(words)}) > 2:
        lines = [_without_empty(line) for line in lines]
    return _without_glosses(lines, words)


def indent(text: str, first: Span | None) -> int:
    """How far a row whose first cell this is is set in; wide blanks count twice."""
    at = first.start if first else 0
    while at > 0 and text[at - 1] in " \u3000\xa0":
        at -= 1
    return sum(2 if character == "\u3000" else 1 for character in text[at : first.start]) if first else 0


def _without_empty(line: Line) -> Line:
    kept = [(span, cell) for span, cell in zip(line.spans, line.cells, strict=True) if cell]
    return line._replace(spans=tuple(span for span, _ in kept), cells=tuple(cell for _, cell in kept))


def _without_glosses(lines: list[Line], words: TableWords) -> list[Line]:
    """The lines without the cells of columns that say in English what the column to their left says (项目 | item)."""
    width = max((len(line.cells) for line in lines), default=0)
    glosses = [index for index in range(1, width) if _is_gloss(lines, index, words)]
    if not glosses:
        return lines
    return [
        line._replace(cells=tuple("" if index in glosses else cell for index, cell in enumerate(line.cells)))
        for line in lines
    ]


def _is_gloss(lines: list[Line], index: int, words: TableWords) -> bool:
    pairs = [line.cells[index - 1 : index + 1] for line in lines if len(line.cells) > index and line.cells[index]]
    english = all(_GLOSS.fullmatch(cell) and not read_unit(cell, words) for _, cell in pairs)
    return len(pairs) >= _LEAST and english and all(_HAN.search(left) for left, _ in pairs)
