"""Which rules fire in reading a text: a text in, the ids of all rules that had a part in its edits, mentions, segments
and records out; for rules whose part is not recorded, whether the reading changes without them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any
from unittest.mock import patch

from policyx import pipeline
from policyx.clause import lexicon, parse
from policyx.model import Document, Mention
from policyx.pipeline import read_quantities, read_text
from policyx.recognize import recognize
from policyx.repair import furniture
from policyx.rules import Entry, Rules, builtin_rules
from policyx.rules.loader import RuleTable


@lru_cache(maxsize=4096)
def fired(text: str) -> frozenset[str]:
    """The ids of the rules that reading `text` names: of edits, mentions, segments, page furniture and records. Of a
    mention that is rejected it is the rule that rejects it, not its unit's."""
    rules = builtin_rules()
    seen: list[Mention] = []

    def recognized(*given: Any) -> list[Mention]:
        seen[:] = recognize(*given)
        return list(seen)

    with patch.object(pipeline, "recognize", recognized):
        document = _read(text, rules)
    page = furniture(document.repaired, rules)
    mentions = read_quantities(text, rules=rules)[1] if page else seen
    found = {rule for edit in document.edits for rule in edit.rules}
    found |= {rule for mention in mentions if not mention.rejected for rule in mention.rules}
    found |= {mention.rejected for mention in (*mentions, *document.rejected) if mention.rejected}
    found |= {segment.rule for segment in document.segments if segment.rule}
    found |= {item.rule for item in page}
    found |= {rule for record in document.records for rule in record.rules}
    return frozenset(found | _words(document, rules))


def _words(document: Document, rules: Rules) -> set[str]:
    """The rules that give the words of the text their roles."""
    known = lexicon(rules)
    read = partial(parse, document.repaired, figures=(), times=(), lexicon=known)
    clauses = [clause for segment in document.segments for clause in read(segment.span).clauses]
    return {
        known.rule_of(role, clause.said(place, place + 1))
        for clause in clauses
        for place in range(len(clause.letters))
        for role in clause.roles(place)
    }


def matters(text: str, *identifiers: str) -> bool:
    """True where reading `text` gives something else without these rules: another repaired text, other segments, other
    records, whatever rules they name."""
    return _seen(_read(text, builtin_rules())) != _seen(_read(text, without(*identifiers)))


@lru_cache(maxsize=1)
def without(*identifiers: str) -> Rules:
    """The built-in rules but for these."""
    table: RuleTable = {}
    for kind, entry in builtin_rules().all():
        if entry["id"] not in identifiers:
            table.setdefault(kind, []).append(entry)
    return Rules(table, {})


def apart(entries: Iterable[Entry]) -> list[tuple[str, ...]]:
    """The ids of the entries in groups, in none of which a word of one stands in a counter-example of another: to read
    all of these without all of the group makes a reader for each group, and not for each entry. An entry that has no
    words is a group by itself."""
    groups: list[list[tuple[Entry, frozenset[str]]]] = []
    for entry in entries:
        words = frozenset(_texts(entry))
        fits = (group for group in groups if words and not any(_meet(entry, words, *other) for other in group))
        found = next(fits, None)
        if found is None:
            groups.append(found := [])
        found.append((entry, words))
    return [tuple(entry["id"] for entry, _ in group) for group in groups]


def _texts(entry: Entry) -> Iterator[str]:
    """The words of an entry, whatever it calls them."""
    for key, value in entry.items():
        if isinstance(value, list) and key not in ("examples", "counter", "cells"):
            yield from (word for word in value if isinstance(word, str))


def _meet(one: Entry, words: frozenset[str], other: Entry, others: frozenset[str]) -> bool:
    if not others:
        return True
    met = any(word in text for text in one["counter"] for word in others)
    return met or any(word in text for text in other["counter"] for word in words)


def _read(text: str, rules: Rules) -> Document:
    return read_text(text, rules=rules)


def _seen(document: Document) -> Document:
    """The document without the names of rules and reasons: what a user sees of it."""
    return replace(
        document,
        edits=tuple(edit._replace(rules=()) for edit in document.edits),
        records=tuple(replace(record, rules=(), reasons=()) for record in document.records),
        rejected=tuple(mention._replace(rules=(), rejected="x") for mention in document.rejected),
        segments=tuple(segment._replace(rule=None) for segment in document.segments),
    )
