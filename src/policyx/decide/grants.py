"""What a rule grants: to whom, for what, and which benefit (高新技术企业首次认定 + 奖励), and the role of each figure
in it."""

from __future__ import annotations

from policyx.clause import Clause, Lexicon
from policyx.clause.lists import Place
from policyx.construct import Constructions, Figure, Match
from policyx.decide import headings, name_words, targets
from policyx.decide.discourse import Discourse
from policyx.decide.grantees import GranteeReader, tier
from policyx.tuples import NamedTuple

_ROOM = 20
_FINE_REACH = 3  # words: 一千元|的|罚款
_LONGEST_BENEFIT = 10  # characters
_FUND_WORDS = 2  # 的|资金 names none
_STEP, _STEP_ENDS = "step", frozenset({"figure", "grant"})
_ENDS_BENEFIT = frozenset(
    {
        "grant",
        "grant_verb",
        "gives",
        "of",
        "hard",
        "generic",
        "to",
        "copula",
        "modal",
        "title",
        "giver",
        "benefit",
        "aside",
    }
)
_ENDS_HEADED = frozenset({"gives", "to", "by", "of", "copula"})
_FORM = frozenset({"amount", "form_label"})
_NEEDED = {"policy": "grant", "plan": "strong_grant", "news": "gives"}  # what a sentence of each kind has to say
_PARTS = frozenset({"joint", "item", "enum"})


class Grant(NamedTuple):
    """A granted figure: its name, whom it was for (for the next one that leaves that out), the rule that says it is
    granted, its role (grant, rate, cap) and what is given."""

    name: str
    grantee: str
    rule: str
    role: str
    benefit: str = ""


class GrantReader:
    """Tells granted figures from the conditions of grants, and names them."""

    def __init__(self, words: Lexicon, found: Constructions, kind: str, title: str) -> None:
        self._title = title
        self._words = words
        self._found = found
        self._kind = kind
        self._grantees = GranteeReader(words, title)

        self.possible = kind in _NEEDED

    def grants(self, clause: Clause) -> bool:
        """Whether the sentence grants anything at all, in a document that may."""
        return clause.has(_NEEDED[self._kind])

    def told(self, clause: Clause, before: Discourse, heading: str) -> Discourse:
        """What a sentence without figures leaves to the next ones: 对高层次人才给予安家补贴。A类每人60万元。"""
        if self._kind != "policy" or not clause.has("strong_grant"):
            return before
        clause = clause.untimed()
        at = len(clause.letters) - 1
        label = self._of_label(clause, at, heading)
        benefit = label or self._benefit(clause, at)
        start = targets.grant_start(clause, 1, at)
        whom = targets.target(clause, 1 + ("to" in clause.roles(1)), start) if benefit and not label else ""
        kept = "" if label else before.grantee
        return before._replace(benefit=benefit, grantee=whom or kept) if benefit else before

    def may_be(self, heading: str) -> bool:
        """Whether a figure below this heading may be a grant although its sentence does not say so."""
        return self._kind == "policy" and bool(self.of_heading(heading))

    def of_heading(self, heading: str) -> str:
        """The benefit that the heading or the title names; none below a heading that names what is charged."""
        charged = headings.standard_of(heading, self._words)
        return self._of_title(heading) or ("" if charged else self._of_title(self._title))

    def read(
        self, clause: Clause, at: int, figure: Figure, heading: str, before: Discourse, listed: Place | None = None
    ) -> Grant | None:
        """The grant that the figure at word `at` is; None where it is none. `clause` is without times."""
        if clause.has("fine_noun", at + 1, at + _FINE_REACH):
            return None
        if self._kind == "news" and clause.has("in_sum", clause.start(at), at):
            return None  # 累计发放低保金2.86亿元 tells what was spent
        led = before.lead.benefit if before.lead else ""
        told = led or self.of_heading(heading) or before.benefit
        granted = clause.has("grant", 0, at) or bool(before.said.granted)
        alike = before.said.granted == figure.dimension
        met = {"": True, "earlier": granted, "told": granted or bool(told), "alike": alike}
        met["before"] = bool(before.grantee)
        met["led"] = bool(led)
        headed = self._headed(heading)
        met["headed"] = bool(headed)
        match = self._match(clause, at, figure, met) or self._of_list(clause, at, figure, listed)
        if match is None or (listed and listed.number and not self._opens_list(clause, at, figure, met, listed)):
            return None
        gives = match.construction.gives
        own = self._benefit(clause, _last_of(clause, at, listed))
        more = before.benefit if self._is_bare(own) and not self._is_bare(before.benefit) else ""
        benefit = (
            self._of_label(clause, at, heading)
            or more
            or own
            or before.given
            or led
            or self._of_headed(headed)
            or told
            or next(iter(self._words.default_benefits), "")
        )
        whom = self._grantees.read(clause, at, heading, before, listed)
        recipient = targets.recipient(clause, at)
        share = str(gives.get("share", "")) if figure.dimension == "percent" else ""
        base = targets.base(clause, at) if share else ""
        extra = "".join(part for part in (tier(clause, at, listed), recipient, base) if part not in whom)
        room = _ROOM - len(benefit) - len(share)
        extra = extra if len(extra) <= room - targets.SHORTEST else ""
        whom = self._grantees.fitted(_without_kind(whom, benefit), room - len(extra))
        name = whom + extra if (whom + extra).endswith(benefit) else whom + extra + benefit
        role = "rate" if figure.dimension == "percent" else str(gives.get("role", "grant"))
        return Grant(name + share, whom, match.construction.id, role, benefit)

    def _match(self, clause: Clause, at: int, figure: Figure, met: dict[str, bool]) -> Match | None:
        """The first construction that holds and whose needs are met."""
        for match in self._found.matches("grant", clause, at, figure):
            gives = match.construction.gives
            bars = str(gives.get("unless", "")).split()
            if met.get(str(gives.get("needs", ""))) and not any(_is_told(clause, at, bar) for bar in bars):
                return match
        return None

    def _benefit(self, clause: Clause, at: int) -> str:
        """The benefit: behind the figure in its clause, else before it, else anywhere in the sentence."""
        end = clause.end(at + 1, len(clause.letters), "comma", "semicolon", "stop", "figure")
        figured = end < len(clause.letters) and "figure" in clause.roles(end)
        parted = figured and clause.roles(at + 1) & _PARTS  # 补助金3000元和抚恤金2万元
        behind, ahead = range(at + 1, at + 1 if parted else end), range(at - 1, 0, -1)
        rest = range(end, len(clause.letters))
        fund = self._fund(clause, at + 1, end)
        if fund:
            return fund
        for numbers in (behind, ahead, rest):
            for number in numbers:
                if "benefit" in clause.roles(number):
                    first = number
                    while first - 1 > 0 and "benefit_kind" in clause.roles(first - 1):
                        first -= 1
                    return clause.said(
                        self._own_kind(clause, first, number) if numbers is behind else first, number + 1
                    )
        return ""

    @staticmethod
    def _fund(clause: Clause, first: int, last: int) -> str:
        """安排5000万元的|工业发展资金: a fund that ends the clause, by its own name."""
        if (
            last - first <= _FUND_WORDS
            or "of" not in clause.roles(first)
            or "money_spent" not in clause.roles(last - 1)
        ):
            return ""
        said = "" if clause.has("of", first + 1, last) else clause.said(first + 1, last)
        return said if len(said) <= _LONGEST_BENEFIT and not clause.has("benefit", first, last) else ""

    @staticmethod
    def _own_kind(clause: Clause, first: int, last: int) -> int:
        """Where the name of a benefit behind the figure begins whose verb stands before it: 发放一次性|扩岗|补助."""
        low = first
        while low - 1 > 0 and ("benefit_kind" in clause.roles(low - 1) or not clause.roles(low - 1) & _ENDS_BENEFIT):
            low -= 1
        while low < first and "joint" in clause.roles(low):
            low += 1
        given = clause.roles(low - 1) & {"gives", "grant_verb", "strong_grant"}
        return low if given and len(clause.said(low, last + 1)) <= _LONGEST_BENEFIT else first

    def _of_label(self, clause: Clause, at: int, heading: str) -> str:
        """国家奖学金：奖励……的学生，奖励标准为每人8000元: the benefit that the item's label names, where nothing
        behind it says more than that there is one."""
        label = name_words.without_form(headings.item_label(clause, at, heading), self._words)
        if not name_words.is_benefit(label, self._words):
            return ""
        colon = clause.start(at, "colon")
        told = [clause.roles(number) for number in range(colon, at) if "benefit" in clause.roles(number)]
        return label if all("strong_grant" in roles for roles in told) else ""

    def _headed(self, heading: str) -> str:
        """The heading without its form where it, and no title, ends in a benefit: 渔民购船补贴 of 渔民购船补贴标准."""
        if heading == self._title:
            return ""
        said = name_words.tidy(headings.without_list_mark(headings.asked(heading, self._words)))
        said = name_words.without_form(said, self._words)
        parts = self._words.words(said)
        if len(parts) > 1 and self._words.roles[parts[-1][2]] >= _FORM:
            said = said[: parts[-1][0]]  # 奖励标准
        return said if name_words.is_benefit(said, self._words) else ""

    def _of_headed(self, said: str) -> str:
        """A heading that is no more than the name of a benefit."""
        short = len(said) <= _LONGEST_BENEFIT and not self._is_bare(said)
        roles = (self._words.roles[letter] for _, _, letter in self._words.words(said))
        return said if short and all(map(_ENDS_HEADED.isdisjoint, roles)) else ""

    def _is_bare(self, benefit: str) -> bool:
        """Whether a benefit has no name of its own: 奖励, 补助."""
        return self._words.has(benefit, "strong_grant")

    def _of_title(self, heading: str) -> str:
        """The benefit that the heading names: 人才租房补贴标准."""
        parts = self._words.words(heading)
        for number in range(len(parts) - 1, -1, -1):
            if "benefit" in self._words.roles[parts[number][2]]:
                first = number
                while first and "benefit_kind" in self._words.roles[parts[first - 1][2]]:
                    first -= 1
                joined = first > 1 and "joint" in self._words.roles[parts[first - 1][2]]
                both = joined and "benefit" in self._words.roles[parts[first - 2][2]]  # 购房补贴和生活津贴
                return "" if both else heading[parts[first][0] : parts[number][1]]
        return ""

    def _of_list(self, clause: Clause, at: int, figure: Figure, listed: Place | None) -> Match | None:
        """What makes the last member of a list a grant makes the others one: 70%、80%和90%给予奖励."""
        if listed is None or listed.number + 1 == listed.size:
            return None
        return self._match(clause, _last_of(clause, at, listed), figure, {"": True, "earlier": False, "told": False})

    def _opens_list(self, clause: Clause, at: int, figure: Figure, met: dict[str, bool], listed: Place) -> bool:
        """Whether the first figure of its list is a grant too: 首次突破2000万元、5000万元 are conditions."""
        first, seen = at, listed.number
        while seen:
            first -= 1
            seen -= "figure" in clause.roles(first)
        opening = listed._replace(number=0)
        return bool(self._match(clause, first, figure, met) or self._of_list(clause, first, figure, opening))


def _last_of(clause: Clause, at: int, listed: Place | None) -> int:
    """The place of the last figure of the list that the figure at word `at` stands in."""
    seen = listed.number + 1 if listed else 0
    while listed and seen < listed.size:
        at += 1
        seen += "figure" in clause.roles(at)
    return at


def _without_kind(whom: str, benefit: str) -> str:
    """博士购房 for 购房补贴 is 博士: what the benefit begins with is not said twice."""
    for size in range(len(benefit) - 1, 1, -1):
        if whom.endswith(benefit[:size]) and len(whom) > size + 1:
            return whom[:-size]
    return whom


def _is_told(clause: Clause, at: int, role: str) -> bool:
    """收费标准为一类8元，二类6元: a word with this role stands nearer before the figure than what grants."""
    for number in range(at - 1, 0, -1):
        roles = clause.roles(number)
        if role in roles or roles & {"gives", "strong_grant", "stop"} or (role == _STEP and roles & _STEP_ENDS):
            return role in roles
    return False
