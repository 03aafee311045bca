"""A finding goes in, its sentence in the reader's language comes out; the templates are in sentences.toml."""

from __future__ import annotations

from functools import lru_cache

from policyx.check.finding import Finding


def sentence_of(finding: Finding, lang: str = "zh") -> str:
    """What was found, as a sentence with the arithmetic in it. `lang` is `zh` or `en`.

    >>> import policyx
    >>> document = policyx.extract("2023年，新增三类企业156家，其中雏鹰91家，瞪羚57家，准独角兽8家。")
    >>> print(*(policyx.sentence_of(finding) for finding in policyx.check(document)))
    各部分之和 91家 + 57家 + 8家 = 156家，与“新增三类企业”156家相符。
    """
    return templates()[finding.template][lang].format_map(dict(finding.parts))


@lru_cache(maxsize=1)
def templates() -> dict[str, dict[str, str]]:
    """The sentence of each kind of finding, by language."""
    import tomllib  # here: documents are checked at every start, sentences are seldom wanted
    from importlib.resources import files

    text = files("policyx.check").joinpath("sentences.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
