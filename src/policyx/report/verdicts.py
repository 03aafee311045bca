"""A reviewer's verdicts from the report go in, their tally comes out: from the file of verdicts that the page gives, or
from a copy of the page with the verdicts in it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from policyx.errors import ReadError
from policyx.export.labels import VERDICTS
from policyx.export.review import Count, Tally

_SCRIPT = re.compile(r'<script type="application/json" id="(data|verdicts)">(.*?)</script>', re.DOTALL)


def tally_of(path: str | Path) -> Tally:
    """Count the verdicts in a file, overall and by indicator.

    Raises ReadError where it cannot be read or holds no verdicts."""
    try:
        text = Path(path).read_text(encoding="utf-8")
        found = _of_page(text) if text.lstrip().startswith("<") else _of_file(json.loads(text))
    except FileNotFoundError:
        raise ReadError(str(path), "does not exist") from None
    except OSError as error:
        raise ReadError(str(path), f"cannot be read: {error.strerror or error}") from None
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        raise ReadError(str(path), "holds no verdicts of a report") from None
    return found


def _of_file(saved: Mapping[str, Any]) -> Tally:
    return _tally(saved["labels"], ((one["label"], one["verdict"]) for one in saved["verdicts"]))


def _of_page(page: str) -> Tally:
    held = {name: json.loads(text) for name, text in _SCRIPT.findall(page)}
    column = held["data"]["columns"]["label"]
    labels = [column["values"][code] for code in column["codes"]]
    return _tally(
        Counter(label or "" for label in labels),
        ((labels[int(number)], verdict) for number, verdict in held["verdicts"].items()),
    )


def _tally(labels: Mapping[str, int], judged: Iterable[tuple[str | None, str]]) -> Tally:
    """The tally of records by label (empty for none) and of verdicts with the label of their record."""
    tally = Tally()
    for label, count in labels.items():
        tally.indicators[label or None] = Count(count)
        tally.total.records += count
    for number, (name, verdict) in enumerate(judged, 1):
        if verdict not in VERDICTS:
            tally.problems.append(f"verdict {number}: {verdict!r} is no verdict; known are {', '.join(VERDICTS)}")
            continue
        tally.total.verdicts[verdict] += 1
        tally.indicators[name or None].verdicts[verdict] += 1
    return tally
