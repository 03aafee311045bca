"""The texts that are measured: a folder's documents, or ones made from `seeds/`; and long files of them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
SHARED_CORPUS = ROOT.parent / "shared" / "corpus"  # stands beside the project where it is developed
MEGABYTE = 1_000_000

_EVERY = 10  # of a corpus, --quick takes one document in so many
_COPIES, _FEW_COPIES = 60, 4  # of each seed, where there is no corpus
_BORDER = "\n\n" + "=" * 40 + "\n\n"
_LAST_DIGIT = re.compile(r"[0-9](?=[%万亿元家个项名])")
_STRIDE = 0.618  # of a list: steps of this length visit all parts of it early


@dataclass(frozen=True)
class Corpus:
    """A folder of documents, what they are in a few words, and whether they were made from the seeds."""

    folder: Path
    what: str
    made: bool

    @cached_property
    def paths(self) -> list[Path]:
        """The documents, in order."""
        return sorted(self.folder.glob("*.txt"))

    @cached_property
    def texts(self) -> list[str]:
        """Their texts."""
        return [path.read_bytes().decode("utf-8") for path in self.paths]

    @cached_property
    def size(self) -> int:
        """All of them, in bytes."""
        return sum(path.stat().st_size for path in self.paths)

    @cached_property
    def characters(self) -> int:
        """All of them, in characters."""
        return sum(map(len, self.texts))

    def sample(self, count: int) -> list[str]:
        """So many of the texts, from all parts of the corpus; always the same ones, and in the same order."""
        return [self.texts[at] for at in _spread(len(self.texts), count)]


def gather(folder: Path, source: Path | None, *, quick: bool) -> Corpus:
    """Put the documents of `source` into `folder`; where there are none, documents made from the seeds."""
    folder.mkdir()
    found = sorted(source.glob("*.txt")) if source is not None else []
    if not found:
        return Corpus(folder, f"{_make(folder, _FEW_COPIES if quick else _COPIES)} documents made from seeds/", True)
    chosen = found[::_EVERY] if quick else found
    for path in chosen:
        shutil.copyfile(path, folder / path.name)
    return Corpus(folder, f"{len(chosen)} of {len(found)} documents of the sample corpus", False)


def write_long(path: Path, texts: Sequence[str], size: int) -> None:
    """Write a file of at least `size` bytes: `texts` one after the other, and over again with other figures."""
    written = 0
    with path.open("wb") as target:
        for document in _endless(texts):
            written += target.write((document + _BORDER).encode())
            if written >= size:
                return


def _make(folder: Path, copies: int) -> int:
    for copy in range(copies):
        for path in SEEDS:
            text = _varied(path.read_bytes().decode("utf-8"), copy)
            (folder / f"{path.stem}-{copy:03}.txt").write_bytes(text.encode())
    return copies * len(SEEDS)


def _endless(texts: Sequence[str]) -> Iterator[str]:
    copy = 0
    while True:
        for text in texts:
            yield _varied(text, copy)
        copy += 1


def _varied(text: str, copy: int) -> str:
    """The text with other figures, so that nothing kept from one copy serves the next."""
    return _LAST_DIGIT.sub(lambda digit: str((int(digit[0]) + copy) % 10), text) if copy else text


def _spread(length: int, count: int) -> list[int]:
    """`count` places in a list, far from each other, each at most once."""
    places: dict[int, None] = {}
    step = 0
    while len(places) < min(count, length):
        places[int(step * _STRIDE % 1 * length)] = None
        step += 1
    return list(places)
