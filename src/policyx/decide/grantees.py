"""Who gets what a rule grants: the words of the figure's own clause, of its item, of the heading, or whom the last
grant was for."""

from __future__ import annotations

from policyx.clause import Clause, Lexicon
from policyx.clause.lists import Place, deal_out
from policyx.decide import headings, name_words, phrases, targets
from policyx.decide.discourse import Discourse

ITEM_ENDS = ("semicolon", "stop", "boundary")
_CLAUSE_ENDS = ("comma", *ITEM_ENDS)
_ITEMS = frozenset({"item", "semicolon"})
_BEGINS = frozenset({"boundary", "colon"})
_LISTS = _ITEMS | {"comma"}  # behind a figure that was granted
_MEASURED = frozenset({"facet", "shared", "dependent", "attribute", "amount"})
_LOOSE = frozenset({"of", "etc", "joint", "enum", "mark"})  # what no name begins with
_LABELS = frozenset({"form_label", "joint", "benefit", "benefit_standard", "of"})
_GIVING = frozenset({"each", "adverb", "grant", "grant_verb", "copula", "benefit"})
_THINGS = frozenset({"noun", "head", "generic"})
_DEEDS = frozenset({"action", "predicate", "verb", "verbal_noun", "deed"})
_LONGEST_DEED = 3  # words
_LONGEST_THING = 12  # characters
_GRADES = frozenset({"grade", "modifier", "bare_grade", "ordinal"})


class GranteeReader:
    """Names those who get the grants of one document."""

    def __init__(self, words: Lexicon, title: str) -> None:
        self._words = words
        self._title = title
        self._of = "".join(words.particles)

    def read(self, clause: Clause, at: int, heading: str, before: Discourse, listed: Place | None) -> str:
        """Who gets the figure at word `at`."""
        return self._dealt(clause, at, listed) or self._whom(clause, at, heading, before)

    def _whom(self, clause: Clause, at: int, heading: str, before: Discourse) -> str:
        """Who gets it: the words of its own clause, behind the last 对 of its item, or the clauses before the grant;
        else the heading, else whom the last grant was for."""
        own = self._own(clause, at, listed=bool(before.said.granted))
        first = clause.start(at, *ITEM_ENDS)
        label = headings.item_label(clause, at, heading)
        given = name_words.is_benefit(name_words.without_form(label, self._words), self._words)
        whose = "" if name_words.measures(label, self._words) or given else label
        if own:
            start = first + ("to" in clause.roles(first))
            return (
                (whose + own)
                if whose
                else own
                if given
                else self._graded(
                    own, before.grantee or targets.target(clause, start, targets.grant_start(clause, first, at))
                )
            )
        for start in range(at - 1, first - 1, -1):
            opens = start == first or clause.roles(start - 1) & {"hard", "title", "giver"}
            roles = clause.roles(start)
            if opens and "to" in roles and "gives" not in roles and start + 1 < at:
                said = targets.target(clause, start + 1, targets.grant_start(clause, start + 1, at))
                if said:
                    return said + self._left_out(said, clause, first, start, before)
        if label:
            # 温控大棚：……，每亩补贴5万元; 国家奖学金：奖励……的学生，每人8000元; 丙类：水手2万元
            return whose + (self._behind_label(clause, first, at) if whose else "")
        first += "gives" in clause.roles(first)  # 给予|船长每月1000元补贴
        last = targets.grant_start(clause, first, at)
        said = targets.target(clause, first, last) if first < last else ""
        said = said or self._of_host(clause) or self._behind_label(clause, first, at)
        return self._graded(said, before.grantee) if said else before.grantee or self._of_heading(heading)

    def _left_out(self, said: str, clause: Clause, first: int, last: int, before: Discourse) -> str:
        """鼓励建设渔港，对通过验收的; 培育渔企20家，对新认定的: the thing that the words before tell, where a deed
        alone says who gets it."""
        deeds = [self._words.roles[letter] for _, _, letter in self._words.words(said)]
        if len(deeds) > _LONGEST_DEED or any(own & _THINGS and not own & _DEEDS for own in deeds):
            return ""
        if clause.has("figure", first, last):
            counted = before.level.unit and before.level.dimension in ("count", "people")
            return name_words.without_verb(before.level.name, self._words) if counted else ""
        verbs = [number for number in range(first, last) if clause.roles(number) & {"action", "predicate"}]
        behind = phrases.trimmed(clause, verbs[-1] + 1, last) if verbs else (last, last)
        thing = phrases.phrase(clause, *behind) if behind[0] < behind[1] else ""
        return thing if targets.SHORTEST < len(thing) <= _LONGEST_THING else ""

    @staticmethod
    def _behind_label(clause: Clause, first: int, at: int) -> str:
        """丙类：水手2万元、船工1万元: the thing that alone stands between the label and the figure."""
        first = max(first, clause.start(at, "colon"))
        if clause.start(at) != first or clause.has("predicate", first, at):
            return ""
        return targets.target(clause, first, targets.grant_start(clause, first, at))

    def _of_host(self, clause: Clause) -> str:
        """燃气壁挂炉按照价格70%（每户最高补贴2700元）: for brackets, what the words before them speak of."""
        if clause.host is None:
            return ""
        host, place = clause.host
        first = host.start(place, *_CLAUSE_ENDS, "colon", "item")
        first += "by" in host.roles(first)
        last = host.end(first, place, "by", "figure", "hard", "grant_verb")
        return targets.target(host, first, last) if last > first else ""

    def _dealt(self, clause: Clause, at: int, listed: Place | None) -> str:
        """引领类、培育类孵化器，分别给予1000万元、200万元: the member of the list before that the figure is dealt out
        to."""
        if listed is None:
            return ""
        for ends in (_CLAUSE_ENDS, ITEM_ENDS):
            first = clause.start(at, *ends)
            while first < at - 1 and clause.roles(first) & {"to", "action", "predicate", "copula", "opener"}:
                first += 1
            last = clause.end(first, at, "comma", "grant_verb", "each", "figure", "deal")
            first, last = phrases.trimmed(clause, first, last)
            while first < last and clause.roles(first) & {"to", "opener"}:
                first += 1
            members = deal_out(clause, first, last, listed.size)
            members = members or self._conditioned(clause, first, at, listed.size)
            if members:
                return name_words.tidy(members[listed.number])
        for _ in range(listed.number):
            at = clause.start(at, "figure") - 1  # the list's first figure
        dealt = listed.dealt or clause.has("dealt_grant", clause.start(at), at)
        return self._dealt_before(clause, at, listed) if dealt else ""

    def _dealt_before(self, clause: Clause, at: int, listed: Place) -> str:
        """列入国家百强企业、省百强企业的，分别奖励: the nearest clause before that lists as many; else the item's
        clauses are the list (博士、硕士，重点高校本科毕业生，其他本科毕业生，分别按照……)."""
        first = clause.start(at, *ITEM_ENDS)
        last = clause.start(at)
        while last > first:
            low = clause.start(last - 1)
            members = deal_out(clause, *phrases.trimmed(clause, low, last - 1), listed.size)
            if members and not clause.has("figure", low, last - 1):
                return name_words.tidy(members[listed.number])
            last = low
        marks = [number for number in range(first, at) if clause.roles(number) & {"comma", "enum", "item"}]
        if len(marks) != listed.size or "comma" not in clause.roles(marks[-1]) or clause.has("figure", first, at):
            return ""
        starts = [first, *(mark + 1 for mark in marks)]
        member = phrases.trimmed(clause, starts[listed.number], marks[listed.number])
        return phrases.phrase(clause, *member)

    def _conditioned(self, clause: Clause, first: int, at: int, size: int) -> tuple[str, ...]:
        """对40岁以下船长、35岁以下大副，分别给予: the members of a list with figures of their own."""
        last = clause.end(first, at, "comma", "grant_verb", "each")
        marks = [number for number in range(first, last) if clause.roles(number) & {"enum", "item"}]
        if len(marks) + 1 != size or not clause.has("figure", first, last):
            return ()
        starts, ends = [first, *(mark + 1 for mark in marks)], [*marks, last]
        members = tuple(targets.condition(clause, low, high) for low, high in zip(starts, ends, strict=True))
        return members if all(members) else ()

    def _of_heading(self, heading: str) -> str:
        if heading == self._title:
            return ""
        heading = headings.without_list_mark(heading)
        parts = self._words.words(heading)
        label = all(self._words.roles[letter] & _LABELS for _, _, letter in parts)
        return "" if label else name_words.tidy(heading)

    def _own(self, clause: Clause, at: int, *, listed: bool) -> str:
        """What stands right before the figure in its clause where that says who: 国家级每个奖励3万元."""
        first, last = self._counted(clause, at)
        if first == last:
            first = clause.start(at)
            last = clause.end(first, at, "grant", "grant_verb", "each", "ceiling", "to")
        each = last < at and "each" in clause.roles(last)
        opened = clause.roles(first - 1) & (_LISTS if listed else _ITEMS)
        graded = clause.roles(first) & {"ordinal", "bare_grade", "grade"}
        # ……，二级机构报销60%; 奖励标准：国家级50万元
        told = bool(graded) and (clause.has("figure", 0, first) or bool(clause.roles(first - 1) & _BEGINS))
        if not (each or opened or told or clause.has("grant", 0, first)):
            return ""
        if each and "by" in clause.roles(first) and not clause.roles(last - 1) & _MEASURED:
            first += 1  # 按博士每人8万元、硕士每人5万元的标准
        if (
            "by" in clause.roles(first)
            or (last > first and "by" in clause.roles(last - 1))
            or targets.is_giver(clause, first, last)
            or clause.has("benefit_standard", last - 1, last)
            or _is_step(clause, first)
        ):
            return ""
        said = phrases.phrase(clause, *phrases.trimmed(clause, first, last))
        ordinal = clause.has("ordinal", first, last)  # 首年, 次年
        return said if len(said) >= targets.SHORTEST and (ordinal or not targets.is_filler(clause, first, last)) else ""

    @staticmethod
    def _counted(clause: Clause, at: int) -> tuple[int, int]:
        """二等奖2名各奖3万元: the words before the number of those who get it; empty where none is told."""
        count = clause.start(at) - 1
        first = clause.start(count) if clause.roles(count) & {"count", "people"} else at
        said = all(clause.roles(number) & _GIVING for number in range(count + 1, at))
        return (first, count) if said and clause.roles(first - 1) & _LISTS else (at, at)

    def _graded(self, own: str, grantee: str) -> str:
        """省级 behind a grant for 国家级孵化器 means 省级孵化器."""
        parts = self._words.words(own)
        short = all(self._words.roles[letter] & {*_GRADES, "of"} for _, _, letter in parts)
        if not short or not grantee:
            return own
        rest = self._words.words(grantee)
        last = [number for number, part in enumerate(rest) if "of" not in self._words.roles[part[2]]][-1:]
        if last and last[0] and self._words.roles[rest[last[0]][2]] & {"grade", "ordinal"}:
            return grantee[: rest[last[0]][0]] + own.rstrip(self._of)  # 被评为五星级的……，四星级的……
        if "giver" in self._words.roles[rest[-1][2]]:
            return own  # 中央财政每亩1000元，省级300元
        while len(rest) > 1 and self._words.roles[rest[0][2]] & _GRADES:
            rest = rest[1:]
        graded = any(self._words.roles[letter] & {"grade", "bare_grade", "ordinal"} for _, _, letter in parts)
        if all(self._words.roles[letter] & _GRADES for _, _, letter in rest):
            return own  # 一级100元，二级80元
        if not graded and not self._words.roles[rest[-1][2]] & {"generic", "head", "shared"}:
            return own  # 硕士1500元、本科800元
        return own.rstrip(self._of) + grantee[rest[0][0] :] if rest else own

    def _modifies(self, members: list[str]) -> bool:
        """具有世界先进、国内领先技术的人才: members that only describe the head behind the last one."""
        described = any(sign in members[-1][:-1] for sign in self._of)
        last = self._words.words(members[0])[-1][2]
        return described and not self._words.roles[last] & {"noun", "head"}

    def fitted(self, whom: str, room: int) -> str:
        """At most `room` characters: from the edge of a word on, the head of the phrase kept."""
        if len(whom) <= room:
            return whom
        members = whom.split("、")
        if len(members) > 1 and targets.SHORTEST < len(members[0]) < room and not self._modifies(members):
            kept = members[0]
            for member in members[1:]:
                if len(kept) + len(member) + 2 > room:
                    break
                kept += "、" + member
            return kept
        words = self._words.words(whom)
        starts = [
            low
            for low, _, letter in words
            if len(whom) - low <= room and name_words.balanced(whom[low:]) and not self._words.roles[letter] & _LOOSE
        ]
        return whom[starts[0] :] if starts else whom[-room:]


def _is_step(clause: Clause, first: int) -> bool:
    """每发展1户社员补助200元: what stands behind a step of a scale does not say who gets it."""
    if "figure" not in clause.roles(first - 1):
        return False
    return clause.has("step", clause.start(first - 1), first - 1)


def tier(clause: Clause, at: int, listed: Place | None) -> str:
    """渔港按照三星、四星等级分别给予20万元、30万元: by what a figure is dealt out to those who get it."""
    if listed is None:
        return ""
    first = clause.start(at, *_CLAUSE_ENDS)
    by = next((number for number in range(at - 1, first - 1, -1) if "by" in clause.roles(number)), at)
    last = clause.end(by + 1, at, "grant_verb", "deal", "figure")
    members = deal_out(clause, by + 1, last, listed.size) if by + 1 < last else ()
    return name_words.tidy(members[listed.number]) if members else ""
