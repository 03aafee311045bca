"""A record goes in, whether it tells of its year alone, of an average over years or of several years together."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from policyx.model import Record
from policyx.panel.words import PanelWords
from policyx.patterns import compiled

Span = Literal["year", "average", "together"]

_PHRASE = compiled(r"[，,；;。：:]")
_YEAR = r"[^，,；;。0-9]{0,4}((?:19|20)[0-9]{2})"


def span_of(record: Record, words: PanelWords) -> Span:
    """`average`: a rate per year over several; `together`: a sum or a change over several years (比2015年增长43%,
    累计下降20%), which says nothing of the year in which it ends."""
    phrases = _phrases(record)
    phrase = phrases[-1]
    told = f"{phrase} {record.name or ''}"
    if record.measure != "level" and words.has("average", told):
        return "average"
    if _since_earlier(record, phrase, words) or _after_from_to(record, phrases, words):
        return "together"
    if words.has("together", told) and not words.has("within_year", told):
        return "together"
    if _covers_years(record):
        # a period that is only carried along may be another one's
        carried = record.period is not None and record.period.origin == "carried"
        return "average" if carried and record.measure == "growth_rate" else "together"
    return "year"


def _phrases(record: Record) -> list[str]:
    """The sentence up to the figure, without blanks, in phrases between commas; other figures may be in the last."""
    text = "".join(record.sentence[: max(record.start - record.sentence_start, 0)].split())
    return _PHRASE.split(text)


def _after_from_to(record: Record, phrases: list[str], words: PanelWords) -> bool:
    """由559.4亿元增加到690亿元，增长17.6%: a growth from a level of another year, which is seldom the year before."""
    before = phrases[-2] if len(phrases) > 1 else ""
    return record.measure == "growth_rate" and words.has("from", before) and words.has("to", before)


def _covers_years(record: Record) -> bool:
    period = record.period
    if period is None or period.start is None or period.end is None:
        return False
    return period.start[:4] < period.end[:4]


def _since_earlier(record: Record, phrase: str, words: PanelWords) -> bool:
    """Whether the change is counted from a year before the last."""
    if record.year is None or record.measure == "level":
        return False
    years = [int(match[1]) for match in _base_year(words).finditer(phrase)]
    if record.baseline is not None and record.baseline.year is not None:
        years.append(record.baseline.year)
    return any(record.year - year > 1 for year in years)


@lru_cache(maxsize=4)
def _base_year(words: PanelWords) -> re.Pattern[str]:
    """`than 2015`: a word of comparison and a year."""
    return compiled(f"(?:{words.patterns['than'].pattern}){_YEAR}")
