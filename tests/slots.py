"""How often each slot of a record is right where a rule had a part in it: gold goes in, a table by rule goes out.

    python -m tests.slots [--least N] [NAME ...]

Counted are the records that answer a line of gold which has to be found, once for each rule they cite. `whole` are
those with every slot right. NAME is a suite or a part of a document's name. No single record is shown: the half of the
texts that is kept for judging is not to be mended by its own errors.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from policyx.measure.gold import Gold, load_gold
from policyx.measure.score import FIELDS, Plain, is_right, paired
from tests.scoring import named
from tests.suites import SUITES, extract_plain

COLUMNS = ("whole", *FIELDS)
ALL = "(every record)"

Matched = tuple[Plain, Gold, frozenset[str]]


def counted(matched: Iterable[Matched]) -> dict[str, Counter[str]]:
    """By rule id: how many `records` cite it, and of how many of them each slot is right; `ALL` counts every record."""
    counts: dict[str, Counter[str]] = {}
    for record, gold, core in matched:
        right = Counter(field for field in FIELDS if is_right(field, record, gold, core))
        right.update(records=1, whole=len(right) == len(FIELDS))
        for rule in {ALL, *record["rules"]}:
            counts.setdefault(rule, Counter()).update(right)
    return counts


def table(counts: dict[str, Counter[str]], least: int = 1) -> list[str]:
    """The counts as lines of text, the rules that most records cite first; those of fewer than `least` left out."""
    shown = [rule for rule in counts if counts[rule]["records"] >= least]
    width = max(map(len, shown), default=0)
    lines = ["  ".join([f"{'rule':{width}s} records", *(f"{column:>9s}" for column in COLUMNS)])]
    for rule in sorted(shown, key=lambda rule: (rule != ALL, -counts[rule]["records"], rule)):
        number = counts[rule]["records"]
        ratios = (f"{counts[rule][column] / number:9.3f}" for column in COLUMNS)
        lines.append("  ".join([f"{rule:{width}s} {number:7d}", *ratios]))
    return lines


def matched_in(suite: str, names: Iterable[str]) -> list[Matched]:
    """The records of these documents of the suite that answer a line of gold which has to be found, with that line."""
    found: list[Matched] = []
    for name in names:
        core = SUITES[suite].core()
        text, records = SUITES[suite].annotated(name, extract_plain)
        gold = load_gold(SUITES[suite].gold / f"{name}.jsonl", text)
        found += [(record, item, core) for record, item in paired(records, gold, core) if not item.optional]
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Read, count, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.slots", description="How often rules fill a slot right.")
    parser.add_argument("--least", type=int, default=1, metavar="N", help="leave out rules that fewer records cite (1)")
    parser.add_argument("names", nargs="*", metavar="NAME", help="a suite, or a part of a document's name")
    options = parser.parse_args(arguments)
    matched: list[Any] = [item for suite in SUITES for item in matched_in(suite, named(suite, options.names))]
    if not matched:
        parser.error("no document has such a name")
    print(*table(counted(matched), options.least), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
