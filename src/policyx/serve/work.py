"""Uploaded files go in, the report of them comes out, made by a process of its own that is ended when time is up."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path, PurePosixPath, PureWindowsPath
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import NamedTuple

_LONGEST, _LONGEST_SUFFIX = 200, 12  # bytes of a file's name, characters of its suffix
_UNWANTED = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u202a-\u202e\u2066-\u2069]")
_PAGE = "report.html"


class Failed(Exception):
    """No report came of the files; the text says why."""


class Upload(NamedTuple):
    """A file as it was sent."""

    name: str
    content: bytes


class Job(NamedTuple):
    """What is to be reported, in which language, and the folder in which files and report are kept, if at all."""

    uploads: list[Upload]
    lang: str
    keep: Path | None = None


async def made(job: Job, seconds: float) -> bytes:
    """The page of a job's files. Raises TimeoutError after `seconds`, Failed where there is no page."""
    with TemporaryDirectory(prefix="policyx-serve-") as place:
        folder, page = Path(place, "files"), Path(place, _PAGE)
        folder.mkdir()
        names = safe_names(upload.name for upload in job.uploads)
        for name, upload in zip(names, job.uploads, strict=True):
            (folder / name).write_bytes(upload.content)
        complaints = await _reported(folder, names, page, job.lang, seconds)
        if not page.is_file():
            raise Failed(complaints or "policyx gave no reason")
        if job.keep is not None:
            copytree(place, job.keep / f"{datetime.now():%Y%m%d-%H%M%S-%f}")
        return page.read_bytes()


def safe_names(names: Iterable[str]) -> list[str]:
    """Names for files of one folder, like those that were sent, none with a path in it and none twice."""
    found: list[str] = []
    taken: set[str] = set()
    for sent in names:
        last = PureWindowsPath(PurePosixPath(sent).name).name
        clean = _UNWANTED.sub("_", last).strip(" .") or "file"
        suffix = PurePosixPath(clean).suffix[:_LONGEST_SUFFIX]
        stem = _cut(clean.removesuffix(suffix), _LONGEST - len(suffix.encode()))
        name, number = stem + suffix, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem} ({number}){suffix}"
        taken.add(name.casefold())
        found.append(name)
    return found


def _cut(text: str, most: int) -> str:
    """The beginning of a text that has at most `most` bytes in UTF-8."""
    return text.encode("utf-8", "replace")[:most].decode("utf-8", "ignore")


async def _reported(folder: Path, names: list[str], page: Path, lang: str, seconds: float) -> str:
    """Run `policyx report` on the files; what it says on standard error."""
    command = [sys.executable, "-m", "policyx", "report", "--lang", lang, "-j", "1", "-o", str(page), "--", *names]
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(seconds):
            _, complaints = await process.communicate()
    finally:
        if process.returncode is None:
            _end(process.pid)
            await process.wait()
    return complaints.decode("utf-8", "replace").strip()


def _end(pid: int) -> None:
    """End a process, and with it whatever it started, on systems that know groups of processes."""
    with suppress(ProcessLookupError):
        if sys.platform == "win32":
            os.kill(pid, signal.SIGTERM)
        else:
            os.killpg(pid, signal.SIGKILL)
