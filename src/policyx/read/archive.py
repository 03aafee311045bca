"""The bytes of a ZIP archive go in, its documents go out one by one, each with its name; what no reader knows is left.

Sizes are counted while unpacking: what a directory says of itself may be a lie."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from policyx.errors import ReadError
from policyx.read.limits import (
    LARGEST_MEMBER,
    LARGEST_RATIO,
    MEGABYTE,
    MOST_MEMBERS,
    RATIO_COUNTS_FROM,
)
from policyx.read.registry import SUFFIXES, Member

_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_PIECE = 1 << 20


def members(data: bytes, path: str, encoding: str | None) -> Iterator[Member | ReadError]:
    """The documents of the archive in its order; a member that cannot be unpacked is a ReadError of its own.

    Raises ReadError for what is no archive, holds nothing to read, or is beyond the limits."""
    archive = opened(data, path)
    infos = archive.infolist()
    if len(infos) > MOST_MEMBERS:
        raise ReadError(path, f"holds {len(infos)} files; no more than {MOST_MEMBERS} are read")
    found = False
    for info in infos:
        name = member_name(info)
        if info.is_dir() or not is_wanted(name):
            continue
        found = True
        try:
            content = unpacked(archive, info, f"{path}!/{name}")
        except ReadError as error:
            yield error
            continue
        yield Member(name, content)
    if not found:
        raise ReadError(path, "is a ZIP archive without a document that can be read")


def opened(data: bytes, path: str) -> zipfile.ZipFile:
    """The archive that `data` is."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, OverflowError) as error:
        kind = "a ZIP archive or an Office document (docx, xlsx, odt)"
        raise ReadError(path, f"is {kind}, but damaged: {error}") from None


def unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str) -> bytes:
    """The bytes of a member. Raises ReadError, naming `path`, for one that is encrypted, damaged or too large."""
    if info.flag_bits & _ENCRYPTED:
        raise ReadError(path, "is encrypted")
    bound = LARGEST_MEMBER
    if info.file_size > RATIO_COUNTS_FROM:
        bound = min(bound, max(info.compress_size, 1) * LARGEST_RATIO)
    parts: list[bytes] = []
    size = 0
    try:
        with archive.open(info) as stream:
            while piece := stream.read(_PIECE):
                size += len(piece)
                if size > bound or (size > RATIO_COUNTS_FROM and size > max(info.compress_size, 1) * LARGEST_RATIO):
                    raise ReadError(path, f"unpacks to more than {min(size, bound) // MEGABYTE} MB, which is beyond "
                                          f"what a document needs")  # fmt: skip
                parts.append(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise ReadError(path, f"cannot be unpacked: {error or type(error).__name__}") from None
    return b"".join(parts)


def member_name(info: zipfile.ZipInfo) -> str:
    """The name of a member as it was meant. Without the mark for UTF-8 it is often GBK (Windows in Chinese), sometimes
    UTF-8 (archivers of macOS), which zipfile reads as CP437."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME and not name.isascii():
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return _harmless(name)


def _harmless(name: str) -> str:
    """The name without ways out of the archive: nothing is ever written to disk, but records show names as paths."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    if parts and len(parts[0]) == 2 and parts[0][1] == ":":
        del parts[0]
    return "/".join(parts)


def is_wanted(name: str) -> bool:
    """Whether a member is a document: its suffix is known and it is not hidden."""
    path = PurePosixPath(name)
    hidden = any(part.startswith((".", "__MACOSX", "~$")) for part in path.parts)
    return not hidden and path.suffix.lower() in SUFFIXES
