"""A finding goes in, its sentence in the reader's language comes out; the templates are in sentences.toml."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from policyx.check.finding import Finding


def sentence_of(finding: Finding, lang: str = "zh") -> str:
    """What was found, as a sentence with the arithmetic in it. `lang` is `zh` or `en`."""
    return templates()[finding.template][lang].format_map(dict(finding.parts))


@lru_cache(maxsize=1)
def templates() -> dict[str, dict[str, str]]:
    """The sentence of each kind of finding, by language."""
    text = files("policyx.check").joinpath("sentences.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
