"""The bytes of a plain text go in, the text and the name of its encoding go out; bytes that are no text are refused.

Order: byte order mark, strict UTF-8, then GB18030 against Big5 by the share of common characters. On real texts:
GB18030 read as such 0.99 (in traditional script 0.61-0.72), Big5 read as GB18030 0.33-0.42, Big5 read as Big5 0.99.
"""

from __future__ import annotations

import codecs

from policyx.errors import ReadError
from policyx.read.binary import binary_kind
from policyx.read.frequency import SIMPLIFIED, TRADITIONAL, Charset, common_share
from policyx.read.mojibake import unscrambled
from policyx.tuples import NamedTuple

# the longer marks first: the UTF-32 mark begins with the UTF-16 one
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_CANDIDATES = (("gb18030", SIMPLIFIED), ("big5", TRADITIONAL))
# codecs that Python counts among those of texts and that no file is written in
_NO_ENCODINGS = frozenset(("idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem"))
_ENOUGH = 0.4  # damaged UTF-8 read as either reaches 0.3; between the two the better one wins anyway
_LONGEST_CHARACTER = 4  # bytes


class NotTextError(ReadError):
    """Bytes are no text in any known encoding, and begin as no other known format does."""


class Decoded(NamedTuple):
    """A text, the name of its encoding, and what is to be said of it."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, path: str, encoding: str | None = None) -> Decoded:
    """The text of `data` and its encoding; `encoding` overrides what would be found, and with `:replace` behind its
    name what cannot be decoded becomes U+FFFD. A text that ends inside a character is read up to there; one that was
    saved in a wrong encoding (mojibake) is read as it was meant where that is certain. Both are told in the notes.

    Raises ReadError, naming `path`, for data that is empty, binary or in no known encoding."""
    found = decode_as_stored(data, path, encoding)
    meant = unscrambled(found.text, found.encoding) if encoding is None else None
    return found if meant is None else Decoded(meant.text, meant.encoding, (*found.notes, meant.note))


def decode_as_stored(data: bytes, path: str, encoding: str | None = None) -> Decoded:
    """As `decode`, but what was saved in a wrong encoding stays as it is."""
    if not data:
        raise ReadError(path, "is empty")
    found = _decode_as(data, path, encoding) if encoding is not None else _detect(data, path)
    if not found.text.strip():
        raise ReadError(path, "holds nothing but white space")
    return found


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


def _decode_as(data: bytes, path: str, encoding: str) -> Decoded:
    if not known_encoding(encoding):
        raise ReadError(path, f"{encoding!r} is not an encoding that Python knows")
    wanted, _, errors = encoding.partition(":")
    name = codecs.lookup(wanted).name
    mark = next((mark for mark, marked in _MARKS if data.startswith(mark) and name.startswith(marked[:6])), b"")
    if mark and name in ("utf-16", "utf-32"):
        name = dict(_MARKS)[mark]
    try:
        if errors:
            return Decoded(data[len(mark) :].decode(name, errors), name)
        return _decoded(data[len(mark) :], name, len(mark))
    except UnicodeDecodeError as error:
        where = error.start + len(mark)
        raise ReadError(
            path, f"is not {name}: byte 0x{data[where]:02X} at {where} (add :replace to the encoding to read on)"
        ) from None
    except UnicodeError as error:  # UTF-16 without a mark
        raise ReadError(path, f"is not {name}: {error}") from None


def _decoded(data: bytes, name: str, before: int = 0) -> Decoded:
    """The text in that encoding, without a last character that is cut off; `before` bytes precede the data. Raises
    UnicodeDecodeError for bytes that are wrong elsewhere."""
    try:
        return Decoded(data.decode(name), name)
    except UnicodeDecodeError as error:
        left = len(data) - error.start
        if not error.start or left >= _LONGEST_CHARACTER or not is_cut(error):
            raise
        return Decoded(data[: error.start].decode(name), name, (cut_note(left, error.start + before),))


def is_cut(error: UnicodeDecodeError) -> bool:
    """Whether what cannot be decoded is the beginning of a character at the end of the bytes."""
    return any(word in error.reason for word in ("unexpected end", "incomplete", "truncated"))


def cut_note(left: int, start: int) -> str:
    """What is said of a text whose last character is cut off: how many bytes of it are left, and where they begin."""
    plural = "s" if left > 1 else ""
    return f"it ends inside a character: the last {left} byte{plural}, from byte {start} on, cannot be read"


def _detect(data: bytes, path: str) -> Decoded:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decode_as(data, path, name)
    kind = binary_kind(data)
    if kind is not None:
        raise ReadError(path, f"is not text but {kind}")
    if b"\0" in data:
        raise NotTextError(
            path,
            "is binary (it holds NUL bytes); if it is UTF-16 without a byte order mark, say so with "
            "--encoding utf-16-le or utf-16-be",
        )
    try:
        found = _decoded(data, "utf-8")
        if not found.notes or not found.text.isascii():
            return found
        where = len(found.text)  # what follows ASCII may as well be a character of another encoding
    except UnicodeDecodeError as error:
        where = error.start
    share, best = max((_reading(data, *candidate) for candidate in _CANDIDATES), key=lambda reading: reading[0])
    if share >= _ENOUGH and best is not None:
        return best
    raise NotTextError(
        path,
        f"is neither valid UTF-8 (byte 0x{data[where]:02X} at {where}) nor GB18030 nor Big5; "
        f"name its encoding with --encoding, with :replace behind the name if bytes are damaged",
    )


def _reading(data: bytes, encoding: str, charset: Charset) -> tuple[float, Decoded | None]:
    """The share of common characters among those outside ASCII when `data` is read as `encoding`, and that text."""
    # Windows writes Big5 with characters of its own, the euro sign and box drawing among them
    for name in (encoding, "cp950") if encoding == "big5" else (encoding,):
        try:
            found = _decoded(data, name)
        except UnicodeDecodeError:
            continue
        return common_share(found.text, charset), found
    return 0.0, None
