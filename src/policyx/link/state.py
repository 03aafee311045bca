"""What the linker remembers from one figure to the next while it reads a document from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass, field

from policyx.link.status import Cue
from policyx.model import Period


@dataclass(slots=True)
class Draft:
    """A figure's fields as they are decided, before the record is built."""

    name: str = ""
    topic: str = ""
    dependent: bool = False
    verb: str = ""
    measure: str = "level"
    sign: int = 1
    bound: str | None = None
    status: str = "actual"
    granted: bool = False
    undated: bool = False
    level_dimension: str | None = None
    rules: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    reasons: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class State:
    """Everything carried over, by how far it reaches.

    Document: `horizon` (the last year ahead that was named), `document_period` (set at heading level
    `document_level`), the `part` of a report that is being read (opened at `part_level` by the mark `part_rule`),
    `mode` (sentences without figures have said that what follows is planned). Section: `heading`, `section_period`.
    Paragraph: `period`, `topic` (the thing spoken of), `last_name` and `level_name` (of the last record, of the last
    level), `level_dimension` and `level_unit` (of that level), `grantee` (what the last grant was for), `planned` (a
    sentence has announced tasks), `ahead` (a time that has not ended was named). Sentence: `cue` (the status word in
    force), `cue_topic`, `verb` (shared by a list), `prefix` (its common head), `members` (the names that a list was
    dealt out to), `named` (the names so far), `measured` (those that may tell what is measured, with its dimension),
    `parts` (its parts are being told), `holder` (the institutions that were counted last), `inner` (the name of the
    last figure, where it stood in brackets)."""

    topic: str = ""
    last_name: str = ""
    level_name: str = ""
    level_dimension: str | None = None
    level_unit: str = ""
    verb: str = ""
    paragraph: int = -1
    period: Period | None = None
    horizon: Period | None = None
    section_period: Period | None = None
    section_level: int = 0
    document_period: Period | None = None
    document_level: int = 0
    heading_level: int = 0
    cue: Cue | None = None
    cue_topic: str = ""
    part: Cue | None = None
    part_level: int = 0
    part_rule: str | None = None
    prefix: str = ""
    members: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    dealing: bool = False
    measured: list[tuple[str, str]] = field(default_factory=list)
    parts: bool = False
    mode: Cue | None = None
    planned: Cue | None = None
    ahead: bool = False
    heading: tuple[str, ...] = ()
    ranked: bool = False
    grantee: str = ""
    holder: str = ""
    inner: str = ""

    def enter_paragraph(self, number: int) -> None:
        """A new paragraph forgets the topic and what held in the last one."""
        self.paragraph = number
        self.topic = self.last_name = self.level_name = self.grantee = ""
        self.ahead = False
        self.period = None
        self.planned = None

    def enter_sentence(self) -> None:
        """A new sentence forgets the shared verb, the status word and a list's common prefix."""
        self.verb = self.prefix = ""
        self.members, self.named, self.dealing = [], [], False
        self.measured, self.parts = [], False
        self.cue = None
        self.cue_topic = ""
        self.ranked = False
        self.holder = self.inner = ""
