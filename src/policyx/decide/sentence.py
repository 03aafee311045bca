"""Reads the figures of a sentence in order: what each is named, measures, when it holds and what its status is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from policyx.clause import Clause, lexicon
from policyx.clause.lists import Place, find_lists
from policyx.construct import Constructions, Figure, constructions
from policyx.decide import headings, leads, name_words, periods
from policyx.decide.around import Around, start_of_clause
from policyx.decide.discourse import Discourse
from policyx.decide.figures import as_rank, figure_of, settled
from policyx.decide.grants import Grant, GrantReader
from policyx.decide.learned import completed, learned
from policyx.decide.learned import members as members_of
from policyx.decide.measures import LEVEL, MeasureReader
from policyx.decide.names import Named, names
from policyx.decide.parsing import SentenceParser
from policyx.decide.periods import PeriodReader, Timed, Times
from policyx.decide.rates import RateNamer
from policyx.decide.statuses import Situation, StatusReader, aims_so_far
from policyx.decide.walk import Walk, WordReader, off_basis
from policyx.model import Link, Mention, Period, Reading, Segment
from policyx.outline import times
from policyx.outline.evidence import Paragraphs
from policyx.outline.frame import DocumentFrame
from policyx.outline.sections import Section
from policyx.outline.status import Cue
from policyx.patterns import any_word, compiled
from policyx.rules import Rules
from policyx.tuples import NamedTuple

_LIMITS = frozenset({"le", "ge", "gt", "lt"})
_ASKED = frozenset({"le", "ge", "lt", "range"})
_SET = ("standard", "benefit_standard", "set_rate")
_SIGNED = "numeral.sign"  # +5.2%
_COUNTED = frozenset({"count", "people"})
_SAYS_MORE = ("action", "predicate", "verb", "cue", "newly", "change", "any_time", "modal", "copula")
_TOLD_SO = ("told", "perfect", "now", "any_time")
_CUE = frozenset({"cue"})
_BEGINNINGS = frozenset(
    {"reach.start", "reach.of", "reach.compared_figure", "start.from", "start.compared", "start.than"}
)


class _Place(NamedTuple):
    """A clause being read: with and without its times, the lists in it, whether it grants anything; `barred`: nothing
    can be granted here."""

    clause: Clause
    bare: Clause
    lists: dict[int, Place]
    grants: bool
    barred: bool


@lru_cache(maxsize=4)
def _announcing(rules: Rules) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Finds the words that say what somebody means to do, those that give something, and those of an aim."""
    entries = [entry for entry in rules.of("status") if (entry["status"], entry["scope"]) == ("target", "sentence")]
    aims = [word for entry in entries for word in entry["words"]]
    provides, gives = (rules.words("word", role) for role in ("provide", "strong_grant"))
    return compiled(any_word(provides)), compiled(any_word(gives)), compiled(any_word(aims))


class SentenceReader:
    """Reads the sentences of one document; `thorough`: with every proposal for each slot, not only the strongest."""

    def __init__(
        self, text: str, document: DocumentFrame, rules: Rules, paragraphs: Paragraphs | None, *, thorough: bool
    ) -> None:
        self._text = text
        self._document = document
        self._thorough = thorough
        self._rules = rules
        self._words = lexicon(rules)
        self._found: Constructions = constructions(rules)
        self._parser = SentenceParser(text, document.kind, rules)
        self._periods = PeriodReader(document, self._found)
        self._measures = MeasureReader(self._words, self._found)
        self._grants = GrantReader(self._words, self._found, document.kind, document.title or "")
        self._rates = RateNamer(self._words, self._found, document.title or "") if document.sets_rates else None
        self.statuses = StatusReader(document, rules, paragraphs, thorough=thorough)
        self._cues = WordReader(document, self._words, self._found, self.statuses)
        self._provides, self._gives, self._aims = _announcing(rules)
        self._events = self._words.pattern("hard", "any_time", "counted_aside", "now", "cue", "provide", "told")

    def announces(self, segment: Segment, discourse: Discourse) -> bool:
        """Whether a sentence without figures and times may still say what is meant in the next."""
        low, high = segment.span
        ahead = discourse.ahead and discourse.paragraph == segment.paragraph
        if self._leads(segment) or (self._document.kind == "policy" and self._gives.search(self._text, low, high)):
            return True
        return bool(
            self._provides.search(self._text, low, high) or (ahead and self._aims.search(self._text, low, high))
        )

    def read(
        self, segment: Segment, figures: Sequence[Mention], near: Sequence[Mention], section: Section, before: Discourse
    ) -> tuple[tuple[Reading, ...], tuple[Mention, ...], Section, Discourse]:
        """The readings of the sentence's figures, those that are no figures, and the section and discourse behind
        it."""
        sentence, left_out = self._parser.parsed(segment, figures, near)
        opens = sentence.clauses[0].roles(1)  # the first word of the sentence
        goes_on = "part_mark" in opens
        discourse = self._cues.ended(sentence.clauses[0], before.at(segment.paragraph, goes_on=goes_on))
        now = Times(horizon=discourse.horizon)
        spoken = discourse.lately if "same_time" in opens else None  # 。同期的……
        if discourse.spoken and not discourse.period and goes_on:
            spoken = discourse.spoken  # 。其中，……
        if spoken:
            now = now._replace(sentence=spoken._replace(period=times.carried(spoken.period), rule="period.sentence"))
        start = Walk(discourse, now, left_out=left_out, section=section)
        end = self._walk(sentence.clauses[0], segment, start, {c.host[1]: c for c in sentence.clauses[1:] if c.host})
        facts = self.statuses.heads_facts(segment)
        left, section = periods.left_behind(end.now, self._document, end.section, facts=facts)
        if self._foretells(end):
            section = end.section  # 预计2026年完工 in an item on 2024 says nothing of what stands further down
        horizon = periods.horizon(self._document, near, discourse.horizon)
        discourse = end.discourse._replace(horizon=horizon, spoken=end.now.sentence, lately=end.last)
        if left:
            discourse = discourse._replace(period=left)
        if end.arranges and end.now.nearest():
            arranged = end.now.nearest()
            assert arranged is not None
            period = times.carried(arranged.period)
            section = section.arranged(period, over_siblings=end.arranges == "below")
        elif not figures:
            discourse = self._announced(segment, sentence.clauses[0], discourse)
            discourse = self._cues.moded(discourse, near, end.target)
        return end.readings, end.left_out, section, discourse

    def headed(self, segment: Segment, section: Section, discourse: Discourse) -> Discourse:
        """The discourse below a heading: one with a colon may announce a list as a sentence does (二、对渔民补贴：;
        31. 我建议：)."""
        if not self._leads(segment):
            announces = leads.opens(self._text, segment) and self._provides.search(self._text, *segment.span)
            return self.read(segment, (), (), section, discourse)[3] if announces else discourse
        return self._announced(segment, self._parser.parsed(segment, (), ())[0].clauses[0], discourse)

    def _leads(self, segment: Segment) -> bool:
        """Whether the segment of a rule announces the list below it."""
        return self._document.kind == "policy" and leads.opens(self._text, segment)

    def _announced(self, segment: Segment, clause: Clause, discourse: Discourse) -> Discourse:
        """What a line without figures leaves to the next ones."""
        heading = headings.asked(segment.heading[-1], self._words) if segment.heading else ""
        discourse = self._grants.told(clause, discourse, heading)
        if not self._leads(segment):
            return discourse
        if not discourse.benefit and clause.has("grant"):
            discourse = discourse._replace(benefit=self._grants.of_heading(heading))
        return leads.opened(clause.untimed(), discourse, segment)

    def _walk(self, clause: Clause, segment: Segment, walk: Walk, inner: dict[int, Clause]) -> Walk:
        bare = clause.untimed()
        barred = not self._grants.possible or self.statuses.heads_facts(segment)
        place = _Place(clause, bare, find_lists(bare), not barred and self._grants.grants(clause), barred)
        bases = self._cues.bases(clause)
        before, behind = walk, 0
        for event in self._events.finditer(clause.letters):
            at, roles = event.start(), self._words.roles[event[0]]
            if behind and at >= behind:
                walk, behind = off_basis(walk, before), 0
            if bases and not behind:
                before, behind = walk, next((end for begin, end in bases.items() if begin <= at < end), 0)
            if "any_time" in roles:
                standing = periods.standing(walk.discourse.period, walk.section)
                walk = walk._replace(now=self._periods.meet(clause, at, walk.now, standing and times.carried(standing)))
                walk = self._cues.read(clause, at, _CUE, self._cues.dated(clause, at, walk))  # 今年计划
            elif at in clause.mentions:
                walk = self._figure(place, at, segment, walk)
            elif "counted_aside" in roles:
                aside = self._walk(inner[at], segment, walk, {}) if at in inner else walk
                walk = walk._replace(readings=aside.readings, left_out=aside.left_out)
            elif "hard" in roles:
                if walk.now.clause is not None and not {at - 1, at + 1} <= clause.mentions.keys():  # 去年的3%、5%
                    walk = walk._replace(now=walk.now._replace(clause=None))
                if "semicolon" in roles and walk.fresh:
                    said = walk.discourse.said._replace(cue=None)
                    walk = walk._replace(discourse=walk.discourse._replace(said=said), fresh=False)
            else:
                walk = self._cues.read(clause, at, roles, walk)
        return walk

    def _figure(self, place: _Place, at: int, segment: Segment, walk: Walk) -> Walk:
        mention, bare = place.clause.mentions[at], place.bare
        spot = at if bare is place.clause else place.clause.untimed_place(at)
        figure = figure_of(mention, self._document.kind)
        own = settled(place.bare, spot, figure, self._found, self._rules)
        if own is None:
            return walk._replace(left_out=(*walk.left_out, mention._replace(rejected="exclusion.unit")))
        ranked = as_rank(bare, spot) if own is mention else own
        if ranked is not mention:
            mention, figure = ranked, figure_of(ranked, self._document.kind)
        heading = headings.asked(segment.heading[-1], self._words) if segment.heading else ""
        around = Around(place.bare, spot, figure, walk.discourse, heading)
        listed = place.lists.get(spot)
        signed = _SIGNED in mention.rules
        measure = self._measures.read(place.clause, at, figure, walk.discourse.said, listed, signed=signed)
        grant = (
            self._grants.read(place.bare, spot, figure, heading, walk.discourse, listed)
            if not place.barred
            and not self.statuses.accounts.tell(place.clause, at, figure, _nearest(walk), walk.discourse)
            and (place.grants or walk.discourse.grantee or walk.discourse.benefit or self._grants.may_be(heading))
            else None
        )
        members = members_of(around, listed)
        if members and listed and listed.dealt:
            members = completed(members, self._dealt_noun(place, spot, listed, figure), self._words)
        named = [_granted(grant, walk.discourse)] if grant else self._name(around, listed, members)
        if self._rates and not grant and self._rates.may_be(place.clause, at, figure):
            rate = self._rates.noun(place.bare, spot, walk.discourse.rate)
            named = self._rates.completed(named, rate, place.bare, spot)
            walk = walk._replace(discourse=walk.discourse._replace(rate=rate))
        raised = measure[0].value == "increase" and "change.increase" in place.clause.roles(at - 1)
        if grant and figure.dimension != "point" and not raised:  # but 养老金每人每月增加28元
            measure = [LEVEL]
        elif named and measure == [LEVEL]:
            measure = self._measures.as_before(named[0].rule, figure, walk.discourse.said)
        settled_discourse = self._settled_cue(around, named, walk, listed)
        if settled_discourse is not walk.discourse:
            walk = walk._replace(discourse=settled_discourse)
        timed = self._dealt_year(place, at, spot, walk) or self._period(walk, named, place, at, figure)
        bounds = self._measures.bound(place.clause, at, figure, mention, walk.discourse.said, listed)
        links = [*measure, *_name_links(named), *bounds]
        situation = Situation(
            place.clause,
            at,
            figure,
            timed.period if timed else None,
            segment,
            walk.discourse,
            walk.section,
            grant.rule if grant else "",
            place.grants,
            timed is not None and timed.over,
            timed is not None and timed.ahead,
        )
        statuses = self.statuses.links(situation)
        background = self.statuses.is_background(str(statuses[0].value), situation)
        if timed and (background or (statuses[0].value == "policy" and not self._in_force(timed.period))):
            timed = None  # a rule holds until it is changed
        links += [*statuses, *([Link("period", timed.period, timed.rule, timed.period.text)] if timed else [])]
        if walk.now.baseline:
            links.append(Link("baseline", walk.now.baseline, "baseline.stated", walk.now.baseline.text))
        if statuses[0].value == "policy":
            links += _policy_links(grant, figure, segment)
        reading = Reading(segment, mention, tuple(links))
        bound = str(bounds[0].value) if bounds else figure.bound
        discourse = learned(around, named, measure, walk.discourse, grant)
        if (aimed := aims_so_far(discourse.aimed, statuses[0])) != discourse.aimed:
            discourse = discourse._replace(aimed=aimed)
        forgets = not members and bool(named) and not named[0].dependent and not listed
        kept = members or (() if forgets else discourse.said.members)
        limit = bound if bound in _LIMITS else None
        if limit != discourse.said.bound or kept != discourse.said.members:
            discourse = discourse._replace(said=discourse.said._replace(bound=limit, members=kept))
        now = walk.now
        if now.baseline or (now.figure and not _goes_on(listed)):
            now = now._replace(figure=now.figure if _goes_on(listed) else None, baseline=None)
        return Walk(
            discourse,
            now,
            (*walk.readings, reading),
            walk.left_out,
            False,
            timed,
            walk.section,
            walk.target,
            walk.arranges,
        )

    def _in_force(self, period: Period) -> bool:
        """Whether the text says when a rule's figure holds; in the news also 明年起, and what that said before."""
        if times.is_deadline(period, self._document.kind):
            return False
        anchor, year = self._document.anchor, period.year
        ahead = period.origin == "relative" or (period.origin == "carried" and year and anchor and year > anchor)
        return period.origin == "stated" or bool(self._document.kind == "news" and ahead)

    def _foretells(self, end: Walk) -> bool:
        """Whether the sentence looked ahead in a news item whose lead has told another time."""
        cue = end.discourse.said.cue
        ahead = cue is not None and cue.status in ("forecast", "target")
        return ahead and self._document.kind == "news" and end.section.document_period is not None

    def _name(self, around: Around, listed: Place | None, members: tuple[str, ...]) -> list[Named]:
        """The proposals for the name; only the first where nobody asks why."""
        found = []
        if listed and members:
            member = name_words.shortened(name_words.tidy(members[listed.number]), self._words)
            found = [Named(member, member, not listed.members, "name.list", member)]
        elif listed and listed.number and around.discourse.last:
            found = [Named(around.discourse.last, around.discourse.topic, True, "name.list_same", "")]
        if found and not self._thorough:
            return found
        return found + list(islice(names(around, self._found), None if self._thorough else 1))

    def _settled_cue(self, around: Around, named: list[Named], walk: Walk, listed: Place | None) -> Discourse:
        """The discourse without a status word that does not reach this figure."""
        said = walk.discourse.said
        if said.cue is None or walk.fresh:
            return walk.discourse
        dependent = bool(named) and named[0].dependent
        start = start_of_clause(around)
        opened, cue = around.clause.roles(start), said.cue
        part = walk.now.nearest()
        parted = part is not None and part != walk.last
        reaches = cue.status != "actual" or (self._tells_on(cue, around) and not parted)
        if cue.status == "target" and self._document.kind == "news" and part and parted and not _is_whole(part.period):
            reaches = False  # 今年将改造3577户，上半年开工1998户
        if self._words.has(cue.word, "facet") and around.clause.has("told", start, around.at):
            reaches = False  # 计划总投资3亿元，累计完成投资2亿元
        if cue.local:
            listed_on = cue.status == "actual" and "comma" in opened and _only_names(around, start)
            told_on = reaches and cue.status == "actual"
            reaches = listed_on or told_on or (reaches and ("item" in opened or dependent))
        elif cue.status == "forecast" and not (cue.opens and around.figure.dimension != "count"):
            alike = dependent or not said.cue_topic or bool(listed and listed.number) or _is_beside(around)
            reaches = alike and not _skips_clause(around)
        return walk.discourse if reaches else walk.discourse._replace(said=said._replace(cue=None, cue_topic=""))

    def _tells_on(self, cue: Cue, around: Around) -> bool:
        """Whether a fact that was told makes facts of what its sentence tells behind it; no limit or standard that a
        rule sets (目前，……起付线300元)."""
        start = start_of_clause(around)
        standard = any(around.clause.has(role, start, around.at) for role in _SET)
        limit = self._document.kind == "policy" and (around.figure.bound in _ASKED or standard)
        return (cue.opens or not cue.local) and not limit

    def _dealt_noun(self, place: _Place, spot: int, listed: Place, figure: Figure) -> str:
        """公司 of 科学园、数码港分别有18间及21间公司: what stands behind the last figure of a list is said of each."""
        behind = sorted(at for at in place.lists if at >= spot)
        match = self._found.first("dealt", place.bare, behind[listed.size - 1 - listed.number], figure)
        return match.said("noun") if match else ""

    def _dealt_year(self, place: _Place, at: int, spot: int, walk: Walk) -> Timed | None:
        """The year in brackets behind the figure, or of its number in a list of years; of a second list (增速为3%、4%)
        that of the first."""
        told, listed = self._periods.bracketed(place.clause, at), place.lists.get(spot)
        if told or listed is None:
            return told
        dealt = self._periods.dealt(place.clause, at, listed)
        if dealt is None and len(walk.readings) >= listed.size:
            again = next((link for link in walk.readings[-listed.size].links if link.rule == "reach.dealt"), None)
            dealt = Timed(again.value, again.rule) if again and isinstance(again.value, Period) else None
        return dealt

    def _period(self, walk: Walk, named: list[Named], place: _Place, at: int, figure: Figure) -> Timed | None:
        nearest = walk.now.nearest()
        start = self._found.first("start", place.clause, at, figure)
        compared = self._periods.compared(place.clause, nearest.period if nearest else None)
        if compared:
            return compared
        if start is not None:
            based = walk.now.baseline.year if walk.now.baseline else None  # 比1980年的8500亿元增加1800亿元
            based = based or (nearest.began if nearest else None)
            told = times.year(based) if based else _beside(walk, "status.start")
            return walk.now.figure or Timed(told or Period("", None, None, "in", "stated"), start.construction.id)
        if nearest is None and walk.last and walk.last.rule == "start.from":
            alike = _beside(walk, "measure.become")
            nearest = Timed(alike, "period.beside") if alike else None
        began = walk.last is not None and walk.last.rule in _BEGINNINGS
        if began and walk.readings:
            began = not any(link.rule == "measure.become" for link in walk.readings[-1].links)
        leans = named and named[0].dependent and walk.last and not began
        if nearest is None and leans and walk.last and walk.last.period.origin in ("stated", "relative"):
            return walk.last  # ……2022年达到10家，增长5%
        if nearest and leans and walk.last and _is_day(nearest.period) and not _is_day(walk.last.period):
            return walk.last  # 9月26日电：会议决定2026年工资升至2万元，升幅3%
        if nearest:
            return nearest
        standing = periods.standing(walk.discourse.period, walk.section)
        if standing is None and _told_by(walk.last) and not began and walk.last:
            return walk.last._replace(period=times.carried(walk.last.period))  # 基金2020年收入5亿元，支出3亿元
        return Timed(times.carried(standing), _standing_rule(walk.discourse, walk.section)) if standing else None


def _beside(walk: Walk, rule: str) -> Period | None:
    """The period of the last change that began or ended so: 由1990年的5家增到1995年的9家，由6家增到8家."""
    for reading in reversed(walk.readings):
        if any(link.rule == rule for link in reading.links):
            period = next((link.value for link in reading.links if link.slot == "period"), None)
            if isinstance(period, Period) and period.year:
                return times.carried(period)
    return None


def _nearest(walk: Walk) -> Period | None:
    nearest = walk.now.nearest()
    return nearest.period if nearest else None


def _told_by(last: Timed | None) -> bool:
    """Whether the last figure of the sentence has a year that the text states, and not for that figure alone."""
    return last is not None and last.period.origin == "stated" and last.period.relation == "in" and not last.own


def _is_day(period: Period) -> bool:
    return period.end is not None and period.start == period.end


def _is_whole(period: Period) -> bool:
    return period.relation != "in" or bool(period.end and period.end.endswith("-12-31"))


def _standing_rule(discourse: Discourse, section: Section) -> str:
    if discourse.period:
        return "period.paragraph"
    return "period.section" if section.period else "period.document"


def _goes_on(listed: Place | None) -> bool:
    return listed is not None and listed.number + 1 < listed.size


def _only_names(around: Around, start: int) -> bool:
    """现有渔民3万人，船长300人: whether the clause only names what it counts."""
    said = (around.clause.has(role, start + 1, around.at) for role in _SAYS_MORE)
    return around.figure.dimension in _COUNTED and not any(said)


def _is_beside(around: Around) -> bool:
    """总收入预计为39亿元，总开支为29亿元: whether the figure tells of another thing what the last one does, and nothing
    that was done."""
    clause, start = around.clause, start_of_clause(around)
    last = around.discourse.level
    alike = (last.dimension, last.unit) == (around.figure.dimension, around.figure.unit)
    is_so = "be" in clause.roles(around.at - 1) or clause.has("change", start, around.at)
    return alike and is_so and not any(clause.has(role, start, around.at) for role in _TOLD_SO)


def _skips_clause(around: Around) -> bool:
    """True where a clause without figures stands between the last figure and this one's clause."""
    at, marks = around.at - 1, 0
    while at > 0 and "figure" not in around.clause.roles(at):
        marks += "hard" in around.clause.roles(at)
        at -= 1
    return marks > 1


def _name_links(named: list[Named]) -> list[Link]:
    return [Link("name", item.name, item.rule, item.evidence) for item in named]


def _granted(grant: Grant, before: Discourse) -> Named:
    return Named(grant.name, before.topic, True, grant.rule, grant.grantee)


def _policy_links(grant: Grant | None, figure: Figure, segment: Segment) -> list[Link]:
    """The role of a rule's figure, and the clause that it shares with the others of its sentence."""
    role = grant.role if grant else "duration" if figure.dimension == "duration" else "condition"
    return [
        Link("role", role, grant.rule if grant else "role." + role),
        Link("clause", str(segment.span.start), "role.clause"),
    ]
