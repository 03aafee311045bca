"""The pages of the server itself: where files are dropped, and messages. One style and one script, allowed by hash."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from html import escape
from importlib.resources import files
from string import Template

from policyx.report.page import hash_source


def upload_page(lang: str, token: str, megabytes: int, *, kept: bool = False) -> str:
    """The page that files are dropped on; `kept` has it say that they are not deleted."""
    words = dict(_words()[lang])
    words["privacy"] = words["kept"] if kept else words["privacy"]
    form = Template(_read("form.html")).substitute(
        token=escape(token),
        lang=lang,
        other="en" if lang == "zh" else "zh",
        **{key: escape(text.format(megabytes=megabytes)) for key, text in words.items()},
    )
    return _framed(lang, form)


def message_page(lang: str, key: str, detail: str = "") -> str:
    """A page that says why there is no report."""
    words = _words()[lang]
    message = words.get(key, words["status_other"])
    return _framed(lang, f"<p><strong>{escape(message)}</strong></p>\n<pre>{escape(detail)}</pre>")


def upload_policy() -> str:
    """The Content-Security-Policy of these pages."""
    style, script = hash_source(_read("serve.css")), hash_source(_read("serve.js"))
    return (
        f"default-src 'none'; style-src {style}; script-src {script}; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def _framed(lang: str, content: str) -> str:
    return Template(_read("frame.html")).substitute(
        lang="zh-CN" if lang == "zh" else "en",
        title=escape(_words()[lang]["title"]),
        style=_read("serve.css"),
        script=_read("serve.js"),
        content=content,
    )


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    read: dict[str, dict[str, str]] = tomllib.loads(_read("words.toml"))
    return {lang: {key: pair[lang] for key, pair in read.items()} for lang in ("zh", "en")}


@lru_cache(maxsize=8)
def _read(name: str) -> str:
    return files("policyx.serve").joinpath("web", name).read_text(encoding="utf-8")
