"""The bytes of an old Office document (DOC, WPS, RTF, ODT) go in; LibreOffice, where it is installed, makes a DOCX of
it, and that is read."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from policyx.errors import ReadError
from policyx.read import docx
from policyx.read.limits import LONGEST_CONVERSION
from policyx.read.source import Content

_PROGRAMS = ("soffice", "libreoffice")
_SECTOR = 512  # bytes; the head of an old Office file alone has as many
_TEXT = "WordDocument".encode("utf-16-le")  # names of streams stand in an old Office file as UTF-16
_SLIDES = "PowerPoint Document".encode("utf-16-le")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read(data: bytes, path: str, encoding: str | None) -> Content:
    """The text of the document. Raises ReadError where LibreOffice is missing or cannot read it."""
    old = data.startswith(b"\xd0\xcf\x11\xe0")
    whole = len(data) >= _SECTOR if old else not data.startswith(b"{") or data.rstrip(b"\0\r\n\t ").endswith(b"}")
    if not whole:
        raise ReadError(path, f"is {_kind(data)}, but cut off")
    if old and _ENCRYPTED in data:
        raise ReadError(path, "is an encrypted Office document; remove its password first")
    if old and _SLIDES in data and _TEXT not in data:
        raise ReadError(path, "is an old PowerPoint presentation (ppt), which is not read; save it as pptx")
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise ReadError(
            path,
            f"is {_kind(data)}, which needs LibreOffice to be read; install it (soffice has to be on the PATH), or "
            f"save the document as docx",
        )
    return docx.read(_converted(program, data, path), path, encoding)


def _kind(data: bytes) -> str:
    if data.startswith(b"{\\rtf"):
        return "an RTF document"
    return "an old Office document (doc, wps)" if data.startswith(b"\xd0\xcf") else "an OpenDocument text"


def _converted(program: str, data: bytes, path: str) -> bytes:
    """The document as DOCX. A profile of its own keeps the user's out of it, and lets several run side by side."""
    suffix = ".rtf" if data.startswith(b"{\\rtf") else ".doc" if data.startswith(b"\xd0\xcf") else ".odt"
    with tempfile.TemporaryDirectory(prefix="policyx-") as place:
        folder = Path(place)
        (folder / f"document{suffix}").write_bytes(data)
        command = [
            program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
            "--convert-to", "docx", "--outdir", str(folder / "out"), str(folder / f"document{suffix}"),
        ]  # fmt: skip
        try:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=LONGEST_CONVERSION,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise ReadError(path, f"LibreOffice needed more than {LONGEST_CONVERSION} seconds for it") from None
        except OSError as error:
            raise ReadError(path, f"LibreOffice could not be started: {error.strerror or error}") from None
        made = folder / "out" / "document.docx"
        if not made.is_file():
            said = done.stdout.decode("utf-8", "replace").strip().splitlines()
            why = f": {said[-1]}" if said else ""
            raise ReadError(
                path, f"is {_kind(data)}, but LibreOffice (is its Writer installed?) could not read it{why}"
            )
        return made.read_bytes()
