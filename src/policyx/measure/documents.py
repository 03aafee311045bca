"""A file of gold goes in, the score of each of its documents comes out: how well policyx reads them now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from policyx.errors import ReadError
from policyx.export.plain import record_dict
from policyx.measure.gold import gold_items, gold_line, one_of
from policyx.measure.score import Outcome, figures, score_document
from policyx.pipeline import read_source
from policyx.read import Source, read_file
from policyx.rules import Rules, builtin_rules


@dataclass(frozen=True, slots=True)
class Measured:
    """What was counted in each document, by its source, and what could not be measured, and why."""

    documents: Mapping[str, Outcome]
    problems: tuple[ReadError, ...] = field(default=())

    def total(self) -> dict[str, float]:
        """The figures of all documents together; each record weighs the same."""
        return figures(sum((outcome.tally for outcome in self.documents.values()), Counter()))


def measure(path: str | Path, *, rules: Rules | None = None) -> Measured:
    """Score what policyx reads now against the gold at `path`, as `policyx review --as-gold` writes it: lines of JSON,
    each with the `source` of its document, which is looked for as it is given, or else beside the gold.

    Raises ReadError where the gold cannot be read.

    >>> import json
    >>> from tempfile import TemporaryDirectory
    >>> line = {"source": "a.txt", "quote": "2500家", "value": 2500, "unit": "家", "year": 2024}
    >>> with TemporaryDirectory() as folder:
    ...     count = Path(folder, "a.txt").write_text("2024年，高新技术企业达到2500家。", encoding="utf-8")
    ...     count = Path(folder, "gold.jsonl").write_text(json.dumps(line), encoding="utf-8")
    ...     measured = measure(Path(folder, "gold.jsonl"))
    >>> measured.total()["record_f1"]
    1.0
    """
    by_source = _by_source(Path(path))
    core = frozenset(str(item["id"]) for items in by_source.values() for _, item in items if item.get("id"))
    outcomes: dict[str, Outcome] = {}
    problems: list[ReadError] = []
    for source, items in by_source.items():
        try:
            read = _read(source, Path(path).parent)
            gold = [gold_line(f"{path}:{number}", number, item, read.text) for number, item in items]
        except ReadError as error:
            problems.append(error)
            continue
        except ValueError as error:
            problems.append(ReadError(source, str(error)))
            continue
        document = read_source(read, rules=rules or builtin_rules())
        outcomes[source] = score_document([record_dict(record) for record in document.records], gold, core)
    return Measured(outcomes, tuple(problems))


def _by_source(path: Path) -> dict[str, list[tuple[int, dict[str, Any]]]]:
    found: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    try:
        for number, item in gold_items(path):
            one_of(item["value"]), one_of(item["unit"]), item["quote"]  # a line without these is no gold
            found.setdefault(item["source"], []).append((number, item))
    except FileNotFoundError:
        raise ReadError(str(path), "does not exist") from None
    except OSError as error:
        raise ReadError(str(path), f"cannot be read: {error.strerror or error}") from None
    except (KeyError, TypeError, ValueError) as error:
        raise ReadError(str(path), f"is no file of gold: {error or type(error).__name__}") from None
    return found


def _read(source: str, beside: Path) -> Source:
    """The document, as it is named or beside the gold."""
    if not Path(source).exists() and (beside / source).exists():
        return read_file(beside / source)
    return read_file(source)
