"""Measures how often the rules that decide a slot are right, and writes `src/policyx/rules/confidence.toml`.

    python -m tests.calibrate [--judge FOLDER ...] [--sample FOLDER ...] [--more FOLDER ...]

The rates come from both halves of dev2 and the folders. The curve says how many records of a product of rates are
right in every field; it comes from those texts of the second half, and of the folders to judge by, whose errors nobody
has seen, each with rates that were measured without it. A folder holds `texts` and `gold`, with its `windows.json`. A
record without a line of gold counts as wrong, but in a folder of which only a sample was annotated. Run it after the
rules have changed.

    python -m tests.calibrate --keep --judge FOLDER ...

adds what the folders say to the rates that stand in the file, of texts some of which are no longer at hand."""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from policyx.decide.confidence import Confidence
from policyx.measure.gold import load_gold
from policyx.measure.score import FIELDS, is_right, paired
from policyx.rules import Rules
from tests.suites import SUITES, Suite, extract_plain, folder_suite

TARGET = Path(__file__).resolve().parents[1] / "src/policyx/rules/confidence.toml"
SLOTS = {
    "name": ("name",), "indicator": ("name", "indicator", "measure"), "measure": ("measure",), "status": ("status",),
    "period": ("year",), "kind": FIELDS,
}  # fmt: skip
JUDGED = "shared_dev2_nz"
# Texts of that half that were met while mending their kind: they judge nothing.
OPENED = ("tw_stpi", "tw_science", "tw_ltn", "yearbook_zibo", "ulanqab", "yangpu", "guangzhou", "xiamen")
_FEWEST = 40  # records of a step of the curve
_STEPS = 12


Rates = Mapping[str, Mapping[str, tuple[int, int]]]


class Seen(NamedTuple):
    """A record of a text: the rules that decided its slots, and which fields are right (none where it has no gold)."""

    text: str
    deciders: Mapping[str, str]
    right: frozenset[str]


def seen_in(suite: Suite, *, sampled: bool = False) -> list[Seen]:
    """The records of the annotated stretches; where gold is only a sample of the figures, those that have a line."""
    met: list[Mapping[str, str]] = []
    usual = Confidence.of

    def of(self: Confidence, deciders: Mapping[str, str]) -> float:
        met.append(dict(deciders))
        return float(len(met) - 1)

    found: list[Seen] = []
    Confidence.of = of  # type: ignore[method-assign]
    try:
        for name in suite.names():
            core = suite.core()
            text, records = suite.annotated(name, extract_plain)
            gold = load_gold(suite.gold / f"{name}.jsonl", text)
            pairs = paired(records, gold, core)
            matched = {id(record) for record, _ in pairs}
            for record, item in pairs:
                right = frozenset(field for field in FIELDS if is_right(field, record, item, core))
                found.append(Seen(name, met[int(record["confidence"])], right))
            extra = [record for record in records if id(record) not in matched and not sampled]
            found += [Seen(name, met[int(record["confidence"])], frozenset()) for record in extra]
    finally:
        Confidence.of = usual  # type: ignore[method-assign]
    return found


def entries(seen: Iterable[Seen]) -> dict[str, dict[str, tuple[int, int]]]:
    """By slot and rule: how many of the records that it decided are right there, of how many."""
    counts: dict[str, dict[str, list[int]]] = {slot: defaultdict(lambda: [0, 0]) for slot in SLOTS}
    for record in seen:
        for slot, fields in SLOTS.items():
            count = counts[slot][record.deciders.get(slot, "")]
            count[0] += set(fields) <= record.right
            count[1] += 1
    return {slot: {rule: (right, of) for rule, (right, of) in rules.items()} for slot, rules in counts.items()}


def rules_of(measured: Mapping[str, Mapping[str, tuple[int, int]]], curve: list[list[float]]) -> Rules:
    """The measured figures as rules."""
    table = [
        {
            "id": f"confidence.{slot}",
            "slot": slot,
            "base": round(sum(right for right, _ in rates.values()) / max(1, sum(of for _, of in rates.values())), 4),
            "rates": {rule: list(rate) for rule, rate in sorted(rates.items()) if rule},
        }
        for slot, rates in measured.items()
    ]
    return Rules({"confidence": [*table, {"id": "confidence.curve", "slot": "all", "curve": curve}]}, {})


def kept() -> dict[str, dict[str, tuple[int, int]]]:
    """The rates that stand in the file."""
    table = tomllib.loads(TARGET.read_text(encoding="utf-8"))["confidence"]
    return {
        entry["slot"]: {rule: (right, of) for rule, (right, of) in entry["rates"].items()}
        for entry in table
        if "rates" in entry
    }


def added(one: Rates, other: Rates) -> dict[str, dict[str, tuple[int, int]]]:
    """Both counts together."""
    return {
        slot: {
            rule: (
                one.get(slot, {}).get(rule, (0, 0))[0] + other.get(slot, {}).get(rule, (0, 0))[0],
                one.get(slot, {}).get(rule, (0, 0))[1] + other.get(slot, {}).get(rule, (0, 0))[1],
            )
            for rule in one.get(slot, {}).keys() | other.get(slot, {}).keys()
        }
        for slot in SLOTS
    }


def curve_of(judged: list[Seen], others: list[Seen], before: Rates, counted: list[Seen]) -> list[list[float]]:
    """Points of [mean product, share right], each text judged by what was measured on the rest; never falling. The
    texts that the rates `before` have `counted` are judged as they are."""
    points: list[tuple[float, bool]] = []
    for text in sorted({record.text for record in judged}):
        rest = [record for record in judged if record.text != text]
        known = Confidence(rules_of(added(entries([*rest, *others]), before), []))
        points += [
            (known.raw(record.deciders), len(record.right) == len(FIELDS)) for record in judged if record.text == text
        ]
    known = Confidence(rules_of(added(entries([*judged, *others]), before), []))
    points += [(known.raw(record.deciders), len(record.right) == len(FIELDS)) for record in counted]
    points.sort()
    size = max(_FEWEST, len(points) // _STEPS)
    steps = [points[at : at + size] for at in range(0, len(points), size)]
    if len(steps) > 1 and len(steps[-1]) < _FEWEST:
        steps[-2:] = [steps[-2] + steps[-1]]
    pools = [[sum(raw for raw, _ in step), sum(right for _, right in step), len(step)] for step in steps]
    at = 1
    while at < len(pools):
        if pools[at][1] / pools[at][2] < pools[at - 1][1] / pools[at - 1][2]:
            pools[at - 1] = [mine + other for mine, other in zip(pools[at - 1], pools.pop(at), strict=True)]
            at = max(1, at - 1)
        else:
            at += 1
    return [[round(raw / of, 4), round(right / of, 3)] for raw, right, of in pools]


def written(rules: Rules) -> str:
    """The figures as TOML."""
    lines = ["# How often rules are right, by `python -m tests.calibrate`: of each slot and rule [right, seen].", ""]
    for entry in rules.of("confidence"):
        lines += ["[[confidence]]", f'id = "{entry["id"]}"', f'slot = "{entry["slot"]}"']
        if "curve" in entry:
            steps = ", ".join(f"[{low}, {share}]" for low, share in entry["curve"])
            lines += [f"curve = [{steps}]", 'note = "Of records with this product of rates this share is right."']
        else:
            rates = ", ".join(f'"{rule}" = [{right}, {of}]' for rule, (right, of) in entry["rates"].items())
            lines += [f"base = {entry['base']}", f"rates = {{ {rates} }}"]
        lines.append("")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write."""
    parser = argparse.ArgumentParser(prog="python -m tests.calibrate", description="Measure how sure records are.")
    parser.add_argument("--judge", nargs="*", type=Path, default=[], help="folders whose errors nobody has seen")
    parser.add_argument("--sample", nargs="*", type=Path, default=[], help="such folders, whose gold is a sample")
    parser.add_argument("--more", nargs="*", type=Path, default=[], help="folders that only the rates are taken from")
    parser.add_argument("--keep", action="store_true", help="add to the rates in the file, and judge by the folders")
    options = parser.parse_args(arguments)
    second = seen_in(SUITES[JUDGED])
    opened = [record for record in second if any(word in record.text for word in OPENED)]
    unopened = [record for record in second if record not in opened]
    unseen = [record for folder in options.judge for record in seen_in(folder_suite(folder))]
    unseen += [record for folder in options.sample for record in seen_in(folder_suite(folder), sampled=True)]
    more = [record for folder in options.more for record in seen_in(folder_suite(folder))]
    if options.keep:
        _write(unseen, more, kept(), unopened)
    else:
        _write([*unopened, *unseen], [*seen_in(SUITES["shared_dev2_am"]), *opened, *more], {}, [])
    return 0


def _write(judged: list[Seen], others: list[Seen], before: Rates, counted: list[Seen]) -> None:
    """Write the file, and print the curve."""
    curve = curve_of(judged, others, before, counted)
    measured = added(entries([*judged, *others]), before)
    TARGET.write_text(written(rules_of(measured, curve)), encoding="utf-8")
    texts = {record.text for record in (*judged, *counted)}
    print(f"{len(judged) + len(counted)} records of {len(texts)} texts judged", *curve, sep="\n")


if __name__ == "__main__":
    sys.exit(main())
