"""Bytes go in, the name of the binary format they are goes out (None: they may be text)."""

from __future__ import annotations

# what a file begins with -> what it is; only signatures that no text begins with
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document (docx, xlsx, odt)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (doc, xls, wps)"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
)

# what a file is by its suffix's format, if it is no text
_PROMISED = {
    "pdf": "PDF document", "docx": "Word document", "doc": "old Office document", "ofd": "OFD document",
    "pptx": "PowerPoint document", "xlsx": "Excel workbook", "xls": "Excel workbook", "ods": "OpenDocument sheet",
    "image": "picture", "zip": "ZIP archive",
}  # fmt: skip


def promised_kind(format: str) -> str | None:
    """What the format of a file's suffix says that it is, or None where it is a text."""
    return _PROMISED.get(format)


def binary_kind(data: bytes) -> str | None:
    """What the bytes are by their first ones, or None."""
    return next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), None)
