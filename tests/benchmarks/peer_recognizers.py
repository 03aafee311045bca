"""Recognizers-Text for Chinese: numbers, percentages, amounts of money, dimensions and times. Imported late."""

from __future__ import annotations

from collections.abc import Callable


def recognizers() -> Callable[[str], int]:
    """A function that counts what Recognizers-Text finds in a text. Raises ImportError where it is not installed.

    Temperatures and ages are left out, as these documents hold none; so are ordinal numbers."""
    import recognizers_suite as suite

    models = (
        suite.recognize_number,
        suite.recognize_percentage,
        suite.recognize_currency,
        suite.recognize_dimension,
        suite.recognize_datetime,
    )

    def count(text: str) -> int:
        return sum(len(recognize(text, suite.Culture.Chinese)) for recognize in models)

    return count
