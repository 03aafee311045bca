"""The bytes of a PDF go in; how much its pages would make the library unpack and draw comes out, before it is asked to.

pdfium unpacks and draws what it is told: a form that draws itself, or ten forms that each draw ten others, keep it busy
for ever, and two kilobytes can unpack to gigabytes. The objects are found by their marks, without the file's own table
of them. What is encrypted cannot be looked into and passes."""

from __future__ import annotations

import itertools
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from policyx.errors import ReadError
from policyx.read.limits import DEEPEST_FORM, LARGEST_DRAWING, LARGEST_STREAM, MEGABYTE

_OBJECT = re.compile(rb"(?<![0-9])([0-9]{1,9})\s+[0-9]{1,5}\s+obj\b")
_STREAM = re.compile(rb"stream\r?\n?")
_HEAD = 20_000  # bytes within which an object's dictionary ends; only lists of pages are longer
_LENGTH = re.compile(rb"/Length\s+([0-9]{1,12})(?!\s+[0-9]+\s+R)")
_FILTERS = re.compile(rb"/(?:Filter|F)\s*(?:\[([^\]]*)\]|/(\w+))")
_NAMED = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+([0-9]{1,9})\s+[0-9]{1,5}\s+R")
_REFERENCE = re.compile(rb"([0-9]{1,9})\s+[0-9]{1,5}\s+R")
_LIST = re.compile(rb"/(Kids|Contents)\s*(?:\[([^\]]*)\]|([0-9]{1,9})\s+[0-9]{1,5}\s+R)")
_DRAWN = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
_FORM = re.compile(rb"/Subtype\s*/Form\b")
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_PACKED = re.compile(rb"/Type\s*/ObjStm\b")
_FIRST = re.compile(rb"/First\s+([0-9]{1,9})")
_ENCRYPTED = re.compile(rb"/Encrypt\s+[0-9]+\s+[0-9]+\s+R|/Encrypt\s*<<")
_CHUNK = 1 << 16
_ENDLESS = 1 << 62
_PARENTS = 32


class _Stored(NamedTuple):
    """An object: its dictionary, and where the bytes of its stream begin and end (-1: none)."""

    head: bytes
    start: int = -1
    end: int = -1


def check(data: bytes, path: str) -> frozenset[int]:
    """The indices of pages that draw too much to be read. Raises ReadError for a document of which that cannot be
    told page by page."""
    if _ENCRYPTED.search(data):
        return frozenset()
    guard = _Guard(data, path)
    heavy = {number for number in guard.pages() if guard.drawn(number) > LARGEST_DRAWING}
    if not heavy:
        return frozenset()
    order = guard.page_order()
    if not heavy <= set(order):
        raise ReadError(path, "is a PDF document whose pages draw without end; not read")
    return frozenset(index for index, number in enumerate(order) if number in heavy)


class _Guard:
    def __init__(self, data: bytes, path: str) -> None:
        self._data = data
        self._path = path
        self._objects = dict(_stored(data))
        self._sizes: dict[int, int] = {}
        self._draws: dict[int, Counter[bytes]] = {}
        self._costs: dict[int, int] = {}
        for stored in list(self._objects.values()):
            if stored.start >= 0 and _PACKED.search(stored.head):
                self._unpack(stored)
        for number, stored in self._objects.items():
            if stored.start >= 0 and not _IMAGE.search(stored.head):
                self._measure(number, stored)

    def pages(self) -> list[int]:
        """The numbers of the objects that are pages."""
        return [number for number, stored in self._objects.items() if _PAGE.search(stored.head)]

    def page_order(self) -> list[int]:
        """The numbers of the pages in their order."""
        kids = {number: _listed(stored.head, b"Kids") for number, stored in self._objects.items()}
        inner = {kid for listed in kids.values() for kid in listed}
        roots = [number for number, listed in kids.items() if listed and number not in inner]
        out: list[int] = []
        waiting, seen = roots[-1:], set(roots)
        while waiting:
            number = waiting.pop()
            if kids.get(number):
                new = [kid for kid in kids[number] if kid not in seen]
                seen.update(new)
                waiting += reversed(new)
            else:
                out.append(number)
        return out

    def drawn(self, page: int) -> int:
        """How many bytes of drawing commands a page makes the library go through, each form as often as it is drawn."""
        head = self._objects[page].head
        names = self._names(page)
        contents = [part for number in _listed(head, b"Contents") for part in self._parts(number)]
        total = 0
        for number in contents:
            stored = self._objects.get(number)
            if stored is not None and stored.start >= 0 and number not in self._sizes:
                self._measure(number, stored)  # it says that it is a picture
            total += self._sizes.get(number, 0)
            for name, count in self._draws.get(number, Counter()).items():
                total += count * self._cost(names.get(name, -1), 0)
        return total

    def _parts(self, number: int) -> list[int]:
        """The streams that an entry of /Contents stands for: it may lead to a list."""
        stored = self._objects.get(number)
        if stored is None or stored.start >= 0:
            return [number]
        return [int(found) for found in _REFERENCE.findall(stored.head)]

    def _cost(self, number: int, depth: int) -> int:
        """The same for a form; endless for one that draws itself, or forms too deep inside one another."""
        stored = self._objects.get(number)
        if stored is None or not _FORM.search(stored.head):
            return 0
        if depth > DEEPEST_FORM:
            return _ENDLESS
        if number not in self._costs:
            self._costs[number] = _ENDLESS  # until it is known
            names = self._names(number)
            inner = sum(
                count * self._cost(names.get(name, -1), depth + 1)
                for name, count in self._draws.get(number, Counter()).items()
            )
            self._costs[number] = min(self._sizes.get(number, 0) + inner, _ENDLESS)
        return self._costs[number]

    def _names(self, number: int) -> dict[bytes, int]:
        """What the names stand for that an object may draw: those of its own resources, or of the pages above it."""
        names: dict[bytes, int] = {}
        for _ in range(_PARENTS):
            stored = self._objects.get(number)
            if stored is None:
                break
            own = self._named(stored.head, 0)
            names = {**own, **names}
            if b"Parent" not in own:
                break
            number = own[b"Parent"]
        return names

    def _named(self, head: bytes, depth: int) -> dict[bytes, int]:
        own = {name: int(number) for name, number in _NAMED.findall(head)}
        for key in (b"Resources", b"XObject"):
            stored = self._objects.get(own.get(key, -1))
            if stored is not None and depth < 2:
                own = {**self._named(stored.head, depth + 1), **own}
        return own

    def _measure(self, number: int, stored: _Stored) -> None:
        """How much a stream unpacks to, and what it draws."""
        size = 0
        draws: Counter[bytes] = Counter()
        rest = b""
        for piece in _unpacked(self._data[stored.start : stored.end], stored.head):
            size += len(piece)
            if size > LARGEST_STREAM:
                most = f"{LARGEST_STREAM // MEGABYTE} MB"
                raise ReadError(self._path, f"is a PDF document of which a part unpacks to more than {most}; not read")
            if b"Do" in piece:
                piece = rest + piece
                draws.update(_DRAWN.findall(piece))
            rest = piece[-100:] if not _DRAWN.search(piece[-100:]) else b""
        self._sizes[number] = size
        if draws:
            self._draws[number] = draws

    def _unpack(self, stored: _Stored) -> None:
        """The objects that a stream of objects holds."""
        first = _FIRST.search(stored.head)
        if first is None:
            return
        data = bytearray()
        for piece in _unpacked(self._data[stored.start : stored.end], stored.head):
            data += piece
            if len(data) > LARGEST_STREAM:
                return
        start = int(first[1])
        numbers = [int(number) for number in re.findall(rb"[0-9]{1,9}", bytes(data[:start]))]
        places = [*zip(numbers[::2], numbers[1::2], strict=False), (0, len(data))]
        for (number, place), (_, end) in itertools.pairwise(places):
            self._objects.setdefault(number, _Stored(bytes(data[start + place : max(end + start, 0)])))


def _stored(data: bytes) -> Iterator[tuple[int, _Stored]]:
    """The objects of a file with their numbers; of several with one number the last counts. What is packed is passed
    over where its length is right."""
    mark = _OBJECT.search(data)
    while mark is not None:
        start = mark.end()
        stop = data.find(b"endobj", start, start + _HEAD)
        stream = _STREAM.search(data, start, stop if stop >= 0 else start + _HEAD)
        if stream is None:
            following = _OBJECT.search(data, start)
            yield int(mark[1]), _Stored(data[start : following.start() if following else len(data)])
            mark = following
            continue
        head = data[start : stream.start()]
        length = _LENGTH.search(head)
        end = stream.end() + int(length[1]) if length else -1
        if end < 0 or not data[end : end + 20].lstrip().startswith(b"endstream"):
            end = data.find(b"endstream", stream.end())
            end = len(data) if end < 0 else end
        yield int(mark[1]), _Stored(head, stream.end(), end)
        mark = _OBJECT.search(data, end)


def _listed(head: bytes, key: bytes) -> list[int]:
    """The numbers of the objects that an entry of a dictionary lists."""
    for found in _LIST.finditer(head):
        if found[1] == key:
            return [int(number) for number in _REFERENCE.findall(found[2])] if found[2] is not None else [int(found[3])]
    return []


def _unpacked(data: bytes, head: bytes) -> Iterator[bytes]:
    """What the stream unpacks to, piece by piece; what other filters pack counts as it is."""
    filters = _FILTERS.search(head)
    names = (filters[1] or filters[2] or b"") if filters else b""
    pieces: Iterator[bytes] = iter((data,))
    for name in re.findall(rb"\w+", names):
        if name not in (b"FlateDecode", b"Fl"):
            break
        pieces = _inflated(pieces)
    return pieces


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    engine = zlib.decompressobj()
    try:
        for piece in pieces:
            while piece and not engine.eof:
                out = engine.decompress(piece, _CHUNK)
                piece = engine.unconsumed_tail
                if out:
                    yield out
                elif not piece:
                    break
    except zlib.error:
        return
