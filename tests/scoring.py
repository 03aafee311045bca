"""Gold and extracted records go in, scores come out: how many of the right records were found, and how well read.

    python -m tests.scoring [--show] [--update] [NAME ...]

A record answers a gold line when their spans overlap and value and unit agree; each answers at most one. The quantity
F1 counts the answered lines; the record F1 counts those of them whose every field is right. What the fields of gold
mean is told in `seeds/README.md`. NAME is a suite or a part of a document's name.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from policyx.measure.gold import load_gold
from policyx.measure.score import Outcome, figures, score_document
from tests.suites import HERE, SUITES, Extract, Suite, extract_plain

RATCHET = HERE / "scores.json"
SLACK = 0.003  # how far a figure may fall below the ratchet before a test fails
FEWEST_LINES = 5  # of gold, for a document to count in the mean over documents


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
