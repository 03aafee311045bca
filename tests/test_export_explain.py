"""Explaining: why a record says what it says, what repairs changed, which quantities were found."""

from __future__ import annotations

from decimal import Decimal

from policyx.export.edits import diff_text, edit_dicts, rule_counts
from policyx.export.explain import explain
from policyx.export.found import found_dict, found_quantities
from policyx.model import Edit, Mention, Quantity, Span
from policyx.text import RepairedText
from tests.conftest import HOME, make_document, make_mention, make_record


def test_an_explanation_shows_the_repaired_sentence_and_its_marks() -> None:
    """Marks are offsets of the text shown."""
    explanation = explain(make_document())[0]
    assert explanation.text == "全市高新技术企业达到2500家。"
    marks = {mark.role: explanation.text[mark.start : mark.end] for mark in explanation.marks}
    assert marks == {"name": "高新技术企业", "quantity": "2500家"}
    assert [edit.replacement for edit in explanation.edits] == ["术", "业"]


def test_an_offset_finds_records_rejected_numbers_or_the_sentence() -> None:
    """What covers it first, else what stands near."""
    document = make_document(rejected=(make_mention(0, 2, "exclusion.date"),))
    assert [found.record is not None for found in explain(document, at=11)] == [True]
    rejected = explain(document, at=1)[0].rejected
    assert rejected is not None and rejected.rejected == "exclusion.date"
    assert len(explain(document, at=8)) == 2
    assert explain(make_document(records=()), at=3) == []


def test_grep_looks_in_original_and_repaired_text() -> None:
    """Either spelling finds the record."""
    assert len(explain(make_document(), grep="技術")) == len(explain(make_document(), grep="技术")) == 1
    assert explain(make_document(), grep="没有") == []


def test_marks_find_their_place_behind_deletions_and_insertions() -> None:
    """Offsets of the original are carried over edits that change the length."""
    original = "甲(jiǎ)市\n有 2 5 家"
    text = RepairedText(original).apply(
        [Edit(1, 6, "", ("repair.gloss",)), Edit(11, 12, "", ("repair.space",)), Edit(13, 14, "", ("repair.space",))]
    )
    record = make_record(start=10, end=15, quote=original[10:15], name=None, period=None, sentence_start=0,
                         sentence_end=15, sentence=original)  # fmt: skip
    document = make_document(record, original=original, repaired=text.text, edits=text.edits)
    explanation = explain(document)[0]
    assert [explanation.text[mark.start : mark.end] for mark in explanation.marks] == ["25家"]


def test_a_diff_shows_changed_lines_by_number() -> None:
    """Edits that join lines are in one group."""
    text = RepairedText("一\n二術\n三\n四業\n五").apply(
        [Edit(3, 4, "术", ("repair.script",)), Edit(6, 7, "", ("repair.lines",)), Edit(8, 9, "业", ("repair.script",))]
    )
    assert diff_text(text, colour=False) == "2: 二[-術-]{+术+}\n3: 三[-⏎-]四[-業-]{+业+}\n"
    assert "\x1b[9;31m術\x1b[0m\x1b[32m术\x1b[0m" in diff_text(text, colour=True)
    assert rule_counts(text.edits) == {"repair.script": 2, "repair.lines": 1}
    assert edit_dicts(text)[0] == {"start": 3, "end": 4, "before": "術", "after": "术", "rules": ["repair.script"]}


def test_found_quantities_leave_out_what_was_rejected() -> None:
    """Places are those of the original."""
    text = RepairedText("約 2500家").apply([Edit(1, 2, "", ("repair.space",))])
    amount = Quantity(Decimal(2500), None, 1, 1, HOME, "家")
    good = Mention("quantity", Span(1, 6), Span(1, 6), ("unit.jia",), amount)
    found = found_quantities(text, [good, make_mention(0, 1, "exclusion.date")])
    assert [found_dict(one, 1)["quote"] for one in found] == ["2500家"]
    assert (found[0].start, found[0].end) == (2, 7)
