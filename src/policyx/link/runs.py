"""Runs of figures with nothing but separators between them, and what 分别 deals out to them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from policyx.link.clauses import Surroundings, surroundings
from policyx.link.distribute import deal_out
from policyx.link.naming import clean_left
from policyx.model import Mention, Span
from policyx.patterns import compiled
from policyx.recognize.rank import RANK_UNIT
from policyx.rules.words import NameWords

_LIST_GAP = compiled(r"\s?(?:、|/|和|及|与|，|,|以及)\s?(?:每人|每户|每生|每亩)?(?:每[年月日天])?")


_SAME_PERIOD = compiled(r"(?:同比|环比)$")  # 第一、二产业用电量同比分别增长4.0%和8.8%


@dataclass(frozen=True, slots=True)
class Place:
    """A figure's place in its run: the members' names (none where they cannot be told), its number, the run's
    length."""

    members: list[str]
    index: int
    count: int


def settle_ranks(text: str, figures: list[Mention]) -> list[Mention]:
    """前10名、11－30名: what follows a rank in its list, counted in 名 or 位, is a rank too."""
    settled: list[Mention] = []
    for figure in figures:
        before = settled[-1] if settled else None
        unit = figure.quantity.unit if figure.quantity else None
        if before and before.kind == "rank" and figure.quantity and unit and unit.name in ("名", "位"):
            gap = text[before.span.end : figure.span.start]
            if _LIST_GAP.fullmatch(gap):
                figure = figure._replace(kind="rank", quantity=replace(figure.quantity, unit=RANK_UNIT))
        settled.append(figure)
    return settled


def find_runs(
    text: str, sentence: Span, figures: list[Mention], all_times: list[Mention], words: NameWords
) -> dict[int, Place]:
    """The place of each figure that stands in a run of two or more."""
    places: dict[int, Place] = {}
    if len(figures) < 2:
        return places
    deals = text.find("分别", sentence.start, sentence.end) >= 0
    index = 0
    while index < len(figures):
        end = index + 1
        begin = figures[index].span.start
        dealt = deals and text.find("分别", max(sentence.start, begin - 24), begin) >= 0
        while end < len(figures) and _continues(text, figures[end - 1], figures[end], dealt):
            end += 1
        if end - index > 1:
            around = surroundings(text, sentence, figures, index, all_times)
            members = _members(around, end - index, words)
            for position in range(index, end):
                places[position] = Place(members, position - index, end - index)
        index = end
    return places


def _continues(text: str, first: Mention, second: Mention, dealt: bool) -> bool:
    """True where nothing but a separator stands between two figures of one kind."""
    gap = text[first.span.end : second.span.start]
    if not gap:
        return first.kind == second.kind == "quantity" and _counts_people(second) and not _counts_people(first)
    if not _LIST_GAP.fullmatch(gap) or not gap or (not dealt and gap.strip() in ("，", ",")):
        return False
    if dealt:
        return True
    one, other = first.quantity, second.quantity
    if one is None or other is None or one.unit is None or other.unit is None:
        return one is not None and other is not None and one.unit == other.unit
    return one.unit.dimension == other.unit.dimension


def _counts_people(figure: Mention) -> bool:
    return bool(figure.quantity and figure.quantity.unit and figure.quantity.unit.dimension == "people")


def _members(around: Surroundings, count: int, words: NameWords) -> list[str]:
    """The names that stand before 分别, or before a bare list; nothing where figures stand among them, which then are
    the members."""
    subject, dealt, after = around.left.partition("分别")
    if not subject and around.earlier:
        subject = compiled(r"[，；。]").split(around.earlier.rstrip("，、"))[-1]
        if compiled(r"[0-9]").search(subject):
            return []
    left = clean_left(_SAME_PERIOD.sub("", subject), words)
    verb = words.action.start(left.core)
    members = deal_out(left.core, count, words)
    if members is None and verb:
        members = deal_out(left.core[len(verb) :], count, words)
    said = clean_left(after, words).core if dealt else ""
    if members and said and (words.shared.end(said) or said.startswith("占")) and len(said) < 16:
        members = [member + said for member in members]
    return members or []
