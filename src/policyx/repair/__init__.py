"""Repair: a decoded text in; a `RepairedText` out, in simplified script, without damage, every edit with its rule.

One module for each kind of damage; this one knows their order. Page furniture is not removed but named by `furniture`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from policyx.repair.boxes import BOX_SIGNS, repair_boxes
from policyx.repair.controls import CONTROL_SIGNS, repair_controls
from policyx.repair.cutlines import repair_cutlines
from policyx.repair.escapes import repair_escapes
from policyx.repair.furniture import Furniture, furniture, own_text
from policyx.repair.gloss import TONED, repair_gloss
from policyx.repair.jammed import JAMMER_SIGNS, repair_jammed
from policyx.repair.linewrap import repair_linewrap
from policyx.repair.lookup import any_of, holds
from policyx.repair.markup import markup_signs, repair_markup
from policyx.repair.script import repair_script, script_signs
from policyx.repair.shifted import repair_shifted
from policyx.repair.slips import repair_slips
from policyx.repair.spacing import repair_spacing
from policyx.repair.spun import repair_spun
from policyx.repair.strays import repair_strays, stray_signs
from policyx.repair.torn import may_be_torn, repair_torn
from policyx.repair.width import repair_width, width_signs
from policyx.rules import Rules
from policyx.text import RepairedText
from policyx.tuples import NamedTuple

__all__ = ["REPAIRS", "Furniture", "furniture", "own_text", "repair"]


class _Step(NamedTuple):
    """A repair, and whether a text holds anything that it could change."""

    run: Callable[[RepairedText, Rules], RepairedText]
    wanted: Callable[[str, Rules], bool]


# Escapes hide line ends, as a forum's random signs do. A program's cut shows in the lengths of lines, which anything
# else changes; control characters and entities may hide other damage; signs between the characters of words hide all of
# it. A shifted byte may have swallowed a gloss's bracket, and a gloss stands between the characters of a word, so both
# go before the script, which is changed phrase by phrase. Width makes characters and digits that later steps look for;
# line breaks go before blanks, those inside numbers before the others, and all of them before whole words are judged.
_STEPS: dict[str, _Step] = {
    "escapes": _Step(repair_escapes, lambda text, rules: "\\" in text or "+" in text),
    "controls": _Step(repair_controls, lambda text, rules: holds(text, CONTROL_SIGNS)),
    "boxes": _Step(repair_boxes, lambda text, rules: holds(text, BOX_SIGNS)),
    "jammed": _Step(repair_jammed, lambda text, rules: holds(text, JAMMER_SIGNS)),
    "cutlines": _Step(repair_cutlines, lambda text, rules: "\n" in text),
    "markup": _Step(repair_markup, lambda text, rules: holds(text, markup_signs(rules))),
    "strays": _Step(repair_strays, lambda text, rules: holds(text, stray_signs(rules))),
    "shifted": _Step(repair_shifted, lambda text, rules: holds(text, frozenset("?？(（"))),
    "gloss": _Step(repair_gloss, lambda text, rules: holds(text, frozenset("(（)）") | TONED)),
    "width": _Step(repair_width, lambda text, rules: holds(text, width_signs(rules))),
    "script": _Step(repair_script, lambda text, rules: len(set(any_of(script_signs(rules)).findall(text))) > 1),
    "slips": _Step(repair_slips, lambda text, rules: True),
    "linewrap": _Step(repair_linewrap, lambda text, rules: "\n" in text),
    "torn": _Step(repair_torn, lambda text, rules: may_be_torn(text)),
    "spacing": _Step(repair_spacing, lambda text, rules: " " in text or "\u3000" in text),
    "spun": _Step(repair_spun, lambda text, rules: True),
}

REPAIRS: tuple[str, ...] = tuple(_STEPS)


def repair(text: str, rules: Rules, skip: Collection[str] = ()) -> RepairedText:
    """Run all repairs over `text`, in the order of `REPAIRS`, without those named in `skip`.

    Raises ValueError for a name that is not a repair."""
    unknown = set(skip) - set(REPAIRS)
    if unknown:
        raise ValueError(f"not a repair: {', '.join(sorted(unknown))}; known are {', '.join(REPAIRS)}")
    repaired = RepairedText(text)
    for name, step in _STEPS.items():
        if name not in skip and step.wanted(repaired.text, rules):
            repaired = step.run(repaired, rules)
    return repaired
