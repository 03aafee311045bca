"""Reads Chinese policy documents and gives every quantity as a record, with its place in the original.

    >>> import policyx
    >>> document = policyx.extract("全市高新技术企业达到2500家。")      # doctest: +SKIP
    >>> document.records[0].quantity.base_value                        # doctest: +SKIP
    Decimal('2500')

`extract` takes text, `extract_file` takes a path; `clean` only repairs, `quantities` only reads the numbers. Everything
is imported when it is first used.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from policyx._version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from policyx.errors import PolicyxError, ReadError, RuleError
    from policyx.export.found import FoundQuantity
    from policyx.export.plain import record_dict
    from policyx.model import Baseline, Document, Edit, Period, Quantity, Record, SourceSpan, Span, Unit
    from policyx.rules import Rules, load_rules
    from policyx.text import RepairedText

_HOME = {
    "Baseline": "policyx.model",
    "Document": "policyx.model",
    "Edit": "policyx.model",
    "FoundQuantity": "policyx.export.found",
    "Period": "policyx.model",
    "PolicyxError": "policyx.errors",
    "Quantity": "policyx.model",
    "ReadError": "policyx.errors",
    "Record": "policyx.model",
    "RepairedText": "policyx.text",
    "RuleError": "policyx.errors",
    "Rules": "policyx.rules",
    "SourceSpan": "policyx.model",
    "Span": "policyx.model",
    "Unit": "policyx.model",
    "load_rules": "policyx.rules",
    "record_dict": "policyx.export.plain",
}

__all__ = [
    "Baseline",
    "Document",
    "Edit",
    "FoundQuantity",
    "Period",
    "PolicyxError",
    "Quantity",
    "ReadError",
    "Record",
    "RepairedText",
    "RuleError",
    "Rules",
    "SourceSpan",
    "Span",
    "Unit",
    "__version__",
    "clean",
    "extract",
    "extract_file",
    "load_rules",
    "quantities",
    "record_dict",
]


def extract(
    text: str,
    *,
    source: str = "-",
    title: str | None = None,
    date: str | None = None,
    place: str | None = None,
    rules: Rules | None = None,
    skip_repairs: Iterable[str] = (),
) -> Document:
    """Read every quantity of `text`; always text, never a path.

    `title`, `date` (ISO) and `place` override what the text says of itself; `rules` come from `load_rules`;
    `skip_repairs` names repairs to leave out."""
    from policyx.pipeline import Options, read_text

    options = Options(title, date, place, frozenset(skip_repairs))
    return read_text(text, source=source, options=options, rules=rules)


def extract_file(
    path: str | Path,
    *,
    encoding: str | None = None,
    title: str | None = None,
    date: str | None = None,
    place: str | None = None,
    rules: Rules | None = None,
    skip_repairs: Iterable[str] = (),
) -> Document:
    """Read every quantity of the document at `path`. Raises ReadError where it cannot be read.

    `encoding` overrides detection; the other arguments are those of `extract`. A document inside an archive is
    `archive.zip!/inner/page.html`."""
    from policyx.pipeline import Options, read_source
    from policyx.read import read_file

    options = Options(title, date, place, frozenset(skip_repairs))
    return read_source(read_file(path, encoding), options=options, rules=rules)


def clean(text: str, *, rules: Rules | None = None, skip: Iterable[str] = ()) -> RepairedText:
    """Repair `text`: `.text` is the result, `.edits` say what was changed where, `.source` leads back."""
    from policyx.repair import repair
    from policyx.rules import builtin_rules

    return repair(text, rules or builtin_rules(), skip=tuple(skip))


def quantities(text: str, *, rules: Rules | None = None) -> list[FoundQuantity]:
    """The numbers with units of `text`, with their places, and nothing of what they say about whom."""
    from policyx.export.found import found_quantities
    from policyx.pipeline import read_quantities

    return found_quantities(*read_quantities(text, rules=rules))


def __getattr__(name: str) -> Any:
    if name in _HOME:
        value = getattr(import_module(_HOME[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
