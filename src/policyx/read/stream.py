"""Plain texts too large to be read at once: a stream of bytes in, its parts out, in bounded memory.

A part ends where a document ends (a line of signs or a form feed), else at a blank line, a line's or a sentence's end.
Offsets are those of the whole text.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from policyx.errors import ReadError
from policyx.patterns import compiled
from policyx.read.encoding import Decoded, cut_note, decode_as_stored, is_cut
from policyx.read.limits import MEGABYTE
from policyx.read.mojibake import unscrambled
from policyx.read.source import Source

LARGE = 8 * MEGABYTE  # bytes from which a text is read in parts
_PART = 200_000  # characters of a part
_READ = MEGABYTE
_SAMPLE = MEGABYTE  # bytes that tell the encoding
_BETWEEN_DOCUMENTS = compiled(r"\n[ \t]*(?:\f|[=_*#~]{8,}|-{8,}|—{5,})[ \t]*(?=\r?\n)|\f")
_CUTS = ("\n\n", "\n", "。")


def parts(head: bytes, stream: BinaryIO, path: str, encoding: str | None) -> Iterator[Source]:
    """The text whose first bytes are `head` and whose others `stream` holds, part by part; `begins` is false where a
    part goes on with the document of the part before it.

    Raises ReadError for bytes that are no text in the encoding found or given."""
    sample = _sample(head[:_SAMPLE], path, encoding)
    name = sample.encoding
    meant = unscrambled(sample.text, name) if encoding is None else None
    notes = [meant.warning] if meant is not None else []
    offset, begins, text = 0, True, ""
    for more in _decoded(head, stream, path, name, encoding, notes):
        text += more
        while len(text) > _PART:
            end, ends_document = _cut(text)
            if text[:end].strip():
                yield Source(path, text[:end], name, "txt", notes=tuple(notes), offset=offset, begins=begins)
                notes.clear()
            offset, begins, text = offset + end, ends_document, text[end:]
    if text.strip() or notes:
        yield Source(path, text, name, "txt", notes=tuple(notes), offset=offset, begins=begins)


def _sample(sample: bytes, path: str, wanted: str | None) -> Decoded:
    """The beginning of the text and its encoding; the last character of the sample may be torn."""
    for torn in range(3):
        with suppress(ReadError):
            return decode_as_stored(sample[: len(sample) - torn], path, wanted)
    return decode_as_stored(sample[: len(sample) - 3], path, wanted)


def _cut(text: str) -> tuple[int, bool]:
    """Where the first part of `text` ends, and whether its document ends there too."""
    borders = [border.end() for border in _BETWEEN_DOCUMENTS.finditer(text, 1, _PART)]
    if borders:
        return borders[0], True
    for sign in _CUTS:
        at = text.rfind(sign, _PART // 2, _PART)
        if at >= 0:
            return at + len(sign), False
    return _PART, False


def _decoded(
    head: bytes, stream: BinaryIO, path: str, name: str, wanted: str | None, notes: list[str]
) -> Iterator[str]:
    """The text, piece by piece; that its last character is cut off is added to the notes."""
    errors = (wanted or "").partition(":")[2] or "strict"
    decoder = codecs.getincrementaldecoder("utf-8-sig" if name == "utf-8" else name)(errors)
    at = 0
    data = head
    while True:
        try:
            text = decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            if not data and is_cut(error):
                left = len(error.object) - error.start
                notes.append(cut_note(left, at - left))
                return
            raise ReadError(
                path, f"is not {name} throughout: byte 0x{error.object[error.start]:02X} near {at + error.start} "
                      f"(name its encoding with --encoding, with :replace behind the name to read on)"
            ) from None  # fmt: skip
        yield text if at else text.removeprefix("\ufeff")
        if not data:
            return
        at += len(data)
        data = stream.read(_READ)
