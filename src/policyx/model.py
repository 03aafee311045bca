"""The nouns of policyx: what each stage hands to the next. Frozen values; this module imports nothing of ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from policyx.tuples import NamedTuple

if TYPE_CHECKING:
    import pandas
    import polars

Number = Decimal | Fraction

# closed sets of codes, as they are printed
Bound = Literal["eq", "gt", "ge", "lt", "le", "approx", "range"]
Measure = Literal["level", "increase", "growth_rate", "multiple", "rank", "completion_rate"]
Status = Literal["actual", "target", "forecast", "policy"]
Relation = Literal["in", "by", "since", "as_of"]
Origin = Literal["stated", "relative", "carried", "document"]
BaselineKind = Literal["previous_year", "same_period", "stated"]
Role = Literal["condition", "grant", "rate", "cap", "duration"]
MentionKind = Literal["quantity", "rank", "time"]
SegmentKind = Literal["heading", "sentence", "item", "row", "furniture"]

_ONE = Fraction(1)


class Span(NamedTuple):
    """A half-open range of code points in the *repaired* text."""

    start: int
    end: int


class SourceSpan(NamedTuple):
    """A half-open range of code points in the *original* decoded text."""

    start: int
    end: int


class Edit(NamedTuple):
    """One replacement in the original text: `original[start:end]` became `replacement`, by `rules`.

    `aligned` says that the two have the same length and correspond character by character (a change of script);
    otherwise every character of the replacement stands for the whole range.
    """

    start: int
    end: int
    replacement: str
    rules: tuple[str, ...]
    aligned: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as the rules know it: `name` normalised, and `factor` base units in one of it."""

    name: str
    base: str
    factor: Fraction
    dimension: str
    rule: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A magnitude (or a range of magnitudes) in a unit. `scale` is the multiplier that was written with the
    unit: 1.5亿元 is value 1.5, scale 10**8, unit 元. `base_value` is in base units, exact."""

    value: Number
    value_max: Number | None
    scale: int
    scale_max: int
    unit: Unit | None
    unit_text: str
    bound: Bound = "eq"

    @property
    def base_unit(self) -> str | None:
        return self.unit.base or None if self.unit else None

    @property
    def base_value(self) -> Number:
        return self._to_base(self.value, self.scale)

    @property
    def base_value_max(self) -> Number | None:
        return None if self.value_max is None else self._to_base(self.value_max, self.scale_max)

    @property
    def upper(self) -> Number | None:
        """The upper end of a range in the unit of `value`: 8000万—1亿元 goes up to 10000 万元."""
        if self.value_max is None or self.scale_max == self.scale:
            return self.value_max
        return exact(Fraction(self.value_max) * self.scale_max / self.scale)

    def _to_base(self, value: Number, scale: int) -> Number:
        factor = self.unit.factor if self.unit else _ONE
        if isinstance(value, Decimal) and factor.denominator == 1:
            return value * (factor.numerator * scale)
        factor *= scale
        if isinstance(value, Decimal) and factor.denominator == 1:
            return value * factor.numerator
        return Fraction(value) * factor


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time that a text names. `start` and `end` are ISO dates, None where the text leaves them open.

    `relation`: in, by, since or as_of. `origin`: stated, relative, carried or document."""

    text: str
    start: str | None
    end: str | None
    relation: Relation = "in"
    origin: Origin = "stated"

    @property
    def year(self) -> int | None:
        """The year in which the period ends."""
        return int(self.end[:4]) if self.end else None


class TimeExpression(NamedTuple):
    """Words that name a time, before they are resolved.

    `first` and `last` are years where the words state them; else `offset` counts years from `anchor` ("document": the
    document's own date; "frame": the period that the text around has set; "horizon": the last year ahead that was
    named). `months` are first and last month.
    `relation` as in Period; `baseline` says that a change is measured from it."""

    text: str
    first: int | None = None
    last: int | None = None
    offset: int = 0
    anchor: str = "stated"
    months: tuple[int, int] | None = None
    day: int | None = None
    relation: Relation = "in"
    baseline: bool = False


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a change is measured from. `kind`: previous_year, same_period or stated."""

    text: str
    year: int | None
    kind: BaselineKind


class Mention(NamedTuple):
    """Something that recognition found in the repaired text.

    `kind`: quantity, rank or time. `core` is the span of number and unit without comparators; `span` includes them.
    `shared` says that the unit stands with a later member of a list (3、1、10家). `rejected` holds the rule id that
    says why it is not a quantity (a date, a slogan, page furniture)."""

    kind: MentionKind
    span: Span
    core: Span
    rules: tuple[str, ...] = ()
    quantity: Quantity | None = None
    time: TimeExpression | None = None
    shared: bool = False
    rejected: str | None = None


class Segment(NamedTuple):
    """A stretch of the repaired text with one role.

    `kind`: heading, sentence, item, row or furniture. `heading` is the path of headings above it. `paragraph` numbers
    the paragraph it belongs to. `cells` are the spans of a table row's cells."""

    kind: SegmentKind
    span: Span
    heading: tuple[str, ...] = ()
    paragraph: int = 0
    level: int = 0
    cells: tuple[Span, ...] = ()
    rule: str | None = None


class Link(NamedTuple):
    """One construction's proposal for one slot of one figure: `value` for `slot`, by `rule`; `evidence` is the text
    that says so. Values by slot: name and place are texts, measure, status, bound, role and clause theirs of Record,
    sign is 1 or -1, period a Period or None, baseline a Baseline."""

    slot: str
    value: object
    rule: str
    evidence: str = ""


class Reading(NamedTuple):
    """A figure of a segment with all that was proposed for it, the strongest proposal of a slot first."""

    segment: Segment
    figure: Mention
    links: tuple[Link, ...]


class Amount:
    """The plain figures of something with a `quantity`, under the names of the JSON keys."""

    __slots__ = ()
    quantity: Quantity

    @property
    def value(self) -> Number:
        """The magnitude as written, in `unit`; of a range its lower end."""
        return self.quantity.value

    @property
    def value_max(self) -> Number | None:
        """The upper end of a range, in `unit`."""
        return self.quantity.upper

    @property
    def unit(self) -> str | None:
        """The unit as written, normalized: 亿元."""
        return self.quantity.unit_text or None

    @property
    def base_value(self) -> Number:
        """The magnitude in base units, exact."""
        return exact(self.quantity.base_value)

    @property
    def base_value_max(self) -> Number | None:
        """The upper end of a range in base units, exact."""
        top = self.quantity.base_value_max
        return None if top is None else exact(top)

    @property
    def base_unit(self) -> str | None:
        """The base unit: 元."""
        return self.quantity.base_unit

    @property
    def bound(self) -> Bound:
        """What the comparator says."""
        return self.quantity.bound


@dataclass(frozen=True, slots=True, repr=False)
class Record(Amount):
    """One quantity, read: see the field table in the README. All offsets are those of the original. `page` counts
    from 1 and is None where the format has no pages; `cell` names the cell of a spreadsheet (Sheet1!C5).

    `confidence` is how often records decided by these rules are right, from 0 to 1. Of a policy figure `role` says what
    it is to its clause (condition, grant, rate, cap or duration), and `clause` is the same for all figures of one. All
    three are None where they are not known. `losers` are the proposals that did not win, where asked for."""

    source: str
    start: int
    end: int
    quote: str
    name: str | None
    indicator: str | None
    label: str | None
    quantity: Quantity
    measure: Measure
    status: Status
    year: int | None
    period: Period | None
    baseline: Baseline | None
    place: str | None
    heading: tuple[str, ...]
    sentence: str
    sentence_start: int
    sentence_end: int
    rules: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    page: int | None = None
    cell: str | None = None
    confidence: float | None = None
    role: Role | None = None
    clause: str | None = None
    losers: tuple[Link, ...] = field(default=(), compare=False)

    def __repr__(self) -> str:
        sign = "" if self.bound == "eq" else f"{self.bound} "
        numbers = "–".join(str(exact(value)) for value in (self.value, self.value_max) if value is not None)
        amount = f"{sign}{numbers}{self.unit or ''}"
        return f"<Record {self.name or self.quote}: {amount}, {self.year}, {self.status}, {self.source}:{self.start}>"


@dataclass(frozen=True, slots=True, repr=False)
class Document:
    """A document, read: its text, how it was repaired, what is known of it, and its records.

    Iterating over it gives its records, `len()` their number."""

    source: str
    title: str | None
    date: str | None
    year: int | None
    place: str | None
    encoding: str | None
    format: str
    original: str
    repaired: str
    edits: tuple[Edit, ...]
    records: tuple[Record, ...]
    rejected: tuple[Mention, ...] = ()
    segments: tuple[Segment, ...] = ()

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)

    def __repr__(self) -> str:
        records = "1 record" if len(self) == 1 else f"{len(self)} records"
        return f"<Document {self.source}: {self.title or 'without title'}, {records}>"

    if (
        TYPE_CHECKING
    ):  # the package root gives these to the class: they belong to exports, of which nothing is known here

        def to_pandas(self, *, floats: bool = False) -> pandas.DataFrame: ...

        def to_polars(self) -> polars.DataFrame: ...

        def _repr_html_(self) -> str: ...


def exact(value: Number) -> Number:
    """The value without superfluous zeros and without exponent; a fraction becomes a decimal where that is exact."""
    if isinstance(value, Fraction):
        value = finite(value)
        if isinstance(value, Fraction):
            return value
    text = format(value, "f")
    return value if str(value) == text and "." not in text and text != "-0" else Decimal(trimmed(text))


def finite(value: Fraction) -> Number:
    """The fraction as a decimal if its denominator has no factors but 2 and 5, else as it is."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return value
    places = max(twos, fives)
    digits = value.numerator * 10**places // value.denominator
    sign = int(digits < 0)
    return Decimal((sign, tuple(int(digit) for digit in str(abs(digits))), -places))


def trimmed(text: str) -> str:
    """The digits without superfluous zeros behind the point."""
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
