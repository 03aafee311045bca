"""The bytes of a plain text go in, the text and the name of its encoding go out; bytes that are no text are refused.

Order: byte order mark, strict UTF-8, then GB18030 against Big5. Both of these sort their characters by frequency, the
common ones in a first block, so the share of characters from that block tells a right reading from a wrong one without
any table of our own. On real texts: GB18030 read as such 0.99 (in traditional script 0.61-0.72), Big5 read as GB18030
0.33-0.42, Big5 read as Big5 0.99.
"""

from __future__ import annotations

import codecs

from policyx.errors import ReadError
from policyx.read.binary import binary_kind

# the longer marks first: the UTF-32 mark begins with the UTF-16 one
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# encoding -> character set that sorts by frequency, and the lead bytes of its symbols and of its common characters
_CANDIDATES: tuple[tuple[str, str, tuple[tuple[int, int], ...]], ...] = (
    ("gb18030", "gb2312", ((0xA1, 0xA9), (0xB0, 0xD7))),
    ("big5", "cp950", ((0xA1, 0xA3), (0xA4, 0xC6))),
)
# codecs that Python counts among those of texts and that no file is written in
_NO_ENCODINGS = frozenset(("idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem"))
_ENOUGH = 0.4  # damaged UTF-8 read as either reaches 0.3; between the two the better one wins anyway
_SAMPLE = 20_000  # characters that are scored: more would cost time and change nothing


def decode(data: bytes, path: str, encoding: str | None = None) -> tuple[str, str]:
    """The text of `data` and its encoding; `encoding` overrides what would be found, and with `:replace` behind its
    name what cannot be decoded becomes U+FFFD.

    Raises ReadError, naming `path`, for data that is empty, binary or in no known encoding."""
    if not data:
        raise ReadError(path, "is empty")
    if encoding is not None:
        text, name = _decode_as(data, path, encoding)
    else:
        text, name = _detect(data, path)
    if not text.strip():
        raise ReadError(path, "holds nothing but white space")
    return text, name


def known_encoding(name: str) -> bool:
    """Whether `decode` takes `name` as an encoding."""
    name, _, errors = name.partition(":")
    try:
        known = codecs.lookup(name)
        return known._is_text_encoding and _plain(known.name) not in _NO_ENCODINGS and errors in ("", "replace")
    except (LookupError, ValueError):  # a name may hold a NUL
        return False


def _plain(name: str) -> str:
    return name.replace("-", "_")


def _decode_as(data: bytes, path: str, encoding: str) -> tuple[str, str]:
    if not known_encoding(encoding):
        raise ReadError(path, f"{encoding!r} is not an encoding that Python knows")
    wanted, _, errors = encoding.partition(":")
    name = codecs.lookup(wanted).name
    mark = next((mark for mark, marked in _MARKS if data.startswith(mark) and name.startswith(marked[:6])), b"")
    if mark and name in ("utf-16", "utf-32"):
        name = dict(_MARKS)[mark]
    try:
        text = data[len(mark) :].decode(name, errors or "strict")
    except UnicodeDecodeError as error:
        where = error.start + len(mark)
        raise ReadError(
            path, f"is not {name}: byte 0x{data[where]:02X} at {where} (add :replace to the encoding to read on)"
        ) from None
    return text, name


def _detect(data: bytes, path: str) -> tuple[str, str]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decode_as(data, path, name)
    kind = binary_kind(data)
    if kind is not None:
        raise ReadError(path, f"is not text but {kind}")
    if b"\0" in data:
        raise ReadError(path, "is binary (it holds NUL bytes); if it is UTF-16 without a byte order mark, say so with "
                              "--encoding utf-16-le or utf-16-be")  # fmt: skip
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        where = error.start
    best = max((_reading(data, *candidate) for candidate in _CANDIDATES), key=lambda reading: reading[0])
    share, text, name = best
    if share >= _ENOUGH:
        return text, name
    raise ReadError(
        path,
        f"is neither valid UTF-8 (byte 0x{data[where]:02X} at {where}) nor GB18030 nor Big5; "
        f"name its encoding with --encoding, with :replace behind the name if bytes are damaged",
    )


def _reading(data: bytes, encoding: str, sorted_by: str, common: tuple[tuple[int, int], ...]) -> tuple[float, str, str]:
    """The share of common characters among those outside ASCII when `data` is read as `encoding`, and that text."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "big5":
            return 0.0, "", encoding
        try:  # Windows writes Big5 with characters of its own, the euro sign and box drawing among them
            text, encoding = data.decode("cp950"), "cp950"
        except UnicodeDecodeError:
            return 0.0, "", encoding
    outside = [character for character in text[:_SAMPLE] if character > "\x7f"]
    if not outside:
        outside = [character for character in text if character > "\x7f"][:_SAMPLE]
    hits = 0
    for character in outside:
        lead = character.encode(sorted_by, "ignore")[:1]
        hits += any(low <= lead[0] <= high for low, high in common) if lead else 0
    return (hits / len(outside) if outside else 0.0), text, encoding
