"""The document's frame: its title, date, kind, place and the years that it speaks of, from its head, its file's name
and what all of it says; never from the clock."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import PurePath

from policyx.model import Link, Segment
from policyx.outline.benefits import announces_rates
from policyx.outline.dates import TOLD, find_date
from policyx.outline.evidence import Evidence, Verdict, evidence
from policyx.outline.frame import DocumentFrame
from policyx.outline.place import places
from policyx.outline.published import published_reader
from policyx.outline.reviews import reviews
from policyx.outline.spelled import in_figures
from policyx.outline.status import PLANNED_YEARS
from policyx.outline.years import Anchor, YearReader, year_reader
from policyx.patterns import compiled
from policyx.rules import Rules
from policyx.tuples import NamedTuple

_SOURCE_LINE = compiled(r"^(?:source|url|link)\s*[:：].*$", re.MULTILINE)
_MARKDOWN_TITLE = compiled(r"\s*# \S")
_FRONT_TITLE = compiled(r"^[ \t*]{0,12}title ?:\s*(\S.*?)\s*$", re.MULTILINE)
_QUOTES = "\"'"
_BREADCRUMB = compiled(r"[>＞»][^>＞»]*[>＞»]|https?://")
_MARKED = compiled(r"第.{1,4}[条章篇节]|[一二三四五六七八九十]{1,4}、|[（(][一二三四五六七八九十]{1,4}[）)]")
_WHOLLY_QUOTED = compiled("《[^《》]*》")
_CAPTION = compiled(r"附?[表图]\s?[0-9一二三四五六七八九十]{1,2}(?![0-9年月日])")  # names a table, not the document
_GOES_ON = "，。、；,;"  # what opens no title
_ITEM = compiled(r"[-－●■◆](?![-－])")  # -运用《收回条例》…… in a list of measures
_CLAUSES = compiled(r"[，；]|\S\S\s")
_SHORTEST_TITLE = 8  # a front matter that says no more than 1982年 hides the real title
_HEAD = 1500
_LONGEST_LINE = 60  # of a headline that names no kind of document
_YEAR = compiled("[0-9〇○零一二三四五六七八九]{2,4}\\s?年")
_NARROW = {code + 0xFEE0: chr(code) for code in range(ord("0"), ord("z") + 1)}  # for dates and keys in full width
_FIRST_LINES = 14
_MOST_LINES = 200  # with those of menus
_LINK = compiled(r"[-*•·|\s]*(?:!?\[[^\]\n]{0,60}\]\([^)\n]{0,200}\)[-*•·|\s]*)+")
_LABELLED = compiled(r"[|:：]")
_DATE_LABEL = compiled(r"[^:：，。]{2,6}[:：]\s?(?:19|20)?[0-9]{2}[-年/.]\s?[0-9]")
_BULLETS = "•·●◆■►▶-–"
_SHORT_ITEM = 10
_PAGE_HEAD = 40  # lines at the head of a page, menus included
_SHORTEST_HEADLINE = 12
_NO_HEADLINE_ENDS = "。，、；：,;:！!"
_CITED = "document.years.cited"
_SUMMED_UP = "document.years.summary"
_NUMBERED = "document.year.number"
_FISCAL = "document.year.fiscal"
_SURE_OF_TODAY = frozenset(
    {
        _FISCAL,
        "document.year.file_name",
        "document.year.told",
        "document.year.reported",
        "document.year.after_next",
        _NUMBERED,
    }
)
_STATUS = {"report": "actual", "communique": "actual", "news": "actual", "plan": "target", "policy": "policy"}


class Given(NamedTuple):
    """What the user or the reader says of the document: its source's path, title, date (ISO, or a year) and place; and
    the whole page, where other articles stand around it."""

    source: str = "-"
    title: str | None = None
    date: str | None = None
    place: str | None = None
    page: str = ""


def read_document(text: str, segments: Sequence[Segment], rules: Rules, given: Given) -> DocumentFrame:
    """The frame of the document; what was given comes first."""
    text = text[:_HEAD].translate(_NARROW) + text[_HEAD:]
    title_head = _SOURCE_LINE.sub("", text[:_HEAD])
    proof = evidence(rules)
    title = given.title or _title(title_head, segments, text, proof, rules)
    plain, said = in_figures((text, title or ""), rules)
    head = _SOURCE_LINE.sub("", plain[:_HEAD])
    stem = PurePath(given.source).stem if given.source != "-" else ""
    date, date_rule = _dated(given, said, head, plain, rules)
    named = title and (proof.title_rule(title) or not proof.title_rule(stem))  # or a headline that names no kind
    verdict = proof.verdict(title if title and named else stem, text)
    years = year_reader(rules)
    anchor = years.anchor(verdict.kind, date, said, stem, plain)
    if verdict.kind == "report" and date and anchor.year and int(date[:4]) > anchor.year + 1:
        date = None  # the page's, made long after the report was given
    frame = DocumentFrame(
        title=title,
        date=date,
        anchor=anchor.year,
        kind=verdict.kind,
        status=_STATUS[verdict.kind],
        status_rule=verdict.rule,
        actual_year=None,
        target_year=None,
        place=given.place or places(rules).of_document(title, stem, text),
        anchor_known=bool(date)
        or anchor.rule in (_NUMBERED, _FISCAL)
        or (anchor.year is not None and str(anchor.year) in said),
        today_known=verdict.kind != "news" or _tells_today(date, anchor, said, plain, years),
        unclear=verdict.narrow,
        excerpt=verdict.by_body(rules),
        sets_rates=verdict.kind == "news" and announces_rates(title or "", text, rules),
        links=_links(verdict, date, date_rule, anchor.rule),
    )
    frame = _with_years(frame, years, said, plain, stem)
    latest = None if frame.anchor_known else years.latest_told(plain)
    return frame._replace(latest_told=latest, reviews=reviews(frame, segments, text, rules))


def _dated(given: Given, title: str, head: str, text: str, rules: Rules) -> tuple[str | None, str]:
    """The date and its rule: given, in the title or the head, at the foot, in the address, or, where the text counts
    from its day, that of the page around it; none on a page of questions."""
    if given.date:
        return given.date, "document.date.given"
    if any(word in head for word in rules.words("marker", "asked_page")):
        return None, ""
    date, rule = find_date(title, head, rules)
    if not date or rule == TOLD:
        published = published_reader(rules).find(text)
        if published and (not date or published[0][:4] > date[:4]):
            return published
    if date is None and given.page and year_reader(rules).counts_from_today(text):
        return find_date("", given.page[:_HEAD], rules)  # of the articles beside it
    return (date, rule) if date else published_reader(rules).beside(text) or (None, "")


def _with_years(frame: DocumentFrame, years: YearReader, title: str, text: str, stem: str) -> DocumentFrame:
    """The frame with the years of facts and aims; title and text have their dates in figures."""
    date, anchor = frame.date, frame.anchor
    if frame.kind == "report" and anchor and years.is_given_late(date, anchor, text):
        given = int(date[:4]) if date else None
        frame = frame._replace(anchor=anchor + 1, spoken=given if given and anchor + 1 > given else None)
    elif frame.kind == "report" and date and anchor and anchor > int(date[:4]):
        frame = frame._replace(spoken=int(date[:4]))
    told = years.whole(frame, title, text, stem)
    if told.rule == _CITED and told.actual and not frame.anchor_known:
        frame = frame._replace(anchor=told.actual + 1)  # 《2012年度……公报》 is out in the year after
    if told.rule == _SUMMED_UP:
        frame = frame._replace(anchor=told.actual)  # 今年 in a summary is the year that it sums up
    if frame.kind == "plan" and told.target and anchor and anchor > told.target:
        frame = frame._replace(anchor=told.target - PLANNED_YEARS + 1)  # the page's date, not the plan's
    links = (*frame.links, Link("year", told.actual or told.target, told.rule))
    return frame._replace(actual_year=told.actual, target_year=told.target, links=links)


def _tells_today(date: str | None, anchor: Anchor, title: str, text: str, years: YearReader) -> bool:
    """Whether it is known from when 去年 counts: by a date, by the year of the title or the file's name, or by the year
    that aims are told for."""
    named = anchor.rule in _SURE_OF_TODAY or str(anchor.year) in title
    return bool(date) or named or years.means(anchor.year, text)


def _links(verdict: Verdict, date: str | None, date_rule: str, anchor_rule: str) -> tuple[Link, ...]:
    dated = (Link("date", date, date_rule),) if date else ()
    return (*verdict.links, *dated, *((Link("anchor", None, anchor_rule),) if anchor_rule else ()))


def _title(head: str, segments: Sequence[Segment], text: str, proof: Evidence, rules: Rules) -> str | None:
    """The front matter's title, or a line that stands twice, unless a heading of Markdown opens the text; else, of the
    first lines, the one that names a kind of document; else the first heading."""
    front = _FRONT_TITLE.search(head)
    if front and len(front[1]) >= _SHORTEST_TITLE:
        return front[1].strip(_QUOTES)
    first = front[1].strip(_QUOTES) if front else None
    alone, prose = None, False
    banners = _banners(rules)
    twice = None if _MARKDOWN_TITLE.match(head) else _said_twice(segments, text)
    if twice and not proof.title_rule(first or ""):
        return twice
    for line, segment in islice(_lines(segments, text), _FIRST_LINES):
        if _WHOLLY_QUOTED.fullmatch(line) or line.count("《") != line.count("》"):
            line = line.strip("《》 ")  # only what is quoted whole, or half, loses its marks
        prose = prose or (segment.kind == "sentence" and line.endswith("。"))
        if segment.kind == "row" or not 4 <= len(line) <= 90 or _opens_no_title(line):
            continue
        if line.rstrip('"”’')[-1:] in "。，；：,:" or "。" in line:
            continue
        if prose and _CLAUSES.search(line):
            continue  # the last line of a news item, without its stop
        if "<" in line or _BREADCRUMB.search(line) or _CAPTION.match(line) or any(word in line for word in banners):
            continue
        if _MARKED.match(line):
            break
        if proof.title_rule(line):
            return line
        if first is None and segment.kind == "heading":
            first = line
        if alone is None and not prose and _is_headline(line, text[segment.span.end :][:1]):
            alone = line
            first = first or (line if _YEAR.search(line) else None)
    return first or alone


def _lines(segments: Sequence[Segment], text: str) -> Iterator[tuple[str, Segment]]:
    """The first lines without marks of emphasis, and without those that are only a link or an item of a menu."""
    for segment in segments[:_MOST_LINES]:
        line = text[segment.span.start : segment.span.end].strip("#*> ")
        if not _LINK.fullmatch(line) and not (line[:1] in _BULLETS and len(line) <= _SHORT_ITEM):
            yield line, segment


def _said_twice(segments: Sequence[Segment], text: str) -> str | None:
    """The first line that stands twice at the head of a page: its title, and the headline above the text."""
    seen: dict[str, int] = {}
    lines = [text[segment.span.start : segment.span.end].strip() for segment in segments[:_PAGE_HEAD]]
    for line in lines:
        seen[line] = seen.get(line, 0) + 1
    likely = (
        line
        for line in lines
        if seen[line] > 1 and _SHORTEST_HEADLINE <= len(line) <= _LONGEST_LINE and line[-1] not in _NO_HEADLINE_ENDS
    )
    return next(
        (line for line in likely if not (_BREADCRUMB.search(line) or _LINK.fullmatch(line) or _LABELLED.search(line))),
        None,
    )


def _opens_no_title(line: str) -> bool:
    return bool(line[0] in _GOES_ON or _DATE_LABEL.match(line) or _ITEM.match(line))


def _is_headline(line: str, behind: str) -> bool:
    """香港2023年1月至3月的失业率: a short text on a line of its own."""
    return len(line) <= _LONGEST_LINE and behind in ("\n", "\r") and line[-1:] != ":"


@lru_cache(maxsize=4)
def _banners(rules: Rules) -> tuple[str, ...]:
    return tuple(rules.words("marker", "banner"))
