"""Gold and extracted records go in, scores come out: how many of the right records were found, and how well read.

    python -m tests.scoring [--show] [--update] [NAME ...]

A record answers a gold line when their spans overlap and value and unit agree; each answers at most one. The quantity
F1 counts the answered lines; the record F1 counts those of them whose every field is right. What the fields of gold
mean is told in `seeds/README.md`. NAME is a suite or a part of a document's name.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from tests.gold import Gold, load_gold
from tests.suites import HERE, SUITES, Extract, Suite, extract_plain

RATCHET = HERE / "scores.json"
FIELDS = ("name", "indicator", "measure", "status", "bound", "year")
SLACK = 0.003  # how far a figure may fall below the ratchet before a test fails
FEWEST_LINES = 5  # of gold, for a document to count in the mean over documents
_SAME_UNIT = {"名": "人", "位": "人", "個": "个", "間": "间", "㎡": "平方米", "％": "%"}

Plain = Mapping[str, Any]


class Outcome(NamedTuple):
    """The counts of one document, and a line of text for each miss, wrong field and extra record.

    Counted are `gold` (the lines that have to be found), `found` of them, `extra` records that answer nothing, `whole`
    records with every field right, and the right ones of each field under its name."""

    tally: Counter[str]
    remarks: list[str]


def score_suite(suite: Suite, extract: Extract, names: Iterable[str] | None = None) -> dict[str, Outcome]:
    """Score every document of `suite`, or those in `names`; `extract` gets the path of each."""
    core = suite.core()
    outcomes = {}
    for name in suite.names() if names is None else names:
        text, records = suite.annotated(name, extract)
        gold = load_gold(suite.gold / f"{name}.jsonl", text)
        outcomes[name] = score_document(records, gold, core)
    return outcomes


def total(outcomes: Mapping[str, Outcome]) -> dict[str, float]:
    """The figures of all documents together, in which each record weighs the same; and `record_f1_by_text`, the mean
    over the documents with at least five lines of gold, in which a long table weighs no more than a short notice."""
    tallies = [outcome.tally for outcome in outcomes.values()]
    each = [figures(tally)["record_f1"] for tally in tallies if tally["gold"] >= FEWEST_LINES]
    return figures(sum(tallies, Counter())) | {"record_f1_by_text": sum(each) / len(each) if each else 0.0}


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


def read_ratchet() -> dict[str, dict[str, float]]:
    """The figures below which no suite may fall."""
    scores: dict[str, dict[str, float]] = json.loads(RATCHET.read_text(encoding="utf-8"))
    return scores


def raise_ratchet(measured: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Write the figures that are better than the ratchet's into it; none is ever lowered. Says what was raised."""
    scores = read_ratchet()
    raised = []
    for suite, found in measured.items():
        for figure, old in scores[suite].items():
            new = round(found[figure], 4)
            if new > old:
                scores[suite][figure] = new
                raised.append(f"{suite} {figure}: {old:.4f} -> {new:.4f}")
    if raised:
        RATCHET.write_text(json.dumps(scores, indent=2) + "\n", encoding="utf-8")
    return raised


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and raise the ratchet where asked to."""
    parser = argparse.ArgumentParser(prog="python -m tests.scoring", description="Measure policyx against gold.")
    parser.add_argument("--show", action="store_true", help="list every miss, wrong field and extra record")
    parser.add_argument("--update", action="store_true", help="raise tests/scores.json to the measured figures")
    parser.add_argument("names", nargs="*", metavar="NAME", help="a suite, or a part of a document's name")
    options = parser.parse_args(arguments)
    if options.update and any(name not in SUITES for name in options.names):
        parser.error("--update takes whole suites only")
    measured = {}
    for suite_name, suite in SUITES.items():
        chosen = named(suite_name, options.names)
        if chosen:
            outcomes = score_suite(suite, extract_plain, chosen)
            measured[suite_name] = total(outcomes)
            _print_suite(suite_name, outcomes, show=options.show)
    if not measured:
        parser.error("no document has such a name")
    if options.update:
        print(*raise_ratchet(measured) or ["nothing to raise"], sep="\n")
    return 0


def named(suite: str, wanted: Sequence[str]) -> list[str]:
    """The documents of a suite that are wanted: all, or those for which `wanted` names the suite or a part of their
    own name."""
    names = SUITES[suite].names()
    return [name for name in names if not wanted or any(part == suite or part in name for part in wanted)]


def _print_suite(suite_name: str, outcomes: Mapping[str, Outcome], *, show: bool) -> None:
    for name, outcome in outcomes.items():
        own = figures(outcome.tally)
        print(
            f"{name:40s} gold {outcome.tally['gold']:4d}  P {own['precision']:.3f}  R {own['recall']:.3f}  "
            f"F1 {own['quantity_f1']:.3f}  record F1 {own['record_f1']:.3f}"
        )
        if show:
            print(*(f"  {remark}" for remark in outcome.remarks), sep="\n")
    print(f"{suite_name}: " + "  ".join(f"{key} {value:.4f}" for key, value in total(outcomes).items()) + "\n")


if __name__ == "__main__":
    sys.exit(main())
