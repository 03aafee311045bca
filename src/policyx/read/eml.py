"""The bytes of a mail, or of a page saved with its parts (MHTML), go in; its text goes out, and its attachments as
documents of their own."""

from __future__ import annotations

import email
from collections.abc import Iterator
from email.errors import (
    CloseBoundaryNotFoundDefect,
    InvalidBase64CharactersDefect,
    InvalidBase64LengthDefect,
    InvalidBase64PaddingDefect,
)
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import PurePosixPath
from typing import Any, cast

from policyx.errors import ReadError
from policyx.read import html, txt
from policyx.read.encoding import known_encoding
from policyx.read.limits import LARGEST_MEMBER, MOST_MEMBERS
from policyx.read.meta import institution, plain
from policyx.read.registry import SUFFIXES, Member
from policyx.read.source import Content


class _Policy(EmailPolicy):
    """Reads a header that the standard library fails on as an empty one: the mail is worth more than the header."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        try:
            return super().header_fetch_parse(name, value)
        except (AttributeError, LookupError, ValueError):
            return super().header_fetch_parse(name, "")


def members(data: bytes, path: str, encoding: str | None) -> Iterator[Member | ReadError]:
    """The text first, under no name of its own, then the attachments whose format is known."""
    message = cast("EmailMessage", email.message_from_bytes(data, policy=_Policy()))
    cut = _cut_off(message)
    found = False
    try:
        content = _text(message, path, encoding)
        if content is not None:
            if cut:
                content = content._replace(notes=(*content.notes, "the mail is cut off: its last part has no end"))
            found = True
            yield Member("", b"", content)
    except ReadError as error:
        found = True
        yield error
    for number, part in enumerate(_attachments(message)):
        if number >= MOST_MEMBERS:
            raise ReadError(path, f"holds more than {MOST_MEMBERS} attachments")
        name = PurePosixPath((part.get_filename() or "").replace("\\", "/")).name
        if PurePosixPath(name).suffix.lower() not in SUFFIXES:
            continue
        found = True
        payload = part.get_payload(decode=True)
        if id(part) in cut or _is_broken(part):
            yield ReadError(f"{path}!/{name}", "is an attachment that cannot be unpacked: it is cut off or damaged")
        elif isinstance(payload, bytes) and 0 < len(payload) <= LARGEST_MEMBER:
            yield Member(name, payload)
        else:
            yield ReadError(f"{path}!/{name}", "is an attachment that cannot be unpacked")
    if not found:
        raise ReadError(path, "is a mail without a text or an attachment that can be read")


def _cut_off(message: EmailMessage) -> set[int]:
    """The parts, by identity, in which the file ends before the mail does: the last of a multipart without an end."""
    cut: set[int] = set()
    for part in message.walk():
        if any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in part.defects):
            last = part
            while last.is_multipart() and last.get_payload():
                last = cast("list[EmailMessage]", last.get_payload())[-1]
            cut.add(id(last))
    return cut


def _is_broken(part: EmailMessage) -> bool:
    """Whether a part could not be decoded: what comes back then is its base64 as it stands."""
    broken = (InvalidBase64CharactersDefect, InvalidBase64LengthDefect, InvalidBase64PaddingDefect)
    return any(isinstance(defect, broken) for defect in part.defects)


def _text(message: EmailMessage, path: str, encoding: str | None) -> Content | None:
    """The body, as text rather than as a page where the mail brings both; a page where its tables would be lost."""
    parts = [part for kind in ("html", "plain") if (part := _body(message, kind)) is not None]
    if not parts:
        return None
    kind = parts[0].get_content_subtype()
    as_page = kind == "html" and (len(parts) == 1 or b"<td" in _payload(parts[0]).lower())
    part = parts[0] if as_page or len(parts) == 1 else parts[1]
    told = encoding or _declared(part)
    read = html.read if as_page else txt.read
    try:
        content = read(_payload(part), path, None)
    except ReadError:
        if told is None:
            raise
        content = read(_payload(part), path, told)
    title = plain(_header(message, "Subject")) or content.title
    issuer = institution(parseaddr(_header(message, "From") or "")[0]) or content.issuer
    return Content(content.text, content.encoding, title, _date(message) or content.date, issuer, notes=content.notes)


def _body(message: EmailMessage, kind: str) -> EmailMessage | None:
    try:
        return cast("EmailMessage | None", message.get_body((kind,)))
    except (AttributeError, KeyError, ValueError):  # a multipart that says so and holds no parts
        return None


def _payload(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _attachments(message: EmailMessage) -> Iterator[EmailMessage]:
    for part in message.walk():
        if not part.is_multipart() and (part.get_filename() or part.get_content_disposition() == "attachment"):
            yield part


def _declared(part: EmailMessage) -> str | None:
    charset = part.get_content_charset()
    return charset if isinstance(charset, str) and known_encoding(charset) else None


def _header(message: EmailMessage, name: str) -> str | None:
    value = message.get(name)
    return None if value is None else str(value)


def _date(message: EmailMessage) -> str | None:
    written = _header(message, "Date")
    try:
        return parsedate_to_datetime(written).date().isoformat() if written else None
    except (ValueError, TypeError, IndexError):
        return None
