"""What can be read and written here goes out: every format, its suffixes, what it needs, and whether that is there."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import PurePath

from policyx.export.registry import FORMATS
from policyx.read.registry import READERS

# of each format that is read: the packages that it takes beyond policyx's own, and the extra that brings them
_PACKAGES: dict[str, tuple[tuple[str, ...], str]] = {
    "html": (("selectolax",), "html"),
    "feed": (("selectolax",), "html"),
    "pdf": (("pypdfium2",), "pdf"),
    "xlsx": (("python_calamine",), "sheets"),
    "xls": (("xlrd",), "sheets"),
    "image": (("rapidocr", "onnxruntime"), "ocr"),
}
# and the programs, of which one is enough
_PROGRAMS: dict[str, tuple[str, ...]] = {"doc": ("soffice", "libreoffice")}


@dataclass(frozen=True, slots=True)
class Offered:
    """A format that can be read or written. `needs` names what it takes beside policyx itself (None: nothing), and
    `missing` says how to get what of it is not here (None: all is here)."""

    name: str
    direction: str
    suffixes: tuple[str, ...]
    needs: str | None = None
    missing: str | None = None


def formats() -> list[Offered]:
    """All formats: first those that can be read, then those that can be written.

    >>> [item.name for item in formats() if ".csv" in item.suffixes and item.direction == "write"]
    ['csv']
    """
    written = [
        _offered(form.name, "write", form.suffixes, (form.package,) if form.package else (), form.extra)
        for form in FORMATS
    ]
    page = Offered("html", "write", (".html", ".htm"))  # the report, which is no format of this room
    return [_readable(reader.format, reader.suffixes) for reader in READERS] + [*written, page]


def missing_for(paths: Iterable[str]) -> dict[str, int]:
    """What is missing to read these files, by how to get it, and how many of them it holds up."""
    counts: Counter[str] = Counter()
    for suffix, number in Counter(PurePath(path).suffix.lower() for path in paths).items():
        reader = next((reader for reader in READERS if suffix in reader.suffixes), None)
        missing = reader and _readable(reader.format, reader.suffixes).missing
        if missing:
            counts[missing] += number
    return dict(counts)


def _readable(name: str, suffixes: tuple[str, ...]) -> Offered:
    if name in _PROGRAMS:
        there = any(map(shutil.which, _PROGRAMS[name]))
        return Offered(name, "read", suffixes, "LibreOffice", None if there else "install LibreOffice")
    packages, extra = _PACKAGES.get(name, ((), ""))
    return _offered(name, "read", suffixes, packages, extra)


def _offered(name: str, direction: str, suffixes: tuple[str, ...], packages: tuple[str, ...], extra: str) -> Offered:
    if not packages:
        return Offered(name, direction, suffixes)
    there = all(find_spec(package) is not None for package in packages)
    return Offered(name, direction, suffixes, f"policyx[{extra}]", None if there else f"pip install 'policyx[{extra}]'")
