"""Figures in running text, sentence by sentence: each gets a draft with its name, measure, status, period, baseline."""

from __future__ import annotations

from policyx.link import grants
from policyx.link.clauses import Surroundings, surroundings
from policyx.link.context import DocumentContext
from policyx.link.frames import Frames
from policyx.link.measures import measure, measure_words
from policyx.link.namer import Namer
from policyx.link.naming import clean_left, shorten
from policyx.link.runs import Place, find_runs, settle_ranks
from policyx.link.stance import Stance
from policyx.link.state import Draft, State
from policyx.link.status import status_words
from policyx.model import Baseline, Mention, Period, Segment
from policyx.patterns import compiled
from policyx.rules import Rules
from policyx.rules.words import name_words

_PLACE = compiled(r"^(?:[全我本]?[市省区县国州]|城区|全国)")
_WHOLE_PLACE = compiled(r"(?:全[国省市县区州]|[全我]?[国省市县区州]均?|全[国省市]平均)[：:]?")
_GIVES = compiled(
    r"给予|进行(?:补助|补贴|奖励|奖补)|单个项目|予以|可获得?|最高可?(?:补助|补贴|奖励|资助)|(?:补助|补贴|奖励|资助)(?:金额)?(?:上限|最高)"
)
_ABOUT = compiled(r"[约約](?:同比)?(?:增长?|增加|下降|减少|提高|上升|占[^，。；、]{0,18}的?)$")
_INSTITUTIONS = frozenset("个所家座处")
_HAS = compiled(r"^(?:[全我本该][国省市区县州旗镇乡])?(?:年末)?共?有")
_FROM = compiled(r"[由从][^，。；由从]{0,14}$")
_UP_TO = compiled(
    r"[^，。；]{0,6}?(?:提高|提升|增加|上升|扩大|扩展|拓展|下降|降低|减少|压缩|缩短|压减|增长|发展|调整|优化|[降升增减扩])[到至为]"
)
_GLOSSARY = compiled("名词解释|名词注释|注释|名词说明")
_SAME_PERIOD = compiled(r"同比|环比")

Read = tuple[Mention, Draft, Period | None, Baseline | None]


class Prose:
    """Reads the figures of one document's sentences, in order."""

    def __init__(self, text: str, rules: Rules, context: DocumentContext, state: State) -> None:
        self.text = text
        self.context = context
        self.state = state
        self.words = name_words(rules)
        self.measures = measure_words(rules)
        self.frames = Frames(text, context, state, self.words)
        self.stance = Stance(text, context, state, self.words, status_words(rules))
        self.namer = Namer(text, context, state, self.words)
        self._last = Draft()
        self._last_bound: str | None = None
        self._read = True  # a sentence that has left its words in the state

    def read(self, segment: Segment, figures: list[Mention], all_times: list[Mention]) -> list[Read]:
        """The figures of one sentence with what was decided for each."""
        self._enter(segment)
        self._read = True
        figures = settle_ranks(self.text, figures)
        places = find_runs(self.text, segment.span, figures, all_times, self.words)
        out = []
        period = self.state.period
        seen = segment.span.start
        last_once: Period | None = None
        for index, figure in enumerate(figures):
            period, once, base = self.frames.advance(segment, seen, figure.span.start, all_times, period)
            place = places.get(index)
            once = once or (last_once if place and place.index else None)
            last_once = once
            seen = figure.span.start
            around = surroundings(self.text, segment.span, figures, index, all_times)
            draft = self._draft(figure, around, place)
            effective = once or period or self.frames.inherited()
            self.stance.settle(draft, around, effective, segment)
            if effective is None and _GLOSSARY.search("".join(segment.heading[-2:])):
                draft.undated = True
            if _is_start(around):
                draft.status, effective, draft.undated = "actual", once, once is None
            if self.stance.is_background(draft, effective, segment):
                effective = None
            out.append((figure, draft, effective, base or _same_period(around)))
        self.frames.remember(segment, all_times)
        return out

    def pass_over(self, segment: Segment, all_times: list[Mention]) -> None:
        """A sentence without figures may still set the period and the mode for those that follow."""
        self._enter(segment)
        self.frames.remember(segment, all_times)
        self.stance.remember(segment, all_times)

    def _enter(self, segment: Segment) -> None:
        if segment.paragraph != self.state.paragraph:
            self.state.enter_paragraph(segment.paragraph)
        if self._read:
            self.state.enter_sentence()
            self._read = False
        self.state.heading = segment.heading
        self.frames.enter(segment)
        self.stance.enter(segment)

    def _draft(self, figure: Mention, around: Surroundings, place: Place | None) -> Draft:
        draft = Draft()
        kind = measure(figure, around.raw_left, around.right, self.namer.shared_verb(around), self.measures)
        draft.measure, draft.sign = kind.measure, kind.sign
        if kind.rule:
            draft.rules.append(kind.rule)
        again = bool(place and place.index)
        if self._last.granted if again else self._is_grant(figure, around):
            self.namer.grant(draft, around, place)
        else:
            self.namer.name(draft, figure, around, clean_left(around.left, self.words), place)
            draft.name = shorten(draft.name, self.words)
        if again:
            self._repeat(draft, figure)
        if figure.quantity and figure.quantity.bound == "eq" and grants.CEILING.search(around.left[-16:]):
            draft.bound = draft.bound or "le"
        if figure.quantity and figure.quantity.bound == "eq" and _ABOUT.search(around.left[-8:]):
            draft.bound = draft.bound or "approx"
        if around.bracketed and _WHOLE_PLACE.fullmatch(around.left) and figure.quantity and self._last.topic:
            self._compare(draft, figure, around.left)
        self.state.inner = draft.name if around.bracketed else ""
        if not around.bracketed:
            self._learn(draft, figure)
        return draft

    def _compare(self, draft: Draft, figure: Mention, place: str) -> None:
        """全县工业增加值增长7.5%（全市11.1%）: the same, of a larger place, for comparison."""
        last = self._last
        draft.name = draft.topic = place + _PLACE.sub("", last.name)
        draft.measure, draft.sign, draft.level_dimension = last.measure, last.sign, last.level_dimension
        draft.reasons.append(("name", "what stands before the brackets, of another place"))

    def _repeat(self, draft: Draft, figure: Mention) -> None:
        """A later member of a list shares the first one's verb of change and its comparator."""
        if draft.measure == "level":
            draft.measure, draft.sign = self._last.measure, self._last.sign
        if figure.quantity and figure.quantity.bound == "eq":
            draft.bound = draft.bound or self._last_bound

    def _learn(self, draft: Draft, figure: Mention) -> None:
        """Remember what later figures may leave out: the topic, the name, the verb, the comparator."""
        state = self.state
        if draft.topic and not draft.granted and figure.kind != "rank":
            state.topic = draft.topic
        if draft.topic and not draft.dependent:
            state.level_name = draft.name
            state.verb = self.words.action.start(_PLACE.sub("", draft.name))
        if draft.measure in ("level", "increase") and figure.kind != "rank" and not draft.granted:
            state.level_name = draft.name
            unit = figure.quantity.unit if figure.quantity else None
            state.level_dimension = unit.dimension if unit else None
            state.level_unit = unit.name if unit else ""
        state.last_name = draft.name or state.last_name
        state.named.append(draft.name)
        if figure.quantity and figure.quantity.unit and figure.quantity.unit.name in _INSTITUTIONS:
            state.holder = _HAS.sub("", draft.name)
        unit = figure.quantity.unit if figure.quantity else None
        if unit and not draft.granted:
            state.measured.append((draft.name, unit.dimension))
        bound = draft.bound or (figure.quantity.bound if figure.quantity else "eq")
        self._last, self._last_bound = draft, bound if bound in ("le", "ge", "gt", "lt") else None

    def _is_grant(self, figure: Mention, around: Surroundings) -> bool:
        """True for money, shares and rates that a rule gives; never in reports and communiqués, which tell what was
        given."""
        unit = figure.quantity.unit if figure.quantity else None
        if unit is None or figure.kind == "rank" or unit.dimension not in ("money", "percent", "rate"):
            return False
        if self.context.kind in ("report", "communique"):
            return False
        if self.context.kind == "news" and not _GIVES.search(around.earlier + around.left + around.right):
            return False
        assert figure.quantity is not None
        condition = ("ge", "gt", "lt") if unit.dimension == "percent" else ("ge", "gt", "range", "lt")
        threshold = figure.quantity.bound in condition and not grants.GRANT.search(around.left)
        if (
            self._last.granted
            and self.state.named
            and around.raw_left.rstrip("、，").endswith(("每人", "每月", "每年", "每家"))
        ):
            return True
        comparator = self.text[figure.span.start : figure.core.start]
        return grants.is_grant(around.left + comparator, around.rest[:40], around.earlier, threshold)


def _is_start(around: Surroundings) -> bool:
    """由现在的45%提高到50%: where a change begins is a fact of an earlier time."""
    left = around.raw_left
    return bool(("由" in left or "从" in left) and _FROM.search(left) and _UP_TO.match(around.rest))


def _same_period(around: Surroundings) -> Baseline | None:
    found = _SAME_PERIOD.search(around.gap) if "比" in around.gap else None
    return Baseline(found[0], None, "same_period") if found else None
