"""Titles that a wide blank sets apart from the paragraph that they open: 农业　全年粮食总产量……, line after line."""

from __future__ import annotations

from collections.abc import Sequence

from policyx.linecells import Line
from policyx.patterns import compiled

_TITLED = compiled(
    r"([\u4e00-\u9fff][\u4e00-\u9fff、]{1,9})(?:\u3000{1,2}| {2,4})(?=[\u4e00-\u9fff0-9])(?=[^\u3000]{20})"
    r"[^\t|]*[。；]$"
)
_FEWEST = 3  # in one text: a single line may have been torn


def spaced_titles(lines: Sequence[Line]) -> dict[int, int]:
    """By the number of a line the length of the title that opens it."""
    found = {at: len(title[1]) for at, line in enumerate(lines) if (title := _TITLED.match(line.text))}
    titles = {lines[at].text[:size] for at, size in found.items()}
    return found if len(titles) >= _FEWEST and len(titles) == len(found) else {}
