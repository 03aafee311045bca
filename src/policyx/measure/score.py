"""Records and gold go in, counts come out: how many of the right records were found, and how well they were read.

A record answers a line of gold when their spans overlap and value and unit agree; each answers at most one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from policyx.measure.gold import Gold

FIELDS = ("name", "indicator", "measure", "status", "bound", "year")
_SAME_UNIT = {"名": "人", "位": "人", "個": "个", "間": "间", "㎡": "平方米", "％": "%"}

Plain = Mapping[str, Any]


class Outcome(NamedTuple):
    """The counts of one document, and a line of text for each miss, wrong field and extra record.

    Counted are `gold` (the lines that have to be found), `found` of them, `extra` records that answer nothing, `whole`
    records with every field right, and the right ones of each field under its name."""

    tally: Counter[str]
    remarks: list[str]


def figures(tally: Counter[str]) -> dict[str, float]:
    """Precision, recall, the two F1, and the accuracy of each field among the lines that were found."""
    predicted = tally["found"] + tally["extra"]
    result = {
        "precision": _ratio(tally["found"], predicted),
        "recall": _ratio(tally["found"], tally["gold"]),
        "quantity_f1": _ratio(2 * tally["found"], tally["gold"] + predicted),
        "record_f1": _ratio(2 * tally["whole"], tally["gold"] + predicted),
    }
    return result | {f"{field}_accuracy": _ratio(tally[field], tally["found"]) for field in FIELDS}


def paired(records: Sequence[Plain], gold: Sequence[Gold], core: frozenset[str]) -> list[tuple[Plain, Gold]]:
    """Pair records with the gold lines that they answer. Gold goes first come, first served; of several records that
    would do, the one with most right fields is taken, so that the members of a list pair up as they should."""
    free = list(records)
    pairs = []
    for item in gold:
        fitting = [record for record in free if answers(record, item)]
        if fitting:
            best = max(fitting, key=lambda record: sum(is_right(field, record, item, core) for field in FIELDS))
            del free[next(place for place, record in enumerate(free) if record is best)]
            pairs.append((best, item))
    return pairs


def score_document(records: Sequence[Plain], gold: Sequence[Gold], core: frozenset[str]) -> Outcome:
    """Pair records with gold lines and count."""
    pairs = paired(records, gold, core)
    answering = {id(record) for record, _ in pairs}
    free = [record for record in records if id(record) not in answering]
    required = [item for item in gold if not item.optional]
    matched = [(record, item) for record, item in pairs if not item.optional]
    wrong = [[field for field in FIELDS if not is_right(field, record, item, core)] for record, item in matched]
    tally = Counter(field for fields in wrong for field in FIELDS if field not in fields)
    tally.update(gold=len(required), found=len(matched), extra=len(free), whole=sum(not fields for fields in wrong))
    answered = {item.line for _, item in pairs}
    remarks = [f"{item.line}: MISSED {item.quote} {item.name}" for item in required if item.line not in answered]
    remarks += [_wrong_remark(*pair, fields) for pair, fields in zip(matched, wrong, strict=True) if fields]
    remarks += [_extra_remark(record) for record in free]
    return Outcome(tally, remarks)


def answers(record: Plain, gold: Gold) -> bool:
    """Whether the record stands where the gold line stands and says the same quantity."""
    return (
        record["start"] < gold.end
        and gold.start < record["end"]
        and any(_same_number(record.get("base_value"), value) for value in gold.values)
        and _same_number(record.get("base_value_max"), gold.value_max)
        and common_unit(record.get("base_unit")) in map(common_unit, gold.units)
    )


def is_right(field: str, record: Plain, gold: Gold, core: frozenset[str]) -> bool:
    """Whether one field of a record is what the gold line asks for."""
    if field == "name":
        return is_name_right(record.get("name") or "", gold)
    if field not in gold.fields:
        return True
    got = record.get(field)
    return (core_id(got, core) if field == "indicator" else got) in gold.fields[field]


def is_name_right(name: str, gold: Gold) -> bool:
    """A name is right that holds all it must, is not much longer than gold's, and does not hold the figure itself."""
    figure = re.search(r"[0-9.]{2,}", gold.quote)
    if figure and figure[0] in name and figure[0] not in gold.name:
        return False
    longest = min(40, max(20, 2 * len(gold.name)))
    return len(name) <= longest and all(re.search(pattern, name, re.IGNORECASE) for pattern in gold.must)


def core_id(identifier: str | None, core: frozenset[str]) -> str | None:
    """The core indicator that `identifier` is or refines by dotted parts; None where there is none."""
    while identifier and identifier not in core:
        identifier = identifier.rpartition(".")[0]
    return identifier or None


def _same_number(got: Any, want: float | None) -> bool:
    if got is None or want is None:
        return got is want
    return abs(float(got) - want) <= 1e-3 * max(1e-9, abs(want)) + 1e-9


def common_unit(unit: str | None) -> str | None:
    """The unit under the name that it shares with its like: 名 and 位 count 人. A bare 4.6亿 has none."""
    return _SAME_UNIT.get(unit, unit) if unit else None


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _wrong_remark(record: Plain, gold: Gold, fields: Sequence[str]) -> str:
    wanted = {"name": gold.must, **gold.fields}
    told = "; ".join(f"{field}={record.get(field)!r}, wanted {list(wanted[field])!r}" for field in fields)
    return f"{gold.line}: WRONG {gold.quote} {gold.name}: {told}"


def _extra_remark(record: Plain) -> str:
    where = f"{record['start']}:{record['end']}"
    return f"EXTRA [{where}] {record.get('base_value')} {record.get('base_unit')} {record.get('name')}"
