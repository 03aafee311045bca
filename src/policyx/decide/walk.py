"""Where the reading of a sentence stands, and what the words between its figures make of that."""

from __future__ import annotations

from collections.abc import Sequence

from policyx.clause import Clause, Lexicon
from policyx.construct import Constructions, Figure
from policyx.decide.discourse import Discourse
from policyx.decide.periods import Timed, Times
from policyx.decide.statuses import StatusReader
from policyx.model import Mention, Period, Reading
from policyx.outline import times
from policyx.outline.frame import DocumentFrame
from policyx.outline.sections import Section
from policyx.outline.status import TELLS_FACTS, Cue
from policyx.tuples import NamedTuple

_LEADS = frozenset(
    {"opener", "joint", "conjunction", "cue", "adverb", "dash", "mark", "particle", "any_time", "scope", "dateline"}
)
_TOLD_NOW = frozenset({"news", "plan", "policy"})
_AHEAD = ("foretells", "modal", "until", "meant")
_LOWEST_LEVEL = 99
_NOBODY_KNOWS_WHEN = Timed(Period("", None, None, "in", "document"), "period.now")
_BEGINNING = "03"  # the months in which what is so now may tell of the year that has just ended


class Walk(NamedTuple):
    """Where the reading of a sentence stands: what was said, the times in force, the readings; `fresh`: a status word
    has stood since the last figure; `last`: the period of the last figure."""

    discourse: Discourse
    now: Times
    readings: tuple[Reading, ...] = ()
    left_out: tuple[Mention, ...] = ()
    fresh: bool = False
    last: Timed | None = None
    section: Section = Section()
    target: Cue | None = None
    arranges: str = ""


class WordReader:
    """Reads the words of a sentence that end a time, decide a status, or open what somebody means to do."""

    def __init__(self, document: DocumentFrame, words: Lexicon, found: Constructions, statuses: StatusReader) -> None:
        self._document = document
        self._words = words
        self._found = found
        self._statuses = statuses
        self._basis = words.pattern("basis")

    def bases(self, clause: Clause) -> dict[int, int]:
        """What something is raised from (在已建成12个的基础上): by the first word of each, the word behind it."""
        ends = [match.start() for match in self._basis.finditer(clause.letters)]
        begins = ((clause.start(end, "in_which"), end) for end in ends)
        return {begin: end for begin, end in begins if begin and clause.has("figure", begin, end)}

    def dated(self, clause: Clause, at: int, walk: Walk) -> Walk:
        """3月18日，……: a sentence of a news item that opens with a day tells what happened on it, whatever was
        announced before."""
        time = clause.mentions[at].time
        if self._document.kind != "news" or time is None or not time.day or time.relation != "in":
            return walk
        return walk._replace(discourse=walk.discourse._replace(mode=None, planned=None)) if clause.opens(at) else walk

    def ended(self, clause: Clause, discourse: Discourse) -> Discourse:
        """明年完工。营收5亿元，同比增长3%: a sentence of a news item that tells facts, and nothing ahead, ends what was
        meant."""
        mode = discourse.mode
        if self._document.kind != "news" or mode is None or mode.opens or mode.listed or not clause.has("told"):
            return discourse
        return discourse if any(clause.has(role) for role in _AHEAD) else discourse._replace(mode=None)

    def _of_today(self, roles: frozenset[str]) -> Timed | None:
        """The year of a dated news item, for what it says is so now, and no year in an undated one; what it heard
        yesterday in the first months still tells of the year before."""
        date = self._document.date
        if self._document.kind != "news":
            return None
        if not date and not self._document.anchor_known:
            return _NOBODY_KNOWS_WHEN
        if not date or "today" not in roles or (date[5:7] <= _BEGINNING and "to_date" not in roles):
            return None
        return Timed(times.from_document(int(date[:4])), "period.now")

    def read(self, clause: Clause, at: int, roles: frozenset[str], walk: Walk) -> Walk:
        """A word that ends a time (目前), decides a status (将), or opens what somebody means to do (方案提出)."""
        if "now" in roles:
            discourse = walk.discourse._replace(mode=None, planned=None)  # what is so now is not meant to be
            if self._document.kind in _TOLD_NOW:
                discourse = discourse._replace(period=None)
            told, anchor = walk.section.document_period, self._document.anchor
            other = told is not None and anchor is not None and told.year != anchor
            section = walk.section._replace(document_period=None) if other else walk.section
            now = walk.now._replace(clause=None, sentence=self._of_today(roles))
            walk = walk._replace(now=now, discourse=discourse, section=section)
        if "provide" in roles:
            walk = self._announced(clause, at, walk)
        discourse = walk.discourse
        if "told" in roles:
            walk = _told(walk)
            discourse = walk.discourse
        if "cue" not in roles:
            return walk
        cue = self._statuses.cue(clause, at, discourse.said.cue, fresh=walk.fresh)
        if cue is None or cue is discourse.said.cue:  # 预计……将: what was foretold still is
            return walk._replace(fresh=walk.fresh or cue is not None)
        if cue.status == "actual" and self._document.kind in TELLS_FACTS:
            walk = _told(walk)  # 将出台新政。现有人才5万人，博士300人
            discourse = walk.discourse
        part = walk.section.part
        if cue.status == "target" and part is not None and part.status == "actual":
            cue = cue._replace(local=True)  # in a review an aim is an aside
        start = clause.start(at)
        leads = all(clause.roles(number) & _LEADS for number in range(start, at))
        opens = self._opens(clause, at, cue, leads=leads)
        said = discourse.said._replace(cue=cue._replace(opens=opens), cue_topic="" if leads else clause.said(start, at))
        target = cue if cue.status == "target" else walk.target
        return walk._replace(discourse=discourse._replace(said=said), fresh=True, target=target)

    def _opens(self, clause: Clause, at: int, cue: Cue, *, leads: bool) -> bool:
        """Whether the status word at word `at` governs all that its sentence goes on to tell: an expectation that opens
        it, a fact that is told of a time (目前，全区有渔港12个，渔船300艘)."""
        if cue.status == "actual":
            return self._statuses.accounts.opens(clause, at, cue.word)
        if cue.status != "forecast":
            return False
        by_whom = "forecaster" in clause.roles(at - 1)  # 渔业局预料……
        said_by = by_whom or bool(clause.roles(at + 1) & {"comma", "colon"})
        start = clause.start(at)
        return said_by or (
            leads and all(clause.roles(number) & {*_LEADS, "comma", "boundary"} for number in range(start))
        )

    def _announced(self, clause: Clause, at: int, walk: Walk) -> Walk:
        """What somebody means to do is opened: in this paragraph, from here on, or in the rest of a report."""
        said = clause.said(at, at + 1)
        match = self._found.first("announce", clause, at, Figure("word", said, self._document.kind))
        if match is None:
            return walk
        gives = match.construction.gives
        below = gives["sets"] == "below"
        cue = Cue(
            str(gives.get("status", "target")),
            said,
            match.construction.id,
            opens=below,
            listed=bool(gives.get("listed")),
        )
        needed = gives.get("needs")
        if needed and not clause.has(str(needed), at):
            return walk
        reviewed = walk.section.part is not None and walk.section.part.status == "actual"
        free = gives.get("own_year") and walk.now.nearest() is None and not reviewed
        own = self._document.target_year if free else None
        if own:  # a report's aims without a time of their own are those of its year
            now = walk.now._replace(sentence=Timed(times.from_document(own), match.construction.id))
            walk = walk._replace(now=now)
        if gives["sets"] == "part":
            return walk._replace(section=walk.section._replace(part=cue, part_level=_LOWEST_LEVEL))
        arranges = str(gives["sets"]) if below or gives["sets"] == "mode" else ""
        told = walk.discourse._replace(mode=cue) if arranges else walk.discourse._replace(planned=cue)
        return walk._replace(discourse=told, arranges=arranges)

    def moded(self, discourse: Discourse, near: Sequence[Mention], target: Cue | None) -> Discourse:
        """今年……将全面实施……: what follows is planned, until a time that is over, or a heading, comes."""
        anchor = self._document.anchor if self._document.anchor_known else None
        ahead, mode = discourse.ahead, discourse.mode
        for mention in near:
            time = mention.time
            if mention.rejected or time is None or time.baseline or time.anchor == "frame":
                continue
            dated = time.day is not None and self._document.kind == "news"  # 3月5日，省长强调要确保……
            stated = anchor is not None and time.last is not None and time.last >= anchor and not dated
            told = time.relation == "since" or (time.months or (1, 12))[1] < 12
            ahead = stated or (time.anchor == "document" and time.offset >= 0 and not told)
            mode = mode if ahead else None
        mode = target if ahead and target else mode
        if ahead == discourse.ahead and mode is discourse.mode:
            return discourse
        return discourse._replace(ahead=ahead, mode=mode)


def off_basis(walk: Walk, before: Walk) -> Walk:
    """Behind what something is raised from, the times and the status word that held before it hold again."""
    now = before.now._replace(baseline=walk.now.baseline)
    said = walk.discourse.said._replace(cue=before.discourse.said.cue)
    return walk._replace(now=now, fresh=before.fresh, discourse=walk.discourse._replace(said=said))


def _told(walk: Walk) -> Walk:
    """What was announced before is told of no longer, where the sentence begins with a fact."""
    discourse = walk.discourse
    if (discourse.planned or discourse.mode) is None or discourse.said.named:
        return walk
    listed = discourse.mode is not None and discourse.mode.opens
    return walk._replace(discourse=discourse._replace(planned=None, mode=discourse.mode if listed else None))
