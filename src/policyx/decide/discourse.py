"""What the text has said so far, as far as the next figure may lean on it. Each value says how long it holds; nothing
is changed in place: every sentence, every figure gives the next a new `Discourse`."""

from __future__ import annotations

from policyx.decide.periods import Timed
from policyx.model import Period
from policyx.outline.status import Cue
from policyx.tuples import NamedTuple


class Level(NamedTuple):
    """The last state or flow that was told: its name, and the dimension and unit of its figure."""

    name: str = ""
    dimension: str | None = None
    unit: str = ""


class Said(NamedTuple):
    """What this sentence has said: the names of its figures and, with their dimension, those that may tell what is
    measured; `verb` is shared by the members of a list, `members` are the names that a list was dealt out to; `holder`
    the institutions counted last; `cue` the status word in force and `cue_topic` what it was said of."""

    named: tuple[str, ...] = ()
    measured: tuple[tuple[str, str], ...] = ()
    verb: str = ""
    members: tuple[str, ...] = ()
    dealing: bool = False
    holder: str = ""
    cue: Cue | None = None
    cue_topic: str = ""
    measure: tuple[str, int] = ("level", 1)
    bound: str | None = None
    granted: str = ""


_NOTHING = Said()


class Lead(NamedTuple):
    """What the line above a list announces for its items: the benefit and who gets it, or what tiers are of and what is
    charged by them. `path` are the headings that it stands under, `depth` how many its items have."""

    path: tuple[str, ...]
    depth: int
    benefit: str = ""
    grantee: str = ""
    measured: str = ""
    charged: str = ""


class Discourse(NamedTuple):
    """What holds for the paragraph (`paragraph` its number): what it speaks of (`topic`), the last name and the last
    level, its period, that of the last sentence alone (`spoken`) and of its last figure (`lately`), whom the last grant
    was for and what was `given`, the `benefit` that a sentence without figures told, a cue that announced tasks
    (`planned`) and whether a time that is not over was named (`ahead`); `mode` holds until a heading: sentences
    without figures have said that what follows is meant. `horizon` is the last year ahead that was named, `aimed` how
    many figures the text has said to be meant since it last told a fact; `rate` is what the
    news last said to be set for each, `lead` what a line announced for the list below it."""

    paragraph: int = -1
    topic: str = ""
    last: str = ""
    level: Level = Level()
    period: Period | None = None
    spoken: Timed | None = None
    lately: Timed | None = None
    grantee: str = ""
    benefit: str = ""
    given: str = ""
    planned: Cue | None = None
    ahead: bool = False
    mode: Cue | None = None
    horizon: Period | None = None
    aimed: int = 0
    rate: str = ""
    lead: Lead | None = None
    said: Said = _NOTHING

    def at(self, paragraph: int, *, goes_on: bool = False) -> Discourse:
        """The discourse at the beginning of a sentence of this paragraph; what one said holds for the next where that
        `goes_on` to tell its parts (。其中，……)."""
        if paragraph == self.paragraph:
            return self if goes_on or self.said is _NOTHING else self._replace(said=_NOTHING)
        fresh = Discourse(
            paragraph=paragraph, mode=self.mode, horizon=self.horizon, aimed=self.aimed, rate=self.rate, lead=self.lead
        )
        return fresh._replace(benefit=self.lead.benefit, grantee=self.lead.grantee) if self.lead else fresh

    def under(self, kind: str, *, tells: bool) -> Discourse:
        """The discourse below a heading: one in a news item, or below what announces others, that tells neither a time
        nor a status (园区提升) parts what goes on."""
        announced = self.mode is not None and self.mode.opens
        listed = self.mode is not None and self.mode.listed  # 我会推出以下措施：
        goes_on = announced or (kind == "news" and not tells and not listed)
        mode, aimed = (self.mode, self.aimed) if goes_on else (None, 0)
        return Discourse(mode=mode, horizon=self.horizon, aimed=aimed, lead=self.lead)
