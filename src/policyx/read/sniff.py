"""The first bytes of a file and the format that its suffix says go in; the format that it is goes out.

A suffix lies often enough: a PDF saved as .txt, a page saved as .doc, a .docx renamed to .zip."""

from __future__ import annotations

import io
import re

_MARKS = re.compile(rb"(?:\xef\xbb\xbf)?\s*", re.DOTALL)
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<!--.{0,400}?-->\s*<(?:!doctype\s+html|html[\s>])", re.I | re.DOTALL)
_FEED = re.compile(rb"(?:<\?xml.{0,600}?\?>|<!--.{0,600}?-->|\s)*<(?:feed|rss|rdf:RDF)[\s>]", re.I | re.DOTALL)
_XHTML = re.compile(rb"<\?xml.{0,400}?<(?:!doctype\s+html|html[\s>])", re.I | re.DOTALL)
_PIECE = re.compile(rb"<(?:body|div|section|article|main|table|title|center|font|span|p|h[1-6]|[uo]l)[\s>]", re.I)
_CLOSES = re.compile(rb"</(?:div|p|span|li|td|tr|h[1-6]|title|a|font)>", re.I)
_FEWEST_CLOSED = 4  # tags, before a text that begins with one is a piece of a page
_TAG = re.compile(rb"<(?:/?[a-z][a-z0-9]{0,10}[\s/>]|!--|!doctype)", re.I)
_MAIL = re.compile(
    rb"(?:(?:From|To|Date|Subject|Received|Return-Path|Message-ID|MIME-Version|X-[\w-]+):[^\n]*\n(?:[ \t][^\n]*\n)*){3}"
)
_HEAD = 4096
_PDF_WITHIN = 1024  # where a reader of PDF looks for its mark: some servers put lines before it
_XML_SHEETS = b"urn:schemas-microsoft-com:office:spreadsheet"
_TEXTS = ("txt", "markdown", "html", "feed", "eml", "csv")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# the member by which an archive is known -> what it is
_MEMBERS = {
    "word/document.xml": "docx",
    "word/document2.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
    "ofd.xml": "ofd",
}
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"BM")
_OPEN_DOCUMENTS = {b"text": "doc", b"spreadsheet": "ods"}
_PACKAGES = ("docx", "xlsx", "ods", "ofd", "pptx")


def format_of(data: bytes, by_suffix: str) -> str:
    """The name of the format that `data` is."""
    head = data[:_HEAD]
    if head.startswith(b"%PDF-") or (by_suffix == "pdf" and b"%PDF-" in head[:_PDF_WITHIN]):
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data, by_suffix)
    if head.startswith(_OLD_OFFICE):
        return _old_office(data, by_suffix)
    if head.startswith(b"{\\rtf1"):
        return "doc"
    if by_suffix in ("image", "pdf") and head.startswith(_PICTURES):
        return "image"
    if _XML_SHEETS in head and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        return "xmlss"
    start = head[_MARKS.match(head).end() :]  # type: ignore[union-attr] # it matches the empty text
    if _HTML.match(start) or _XHTML.match(start):
        return "html"
    if by_suffix == "txt" and _PIECE.match(start) and len(_CLOSES.findall(head)) >= _FEWEST_CLOSED:
        return "html"
    if by_suffix in ("feed", "txt") and _FEED.match(start):
        return "feed"
    if by_suffix == "txt" and _MAIL.match(start):
        return "eml"
    if by_suffix == "html":
        wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
        return "html" if wide or _TAG.search(data) else "txt"
    if by_suffix == "feed":
        return "html" if _TAG.search(head) else "txt"
    if by_suffix in ("xlsx", "xls"):  # many an office's export is a page or a list with tabs under another name
        return "html" if _TAG.search(head) else "csv" if b"\t" in head or b"," in head else "txt"
    return by_suffix if by_suffix in _TEXTS else "txt"


def _old_office(data: bytes, by_suffix: str) -> str:
    """Whether a file of Office 97 is a workbook. A text may hold a workbook and a workbook a text: then the suffix
    decides."""
    workbook = any(name.encode("utf-16-le") in data for name in ("Workbook", "Book\0"))
    text = "WordDocument".encode("utf-16-le") in data
    return "xls" if by_suffix == "xls" or (workbook and not text) else "doc"


def _zipped(data: bytes, by_suffix: str) -> str:
    """Which of the formats that are ZIP archives, by the names of its members."""
    import zipfile  # a plain text does without

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.lstrip("/").lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, OverflowError):
        names = {name for name in _MEMBERS if name.encode() in data or name.replace("ofd", "OFD").encode() in data}
    for name, format in _MEMBERS.items():
        if name in names:
            return format
    if data[30:38] == b"mimetype":
        for kind, format in _OPEN_DOCUMENTS.items():
            if b"application/vnd.oasis.opendocument." + kind in data[:200]:
                return format
    return by_suffix if by_suffix in _PACKAGES else "zip"
