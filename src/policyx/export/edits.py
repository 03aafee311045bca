"""A repaired text goes in, its edits go out: as plain dicts, counted, or as the lines that changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from policyx.export.colour import DIM, GREEN, RED_STRUCK, coloured
from policyx.export.plain import Plain
from policyx.export.rows import printable
from policyx.model import Edit
from policyx.text import RepairedText


def edit_dicts(text: RepairedText) -> list[Plain]:
    """Each edit: where in the original it is, what stood there, what stands there now, and which rules did it."""
    return [
        {
            "start": edit.start,
            "end": edit.end,
            "before": text.original[edit.start : edit.end],
            "after": edit.replacement,
            "rules": list(edit.rules),
        }
        for edit in text.edits
    ]


def rule_counts(edits: Iterable[Edit]) -> dict[str, int]:
    """How many edits each rule had a part in, the busiest first."""
    return dict(Counter(rule for edit in edits for rule in edit.rules).most_common())


def diff_text(text: RepairedText, colour: bool) -> str:
    """The original's lines with edits in them, by number: what goes in red and struck through, what comes in green;
    without colour as [-what goes-]{+what comes+}."""
    original = text.original
    shown: list[str] = []
    number, counted = 1, 0
    for group in _by_line(text):
        at = original.rfind("\n", 0, group[0].start) + 1
        number += original.count("\n", counted, at)
        counted = at
        shown.append(coloured(f"{number}: ", DIM, colour))
        for edit in group:
            shown.append(printable(original[at : edit.start]))
            shown.append(_change(original[edit.start : edit.end], edit.replacement, colour))
            at = edit.end
        line_end = original.find("\n", at)
        shown.append(printable(original[at : line_end if line_end >= 0 else len(original)]) + "\n")
    return "".join(shown)


def _by_line(text: RepairedText) -> Iterator[list[Edit]]:
    """The edits in groups: no line of the original ends between two of a group."""
    group: list[Edit] = []
    for edit in text.edits:
        if group and "\n" in text.original[group[-1].end : edit.start]:
            yield group
            group = []
        group.append(edit)
    if group:
        yield group


def _change(before: str, after: str, colour: bool) -> str:
    """One edit. Line ends are shown as ⏎, so that an edit that joins lines can be seen."""
    gone, come = (printable(part.replace("\n", "⏎")) for part in (before, after))
    if not colour:
        return (f"[-{gone}-]" if gone else "") + (f"{{+{come}+}}" if come else "")
    return coloured(gone, RED_STRUCK, True) + coloured(come, GREEN, True)
