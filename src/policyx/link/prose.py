"""Figures in running text: each gets its name, measure, status and period from its clause, its sentence and what was
said before it."""

from __future__ import annotations

import re
from dataclasses import replace

from policyx.link import grants, times
from policyx.link.clauses import Surroundings, surroundings
from policyx.link.context import DocumentContext
from policyx.link.distribute import deal_out
from policyx.link.measures import measure, measure_words
from policyx.link.naming import (
    clean_left,
    compose,
    is_dependent,
    right_noun,
    shorten,
    subject_end,
    strip_start,
    tidy,
)
from policyx.link.state import Draft, State
from policyx.link.status import Cue, by_period, status_words
from policyx.rules.words import NameWords, name_words
from policyx.model import Baseline, Mention, Period, Segment, Span
from policyx.recognize.rank import RANK_UNIT
from policyx.rules import Rules

_REPORTED = re.compile(r"^[^，。]{2,16}(?:指出|显示|表示|认为|透露|介绍|获悉|公布|称)，?")
_OURS = re.compile(r"(?:我|全|本)[市省区县国州镇院局]|截|力争|全国|综观")
_SPOKEN = re.compile(r"“[^”]{1,14}”|「[^」]{1,14}」|《[^》]{1,60}》")
_LIST_GAP = re.compile(r"\s?(?:、|和|及|与|，|,|以及)\s?")
_COUNTED = frozenset({"count", "people", "money", "area", "length", "mass", "volume", "energy", "power", "percent", "rate"})
_ATTRIBUTE_OF = re.compile(r"、[^，。；、]{1,14}(?:元|米|亩|㎡|顷)的(?=[一-鿿“（])")
_OF_PHRASE = re.compile(r"(?:等|首个|首批|首只|首家|首支|最大的?|的)$")


class Prose:
    """Reads the figures of one document's sentences, in order."""

    def __init__(self, text: str, rules: Rules, context: DocumentContext, state: State) -> None:
        self.text = text
        self.context = context
        self.state = state
        self.words: NameWords = name_words(rules)
        self.measures = measure_words(rules)
        self.statuses = status_words(rules)

    def read(self, segment: Segment, figures: list[Mention], all_times: list[Mention]) -> list[tuple[Mention, Draft, Period | None, Baseline | None]]:
        """The figures of one sentence with what was decided for each."""
        if segment.paragraph != self.state.paragraph:
            self.state.enter_paragraph(segment.paragraph)
        self.state.enter_sentence()
        self.state.heading = segment.heading
        figures = self._ranks(figures)
        deals = self._deals(segment.span, figures, all_times)
        out = []
        period = self.state.period
        seen = segment.span.start
        for index, figure in enumerate(figures):
            period, base = self._period(segment, seen, figure.span.start, all_times, period)
            seen = figure.span.start
            around = surroundings(self.text, segment.span, figures, index, all_times)
            draft = self._draft(figure, around, deals.get(index), segment)
            effective = period or self._frame(draft)
            self._status(draft, around, effective, segment)
            if period is None or effective is None:
                effective = self._frame(draft)
            out.append((figure, draft, effective, base or self._same_period(around)))
        self._remember_period(segment, all_times, period)
        return out

    def pass_over(self, segment: Segment, all_times: list[Mention]) -> None:
        """A sentence without figures may still set the period for those that follow."""
        if segment.paragraph != self.state.paragraph:
            self.state.enter_paragraph(segment.paragraph)
        self._remember_period(segment, all_times, self.state.period)
        self._remember_mode(segment, all_times)

    def _remember_mode(self, segment: Segment, all_times: list[Mention]) -> None:
        """今年……将全面实施……: what follows is planned, until a time that is over, or a heading, comes."""
        spans = [m for m in all_times if m.time and segment.span.start <= m.span.start < segment.span.end]
        anchor = self.context.anchor
        for mention in spans:
            assert mention.time is not None
            if mention.time.baseline or mention.time.anchor == "frame":
                continue
            known = anchor is not None and self.context.anchor_known
            stated = known and mention.time.last is not None and mention.time.last >= (anchor or 0)
            self.state.ahead = stated or (mention.time.anchor == "document" and mention.time.offset >= 0)
            if not self.state.ahead:
                self.state.mode = None
        if self.state.ahead:
            cue = self.statuses.cue(_SPOKEN.sub(_blank, self.text[segment.span.start : segment.span.end]))
            if cue and cue.status == "target":
                self.state.mode = cue

    # --- periods

    def _frame(self, draft: Draft | None = None) -> Period | None:
        state = self.state
        found = state.period or state.section_period or state.document_period
        if found:
            return times.carried(found)
        return None

    def _period(
        self, segment: Segment, low: int, high: int, all_times: list[Mention], current: Period | None
    ) -> tuple[Period | None, Baseline | None]:
        base = None
        for mention in all_times:
            if not low <= mention.span.start < high or mention.time is None:
                continue
            if mention.time.baseline:
                base = times.baseline(mention, self.context, current or self._frame())
                continue
            if not self._reaches(mention, segment, high):
                continue
            found = times.resolve(mention.time, self.context.anchor, current or self._frame())
            if found:
                current = found
            elif mention.time.anchor == "document":
                current = Period(mention.time.text, None, None, mention.time.relation, "relative")
        return current, base

    def _reaches(self, time: Mention, segment: Segment, figure: int) -> bool:
        """A time reaches a later clause only where it leads its own: in 于2022年3月落户，已建成2个 the 2 are not of 2022.
        A time in brackets stays inside them."""
        between = self.text[time.span.end : figure]
        if between.count("）") + between.count(")") > between.count("（") + between.count("("):
            return False
        if not re.search(r"[，,；;。：:]", between):
            return True
        before = re.split(r"[，,；;。：:]", self.text[segment.span.start : time.span.start])[-1]
        lead = strip_start(tidy(before), self.words)
        return not lead or bool(_OURS.fullmatch(lead)) or lead in ("根据", "据", "依据", "按照", "按")

    def _remember_period(self, segment: Segment, all_times: list[Mention], current: Period | None) -> None:
        """A period that opens a sentence holds for the rest of the paragraph; one that opens a paragraph also for the
        next, until another takes its place."""
        lead = self._leading_time(segment, all_times)
        if lead is None or lead.time is None:
            return
        found = times.resolve(lead.time, self.context.anchor, self.state.period or self.state.section_period or self.state.document_period)
        if found is None:
            return
        self.state.period = found
        if lead.time.first and lead.time.day is None and found.relation == "in" and lead.time.months is None:
            self.state.document_period, self.state.document_level = found, self.state.heading_level

    def _leading_time(self, segment: Segment, all_times: list[Mention]) -> Mention | None:
        for mention in all_times:
            if mention.span.start >= segment.span.end:
                break
            if mention.span.start < segment.span.start or mention.time is None or mention.time.baseline:
                continue
            before = self.text[segment.span.start : mention.span.start]
            plain = strip_start(_REPORTED.sub("", tidy(before)), self.words).strip("—-－ ：:，,“\"")
            if not plain or _OURS.fullmatch(plain):
                return mention
        return None

    def _same_period(self, around: Surroundings) -> Baseline | None:
        found = re.search(r"同比|环比", around.gap)
        return Baseline(found[0], None, "same_period") if found else None

    # --- names

    def _ranks(self, figures: list[Mention]) -> list[Mention]:
        """前10名、11－30名: what follows a rank in its list, counted in 名 or 位, is a rank too."""
        settled: list[Mention] = []
        for figure in figures:
            before = settled[-1] if settled else None
            unit = figure.quantity.unit if figure.quantity else None
            if before and before.kind == "rank" and figure.quantity and unit and unit.name in ("名", "位"):
                gap = self.text[before.span.end : figure.span.start]
                if _LIST_GAP.fullmatch(gap):
                    figure = replace(figure, kind="rank", quantity=replace(figure.quantity, unit=RANK_UNIT))
            settled.append(figure)
        return settled

    def _deals(self, sentence: Span, figures: list[Mention], all_times: list[Mention]) -> dict[int, tuple[list[str], int, int]]:
        """For each figure of a run that 分别 deals out: the members' names, its number in the run, the run's length."""
        deals: dict[int, tuple[list[str], int, int]] = {}
        index = 0
        while index < len(figures):
            end = index + 1
            dealt = "分别" in self.text[max(sentence.start, figures[index].span.start - 24) : figures[index].span.start]
            while end < len(figures) and self._continues(figures[end - 1], figures[end], dealt):
                end += 1
            if end - index > 1:
                around = surroundings(self.text, sentence, figures, index, all_times)
                members = self._members(around, end - index)
                for position in range(index, end):
                    deals[position] = (members, position - index, end - index)
            index = end
        return deals

    def _continues(self, first: Mention, second: Mention, dealt: bool) -> bool:
        """True where nothing but a separator stands between two figures of one kind."""
        gap = self.text[first.span.end : second.span.start]
        if not _LIST_GAP.fullmatch(gap) or not gap or (not dealt and gap.strip() in ("，", ",")):
            return False
        one, other = first.quantity, second.quantity
        if one is None or other is None or one.unit is None or other.unit is None:
            return one is not None and other is not None and one.unit == other.unit
        return one.unit.dimension == other.unit.dimension

    def _members(self, around: Surroundings, count: int) -> list[str]:
        subject = around.left.partition("分别")[0] if "分别" in around.left else around.left
        if not subject and around.earlier:
            subject = re.split(r"[，；。]", around.earlier.rstrip("，、"))[-1]
        left = clean_left(subject, self.words)
        verb = self.words.action.start(left.core)
        members = deal_out(left.core, count, self.words)
        if members is None and verb:
            members = deal_out(left.core[len(verb) :], count, self.words)
        return members or []

    def _draft(self, figure: Mention, around: Surroundings, deal: tuple[list[str], int, int] | None, segment: Segment) -> Draft:
        draft = Draft()
        left = clean_left(around.left, self.words)
        kind = measure(figure, around.left if around.left else "", self._shared_verb(around), self.measures)
        draft.measure, draft.sign = kind.measure, kind.sign
        if kind.rule:
            draft.rules.append(kind.rule)
        granted = bool(deal and deal[1] and self._last and self._last.status == "policy" and self._last.granted)
        if granted or self._is_grant(figure, around, segment):
            self._name_grant(draft, around, deal)
            if granted:
                self._repeat(draft, figure)
        elif deal and deal[0] and not self._behind(figure, around, left.core, left.action):
            draft.name = draft.topic = deal[0][deal[1]]
            draft.reasons.append(("name", "dealt out by 分别 or by a list"))
            if deal[1]:
                self._repeat(draft, figure)
        elif deal and deal[1]:
            draft.name, draft.topic, draft.dependent = self.state.last_name, self.state.topic, True
            self._repeat(draft, figure)
            draft.reasons.append(("name", "the same as the figure before it in the list"))
        else:
            self._name(draft, figure, around, left.core, left.action, left.change)
        if figure.quantity and figure.quantity.bound == "eq" and draft.bound is None and grants.CEILING.search(around.left[-16:]):
            draft.bound = "le"
        draft.name = draft.name if draft.granted else shorten(draft.name, self.words)
        self._learn(draft, figure, around)
        return draft

    def _repeat(self, draft: Draft, figure: Mention) -> None:
        """A later member of a list shares the first one's verb of change and its comparator."""
        if self._last is None:
            return
        if draft.measure == "level":
            draft.measure, draft.sign = self._last.measure, self._last.sign
        if figure.quantity and figure.quantity.bound == "eq":
            draft.bound = self._last_bound

    _last: Draft | None = None
    _last_bound: str | None = None

    def _shared_verb(self, around: Surroundings) -> str:
        return self.state.verb if around.mark in "、和及与" and around.mark else ""

    def _name(self, draft: Draft, figure: Mention, around: Surroundings, core: str, action: str, change: str) -> None:
        if re.fullmatch(r"(?:全|我|本|该)[市省区县国州镇校院]", core):
            core = ""
        behind = self._behind(figure, around, core, action)
        if behind:
            draft.name, why = behind
            draft.topic = draft.name
            draft.reasons.append(("name", why))
            return
        if figure.kind == "rank":
            self._name_rank(draft, around, core)
            return
        if not core or is_dependent(core, self.words) or core == change:
            topic = self._topic(around)
            draft.dependent = True
            draft.topic = topic
            fresh = topic != self.state.topic
            draft.name = compose(topic, core, self.words) if core else (topic if fresh else self.state.level_name or topic)
            if topic:
                draft.flags.append("name_carried")
                draft.reasons.append(("name", f"carried from {topic!r}"))
            return
        if core.startswith("其") and core[1:2] not in "他余它中次实" and self._topic(around):
            core = self._topic(around) + core[1:]
        if "分别为" in around.raw_left or "分别是" in around.raw_left:
            head, _, tail = core.partition("分别")
            own = clean_left(tail[1:], self.words).core
            if head and own:
                self.state.prefix, core = head, own + head
        elif self.state.prefix and around.mark in "；;、":
            core = core + self.state.prefix
        if action and core.endswith(action) and self.context.kind == "policy":
            heading = self.state.heading[-1] if self.state.heading else ""
            core = grants.target(around.earlier, heading) + action
        verb = self._shared_verb(around)
        name = core
        if verb and not self.words.action.start(core) and len(core) < 20:
            name = verb + core
        if change in ("新增", "净增", "新增加") and figure.quantity and figure.quantity.unit and figure.quantity.unit.dimension in _COUNTED:
            name = core + change if core else change
        draft.name, draft.topic = name, name
        draft.reasons.append(("name", "the words before the number"))

    def _name_rank(self, draft: Draft, around: Surroundings, core: str) -> None:
        """A rank belongs to the name before it; its scope (全国, 全市) is no name."""
        scope = re.sub(r"(?:位|排|名|稳|跃|升|居|列|至|到|保持|进入|上升|持续|均|在|前移|第|获|占|继续|连续|蝉联|全|[国省市区县球]|世界|中部|西部|地区|城市|地级|同类|综合|考核|评比|中)+$", "", core)
        scope = re.sub(r"(?:在)?全[国省市区县][^，]{0,12}$|(?:位列|位居|排名|名列|居|列|在)[^，]{0,10}$", "", scope)
        scope = strip_start(scope, self.words)
        said = re.split(r"[，,；;]", around.gap)[-2:-1]
        if not scope and said and len(said[0]) > 3 and not self.state.last_name:
            scope = strip_start(tidy(said[0]), self.words)
        draft.dependent = True
        draft.topic = self.state.topic
        if not scope:
            draft.name = self.state.last_name or self._topic(around)
        elif is_dependent(scope, self.words):
            draft.name = compose(self._topic(around), scope, self.words)
        else:
            draft.name = draft.topic = scope
        draft.reasons.append(("name", "a rank of what stands before it"))

    def _behind(self, figure: Mention, around: Surroundings, core: str, action: str) -> tuple[str, str] | None:
        """The name behind the number, where a verb, nothing, or only a qualifier stands before it."""
        quantity = figure.quantity
        dimension = quantity.unit.dimension if quantity and quantity.unit else ""
        if dimension not in _COUNTED or figure.kind == "rank":
            return None
        noun = right_noun(around.right, self.words)
        attributive = around.right.startswith("的")
        bare = around.left.rstrip()
        if bare.endswith(("及", "和", "、", "与")) and core and len(core) < 8 and not attributive:
            return (core + noun if len(core) + len(noun) < 24 else noun), "the noun behind the number, and its neighbour"
        if dimension in ("percent", "duration") and not attributive and core and core != action:
            return None
        shared = _ATTRIBUTE_OF.match(around.rest)
        if shared and not attributive and self.words.attribute.end(core):
            noun, attributive = right_noun(self.text[around.stop + shared.end() :][:40], self.words), True
        if attributive and core and self.words.attribute.end(core) and noun:
            return noun + self.words.attribute.end(core), "the noun behind the number, with its attribute before it"
        if len(noun) < 2:
            return None
        if attributive and core and not is_dependent(core, self.words) and core != action:
            return None
        if core and is_dependent(core, self.words) and core != action:
            return (noun + core, "the noun behind the number, with its attribute before it") if attributive else None
        if not core:
            verb = self._shared_verb(around)
            return (verb + noun if len(verb) > 1 else noun), "the noun behind the number"
        if core == action:
            return (core + noun if len(core) > 1 else noun), "the verb before the number and the noun behind it"
        if action and bare.endswith(action):
            verb = action if len(action) > 1 else ""
            qualifier = self._qualifier(core[: -len(action)])
            return qualifier + verb + noun, "the verb before the number and the noun behind it"
        if _OF_PHRASE.search(bare) or bare.endswith(("对", "为", "向", "将", "把", "由", "从", "与", "和", "及", "、", "有", "共")):
            verb = self.words.action.start(core)
            return (verb if len(verb) > 1 else "") + noun, "the noun behind the number"
        if dimension in ("count", "people") and len(core) + len(noun) <= 28:
            return core + noun, "the qualifier before the number and the noun behind it"
        if dimension in ("count", "people", "money"):
            return noun, "the noun behind the number"
        return None

    def _qualifier(self, text: str) -> str:
        """The last words before the verb, where they are short enough to be the actor: 前海青年梦工场 + 新引进."""
        cleaned = strip_start(text, self.words)
        return cleaned if 1 < len(cleaned) <= 12 and not self.words.predicate.find(cleaned) else ""

    def _topic(self, around: Surroundings) -> str:
        """What the sentence speaks of: the subject of a clause without figures since the last figure, else the topic."""
        clauses = [c for c in re.split(r"[，,；;：:。]", around.gap[: len(around.gap) - len(around.raw_left)]) if c.strip()]
        for clause in reversed(clauses):
            core = strip_start(tidy(clause), self.words)
            ratio = re.search(r"占.{2,20}?(?:比重|比例|份额)", core)
            subject = core[: ratio.end()] if ratio else core[: subject_end(core, self.words)]
            if 2 <= len(subject) <= 20 and not self.words.action.start(subject) and not is_dependent(subject, self.words):
                return subject
        return self.state.topic

    def _learn(self, draft: Draft, figure: Mention, around: Surroundings) -> None:
        state = self.state
        if draft.topic and not draft.granted and figure.kind != "rank":
            state.topic = draft.topic
        if draft.topic and not draft.dependent:
            state.level_name = draft.name
            state.verb = self.words.action.start(draft.name)
        state.last_name = draft.name or state.last_name
        if draft.measure in ("level", "increase") and figure.kind != "rank":
            state.level_name = draft.name
        self._last = draft
        bound = draft.bound or (figure.quantity.bound if figure.quantity else "eq")
        self._last_bound = bound if bound in ("le", "ge", "gt", "lt") else None

    # --- grants

    def _is_grant(self, figure: Mention, around: Surroundings, segment: Segment) -> bool:
        quantity = figure.quantity
        if quantity is None or quantity.unit is None or figure.kind == "rank":
            return False
        if quantity.unit.dimension not in ("money", "percent", "rate"):
            return False
        if self.context.kind not in ("policy", "plan") and not re.search(r"给予|予以|可获得?", around.earlier + around.left + around.right):
            return False
        if self.context.kind in ("report", "communique"):
            return False
        behind = around.right
        condition = ("ge", "gt", "lt") if quantity.unit.dimension == "percent" else ("ge", "gt", "range", "lt")
        threshold = quantity.bound in condition and not grants.GRANT.search(around.left)
        return grants.is_grant(around.left, around.rest[:40] if not behind else around.rest[:40], around.earlier, threshold)

    def _name_grant(self, draft: Draft, around: Surroundings, deal: tuple[list[str], int, int] | None) -> None:
        place = (deal[1], deal[2]) if deal else (0, 1)
        heading = self.state.heading[-1] if self.state.heading else ""
        granted = grants.grant_name(around.left, around.rest, around.earlier, heading, self.words, place)
        own = deal[0][deal[1]] if deal and deal[0] else ""
        name = granted.name
        if own and len(own) > 2 and not grants.GRANT.match(own):
            name = own + (granted.benefit if not own.endswith(granted.benefit) else "")
        draft.name, draft.topic = name, self.state.topic
        draft.dependent = True
        draft.bound = granted.bound
        draft.measure, draft.sign = "level", 1
        draft.status, draft.granted = "policy", True
        draft.rules.append("status.policy")
        draft.reasons.append(("name", "who is granted what for, and the benefit"))

    # --- status

    def _status(self, draft: Draft, around: Surroundings, period: Period | None, segment: Segment) -> None:
        if draft.status == "policy":
            draft.reasons.append(("status", "what the rule grants"))
            return
        if self.context.kind in ("policy", "plan") and grants.GRANT.search(around.rest + around.earlier):
            draft.status = "policy"
            draft.rules.append("status.policy")
            draft.reasons.append(("status", "a condition or a limit of what the sentence grants"))
            return
        cue = self._cue(draft, around)
        why = f"the word {cue.word!r}" if cue else ""
        if cue is None:
            cue = by_period(period, self.context)
            why = f"the period {cue.word!r}" if cue else ""
        if cue is None:
            cue = self.statuses.section(segment.heading)
            why = f"the heading's word {cue.word!r}" if cue else ""
        if cue is None and self.context.kind in ("news", "communique"):
            cue = self.state.mode
            why = f"the word {cue.word!r} further up" if cue else ""
        if cue is None:
            cue = Cue(self.context.status, 0, "", self.context.status_rule)
            why = f"a {self.context.kind}'s figures are {self.context.status} unless something says otherwise"
        draft.status = cue.status
        draft.rules.append(cue.rule)
        draft.reasons.append(("status", why))

    def _cue(self, draft: Draft, around: Surroundings) -> Cue | None:
        """The deciding word since the last figure; else the one that still reaches this figure."""
        state = self.state
        found = self.statuses.cue(_SPOKEN.sub(_blank, re.split(r"[；;]", around.gap)[-1]))
        if found:
            state.cue = found
            lead = re.split(r"[，,；;：:。、]", around.gap[: found.at])[-1]
            state.cue_topic = "" if len(strip_start(tidy(lead), self.words)) < 2 else state.topic
            return found
        if state.cue and not self._still_reaches(state.cue, draft, around):
            state.cue = None
        return state.cue

    def _still_reaches(self, cue: Cue, draft: Draft, around: Surroundings) -> bool:
        """An aim reaches to the end of its sentence; 拟 its own list; an expectation until another thing, or a clause
        without figures, comes between."""
        if cue.status == "actual":
            return False
        if cue.local:
            return around.mark in "、和" or draft.dependent
        if cue.status == "target":
            return True
        same = not self.state.cue_topic or draft.dependent or self.state.topic == self.state.cue_topic
        skipped = re.search(r"[，,；;].*[，,；;]", around.gap)
        return same and not skipped and bool(around.left.strip("、，, ") or draft.dependent)


def _blank(match: re.Match[str]) -> str:
    return "　" * len(match[0])

