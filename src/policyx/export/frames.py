"""Documents go in, a pandas or polars frame of their records comes out, with the columns of CSV and a type for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Context, Decimal
from typing import TYPE_CHECKING, Any

from policyx.export.dataset import DIGITS, FLAT_COLUMNS, PLACES, decimal_or_none
from policyx.export.flat import flat_dict
from policyx.export.numbers import number_text
from policyx.export.registry import require
from policyx.model import Document, Number

if TYPE_CHECKING:
    import pandas
    import polars


_LAST_PLACE, _ROOM = Decimal(1).scaleb(-PLACES), Context(prec=DIGITS)


def pandas_frame(documents: Iterable[Document], *, floats: bool = False) -> pandas.DataFrame:
    """The records of all documents. Numbers are Decimal objects, or with `floats` floats; whole numbers are Int64,
    which has room for what is not known; dates are ISO text, as pandas has none without a time.

    >>> import policyx
    >>> frame = pandas_frame([policyx.extract("2024年，研发投入1.5亿元。")])
    >>> frame[["year", "base_value", "base_unit"]].values.tolist()
    [[2024, Decimal('150000000'), '元']]
    """
    require("to_pandas", "pandas", "pandas")
    import pandas

    kinds = {"integer": "Int64", "number": "float64" if floats else "object", "float": "float64"}
    columns = _columns(documents, float if floats else _exact)
    return pandas.DataFrame(
        {name: pandas.Series(columns[name], dtype=kinds.get(kind, "str")) for name, kind in FLAT_COLUMNS}
    )


def polars_frame(documents: Iterable[Document]) -> polars.DataFrame:
    """The records of all documents. Numbers are decimals with 15 places, null where those do not hold them exactly.

    >>> import policyx
    >>> polars_frame([policyx.extract("2024年，研发投入1.5亿元。")])["base_unit"].to_list()
    ['元']
    """
    require("to_polars", "polars", "polars")
    import polars

    types: dict[str, Any] = {
        "integer": polars.Int64, "number": polars.Decimal(DIGITS, PLACES), "float": polars.Float64,
    }  # fmt: skip
    columns = _columns(documents, _with_all_places)
    frame = polars.DataFrame(columns, {column.name: types.get(column.kind, polars.String) for column in FLAT_COLUMNS})
    dates = [polars.col(column.name).str.to_date(strict=False) for column in FLAT_COLUMNS if column.kind == "date"]
    return frame.with_columns(dates)


def _columns(documents: Iterable[Document], number: Callable[[Number], Any]) -> dict[str, list[Any]]:
    rows = [flat_dict(record) for document in documents for record in document.records]
    converted: dict[str, Callable[[Number], Any]] = {"number": number, "float": float}
    columns: dict[str, list[Any]] = {}
    for name, kind in FLAT_COLUMNS:
        cells = [row[name] for row in rows]
        convert = converted.get(kind)
        columns[name] = [None if cell is None else convert(cell) for cell in cells] if convert else cells
    return columns


def _with_all_places(value: Number) -> Decimal | None:
    """The number as the column holds it: some versions of polars refuse decimals with fewer places."""
    decimal = decimal_or_none(value)
    return None if decimal is None else decimal.quantize(_LAST_PLACE, context=_ROOM)


def _exact(value: Number) -> Decimal:
    return Decimal(number_text(value))
