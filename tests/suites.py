"""The suites of annotated documents: where their texts and gold stand, how a document is read, and which part of it
was annotated. Scores are the business of `tests.scoring`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from policyx.measure.gold import one_of

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared"


class Reading(NamedTuple):
    """The text that a reader made of a file, and the records found in it, as `policyx extract -f jsonl` prints them."""

    text: str
    records: list[dict[str, Any]]


Extract = Callable[[Path], Reading]


@dataclass(frozen=True, slots=True)
class Suite:
    """A folder of documents with their gold, and the ids that count as core indicators there.

    The documents of a suite are those whose name begins with `prefix` and, where `letters` are given, goes on with one
    of them. `windows` tells, by a document's name, its file and the stretch of it that was annotated; a document that
    it does not tell of is `NAME.txt`, annotated from end to end."""

    texts: Path
    gold: Path
    prefix: str
    core: Callable[[], frozenset[str]]
    letters: str = ""
    windows: Callable[[], Mapping[str, Mapping[str, Any]]] = dict

    def names(self) -> list[str]:
        """The documents that have gold, sorted; none where the folder is missing."""
        names = sorted(path.stem for path in self.gold.glob(f"{self.prefix}*.jsonl"))
        return [name for name in names if not self.letters or name[len(self.prefix)] in self.letters]

    def path(self, name: str) -> Path:
        """The file that the document is read from, whole."""
        return self.texts / self.windows().get(name, {}).get("file", f"{name}.txt")

    def annotated(self, name: str, extract: Extract) -> Reading:
        """Read the whole document; give the stretch that was annotated, with the records that reach into it. Their
        offsets count from where the stretch begins."""
        text, records = extract(self.path(name))
        start, end = window(text, self.windows().get(name, {}), name)
        inside = [record for record in records if record["start"] < end and record["end"] > start]
        moved = [record | {"start": record["start"] - start, "end": record["end"] - start} for record in inside]
        return Reading(text[start:end], moved)


def window(text: str, told: Mapping[str, Any], name: str) -> tuple[int, int]:
    """Where the annotated stretch begins and ends in `text`.

    It is told by offsets (`start`, `end`), or by its first and last characters (`head`, `tail`) and its `length` when
    it was annotated: a reader that was mended since may give a little more or less. Raises ValueError where the two
    are not found at about that distance."""
    if "start" in told:
        return told["start"], told["end"]
    if "head" not in told:
        return 0, len(text)
    head, tail, length = told["head"], told["tail"], told["length"]
    start = text.find(head)
    while start >= 0:
        end = text.find(tail, start + max(0, length // 2 - len(tail)), start + 2 * length + 200)
        if end >= 0:
            return start, end + len(tail)
        start = text.find(head, start + 1)
    raise ValueError(f"{name}: the first and last characters of the window are not in what the reader gives")


def extract_plain(path: Path) -> Reading:
    """Read the file at `path` as `policyx extract` does."""
    from policyx.export.plain import record_dict
    from policyx.pipeline import read_source
    from policyx.read import read_file

    document = read_source(read_file(path))
    return Reading(document.original, [record_dict(record) for record in document.records])


@cache
def _seed_core() -> frozenset[str]:
    """The ids that the seeds' own gold uses: all that can be right there."""
    gold = (HERE.parent / "seeds" / "gold").glob("*.jsonl")
    lines = [json.loads(line) for path in gold for line in path.read_text(encoding="utf-8").splitlines()]
    return frozenset(identifier for line in lines for identifier in one_of(line.get("id")) if identifier)


@cache
def _shared_core() -> frozenset[str]:
    table = (SHARED / "eval" / "indicators.tsv").read_text(encoding="utf-8").splitlines()
    return frozenset(line.split("\t")[0] for line in table[1:])


@cache
def _shared_windows() -> Mapping[str, Mapping[str, Any]]:
    told: Mapping[str, Mapping[str, Any]] = json.loads(
        (SHARED / "eval" / "gold" / "windows.json").read_text(encoding="utf-8")
    )
    return told


def _shared(prefix: str, letters: str = "") -> Suite:
    return Suite(SHARED / "eval" / "texts", SHARED / "eval" / "gold", prefix, _shared_core, letters, _shared_windows)


def folder_suite(folder: Path) -> Suite:
    """The documents of a folder with `texts` and `gold` in it, annotated as the shared ones are; whole ones need no
    `windows.json`."""

    def windows() -> Mapping[str, Mapping[str, Any]]:
        path = folder / "gold" / "windows.json"
        told: Mapping[str, Mapping[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return told

    return Suite(folder / "texts", folder / "gold", "", _shared_core, "", cache(windows))


SUITES = {
    "seeds": Suite(HERE.parent / "seeds", HERE.parent / "seeds" / "gold", "", _seed_core),
    "shared_seed": _shared("seed-"),
    "shared_dev": _shared("dev-"),
    "shared_dev2_am": _shared("dev2-", "abcdefghijklm"),
    "shared_dev2_nz": _shared("dev2-", "nopqrstuvwxyz"),
}
