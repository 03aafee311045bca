"""Reads Chinese policy documents and gives every quantity as a record, with its place in the original.

    >>> import policyx
    >>> document = policyx.extract("2024年，全市高新技术企业达到2500家。")
    >>> record = document.records[0]
    >>> record.value, record.unit, record.year, record.status
    (Decimal('2500'), '家', 2024, 'actual')
    >>> document.original[record.start : record.end]
    '2500家'

`extract` takes text or a `pathlib.Path`, `extract_file` any path, `documents` files, folders and datasets;
`open_writer` writes documents to a file, `review` tallies a reviewed one; `clean` only repairs, `quantities` reads the
numbers, `explain` says why a record says what it says; `check` tells whether the figures of a document add up, `panel`
puts those of many documents by place and year, `track` tells what became of aims. Everything is imported when it is
first used.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from policyx._version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from policyx.check import check
    from policyx.check.finding import Finding
    from policyx.check.sentences import sentence_of
    from policyx.dataset import documents
    from policyx.errors import MissingExtraError, PolicyxError, ReadError, RuleError
    from policyx.export.explain import Explanation
    from policyx.export.files import DocumentWriter, open_writer
    from policyx.export.found import FoundQuantity
    from policyx.export.frames import pandas_frame, polars_frame
    from policyx.export.plain import record_dict
    from policyx.export.review import Tally, review
    from policyx.measure import measure
    from policyx.model import Baseline, Document, Edit, Period, Quantity, Record, SourceSpan, Span, Unit
    from policyx.panel import panel
    from policyx.report.write import report
    from policyx.rules import Rules, load_rules
    from policyx.text import RepairedText
    from policyx.track import track

_HOME = {
    "Baseline": "policyx.model",
    "Document": "policyx.model",
    "DocumentWriter": "policyx.export.files",
    "Edit": "policyx.model",
    "Explanation": "policyx.export.explain",
    "Finding": "policyx.check.finding",
    "FoundQuantity": "policyx.export.found",
    "MissingExtraError": "policyx.errors",
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
    "Tally": "policyx.export.review",
    "Unit": "policyx.model",
    "documents": "policyx.dataset",
    "load_rules": "policyx.rules",
    "open_writer": "policyx.export.files",
    "pandas_frame": "policyx.export.frames",
    "polars_frame": "policyx.export.frames",
    "record_dict": "policyx.export.plain",
    "review": "policyx.export.review",
    "sentence_of": "policyx.check.sentences",
}
# rooms that can be called like the function of their name
_ROOMS = frozenset(("check", "measure", "panel", "report", "track"))


__all__ = [
    "Baseline",
    "Document",
    "DocumentWriter",
    "Edit",
    "Explanation",
    "Finding",
    "FoundQuantity",
    "MissingExtraError",
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
    "Tally",
    "Unit",
    "__version__",
    "check",
    "clean",
    "documents",
    "explain",
    "extract",
    "extract_file",
    "load_rules",
    "measure",
    "open_writer",
    "pandas_frame",
    "panel",
    "polars_frame",
    "quantities",
    "record_dict",
    "report",
    "review",
    "sentence_of",
    "track",
]


def extract(
    text: str | Path,
    *,
    source: str = "-",
    title: str | None = None,
    date: str | None = None,
    place: str | None = None,
    rules: Rules | None = None,
    skip_repairs: Iterable[str] = (),
) -> Document:
    """Read every quantity of `text`. A `str` is always text, never a path; a `pathlib.Path` is the document to read, as
    with `extract_file`.

    `source` names a text in its records, and may tell its year as the name of a file does; a path names itself.
    `title`, `date` (ISO) and `place` override what the text says of itself; `rules` come from `load_rules`;
    `skip_repairs` names repairs to leave out.

    >>> document = extract("2024年，研发投入1.5亿元。", source="report.txt")
    >>> document
    <Document report.txt: without title, 1 record>
    >>> document.records[0].base_value, document.records[0].base_unit
    (Decimal('150000000'), '元')
    """
    from policyx.pipeline import Options, read_text

    _equip()
    if not isinstance(text, str):
        if source != "-":
            raise TypeError("a path names itself: source goes with text")
        return extract_file(text, title=title, date=date, place=place, rules=rules, skip_repairs=skip_repairs)
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
    `archive.zip!/inner/page.html`.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "report.txt")
    ...     count = path.write_bytes("2024年，研发投入1.5亿元。".encode("gb18030"))
    ...     extract_file(path).encoding
    'gb18030'
    """
    from policyx.pipeline import Options, read_source
    from policyx.read import read_file

    _equip()
    options = Options(title, date, place, frozenset(skip_repairs))
    return read_source(read_file(path, encoding), options=options, rules=rules)


def clean(text: str, *, rules: Rules | None = None, skip: Iterable[str] = ()) -> RepairedText:
    """Repair `text`: `.text` is the result, `.edits` say what was changed where, `.source` leads back.

    >>> repaired = clean("高新技術企業達到２５００家。")
    >>> repaired.text
    '高新技术企业达到2500家。'
    >>> repaired.source((8, 12))
    SourceSpan(start=8, end=12)
    """
    from policyx.repair import repair
    from policyx.rules import builtin_rules

    return repair(text, rules or builtin_rules(), skip=tuple(skip))


def quantities(text: str, *, rules: Rules | None = None) -> list[FoundQuantity]:
    """The numbers with units of `text`, with their places, and nothing of what they say about whom.

    >>> [(found.quote, found.bound, found.base_value) for found in quantities("投入约1.5亿元，新增5家")]
    [('1.5亿元', 'approx', Decimal('150000000')), ('5家', 'eq', Decimal('5'))]
    """
    from policyx.export.found import found_quantities
    from policyx.pipeline import read_quantities

    return found_quantities(*read_quantities(text, rules=rules))


def explain(document: Document, *, at: int | None = None, grep: str | None = None) -> list[Explanation]:
    """Why each record of `document` says what it says; with `at`, what covers that offset of the original, and with
    `grep` what has that text in its name, quote or sentence: then also why a number gave no record.

    >>> document = extract("2024年，全市高新技术企业达到2500家。")
    >>> [explanation.record.quote for explanation in explain(document)]
    ['2500家']
    >>> explain(document, grep="孵化器")
    []
    """
    from policyx.export.explain import explain as explained

    return explained(document, at, grep)


def _equip() -> None:
    """Give documents their methods for notebooks, which `model.py` cannot know of."""
    from policyx.export.notebook import equip

    equip()


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return import_module(f"policyx.{name}")
    if name in _HOME:
        if name in ("Document", "documents"):
            _equip()
        value = getattr(import_module(_HOME[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)  # not what is only imported here
