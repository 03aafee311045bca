"""Texts in which a file states its date, title or issuer go in, the plain values go out; shared by the formats."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DATE = re.compile(
    r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})(?:\s?年\s?|[-/.])(?P<month>0?[1-9]|1[0-2])"
    r"(?:(?:\s?月\s?|[-/.])(?P<day>3[01]|[12][0-9]|0?[1-9])(?![0-9]))?(?![0-9])"
)
_COMPACT = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])(?![0-9])")
_BLANKS = re.compile(r"\s+")
_LABEL = re.compile(r"^(?:文章|稿件|信息|内容)?(?:来源|发布机构|发文机关|发布单位)\s*[:：]\s*")
_PARTS = re.compile(r"[\s\-_/|·、，,（()）]+")
_EMPTY = frozenset(("", "-", "—", "无", "null", "undefined", "none"))
_LONGEST_ISSUER = 60
_SHORTEST_TITLE, _LONGEST_TITLE = 4, 90
_TITLE_LINES = 12  # a letterhead, a document number and a date may stand above the title


def iso_date(text: str) -> str | None:
    """The first date of a text in ISO form: 2025-11-18 17:37:24, 2025年11月18日 and 20251118 are 2025-11-18."""
    match = _DATE.search(text)
    if match:
        day = f"-{int(match['day']):02d}" if match["day"] else ""
        return f"{match['year']}-{int(match['month']):02d}{day}"
    compact = _COMPACT.search(text)
    return "-".join(compact.groups()) if compact else None


def plain(text: str | None) -> str | None:
    """The text on one line without blanks around it; None for what says nothing."""
    if text is None:
        return None
    line = _BLANKS.sub(" ", text).strip()
    return None if line.lower() in _EMPTY else line


def stated_title(title: str | None, lines: Sequence[str]) -> str | None:
    """The title that the properties of a file state, as the first lines of its text have it; None where they do not:
    properties are often those of the document that it was made from."""
    wanted = "".join((title or "").split())
    if len(wanted) < _SHORTEST_TITLE:
        return None
    for line in lines[:_TITLE_LINES]:
        if wanted in "".join(line.split()):
            return line.strip() if len(line) <= _LONGEST_TITLE else title
    return None


def issuer_name(text: str | None) -> str | None:
    """The name of an issuer without the words before it (来源：)."""
    name = plain(_LABEL.sub("", plain(text) or ""))
    return name if name and len(name) <= _LONGEST_ISSUER else None


def institution(text: str | None) -> str | None:
    """The name of an issuer, if it is an institution's by its end or holds one (人民网-文化频道 原创稿); None for a
    person, an address or a program."""
    name = issuer_name(text)
    if name is None or "@" in name:
        return None
    from policyx.rules import builtin_rules  # only files that state an author need it

    for entry in builtin_rules().of("page", "institution"):
        for part in _PARTS.split(name):
            if len(part) >= entry.get("least", 2) and part.endswith(tuple(entry["words"])):
                return name
    return None
