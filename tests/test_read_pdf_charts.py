"""Charts in PDF documents: their labels are left out, and what only looks like a chart keeps its text."""

from __future__ import annotations

import math

import pytest

from policyx.read import Source, read_bytes
from tests.pdf_maker import Area, Item, Path, Rule, Text, lines, pdf

BEFORE = "全县坚持稳中求进，推动科技创新和产业创新深度融合，全年新增高新技术企业21家，总数达到138家，见下图。"
AFTER = "数据来源：山阳县科技局。"
YEARS = ("2021", "2022", "2023", "2024")
VALUES = (62, 88, 117, 138)


def read(*items: Item) -> Source:
    """A page with a text above and a text below."""
    return read_bytes(pdf([[*lines(BEFORE, 80), *items, *lines(AFTER, 560)]]), "a.pdf")


def axes() -> list[Item]:
    """An axis at the bottom with years, one at the left with figures, and level lines."""
    made: list[Item] = [Rule(120, 400 - 50 * step, 440, 400 - 50 * step) for step in range(4)]
    made += [Rule(120, 250, 120, 400)]
    made += [Text(95, 394 - 50 * step, str(50 * step), 10) for step in range(4)]
    return made + [Text(150 + 75 * n, 406, year, 10) for n, year in enumerate(YEARS)]


def columns() -> list[Item]:
    """A chart of columns with their values above."""
    made = axes()
    for n, value in enumerate(VALUES):
        x = 150 + 75 * n
        made += [Area(((x, 400), (x + 30, 400), (x + 30, 400 - value), (x, 400 - value)))]
        made += [Text(x + 5, 388 - value, str(value), 10)]
    return made


def curve() -> list[Item]:
    """A chart of one line through the values."""
    return [*axes(), Path(tuple((165.0 + 75 * n, 400.0 - value) for n, value in enumerate(VALUES)))]


def wedge(start: float, end: float, x: float = 280, y: float = 320, radius: float = 80) -> Area:
    """A piece of a pie, as one curve from its middle and one back."""
    a, b = (
        (x + radius * math.cos(start), y + radius * math.sin(start)),
        (
            x + radius * math.cos(end),
            y + radius * math.sin(end),
        ),
    )
    out = ((2 * a[0] + b[0]) / 3 + 9, (2 * a[1] + b[1]) / 3), ((a[0] + 2 * b[0]) / 3 + 9, (a[1] + 2 * b[1]) / 3)
    return Area(((x, y), (x, y), a, a, *out, b), curved=True)


def pie() -> list[Item]:
    """A chart of three wedges with their shares."""
    turn = 2 * math.pi / 3
    made: list[Item] = [wedge(turn * n, turn * (n + 1)) for n in range(3)]
    return [*made, Text(300, 350, "42%", 10), Text(220, 340, "35%", 10), Text(290, 270, "23%", 10)]


@pytest.mark.parametrize("chart", [columns, curve, pie], ids=["columns", "curve", "pie"])
def test_labels_of_charts_are_left_out(chart: object) -> None:
    """A note says so; the text around stays."""
    source = read(*chart())  # type: ignore[operator]
    assert source.text.splitlines() == [BEFORE, AFTER]
    assert source.notes == ("page 1: labels of a chart, left out",)


def test_sentences_beside_a_chart_stay() -> None:
    """A caption or a remark is longer than a label, or ends like a sentence."""
    remark = "四年间高新技术企业数量增加了一倍以上。"
    assert remark in read(*columns(), Text(150, 230, remark, 10)).text


def test_shaded_cells_are_no_chart() -> None:
    """Rows of different width, shaded in turn, with figures on them."""
    rows: list[Item] = []
    for n, (year, value) in enumerate(zip(YEARS, VALUES, strict=True)):
        y = 300 + 20 * n
        rows += [Area(((100, y), (300 + 20 * n, y), (300 + 20 * n, y + 18), (100, y + 18)), grey=0.9)]
        rows += [Text(110, y + 3, year, 11), Text(220, y + 3, f"{value}家", 11)]
    text = read(*rows).text
    assert all(f"{year}  {value}家" in text for year, value in zip(YEARS, VALUES, strict=True))


def test_a_seal_over_a_signature_is_no_chart() -> None:
    """It is a ring and a star of curves, with the name and the date on it."""
    ring: list[Item] = [
        Path(tuple((400 + 55 * math.cos(t / 10), 480 + 55 * math.sin(t / 10)) for t in range(64))),
        wedge(0, 2, 400, 480, 20),
    ]
    text = read(*ring, Text(360, 465, "山阳县科技局"), Text(360, 495, "2025年3月4日")).text
    assert "山阳县科技局" in text and "2025年3月4日" in text
