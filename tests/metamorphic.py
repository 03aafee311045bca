"""Changes to a text that should change none of its records, and how many records stay the same under one.

A record is the same when value, unit, year, status and measure are; its place and quote move with the text."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable

from policyx.model import Document, Record
from policyx.pipeline import read_text

Change = Callable[[str], str]
Key = tuple[str, str, str, int | None, str, str]

_NEIGHBOUR = "本刊负责编发此类通报，欢迎读者来信。"
_NUMBER = re.compile(r"[0-9][0-9.,]*[0-9]")
_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff0-9，。；、%])(?=[\u4e00-\u9fff0-9，。；、%])")


def wrapped(width: int, end: str = "\n", indent: str = "") -> Change:
    """Lines cut at so many characters."""

    def change(text: str) -> str:
        pieces = []
        for line in text.split("\n"):
            cuts = [line[at : at + width] for at in range(0, len(line), width)] or [""]
            pieces.append((end + indent).join(cuts))
        return end.join(pieces)

    return change


def in_numbers(sign: str, share: float = 0.3) -> Change:
    """A sign inside every so-and-so-manyth number of two characters and more."""

    def change(text: str) -> str:
        chance = random.Random(7)

        def torn(match: re.Match[str]) -> str:
            if chance.random() > share:
                return match[0]
            at = chance.randrange(1, len(match[0]))
            return match[0][:at] + sign + match[0][at:]

        return _NUMBER.sub(torn, text)

    return change


def between(sign: str, share: float) -> Change:
    """A sign between so many of the characters of words and numbers."""

    def change(text: str) -> str:
        chance = random.Random(11)
        return _BETWEEN.sub(lambda _: sign if chance.random() < share else "", text)

    return change


def sprinkled(signs: str, share: float = 0.02) -> Change:
    """One of the signs behind so many of all characters."""

    def change(text: str) -> str:
        chance = random.Random(5)
        return "".join(ch + (chance.choice(signs) if chance.random() < share else "") for ch in text)

    return change


def in_full_width(first: str, last: str) -> Change:
    """The characters between two of ASCII, in full width."""
    table = {code: code + 0xFEE0 for code in range(ord(first), ord(last) + 1)}
    return lambda text: text.translate(table)


CHANGES: dict[str, Change] = {
    "wrapped at 20": wrapped(20),
    "wrapped at 30": wrapped(30),
    "wrapped at 40": wrapped(40),
    "wrapped at 30, CRLF": wrapped(30, "\r\n"),
    "wrapped at 30, CR": wrapped(30, "\r"),
    "wrapped at 30, indented": wrapped(30, "\n", "    "),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "digits in full width": in_full_width("0", "9"),
    "ASCII in full width": in_full_width("!", "~"),
    "a paragraph before": lambda text: _NEIGHBOUR + "\n" + text,
    "a paragraph behind": lambda text: text + "\n" + _NEIGHBOUR,
    "zero-width characters": sprinkled("\u200b\u200c\u200d\ufeff\u2060"),
    "blanks in numbers": in_numbers(" "),
    "ideographic blanks in numbers": in_numbers("\u3000"),
    "control characters": sprinkled("\x00\x01\x07\x1b\x1f\x7f"),
    "blanks between 5 %": between(" ", 0.05),
    "blanks between 20 %": between(" ", 0.2),
    "blanks between all": between(" ", 1.0),
}


def key(record: Record) -> Key:
    """What has to stay."""
    quantity = record.quantity
    return (
        str(quantity.base_value), str(quantity.base_value_max), quantity.unit_text, record.year, record.status,
        record.measure,
    )  # fmt: skip


def keys(document: Document) -> Counter[Key]:
    """The keys of a document's records."""
    return Counter(map(key, document))


def kept(texts: Iterable[tuple[str, str]], change: Change) -> tuple[int, int, list[Record]]:
    """How many records of the texts (name, text) stay the same, how many there are, and the new ones without a flag."""
    same = total = 0
    silent: list[Record] = []
    for name, text in texts:
        before = keys(read_text(text, source=name))
        document = read_text(change(text), source=name)
        after = keys(document)
        same += sum((before & after).values())
        total += sum(before.values())
        silent += [record for record in document if (after - before)[key(record)] and not record.flags]
    return same, total, silent
