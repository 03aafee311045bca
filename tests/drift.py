"""What a change of the code changes in the records of a corpus: a stored digest and today's reading go in, the list of
differences comes out, by field and by rule, each with its sentence.

    python -m tests.drift --store        # keep today's records
    python -m tests.drift                # what has changed since
    python -m tests.drift --field name --limit 20
    python -m tests.drift --ignore checks --ignore rules

The digest holds a line of JSON for each document. It is kept, compressed, in `$POLICYX_DRIFT` or
~/.cache/policyx-drift/corpus.jsonl.gz: beside the checkout, never in it. It says nothing of right or wrong; that is the
business of `tests.scoring`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from tests.suites import HERE, SHARED

# in the order in which differences are listed; the rest of a record follows from these and from the text
FIELDS = (
    "quote", "name", "indicator", "value", "value_max", "unit", "base_value", "base_value_max", "base_unit", "bound",
    "measure", "status", "year", "period", "baseline", "place", "role", "clause", "confidence", "heading", "page",
    "checks", "flags", "rules",
)  # fmt: skip
_KEPT = ("start", "end", "sentence_start", "sentence_end", *FIELDS)
_OUTPUT = ("quote", "rules")  # told on a line of their own
_MOST_RULES = 25

Plain = Mapping[str, Any]
_T = TypeVar("_T")


class Reading(NamedTuple):
    """One document's text and the records read from it, cut down to `_KEPT`."""

    document: str
    text: str
    records: list[dict[str, Any]]


class Change(NamedTuple):
    """One difference: a record that is `new` (`old` is None), gone (`new` is None), or differs in `fields`."""

    document: str
    old: Plain | None
    new: Plain | None
    fields: tuple[str, ...]
    sentence: str

    @property
    def kind(self) -> str:
        return "new" if self.old is None else "gone" if self.new is None else "changed"


def compare(old: Iterable[Plain], new: Reading) -> Iterator[Change]:
    """The differences between a document's stored records and those of today, in the order of the text.

    Records of one span are paired in their order; of the rest, those that overlap are one record whose quote
    changed."""
    gone, fresh = _by_span(old), _by_span(new.records)
    pairs: list[tuple[Plain | None, Plain | None]] = [(gone[key], fresh[key]) for key in gone if key in fresh]
    left = [record for key, record in fresh.items() if key not in gone]
    for record in (record for key, record in gone.items() if key not in fresh):
        partner = next((other for other in left if _overlap(record, other)), None)
        pairs.append((record, partner))
        if partner is not None:
            left.remove(partner)
    pairs.extend((None, record) for record in left)
    for before, after in sorted(pairs, key=lambda pair: (pair[1] or pair[0] or {})["start"]):
        fields = differing(before, after)
        if fields or before is None or after is None:
            yield Change(new.document, before, after, fields, _sentence(before, after, new.text))


def differing(old: Plain | None, new: Plain | None) -> tuple[str, ...]:
    """The fields in which two records differ; a key that one of them does not have counts as null."""
    if old is None or new is None:
        return ()
    return tuple(field for field in FIELDS if old.get(field) != new.get(field))


def summary(changes: Sequence[Change], unchanged: int) -> list[str]:
    """The numbers: of records by kind of change, of changed records by field, and of rules cited more or less often."""
    kinds = Counter(change.kind for change in changes)
    lines = [f"{unchanged} unchanged, {kinds['changed']} changed, {kinds['new']} new, {kinds['gone']} gone"]
    fields = Counter(field for change in changes for field in change.fields)
    lines += [f"  {count:6d} {field}" for field, count in fields.most_common()]
    more, less = Counter[str](), Counter[str]()
    for change in changes:
        before, after = _rules(change.old), _rules(change.new)
        more.update(after - before)
        less.update(before - after)
    moved = sorted(more.keys() | less.keys(), key=lambda rule: (-more[rule] - less[rule], rule))
    lines += ["rules cited:"] if moved else []
    lines += [f"  {more[rule]:+6d} {-less[rule]:+6d} {rule}" for rule in moved[:_MOST_RULES]]
    lines += [f"  and {len(moved) - _MOST_RULES} more rules"] if len(moved) > _MOST_RULES else []
    return lines


def described(change: Change) -> str:
    """One difference to be read: where, the sentence with the quantity marked, old and new values, rules come and
    gone."""
    record = change.new or change.old or {}
    lines = [f"{change.document}:{record['start']} {change.kind}: {change.sentence}"]
    told = record if change.kind != "changed" else None
    for field in FIELDS:
        if field in _OUTPUT:
            continue
        if told is not None and field in ("name", "measure", "status", "year"):
            lines.append(f"    {field}: {told.get(field)!r}")
        elif field in change.fields and change.old is not None and change.new is not None:
            lines.append(f"    {field}: {change.old.get(field)!r} -> {change.new.get(field)!r}")
    before, after = _rules(change.old), _rules(change.new)
    if before != after:
        lines.append("    rules: " + " ".join([*(f"-{r}" for r in sorted(before - after)), *sorted(after - before)]))
    return "\n".join(lines)


def read_corpus(corpus: Path, names: Sequence[str], jobs: int = 1) -> Iterator[Reading]:
    """Read the documents of that name in `corpus`, in order, in `jobs` processes."""
    paths = [corpus / name for name in names]
    if jobs == 1:
        yield from map(read, paths)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(read, paths, chunksize=4)


def read(path: Path) -> Reading:
    """Read one document as `policyx extract` does."""
    from policyx.export.jsontext import json_text
    from policyx.export.plain import record_dict
    from policyx.pipeline import read_source
    from policyx.read import read_file

    document = read_source(read_file(path))
    plain = [json.loads(json_text(record_dict(record))) for record in document.records]
    return Reading(path.name, document.original, [{key: record.get(key) for key in _KEPT} for record in plain])


def documents(corpus: Path, most: int | None) -> list[str]:
    """The names of the documents of `corpus`, sorted; with `most` so many of them, evenly spread."""
    names = sorted(path.name for path in corpus.iterdir() if path.suffix != ".md" and path.is_file())
    return spread(names, most)


def spread(items: Sequence[_T], most: int | None) -> list[_T]:
    """At most so many of `items`, evenly spread over all of them and always the same ones."""
    if most is None or most >= len(items):
        return list(items)
    return [items[number * len(items) // most] for number in range(most)]


def store(path: Path, readings: Iterable[Reading], commit: str) -> int:
    """Write the digest; give the number of records."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".part")
    count = 0
    with gzip.open(unfinished, "wt", encoding="utf-8") as file:
        file.write(json.dumps({"commit": commit}) + "\n")
        for reading in readings:
            line = {"document": reading.document, "records": reading.records}
            file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
            count += len(reading.records)
    unfinished.replace(path)
    return count


def stored(path: Path) -> tuple[str, dict[str, list[Plain]]]:
    """The commit that a digest was made at, and the records of each of its documents."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        commit = json.loads(next(file))["commit"]
        lines = map(json.loads, file)
        return commit, {line["document"]: line["records"] for line in lines}


def digest_path() -> Path:
    """Where the digest is kept."""
    return Path(os.environ.get("POLICYX_DRIFT") or Path.home() / ".cache" / "policyx-drift" / "corpus.jsonl.gz")


def main(arguments: Sequence[str] | None = None) -> int:
    """Store the digest, or compare with it and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.drift", description="What a change of the code changes.")
    parser.add_argument("--store", action="store_true", help="keep today's records to compare with")
    parser.add_argument("--corpus", type=Path, default=SHARED / "corpus", help="a folder of documents")
    parser.add_argument("--documents", type=int, metavar="N", help="only N of them, evenly spread")
    parser.add_argument("--field", choices=FIELDS, metavar="FIELD", help="list only what differs in this field")
    parser.add_argument(
        "--ignore", choices=FIELDS, metavar="FIELD", action="append", help="list no change of this alone"
    )
    parser.add_argument("--limit", type=int, default=40, metavar="N", help="list N differences, evenly spread (40)")
    parser.add_argument("-j", "--jobs", type=int, default=1, metavar="N", help="read in N processes (1)")
    options = parser.parse_args(arguments)
    path = digest_path()
    names = documents(options.corpus, options.documents)
    if options.store:
        count = store(path, read_corpus(options.corpus, names, options.jobs), _commit())
        print(f"{count} records of {len(names)} documents kept in {path}")
        return 0
    if not path.exists():
        parser.error(f"no digest at {path}: make one with --store")
    commit, before = stored(path)
    names = [name for name in names if name in before]
    unchanged, changes = 0, list[Change]()
    for reading in read_corpus(options.corpus, names, options.jobs):
        found = list(compare(before[reading.document], reading))
        changes += found
        unchanged += len(reading.records) - sum(change.new is not None for change in found)
    print(f"{len(names)} documents against {commit}:", *summary(changes, unchanged), sep="\n")
    ignored = set(options.ignore or ())
    wanted = [change for change in changes if options.field is None or options.field in change.fields]
    wanted = [change for change in wanted if change.kind != "changed" or not ignored.issuperset(change.fields)]
    for change in spread(wanted, options.limit):
        print(described(change))
    return 0


def _commit() -> str:
    told = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=HERE, capture_output=True, check=False)
    return told.stdout.decode().strip() or "an unknown commit"


def _by_span(records: Iterable[Plain]) -> dict[tuple[int, int, int], Plain]:
    """The records by where they stand; the third number tells those of one span apart."""
    seen = Counter[tuple[int, int]]()
    result = {}
    for record in records:
        span = (record["start"], record["end"])
        result[*span, seen[span]] = record
        seen[span] += 1
    return result


def _overlap(one: Plain, other: Plain) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


def _rules(record: Plain | None) -> frozenset[str]:
    return frozenset(record["rules"]) if record else frozenset()


def _sentence(old: Plain | None, new: Plain | None, text: str) -> str:
    """The sentence in one line, the quantity in «»."""
    record = new or old or {}
    start, end = record["start"], record["end"]
    before, after = text[record["sentence_start"] : start], text[end : record["sentence_end"]]
    return " ".join(f"{before}«{text[start:end]}»{after}".split())


if __name__ == "__main__":
    sys.exit(main())
