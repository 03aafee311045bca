"""What a rule grants: to whom, for what, and which benefit (高新技术企业首次认定 + 奖励), and the role of each figure
in it."""

from __future__ import annotations

from typing import NamedTuple

from policyx.clause import Clause, Lexicon
from policyx.clause.lists import Place, deal_out
from policyx.construct import Constructions, Figure, Match
from policyx.decide import phrases
from policyx.decide.discourse import Discourse

_ROOM = 20
_LONGEST_TARGET = 24
_SHORTEST = 2
_LONGEST_ASIDE = 7
_GENERIC_WORDS = 3
_NEEDED = {"policy": "grant", "plan": "strong_grant", "news": "gives"}  # what a sentence of each kind has to say
_GENERIC = frozenset({"generic", "joint", "each", "head"})
_GRADES = frozenset({"grade", "modifier", "bare_grade", "ordinal"})
_ITEMS = frozenset({"item", "semicolon"})
_ITEM_ENDS = ("semicolon", "stop", "boundary")
_CLAUSE_ENDS = ("comma", *_ITEM_ENDS)
_LISTS = _ITEMS | {"comma"}  # behind a figure that was granted


class Grant(NamedTuple):
    """A granted figure: its name, whom it was for (for the next one that leaves that out), the rule that says it is
    granted, and its role (grant, rate, cap)."""

    name: str
    grantee: str
    rule: str
    role: str


class GrantReader:
    """Tells granted figures from the conditions of grants, and names them."""

    def __init__(self, words: Lexicon, found: Constructions, kind: str, title: str) -> None:
        self._title = title
        self._words = words
        self._found = found
        self._kind = kind

    def grants(self, clause: Clause) -> bool:
        """Whether the sentence grants anything at all."""
        needed = _NEEDED.get(self._kind)
        return needed is not None and clause.has(needed)

    def told(self, clause: Clause, before: Discourse) -> Discourse:
        """What a sentence without figures leaves to the next ones: 对高层次人才给予安家补贴。A类每人60万元。"""
        if self._kind != "policy" or not clause.has("strong_grant"):
            return before
        at = len(clause.letters) - 1
        benefit = self._benefit(clause, at)
        start = self._grant_start(clause, 1, at)
        whom = self._target(clause, 1 + ("to" in clause.roles(1)), start) if benefit else ""
        return before._replace(benefit=benefit, grantee=whom or before.grantee) if benefit else before

    def may_be(self, heading: str) -> bool:
        """Whether a figure below this heading may be a grant although its sentence does not say so."""
        return self._kind == "policy" and bool(self._told(heading))

    def _told(self, heading: str) -> str:
        """The benefit that the heading or the title names; none below a heading that names what is charged."""
        charged = phrases.standard_of(heading, self._words)
        return self._of_title(heading) or ("" if charged else self._of_title(self._title))

    def read(
        self, clause: Clause, at: int, figure: Figure, heading: str, before: Discourse, listed: Place | None = None
    ) -> Grant | None:
        """The grant that the figure at word `at` is; None where it is none. `clause` is without times."""
        if self._kind not in _NEEDED:
            return None
        told = self._told(heading) or before.benefit
        granted = self._granted_before(clause, at) or bool(before.said.granted)
        alike = before.said.granted == figure.dimension
        met = {"": True, "earlier": granted, "told": granted or bool(told), "alike": alike}
        match = self._match(clause, at, figure, met) or self._of_list(clause, at, figure, listed)
        if match is None:
            return None
        gives = match.construction.gives
        benefit = self._benefit(clause, at) or told or next(iter(self._words.rules_of["default_benefit"]))
        whom = self._dealt(clause, at, listed) or self._whom(clause, at, heading, before) + _tier(clause, at, listed)
        recipient = self._recipient(clause, at)
        share = str(gives.get("share", "")) if figure.dimension == "percent" else ""
        base = self._base(clause, at) if share else ""
        extra = "".join(part for part in (recipient, base) if part not in whom)
        room = _ROOM - len(benefit) - len(share)
        extra = extra if len(extra) <= room - _SHORTEST else ""
        whom = self._fitted(_without_kind(whom, benefit), room - len(extra))
        name = whom + extra if (whom + extra).endswith(benefit) else whom + extra + benefit
        role = "rate" if figure.dimension == "percent" else str(gives.get("role", "grant"))
        return Grant(name + share, whom, match.construction.id, role)

    def _match(self, clause: Clause, at: int, figure: Figure, met: dict[str, bool]) -> Match | None:
        """The first construction that holds and whose needs are met."""
        for match in self._found.matches("grant", clause, at, figure):
            gives = match.construction.gives
            bars = gives.get("unless")
            if met[str(gives.get("needs", ""))] and not (bars and _is_told(clause, at, str(bars))):
                return match
        return None

    def _granted_before(self, clause: Clause, at: int) -> bool:
        return clause.has("grant", 0, at)

    def _benefit(self, clause: Clause, at: int) -> str:
        """The benefit: behind the figure in its clause, else before it, else anywhere in the sentence."""
        end = clause.end(at + 1, len(clause.letters), "comma", "semicolon", "stop", "figure")
        behind, ahead = range(at + 1, end), range(at - 1, 0, -1)
        rest = range(end, len(clause.letters))
        for numbers in (behind, ahead, rest):
            for number in numbers:
                if "benefit" in clause.roles(number):
                    first = number
                    while first - 1 > 0 and "benefit_kind" in clause.roles(first - 1):
                        first -= 1
                    return clause.said(first, number + 1)
        return ""

    def _of_title(self, heading: str) -> str:
        """The benefit that the heading names: 人才租房补贴标准."""
        parts = self._words.words(heading)
        for number in range(len(parts) - 1, -1, -1):
            if "benefit" in self._words.roles[parts[number][2]]:
                first = number
                while first and "benefit_kind" in self._words.roles[parts[first - 1][2]]:
                    first -= 1
                return heading[parts[first][0] : parts[number][1]]
        return ""

    def _of_list(self, clause: Clause, at: int, figure: Figure, listed: Place | None) -> Match | None:
        """What makes the last member of a list a grant makes the others one: 70%、80%和90%给予奖励."""
        if listed is None or listed.number + 1 == listed.size:
            return None
        last, seen = at, listed.number
        while seen + 1 < listed.size:
            last += 1
            seen += "figure" in clause.roles(last)
        return self._match(clause, last, figure, {"": True, "earlier": False, "told": False})

    def _whom(self, clause: Clause, at: int, heading: str, before: Discourse) -> str:
        """Who gets it: the words of its own clause, behind the last 对 of its item, or the clauses before the grant;
        else the heading, else whom the last grant was for."""
        own = self._own(clause, at, listed=bool(before.said.granted))
        first = clause.start(at, *_ITEM_ENDS)
        said = phrases.label(clause, at) if own else ""
        if said and not phrases.measures(said, self._words) and not self._words.has(said, "benefit"):
            return said + own
        if own:
            start = first + ("to" in clause.roles(first))
            return self._graded(
                own, before.grantee or self._target(clause, start, self._grant_start(clause, first, at))
            )
        for start in range(at - 1, first - 1, -1):
            opens = start == first or clause.roles(start - 1) & {"hard", "title", "giver"}
            roles = clause.roles(start)
            if opens and "to" in roles and "gives" not in roles and start + 1 < at:
                said = self._target(clause, start + 1, self._grant_start(clause, start + 1, at))
                if said:
                    return said
        last = self._grant_start(clause, first, at)
        said = self._target(clause, first, last)
        said = said or self._of_host(clause)
        return self._graded(said, before.grantee) if said else before.grantee or self._of_heading(heading)

    def _of_host(self, clause: Clause) -> str:
        """燃气壁挂炉按照价格70%（每户最高补贴2700元）: for brackets, what the words before them speak of."""
        if clause.host is None:
            return ""
        host, place = clause.host
        first = host.start(place, *_CLAUSE_ENDS, "colon", "item")
        first += "by" in host.roles(first)
        last = host.end(first, place, "by", "figure", "hard", "grant_verb")
        return self._target(host, first, last) if last > first else ""

    def _dealt(self, clause: Clause, at: int, listed: Place | None) -> str:
        """引领类、培育类孵化器，分别给予1000万元、200万元: the member of the list before that the figure is dealt out
        to."""
        if listed is None:
            return ""
        for ends in (_CLAUSE_ENDS, _ITEM_ENDS):
            first = clause.start(at, *ends)
            while first < at - 1 and clause.roles(first) & {"to", "action", "predicate", "copula", "opener"}:
                first += 1
            last = clause.end(first, at, "comma", "grant_verb", "each", "figure")
            first, last = phrases.trimmed(clause, first, last)
            while first < last and clause.roles(first) & {"to", "opener"}:
                first += 1
            members = deal_out(clause, first, last, listed.size)
            members = members or self._conditioned(clause, first, at, listed.size)
            if members:
                return phrases.tidy(members[listed.number])
        return ""

    def _conditioned(self, clause: Clause, first: int, at: int, size: int) -> tuple[str, ...]:
        """对40岁以下船长、35岁以下大副，分别给予: the members of a list with figures of their own."""
        last = clause.end(first, at, "comma", "grant_verb", "each")
        marks = [number for number in range(first, last) if clause.roles(number) & {"enum", "item"}]
        if len(marks) + 1 != size or not clause.has("figure", first, last):
            return ()
        starts, ends = [first, *(mark + 1 for mark in marks)], [*marks, last]
        members = tuple(self._condition(clause, low, high) for low, high in zip(starts, ends, strict=True))
        return members if all(members) else ()

    def _of_heading(self, heading: str) -> str:
        if heading == self._title:
            return ""
        heading = phrases.without_list_mark(heading)
        parts = self._words.words(heading)
        label = all(self._words.roles[letter] & {"form_label", "joint", "benefit", "of"} for _, _, letter in parts)
        return "" if label else phrases.tidy(heading)

    def _recipient(self, clause: Clause, at: int) -> str:
        """给予参展企业展位费80%奖励: what stands between the verb and the figure."""
        first = clause.start(at, "hard", "gives", "strong_grant")
        verb = clause.roles(first - 1) & {"gives", "strong_grant"}
        if not verb or self._is_filler(clause, first, at):
            return ""
        generic = {*_GENERIC, "amount", "benefit", "benefit_kind", "copula", "ceiling"}
        if all(clause.roles(number) & generic for number in range(first, at)):
            return ""
        return self._condition(clause, first, at)

    def _base(self, clause: Clause, at: int) -> str:
        """What a rate is taken of: 按研发投入增量的10%."""
        first = clause.start(at, "hard", "by", "gives")
        if not clause.roles(first - 1) & {"by"}:
            return ""
        while first < at and clause.roles(first) & {"its", "ceiling", "adverb", "particle"}:
            first += 1
        return phrases.phrase(clause, *phrases.trimmed(clause, first, at))

    def _own(self, clause: Clause, at: int, *, listed: bool) -> str:
        """What stands right before the figure in its clause where that says who: 国家级每个奖励3万元."""
        first = clause.start(at)
        last = clause.end(first, at, "grant", "grant_verb", "each", "ceiling", "to")
        each = last < at and "each" in clause.roles(last)
        opened = clause.roles(first - 1) & (_LISTS if listed else _ITEMS)
        if not each and not opened and not self._granted_before(clause, first):
            return ""
        if "by" in clause.roles(first) or _is_giver(clause, first, last) or _is_step(clause, first):
            return ""
        said = phrases.phrase(clause, *phrases.trimmed(clause, first, last))
        ordinal = clause.has("ordinal", first, last)  # 首年, 次年
        return said if len(said) >= _SHORTEST and (ordinal or not self._is_filler(clause, first, last)) else ""

    def _is_filler(self, clause: Clause, first: int, last: int) -> bool:
        filler = {
            "amount",
            "time_word",
            "numeral",
            "copula",
            "adverb",
            "opener",
            "preposition",
            "of",
            "each",
            "modal",
            "conjunction",
            "cue",
            "by",
            "benefit_kind",
            "become",
            "raised",
        }
        return all(clause.roles(number) & filler for number in range(first, last))

    def _grant_start(self, clause: Clause, first: int, at: int) -> int:
        """Where the words of the grant begin: the first grant verb of the item behind its first mark, or the mark
        before the figure's clause."""
        for number in range(first, at):
            if clause.roles(number) & {"grant_verb", "each", "ceiling", "standard_is"} and number > first:
                return number
            if "raised" in clause.roles(number) and "become" in clause.roles(number + 1) and number > first:
                return number  # 老年人，补贴标准调整为每人每月888元
        start = clause.start(at)
        return start if start > first else at

    def _target(self, clause: Clause, first: int, last: int) -> str:
        """The words of first..last without the figures of conditions, without asides (经……认定的，) and loose ends."""
        parts: list[str] = []
        joined, start, sign = "", first, ""
        for number in range(first, last + 1):
            roles = frozenset() if number == last else clause.roles(number)
            if number < last and not roles & {"comma", "colon", "item"}:
                continue
            said = self._condition(clause, start, number)
            if said:
                joined += (sign if parts else "") + said
                parts.append(said)
            start, sign = number + 1, clause.said(number, number + 1) if "item" in roles else ""
        if not parts or len(joined) <= _LONGEST_TARGET:
            return joined
        listed = joined.count("、") == len(parts) - 1 and len(parts) > 1
        conditions = clause.has("figure", first, last)
        if conditions and "、" in joined:
            return self._head_of(clause, first, last) or joined
        return joined if listed else max(parts, key=lambda part: (len(part) <= _LONGEST_TARGET, len(part)))

    def _head_of(self, clause: Clause, first: int, last: int) -> str:
        """社员200户以上、运作规范、带动明显的示范合作社: what all the conditions describe."""
        behind = [number + 1 for number in range(first, last) if "of" in clause.roles(number)]
        said = phrases.phrase(clause, *phrases.trimmed(clause, behind[-1], last)) if behind else ""
        return said if len(said) > _SHORTEST else ""

    def _condition(self, clause: Clause, first: int, last: int) -> str:
        while first < last and "title" in clause.roles(first):
            first += 1
        first, last = phrases.trimmed(clause, first, last)
        if first < last and "by" in clause.roles(first):
            first = self._behind_by(clause, first, last)
        if first >= last or "than" in clause.roles(first) or _is_giver(clause, first, last):
            return ""
        said = "".join(
            clause.said(number, number + 1) for number in range(first, last) if not _is_about_figure(clause, number)
        )
        few = last - first <= _GENERIC_WORDS  # 区企业技术中心 is a name for all that
        graded = any(clause.roles(n) & {"grade", "ordinal"} for n in range(first, last))
        alone = few and not graded and all(clause.roles(n) & {*_GENERIC, "figure", "of"} for n in range(first, last))
        return "" if alone or len(said) < _SHORTEST else phrases.tidy(said)

    def _behind_by(self, clause: Clause, first: int, last: int) -> int:
        """经认定的市级绿色工厂, 经认定为市级绿色工厂的: behind the aside; its end where nothing follows it."""
        for number in range(first + 1, min(last, first + _LONGEST_ASIDE)):
            if "named_as" in clause.roles(number):
                return number + 1
            if "of" in clause.roles(number) and number + 1 < last:
                return number + 1
        return last

    def _graded(self, own: str, grantee: str) -> str:
        """省级 behind a grant for 国家级孵化器 means 省级孵化器."""
        parts = self._words.words(own)
        short = all(self._words.roles[letter] & {*_GRADES, "of"} for _, _, letter in parts)
        if not short or not grantee:
            return own
        rest = self._words.words(grantee)
        last = [number for number, part in enumerate(rest) if "of" not in self._words.roles[part[2]]][-1:]
        if last and last[0] and self._words.roles[rest[last[0]][2]] & {"grade", "ordinal"}:
            return grantee[: rest[last[0]][0]] + own.rstrip("的")  # 被评为五星级的……，四星级的……
        while len(rest) > 1 and self._words.roles[rest[0][2]] & _GRADES:
            rest = rest[1:]
        graded = any(self._words.roles[letter] & {"grade", "bare_grade", "ordinal"} for _, _, letter in parts)
        if all(self._words.roles[letter] & _GRADES for _, _, letter in rest):
            return own  # 一级100元，二级80元
        if not graded and not self._words.roles[rest[-1][2]] & {"generic", "head", "shared"}:
            return own  # 硕士1500元、本科800元
        return own.rstrip("的") + grantee[rest[0][0] :] if rest else own

    def _fitted(self, whom: str, room: int) -> str:
        """At most `room` characters: from the edge of a word on, the head of the phrase kept."""
        if len(whom) <= room:
            return whom
        members = whom.split("、")
        if len(members) > 1 and _SHORTEST < len(members[0]) < room:
            kept = members[0]
            for member in members[1:]:
                if len(kept) + len(member) + 2 > room:
                    break
                kept += "、" + member
            return kept
        starts = [low for low, _, _ in self._words.words(whom) if len(whom) - low <= room]
        return whom[starts[0] :] if starts else whom[-room:]


def _without_kind(whom: str, benefit: str) -> str:
    """博士购房 for 购房补贴 is 博士: what the benefit begins with is not said twice."""
    for size in range(len(benefit) - 1, 1, -1):
        if whom.endswith(benefit[:size]) and len(whom) > size + 1:
            return whom[:-size]
    return whom


def _is_giver(clause: Clause, first: int, last: int) -> bool:
    """市财政给予, 市级对……: who gives, not who gets."""
    roles = [clause.roles(number) for number in range(first, last)]
    if not roles or not all(own & {"giver", "scope", "place", "bare_grade", "grade"} for own in roles):
        return False
    behind = clause.roles(last)
    return any("giver" in own for own in roles) or ("to" in behind and "gives" not in behind)


def _is_step(clause: Clause, first: int) -> bool:
    """每发展1户社员补助200元: what stands behind a step of a scale does not say who gets it."""
    if "figure" not in clause.roles(first - 1):
        return False
    return clause.has("step", clause.start(first - 1), first - 1)


def _is_told(clause: Clause, at: int, role: str) -> bool:
    """收费标准为一类8元，二类6元: a word with this role stands nearer before the figure than what grants."""
    for number in range(at - 1, 0, -1):
        roles = clause.roles(number)
        if role in roles or roles & {"gives", "strong_grant", "stop"}:
            return role in roles
    return False


def _tier(clause: Clause, at: int, listed: Place | None) -> str:
    """渔港按照三星、四星等级分别给予20万元、30万元: by what a figure is dealt out to those who get it."""
    if listed is None:
        return ""
    first = clause.start(at, *_CLAUSE_ENDS)
    by = next((number for number in range(at - 1, first - 1, -1) if "by" in clause.roles(number)), at)
    last = clause.end(by + 1, at, "grant_verb", "deal", "figure")
    members = deal_out(clause, by + 1, last, listed.size) if by + 1 < last else ()
    return phrases.tidy(members[listed.number]) if members else ""


def _is_about_figure(clause: Clause, at: int) -> bool:
    """The figures of a condition, and the mark between two: 成交额达到1亿元、3亿元的机构."""
    if clause.roles(at) & {"figure", "no_noun", "aside", "open", "close"}:
        return True
    return "figure" in clause.roles(at - 1) and "figure" in clause.roles(at + 1)
