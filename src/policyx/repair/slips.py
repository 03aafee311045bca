"""Slips of optical recognition that are certain in their context, in a text; the text without them out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from policyx.model import Edit
from policyx.patterns import compiled, positions
from policyx.repair.lookup import pairs, swapped
from policyx.rules import Rules
from policyx.rules.words import WordFinder
from policyx.text import RepairedText
from policyx.tuples import NamedTuple


class _Slip(NamedTuple):
    pattern: re.Pattern[str]
    cues: tuple[str, ...]
    to: str
    digits: dict[int, str]
    rule: str

    def edits(self, match: re.Match[str]) -> Iterator[Edit]:
        old = match.group()
        if not self.digits:
            new = match.expand(self.to)
        else:
            new = old.translate(self.digits) if any(character.isdigit() for character in old) else old
        return swapped(match.start(), old, new, self.rule)


@lru_cache(maxsize=8)
def _slips(rules: Rules) -> tuple[_Slip, ...]:
    patterns = [
        _Slip(
            compiled(entry["pattern"]),
            tuple(entry["words"]),
            entry.get("to", ""),
            str.maketrans(dict(pairs(entry))) if entry["role"] == "slip_digits" else {},
            entry["id"],
        )
        for role in ("slip_pattern", "slip_digits")
        for entry in rules.of("replacement", role)
    ]
    words = [
        _Slip(compiled(re.escape(source)), (source,), to.replace("\\", "\\\\"), {}, entry["id"])
        for entry in rules.of("replacement", "slip")
        for source, to in pairs(entry)
    ]
    return (*patterns, *words)


@lru_cache(maxsize=8)
def _cues(rules: Rules) -> WordFinder:
    return WordFinder(cue for slip in _slips(rules) for cue in slip.cues)


def repair_slips(text: RepairedText, rules: Rules) -> RepairedText:
    """Replace the words that cannot be words, and letters that stand for digits inside numbers."""
    present = _cues(rules).present(text.text)
    for slip in _slips(rules):
        if present.isdisjoint(slip.cues) or (slip.digits and not _beside_digit(text.text, slip.cues)):
            continue
        repaired = text.apply([edit for match in slip.pattern.finditer(text.text) for edit in slip.edits(match)])
        if repaired is not text:
            text = repaired
            present = _cues(rules).present(text.text)
    return text


def _beside_digit(text: str, letters: tuple[str, ...]) -> bool:
    return any(
        text[at - 1 : at].rstrip(".．").isdigit() or text[at - 2 : at - 1].isdigit() or text[at + 1 : at + 2].isdigit()
        for letter in letters
        for at in positions(text, letter)
    )
