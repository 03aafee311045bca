"""A file in which people have judged or annotated quantities goes in, what they said of each goes out.

Known are a workbook of `policyx extract`, a reviewed report or the verdicts that it saves, and the exports of Label
Studio and doccano."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from policyx.errors import ReadError
from policyx.export.labels import LANGUAGES, code_of, head_of
from policyx.export.plain import Plain

_SCRIPT = re.compile(r'<script type="application/json" id="([\w-]+)">(.*?)</script>', re.DOTALL)  # of a report's page
_CODES = ("measure", "status", "verdict")
_TAKEN = ("source", "start", "end", "quote", "name", "indicator", "base_value", "base_value_max", "base_unit", "bound",
          "measure", "status", "year", "verdict")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """One quantity and what people said of it. `source` names its document; `text` is the document's where the file
    holds it. `verdict` is one of VERDICTS, None where nobody judged. `fields` are what was judged, or annotated, by the
    keys of records; of a quantity that was annotated by hand its value is not among them."""

    source: str
    start: int
    end: int
    quote: str
    verdict: str | None
    fields: Plain = field(default_factory=dict)
    text: str | None = None


def judged_in(path: str | Path) -> list[Judged]:
    """What people said in the file. Raises ReadError where it cannot be read or is of no known kind."""
    name = str(path)
    try:
        if name.lower().endswith((".xlsx", ".xlsm")):
            return list(_of_workbook(Path(path)))
        text = Path(path).read_text(encoding="utf-8-sig")
        if text.lstrip().startswith("<"):
            return list(_of_page(text))
        items = _items(text)
        return list(_reader(items)(items))
    except FileNotFoundError:
        raise ReadError(name, "does not exist") from None
    except OSError as error:
        raise ReadError(name, f"cannot be read: {error.strerror or error}") from None
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        known = "a workbook, a report's verdicts, Label Studio, doccano"
        raise ReadError(name, f"holds no verdicts and no annotations that are known ({known})") from None


def _items(text: str) -> Any:
    """JSON, or JSON Lines."""
    try:
        return json.loads(text)
    except ValueError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]


def _reader(items: Any) -> Callable[[Any], Iterator[Judged]]:
    """What reads such items: told by the keys that they have."""
    if isinstance(items, dict) and "verdicts" in items:
        return _of_report
    first = items[0] if isinstance(items, list) and items else items
    if "annotations" in first:
        return lambda found: _of_label_studio(found if isinstance(found, list) else [found])
    if "text" in first and ("label" in first or "labels" in first or "entities" in first):
        return lambda found: _of_doccano(found if isinstance(found, list) else [found])
    raise KeyError("no such keys")


def _of_workbook(path: Path) -> Iterator[Judged]:
    """The rows of the sheets that have a column for verdicts, also where they were moved or sorted."""
    from policyx.export.review import sheets

    keys = {head_of(key, lang): key for lang in LANGUAGES for key in _TAKEN}
    found = False
    for _, rows in sheets(path):
        heads = [keys.get(str(head)) for head in next(rows, ())]
        if not {"verdict", "source", "start", "end", "quote"} <= set(heads):
            continue
        found = True
        for row in rows:
            told = {key: value for key, value in zip(heads, row, strict=False) if key is not None}
            if told.get("quote"):
                yield _of_row({key: _plain_cell(key, value) for key, value in told.items()})
    if not found:
        heads_known = ", ".join(head_of(key, lang) for lang in LANGUAGES for key in ("verdict", "start", "quote"))
        raise ReadError(str(path), f"no sheet has the columns {heads_known}; is it one that policyx wrote?")


def _plain_cell(key: str, value: Any) -> Any:
    if isinstance(value, str) and key in _CODES:
        return code_of(key, value)
    return value


def _of_row(row: Plain) -> Judged:
    told = {key: row[key] for key in row if key not in ("source", "start", "end", "quote", "verdict")}
    return Judged(str(row["source"]), int(row["start"]), int(row["end"]), str(row["quote"]), row["verdict"], told)


def _of_report(saved: Any) -> Iterator[Judged]:
    for one in saved["verdicts"]:
        told = {key: one[key] for key in ("name", "indicator") if key in one}
        yield Judged(one["source"], one["start"], one["end"], one["quote"], one["verdict"], told)


def _of_page(page: str) -> Iterator[Judged]:
    """The verdicts that a copy of a report's page holds."""
    held = {name: json.loads(text) for name, text in _SCRIPT.findall(page)}
    columns, documents = held["data"]["columns"], held["data"]["documents"]

    def cell(name: str, record: int) -> Any:
        column = columns[name]
        return column["values"][column["codes"][record]] if isinstance(column, dict) else column[record]

    for record, verdict in sorted((int(number), verdict) for number, verdict in held["verdicts"].items()):
        number, at, long = (cell(name, record) for name in ("document", "at", "long"))
        start = at + cell("moved", record)
        told = {key: cell(key, record) for key in ("name", "indicator", "measure", "status", "year")}
        quote = held[f"text-{number}"]["text"][at : at + long]
        yield Judged(documents[number]["source"], start, start + long, quote, verdict, told)


def _of_label_studio(tasks: list[Any]) -> Iterator[Judged]:
    """The regions of the last annotation of each task; texts and numbers that belong to a region are its name and
    year."""
    for task in tasks:
        text = task["data"]["text"]
        source = task["data"].get("source") or str(task.get("id", "-"))
        done = [one for one in task["annotations"] if not one.get("was_cancelled")]
        regions: dict[str, Plain] = {}
        for result in done[-1]["result"] if done else ():
            regions.setdefault(result["id"], {})[result["from_name"]] = result["value"]
        for values in regions.values():
            if "status" in values:
                place = values["status"]
                told: Plain = {"status": _status(place["labels"][0])}
                if values.get("name"):
                    told["name"] = values["name"]["text"][0]
                if values.get("year"):
                    told["year"] = int(values["year"]["number"])
                quote = text[place["start"] : place["end"]]
                yield Judged(source, place["start"], place["end"], quote, "right", told, text)


def _of_doccano(documents: list[Any]) -> Iterator[Judged]:
    for number, one in enumerate(documents, 1):
        text, source = one["text"], str(one.get("source") or one.get("id", number))
        for start, end, label in _doccano_spans(one):
            yield Judged(source, start, end, text[start:end], "right", {"status": _status(label)}, text)


def _doccano_spans(one: Plain) -> Iterator[tuple[int, int, str]]:
    for entity in one.get("entities", ()):
        yield entity["start_offset"], entity["end_offset"], entity["label"]
    yield from one.get("label") or one.get("labels") or ()


def _status(label: str) -> str:
    code = code_of("status", label)
    if code is None:
        raise ValueError(label)
    return code
