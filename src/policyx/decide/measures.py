"""The measure of a figure, its sign and its bound: what its clause says of them, or the list that it stands in."""

from __future__ import annotations

from policyx.clause import Clause, Lexicon
from policyx.clause.lists import Place
from policyx.construct import Constructions, Figure
from policyx.decide.discourse import Said
from policyx.model import Link, Mention

LEVEL = Link("measure", "level", "measure.level")
_STRETCH = frozenset(
    {"cue", "goal", "modal", "copula", "adverb", "become", "comma", "joint", "item", "enum", "goal_noun", "any_time"}
)
_ONCE_MORE = frozenset({"any_time", "comma", "cue", "modal", "adverb", "become"})
_RATES = frozenset({"percent", "multiple", "rank", "point"})
_BECOMES, _TIMES = "measure.become", "measure.times"
_TOLD_ANEW = frozenset({"name.foretold_again", "name.foretold_value"})
_OWN_MEASURE = ("figure", "share", "shared", "facet", "rate_noun", "ratio", "dependent", "than")


class MeasureReader:
    """Proposes what a figure measures: a level, a change and its sign, a share."""

    def __init__(self, words: Lexicon, found: Constructions) -> None:
        self._words = words
        self._found = found

    def read(
        self, clause: Clause, at: int, figure: Figure, said: Said, listed: Place | None, *, signed: bool
    ) -> list[Link]:
        """The measure and its sign; a later member of a list shares the first one's verb of change."""
        match = self._found.first("measure", clause, at, figure)
        if match is None and clause.host and figure.dimension == "percent" and _stands_alone(clause, at):
            match = self._found.first("measure", *clause.host, figure)  # 年增率分别为东港（16%）
        if match is None:
            if signed and figure.dimension == "percent":
                return [Link("measure", "growth_rate", "measure.signed")]
            if listed and listed.number and said.measure[0] != "level" and figure.dimension not in ("multiple", "rank"):
                return [Link("measure", said.measure[0], "measure.list"), Link("sign", said.measure[1], "measure.list")]
            grows = said.measure[0] == "growth_rate" and figure.dimension == "percent"
            if grows and (self._stretches(clause, at) or self._beside(clause, at)):
                return [
                    Link("measure", "growth_rate", "measure.stretch"),
                    Link("sign", said.measure[1], "measure.stretch"),
                ]
            shared = listed is not None and listed.dealt and listed.number
            return [LEVEL] if shared else self._of_list(clause, at, figure, said)
        if match.construction.id == _TIMES and listed and listed.number and said.measure[0] == "growth_rate":
            return [Link("measure", "growth_rate", "measure.list"), Link("sign", 1, "measure.list")]
        if match.construction.id == _BECOMES and self._again(clause, at, figure, said):
            return [
                Link("measure", "growth_rate", "measure.stretch"),
                Link("sign", said.measure[1], "measure.stretch"),
            ]
        gives, rule, evidence = match.construction.gives, match.construction.id, match.said("cue")
        links = [Link("measure", gives["measure"], rule, evidence)]
        return [*links, Link("sign", -1, rule, evidence)] if gives.get("sign") == -1 else links

    @staticmethod
    def as_before(named: str, figure: Figure, said: Said) -> list[Link]:
        """Of a figure that only tells anew what the last one told (another's forecast of it): a rate of growth too."""
        if named not in _TOLD_ANEW or figure.dimension != "percent" or said.measure[0] != "growth_rate":
            return [LEVEL]
        return [Link("measure", "growth_rate", "measure.stretch"), Link("sign", said.measure[1], "measure.stretch")]

    @staticmethod
    def _again(clause: Clause, at: int, figure: Figure, said: Said) -> bool:
        """年增率为1.49%，明年将再升为1.58%: the rate once more, where nothing else is named since the last figure."""
        if figure.dimension != "percent" or said.measure[0] != "growth_rate":
            return False
        return _since_last(clause, at, _ONCE_MORE) is not None

    def _stretches(self, clause: Clause, at: int) -> bool:
        """增长8%、力争10%; 增长1.7倍和62%: nothing but a word of aim or a list mark stands since the last figure."""
        between = _since_last(clause, at, _STRETCH)
        return between is not None and not between.isdisjoint({"cue", "joint", "item", "any_time"})

    def _beside(self, clause: Clause, at: int) -> bool:
        """增长4%（包括村以下工业为6%）: brackets behind a rate that say it of another scope, and no share."""
        if clause.host is None:
            return False
        outer, place = clause.host
        return (
            "percent" in outer.roles(place - 1)
            and "aside" not in outer.roles(place - 1)
            and clause.has("copula", 1, at)
            and _says_no_measure(clause, at)
        )

    def _of_list(self, clause: Clause, at: int, figure: Figure, said: Said) -> list[Link]:
        """新增国家级3家、省级2家: the verb of the list says that they are new."""
        if figure.dimension in _RATES or not (said.verb and self._words.has(said.verb, "newly")):
            return [LEVEL]
        first = clause.start(at)
        shared = "item" in clause.roles(first - 1) and not clause.has("total", first, at)
        return [Link("measure", "increase", "measure.list", said.verb)] if shared else [LEVEL]

    def bound(
        self, clause: Clause, at: int, figure: Figure, mention: Mention, said: Said, listed: Place | None
    ) -> list[Link]:
        """The bound of a figure that has none of its own; a later member of a list shares the first one's."""
        quantity = mention.quantity
        if quantity is None or quantity.bound != "eq":
            return []
        match = self._found.first("bound", clause, at, figure)
        if match is not None:
            return [Link("bound", match.construction.gives["bound"], match.construction.id)]
        return [Link("bound", said.bound, "bound.list")] if listed and listed.number and said.bound else []


def _since_last(clause: Clause, at: int, only: frozenset[str]) -> frozenset[str] | None:
    """The roles of the words since the last figure; None where there is none, or a word has none of `only`."""
    between: frozenset[str] = frozenset()
    for number in range(at - 1, 0, -1):
        roles = clause.roles(number)
        if "figure" in roles:
            return between
        if not roles & only:
            return None
        between |= roles
    return None


def _stands_alone(clause: Clause, at: int) -> bool:
    """Whether the brackets of a figure say nothing else that is measured, before it or behind it."""
    return _says_no_measure(clause, at) and "boundary" in clause.roles(at + 1)


def _says_no_measure(clause: Clause, at: int) -> bool:
    """Whether no word before the figure measures something else."""
    return clause.end(1, at, *_OWN_MEASURE) == at
