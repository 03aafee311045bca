"""The source of a page goes in, what its scripts say of the document goes out: WeChat and some news sites state date
and publisher nowhere else."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from policyx.read.meta import iso_date, issuer_name

_LINKED_DATA = re.compile(r'"(?:datePublished|pubDate)"\s*:\s*"([^"]{8,40})"')
_WECHAT = re.compile(r"""\b(?:rich_media_content|js_content)\b""")
_SENT = re.compile(r"""\bvar\s+ct\s*=\s*["']([0-9]{10})["']""")
_ACCOUNT = re.compile(r"""\bvar\s+nickname\s*=\s*(?:htmlDecode\()?["']([^"'<>\\]{2,40})["']""")
_CHINA = timedelta(hours=8)


def script_date(source: str) -> str | None:
    """The day of publication in ISO form; that of WeChat is a time in seconds, of which China's day counts."""
    linked = _LINKED_DATA.search(source)
    if linked:
        return iso_date(linked[1])
    sent = _SENT.search(source) if _WECHAT.search(source) else None
    return (datetime.fromtimestamp(int(sent[1]), UTC) + _CHINA).date().isoformat() if sent else None


def script_issuer(source: str) -> str | None:
    """The account that published an article on WeChat."""
    account = _ACCOUNT.search(source) if _WECHAT.search(source) else None
    return issuer_name(account[1]) if account else None
