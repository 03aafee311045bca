"""Documents go in, what became of their aims comes out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from policyx.export.numbers import exact
from policyx.model import Document
from policyx.panel.choose import Candidate, choose
from policyx.panel.gather import Gathered, gather
from policyx.panel.row import STATUSES, Series
from policyx.panel.words import PanelWords, chosen_series, panel_words
from policyx.rules import Rules, builtin_rules
from policyx.track.conflicts import conflicts_of
from policyx.track.figure import told
from policyx.track.judge import Judgement, average_judgement, judge, less_ambitious
from policyx.track.model import Outcome, Pledge, Step, Track


@dataclass(slots=True)
class Account:
    """The figures of one place and series in one measure: by status and year."""

    place: str
    series: Series
    measure: str
    reported: frozenset[int] = frozenset()  # the years that documents of the place report on
    figures: dict[str, dict[int, list[Candidate]]] = field(default_factory=lambda: defaultdict(dict))

    @property
    def key(self) -> tuple[str, str]:
        """The place and the series."""
        return self.place, self.series.id

    def single(self, status: str, year: int, unit: str | None = None) -> list[Candidate]:
        """The figures of a year of its own, with a unit those in it."""
        found = [item for item in self.figures[status].get(year, []) if not item.average]
        return [item for item in found if unit in (None, item.record.quantity.base_unit)]

    def reported_growth(self, year: int) -> Candidate | None:
        """The outcome of a year, or what the report on it forecasts of it."""
        forecast = self.best("forecast", year)
        return self.best("actual", year) or (forecast if forecast and forecast.reported == year else None)

    def best(self, status: str, year: int, unit: str | None = None) -> Candidate | None:
        """The one that counts in a panel."""
        found = self.single(status, year, unit)
        return choose(found).chosen if found else None


def track(
    documents: Iterable[Document],
    *,
    indicators: Collection[str] = (),
    measures: Collection[str] = (),
    lang: str = "zh",
    rules: Rules | None = None,
) -> Track:
    """What became of the aims of these documents: whether each was met, missed or lowered, is still open, or was not
    reported; the path of each series over the years; and where documents disagree.

    `indicators` are ids (the headline ones for none). Raises PolicyxError for an unknown one.

    >>> import policyx
    >>> aim = policyx.extract("杭州市2024年政府工作报告\\n2024年，主要预期目标是：地区生产总值增长5.5%。")
    >>> told = policyx.extract("杭州市2025年政府工作报告\\n2024年，全市地区生产总值增长4.7%。")
    >>> [(pledge.year, pledge.verdict, pledge.arithmetic) for pledge in policyx.track([aim, told]).pledges]
    [(2024, 'missed', '4.7% − 5.5% = −0.8个百分点')]
    """
    rules = rules or builtin_rules()
    words = panel_words(rules)
    found = gather(documents, chosen_series(rules, indicators, measures), STATUSES, words)
    accounts = _accounts(found)
    pledges = [pledge for account in accounts for pledge in _pledges(account, words, lang)]
    steps = [step for account in accounts for step in _steps(account, lang)]
    growths = {item.key: item.figures["actual"] for item in accounts if item.measure == "growth_rate"}
    conflicts = [
        conflict
        for item in accounts
        for conflict in conflicts_of(
            item.figures["actual"], growths.get(item.key) if item.measure == "level" else None, words, lang
        )
    ]
    return Track(
        tuple(
            sorted(pledges, key=lambda item: (item.place_id, item.indicator, item.measure, item.year, item.aim.source))
        ),
        tuple(sorted(steps, key=lambda item: (item.place_id, item.indicator, item.measure, item.year))),
        tuple(sorted(conflicts, key=lambda item: (item.place_id, item.indicator, item.measure, item.year))),
    )


def _accounts(found: Gathered) -> list[Account]:
    reported: dict[str, set[int]] = defaultdict(set)
    for document in found.covered:
        if document.year is not None:
            reported[document.division.id].add(document.year)
    accounts: dict[tuple[str, str, str], Account] = {}
    for (place, series, measure, status, year), candidates in found.candidates.items():
        key = (place, series, measure)
        if key not in accounts:
            accounts[key] = Account(place, candidates[0].series, measure, frozenset(reported[place]))
        accounts[key].figures[status][year] = candidates
    return list(accounts.values())


def _pledges(account: Account, words: PanelWords, lang: str) -> Iterator[Pledge]:
    """A pledge for each document's aim for each year; the higher of two aims of one sentence is none of its own."""
    lower = words.has("lower_is_better", account.series.indicator)
    for year, candidates in account.figures["target"].items():
        aims = _aims(candidates)
        for position, aim in enumerate(aims):
            later = [other for other in aims[position + 1 :] if other.average == aim.average]
            yield _pledge(account, aim, later, year, lower, lang)


def _aims(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The aim of each document, the earliest document first, single years and averages apart."""
    groups: dict[tuple[int, str, bool], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        key = (candidate.reported or 0, candidate.record.source, candidate.average)
        groups[key].append(candidate)
    return [choose(groups[key]).chosen for key in sorted(groups)]


def _pledge(account: Account, aim: Candidate, later: Sequence[Candidate], year: int, lower: bool, lang: str) -> Pledge:
    since = _since(aim)
    outcome, judgement = _outcome(account, aim, since, year, lower, lang)
    forecast = account.best("forecast", year, aim.record.quantity.base_unit) if since is None else None
    if outcome is None and forecast is not None and forecast.reported == year:
        judgement = judge(aim, forecast, lower, lang)  # the report on the year has no other figure yet
    replaced = any(less_ambitious(other, aim, lower) for other in later)
    verdict = _verdict(judgement, replaced, account.reported, year)
    return Pledge(
        place=aim.division.name,
        place_code=aim.division.code,
        indicator=account.series.id,
        label=account.series.label if lang == "zh" else account.series.label_en,
        measure=account.measure,
        since=since,
        year=year,
        unit=aim.record.quantity.base_unit,
        aim=told(aim),
        forecast=told(forecast) if forecast else None,
        outcome=told(outcome) if outcome else None,
        difference=exact(judgement.difference) if judgement else None,
        verdict=verdict,
        judged_by=None if judgement is None else "outcome" if outcome else "forecast",
        arithmetic=judgement.arithmetic if judgement else "",
        place_id=aim.division.id,
    )


def _since(aim: Candidate) -> int | None:
    """The first year of an average over years."""
    period = aim.record.period
    if not aim.average or period is None or period.start is None or period.end is None:
        return None
    first = int(period.start[:4])
    return first if first < int(period.end[:4]) else None


def _outcome(
    account: Account, aim: Candidate, since: int | None, year: int, lower: bool, lang: str
) -> tuple[Candidate | None, Judgement | None]:
    """What came out: the figure of the year, or of the same years; for an average also that of each of its years."""
    if not aim.average:
        found = account.best("actual", year, aim.record.quantity.base_unit)
        return found, judge(aim, found, lower, lang) if found else None
    same = [item for item in account.figures["actual"].get(year, []) if item.average and _since(item) == since]
    if same:
        found = choose(same).chosen
        return found, judge(aim, found, lower, lang)
    if since is None or account.measure != "growth_rate" or lower:
        return None, None
    years = [account.reported_growth(each) for each in range(since, year + 1)]
    known = [item for item in years if item is not None]
    if len(known) < len(years):
        return None, None
    return known[-1], average_judgement(aim, known)


def _verdict(judgement: Judgement | None, replaced: bool, reported: Collection[int], year: int) -> Outcome:
    if judgement is not None and judgement.met:
        return "met"
    if replaced:
        return "lowered"
    if judgement is not None and judgement.met is not None:
        return "missed"
    return "not_reported" if year in reported else "open"


def _steps(account: Account, lang: str) -> Iterator[Step]:
    years = {year for by_year in account.figures.values() for year in by_year}
    for year in sorted(years):
        aim, forecast, outcome = (account.best(status, year) for status in ("target", "forecast", "actual"))
        some = outcome or forecast or aim
        if some is not None:
            yield Step(
                some.division.name,
                account.series.id,
                account.series.label if lang == "zh" else account.series.label_en,
                account.measure,
                year,
                some.record.quantity.base_unit,
                told(aim) if aim else None,
                told(forecast) if forecast else None,
                told(outcome) if outcome else None,
                some.division.id,
            )
