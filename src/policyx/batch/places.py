"""File systems behind one small face: what a run reads from and what a folder of shards is written to.

A file that is written appears whole or not at all, also where the machine is switched off in the middle.
"""

from __future__ import annotations

import contextlib
import io
import os
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from policyx.errors import PolicyxError, ReadError
from policyx.read import file_bytes, special_kind

UNFINISHED = ".part"  # ends the name of a file that is being written


class Place(Protocol):
    """A file system; paths are text, with `/` between their parts."""

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises ReadError with the reason."""

    def open(self, path: str) -> BinaryIO:
        """A file to read from, at any position. Raises ReadError with the reason."""

    def write(self, path: str, data: bytes) -> None:
        """Make a file, or put it in place of another; its folder is made where it is missing."""

    def delete(self, path: str) -> None:
        """Take a file away; one that is not there is none the worse."""

    def names(self, folder: str) -> list[str]:
        """The names of the files of a folder; none where it does not exist."""


class LocalPlace:
    """The files of this machine. Paths that are not absolute begin at `base`."""

    def __init__(self, base: str = "") -> None:
        self._base = base

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        self._require_file(path)
        return file_bytes(str(Path(self._base, path)))

    def open(self, path: str) -> BinaryIO:
        """A file to read from."""
        self._require_file(path)
        try:
            return Path(self._base, path).open("rb")
        except OSError as error:
            raise ReadError(path, f"cannot be read: {error.strerror or error}") from None

    def _require_file(self, path: str) -> None:
        """A run reads a file more than once, and several at a time: what gives its bytes but once is none."""
        special = special_kind(str(Path(self._base, path)))
        if special is not None:
            raise ReadError(path, f"is {special}, not a file")

    def write(self, path: str, data: bytes) -> None:
        """Written beside, forced to the disk, then renamed."""
        target = Path(self._base, path)
        draft = target.with_name(f".{target.name}.{os.getpid()}{UNFINISHED}")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with draft.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            draft.replace(target)
            _sync_folder(target.parent)
        except OSError as error:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            raise PolicyxError(f"{path}: cannot be written: {error.strerror or error}") from None

    def delete(self, path: str) -> None:
        """Take a file away."""
        try:
            Path(self._base, path).unlink(missing_ok=True)
        except OSError as error:
            raise PolicyxError(f"{path}: cannot be removed: {error.strerror or error}") from None

    def names(self, folder: str) -> list[str]:
        """The names of the files of a folder."""
        try:
            return sorted(item.name for item in Path(self._base, folder).iterdir() if item.is_file())
        except FileNotFoundError:
            return []
        except OSError as error:
            raise PolicyxError(f"{folder}: cannot be searched: {error.strerror or error}") from None


class ArrowPlace:
    """A file system of Arrow: the layer through which Ray Data reads and writes, with S3, GCS, HDFS and others.

    `root` is what stands before a path in names that people see (`s3://`)."""

    def __init__(self, filesystem: Any, root: str = "") -> None:
        self._files, self._root = filesystem, root

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        try:
            with self._files.open_input_stream(self._inner(path)) as stream:
                return cast(bytes, stream.read())
        except OSError as error:
            raise ReadError(path, _reason(error)) from None

    def open(self, path: str) -> BinaryIO:
        """A file to read from."""
        try:
            return cast(BinaryIO, io.BufferedReader(self._files.open_input_file(self._inner(path))))
        except OSError as error:
            raise ReadError(path, _reason(error)) from None

    def write(self, path: str, data: bytes) -> None:
        """An object store shows an object when it is whole; elsewhere the file is written beside and renamed."""
        inner = self._inner(path)
        folder, _, name = inner.rpartition("/")
        whole = self._files.type_name in ("s3", "gcs", "abfs")
        draft = inner if whole else f"{folder}/.{name}.{os.getpid()}{UNFINISHED}"
        try:
            if not whole:
                self._files.create_dir(folder, recursive=True)
            with self._files.open_output_stream(draft) as stream:
                stream.write(data)
            if not whole:
                self._files.move(draft, inner)
        except OSError as error:
            raise PolicyxError(f"{path}: cannot be written: {error}") from None

    def delete(self, path: str) -> None:
        """Take a file away."""
        with contextlib.suppress(FileNotFoundError):
            self._files.delete_file(self._inner(path))

    def names(self, folder: str) -> list[str]:
        """The names of the files of a folder."""
        return sorted(name for name, size in self.sizes(folder, deep=False) if size is not None)

    def sizes(self, folder: str, deep: bool = True) -> list[tuple[str, int | None]]:
        """The paths below a folder, from it on, each with its size, which a folder has none of."""
        from pyarrow import fs

        inner = self._inner(folder).rstrip("/")
        found = self._files.get_file_info(fs.FileSelector(inner, allow_not_found=True, recursive=deep))
        return sorted((item.path[len(inner) :].lstrip("/"), item.size) for item in found)

    def size(self, path: str) -> int | None:
        """The size of a file; None for a folder, -1 for what is not there."""
        from pyarrow import fs

        (found,) = self._files.get_file_info([self._inner(path).rstrip("/")])
        if found.type == fs.FileType.NotFound:
            return -1
        return cast("int | None", found.size) if found.type == fs.FileType.File else None

    def _inner(self, path: str) -> str:
        return path.removeprefix(self._root)


def _reason(error: OSError) -> str:
    return "does not exist" if isinstance(error, FileNotFoundError) else f"cannot be read: {error}"


def _sync_folder(folder: Path) -> None:
    """Force a renaming to the disk, on systems that let a folder be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
