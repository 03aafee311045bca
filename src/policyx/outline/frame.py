"""The document's frame: what is known of it as a whole."""

from __future__ import annotations

from policyx.model import Link
from policyx.tuples import NamedTuple


class DocumentFrame(NamedTuple):
    """Facts about the whole document. `kind` is report, plan, policy, communique or news. `anchor` is the year from
    which 今年 and 去年 count; `actual_year` and `target_year` what a figure belongs to that has no time of its own;
    `status` what an unmarked figure is, by `status_rule`; `spoken` the year from which 今年 counts where that is not
    the anchor (a report given in December); `anchor_known`: the anchor is a date or a title's year, not the first year
    that the text happens to name; `today_known`: 去年 counts from it. `unclear`: the evidence for another kind is
    nearly as strong. `excerpt`: no title or head tells the kind, only the words of the text. `sets_rates`: a news item
    announces benefits, fees, prices or limits. `reviews` are the headings below which it tells what was done, though
    their words do not say so. `latest_told` is the last year that a text of an unknown day tells of. `links` are the
    proposals for kind, date and years with their rules, the strongest of each first."""

    title: str | None
    date: str | None
    anchor: int | None
    kind: str
    status: str
    status_rule: str
    actual_year: int | None
    target_year: int | None
    place: str | None = None
    anchor_known: bool = False
    today_known: bool = True
    spoken: int | None = None
    unclear: bool = False
    excerpt: bool = False
    sets_rates: bool = False
    reviews: frozenset[str] = frozenset()
    latest_told: int | None = None
    links: tuple[Link, ...] = ()
