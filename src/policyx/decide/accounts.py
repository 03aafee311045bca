"""Whether a sentence tells what was done, and not what is asked or given, in a text that sets rules or aims."""

from __future__ import annotations

from policyx.clause import Clause
from policyx.construct import Constructions, Figure
from policyx.decide.discourse import Discourse
from policyx.model import Period
from policyx.outline.frame import DocumentFrame
from policyx.outline.status import by_period

_LIMITS = frozenset({"ge", "gt", "le", "lt", "range"})
_GIVEN = frozenset({"money", "percent", "rate", "point", "multiple"})
_STATED = ("stated", "relative")


class AccountReader:
    """Knows the accounts of one document: 近年来，发放补贴1.2亿元; 一季度共拨付补助300万元，惠及400人."""

    def __init__(self, document: DocumentFrame, found: Constructions) -> None:
        self._document = document
        self._found = found

    def opens(self, clause: Clause, at: int, word: str) -> bool:
        """Whether the word of a fact at word `at` governs all that its sentence goes on to tell: 目前，全区有渔港12个,
        渔船300艘."""
        return self._found.first("tells", clause, at, Figure("actual", word, self._document.kind)) is not None

    def tell(self, clause: Clause, at: int, figure: Figure, period: Period | None, discourse: Discourse) -> bool:
        """Whether the figure at word `at` is one of an account; a limit (上年度贷款5000万元以上的) is asked."""
        accounts, gives = clause.has("accounts"), clause.has("gives")
        if (not accounts and (gives or clause.has("each"))) or "of" in clause.roles(at + 1):
            return False
        cue = discourse.said.cue
        if cue is not None and cue.status == "actual" and cue.opens:
            return accounts or figure.dimension not in _GIVEN
        asked = gives or self._document.kind != "policy" or figure.bound in _LIMITS
        if asked or period is None or period.relation == "since" or not self.over(period):
            return False
        over = Figure("over", figure.unit, self._document.kind)
        return accounts or self._found.first("tells", clause, at, over) is not None

    def over(self, period: Period | None) -> bool:
        """A period that the sentence states and that is over."""
        cue = by_period(period, self._document) if period and period.origin in _STATED else None
        return cue is not None and cue.status == "actual"
