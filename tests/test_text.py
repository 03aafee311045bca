"""Text and its way home: edits compose, replay, and every span of the repaired text has a source."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policyx.model import Edit, SourceSpan, Span
from policyx.text import OffsetMap, RepairedText, replay

LETTERS = st.text(alphabet="ab揚州(yáng)", max_size=30)


@st.composite
def changes(draw: st.DrawFn, text: str) -> list[Edit]:
    """A sorted list of edits of `text` that do not overlap."""
    found = []
    at = 0
    while at < len(text):
        start = draw(st.integers(at, len(text)))
        if start == len(text):
            break
        end = draw(st.integers(start + 1, min(len(text), start + 5)))
        aligned = draw(st.booleans())
        size = end - start if aligned else draw(st.integers(0, 4))
        new = draw(st.text(alphabet="xy扬", min_size=size, max_size=size))
        found.append(Edit(start, end, new, (draw(st.sampled_from(["r1", "r2"])),), aligned))
        at = end
    return found


@st.composite
def repaired_texts(draw: st.DrawFn) -> RepairedText:
    """A text after up to three rounds of edits."""
    text = RepairedText(draw(LETTERS))
    for _ in range(draw(st.integers(0, 3))):
        text = text.apply(draw(changes(text.text)))
    return text


def test_the_worked_example() -> None:
    """A changed character is one to one; a deleted gloss belongs to nobody but what spans it."""
    text = RepairedText("揚(yáng)州", [Edit(0, 1, "扬", ("s",), True), Edit(1, 7, "", ("g",))])
    assert text.text == "扬州"
    assert text.source(Span(0, 1)) == SourceSpan(0, 1)
    assert text.source(Span(1, 2)) == SourceSpan(7, 8)
    assert text.quote(Span(0, 2)) == "揚(yáng)州"


def test_a_replacement_stands_for_its_whole_range() -> None:
    """Without alignment each character of a replacement maps to all that was replaced."""
    offsets = OffsetMap([Edit(1, 4, "xy", ("r",))], 6)
    assert offsets.source((1, 2)) == SourceSpan(1, 4)
    assert offsets.source((2, 3)) == SourceSpan(1, 4)
    assert offsets.source((3, 4)) == SourceSpan(4, 5)


@pytest.mark.parametrize("bad", [[Edit(2, 2, "x", ("r",))], [Edit(1, 3, "x", ("r",)), Edit(2, 4, "y", ("r",))]])
def test_empty_and_overlapping_changes_are_refused(bad: list[Edit]) -> None:
    """A change that has no range, or reaches into another, is a mistake of the caller."""
    with pytest.raises(ValueError, match="overlap"):
        RepairedText("abcdef").apply(bad)


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_applying_is_replaying(data: st.DataObject) -> None:
    """After any rounds of edits, the merged list makes the same text from the original."""
    original = data.draw(LETTERS)
    text = RepairedText(original)
    expected = original
    for _ in range(data.draw(st.integers(1, 3))):
        todo = data.draw(changes(text.text))
        expected = replay(expected, todo)
        text = text.apply(todo)
        assert text.text == expected
        assert replay(original, text.edits) == expected


@given(repaired_texts())
@settings(max_examples=300, deadline=None)
def test_edits_stay_sorted_and_apart(text: RepairedText) -> None:
    """The merged edits are in the original's offsets, in order and without overlap."""
    at = 0
    for edit in text.edits:
        assert at <= edit.start <= edit.end <= len(text.original)
        if edit.aligned:
            assert len(edit.replacement) == edit.end - edit.start
        at = edit.end


@given(repaired_texts())
@settings(max_examples=300, deadline=None)
def test_sources_are_monotone_and_cover(text: RepairedText) -> None:
    """Neighbouring characters have sources in order; a span's source holds those of all its characters."""
    size = len(text.text)
    spans = [text.source((index, index + 1)) for index in range(size)]
    for left, right in pairwise(spans):
        assert left.start <= right.start
        assert left.end <= right.end
    for start in range(0, size, 3):
        for end in range(start + 1, size + 1, 4):
            whole = text.source((start, end))
            assert whole == (spans[start].start, spans[end - 1].end)
            assert all(whole.start <= part.start and part.end <= whole.end for part in spans[start:end])


@given(repaired_texts())
@settings(max_examples=200, deadline=None)
def test_untouched_characters_come_home_to_themselves(text: RepairedText) -> None:
    """A character whose source is one character outside every edit is that character."""
    touched = {index for edit in text.edits for index in range(edit.start, edit.end)}
    for index, character in enumerate(text.text):
        start, end = text.source((index, index + 1))
        if start not in touched and end == start + 1:
            assert text.original[start] == character
