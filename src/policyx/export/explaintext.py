"""An explanation goes in, what a reader sees of it goes out: sentence, fields with reasons, rules, repairs."""

from __future__ import annotations

from collections.abc import Mapping

from policyx.export.colour import BOLD, BOLD_GREEN, CYAN, DIM, GREEN, RED_STRUCK, YELLOW, coloured
from policyx.export.explain import Explanation
from policyx.export.labels import head_of
from policyx.export.rows import cell_text, printable, row_dict
from policyx.export.view import View
from policyx.model import Baseline, Link, Period
from policyx.rules import Rules

_STYLES = {"quantity": BOLD_GREEN, "other": GREEN, "name": CYAN, "period": YELLOW, "rejected": RED_STRUCK}
# without colour only what the explanation is about is marked, or the sentence could not be read for marks
_SIGNS = {"quantity": ("[[", "]]"), "rejected": ("[[", "]]")}
# fields that are shown, and the reasons' fields that belong to each
_FIELDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("name", ("name",)),
    ("indicator", ("indicator", "label")),
    ("amount", ("value", "value_max", "unit", "quantity", "bound", "amount")),
    ("base", ("base_value", "base_value_max", "base_unit")),
    ("measure", ("measure",)),
    ("status", ("status",)),
    ("year", ("year",)),
    ("period_text", ("period",)),
    ("baseline_text", ("baseline",)),
    ("place", ("place",)),
    ("heading", ("heading",)),
    ("flags", ("flags",)),
    ("checks", ("checks",)),
)


def rule_notes(rules: Rules) -> dict[str, str]:
    """What each rule says of itself, by id."""
    return {entry["id"]: entry.get("note", "") for _, entry in rules.all()}


def explanation_text(explanation: Explanation, notes: Mapping[str, str], view: View) -> str:
    """The explanation as lines for a screen, with an empty one behind."""
    lines = [coloured(f"{explanation.start}..{explanation.end}", DIM, view.colour), f"  {_marked(explanation, view)}"]
    if explanation.record is not None:
        lines += _fields(explanation, view)
        lines += _rules("rule", explanation.record.rules, notes, view)
        lines += _losers(explanation.record.losers, notes, view)
    if explanation.rejected is not None:
        reason = explanation.rejected.rejected or ""
        lines.append(f"  no record: {coloured(reason, BOLD, view.colour)}{_note(reason, notes)}")
    for edit in explanation.edits:
        change = f"{edit.start}..{edit.end} became {printable(edit.replacement)!r}"
        lines.append(coloured(f"  repair {change} by {', '.join(edit.rules)}", DIM, view.colour))
    return "\n".join(lines) + "\n\n"


def _fields(explanation: Explanation, view: View) -> list[str]:
    record = explanation.record
    if record is None:
        return []
    row = row_dict(record)
    reasons = [(field, printable(reason)) for field, reason in record.reasons]
    shown = []
    for column, fields in _FIELDS:
        why = "; ".join(reason for field, reason in reasons if field in fields)
        value = cell_text(column, row[column], view.lang)
        if value or why:
            head = coloured(head_of(column, view.lang), DIM, view.colour)
            because = coloured(f"  ({why})", DIM, view.colour) if why else ""
            shown.append(f"  {head}: {coloured(value or '?', BOLD, view.colour)}{because}")
    known = {field for _, fields in _FIELDS for field in fields}
    return shown + [f"  {field}: {reason}" for field, reason in reasons if field not in known]


def _losers(losers: tuple[Link, ...], notes: Mapping[str, str], view: View) -> list[str]:
    """What else was proposed, and by which rule; a proposal that says the same is passed over."""
    shown = dict.fromkeys((link.slot, _plain(link.value), link.rule, link.evidence) for link in losers)
    return [
        coloured(
            f"  not {slot} {value}{f' ({printable(why)})' if why else ''} by {rule}{_note(rule, notes)}",
            DIM,
            view.colour,
        )
        for slot, value, rule, why in shown
    ]


def _plain(value: object) -> str:
    return printable(value.text if isinstance(value, (Period, Baseline)) else str(value))


def _rules(word: str, rules: tuple[str, ...], notes: Mapping[str, str], view: View) -> list[str]:
    return [coloured(f"  {word} {rule}{_note(rule, notes)}", DIM, view.colour) for rule in rules]


def _note(rule: str, notes: Mapping[str, str]) -> str:
    return f": {notes[rule]}" if notes.get(rule) else ""


def _marked(explanation: Explanation, view: View) -> str:
    parts = []
    at = 0
    for mark in explanation.marks:
        parts.append(printable(explanation.text[at : mark.start]))
        words = printable(explanation.text[mark.start : mark.end])
        before, after = ("", "") if view.colour else _SIGNS.get(mark.role, ("", ""))
        parts.append(before + coloured(words, _STYLES[mark.role], view.colour) + after)
        at = mark.end
    parts.append(printable(explanation.text[at:]))
    return "".join(parts)
