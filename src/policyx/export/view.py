"""How a document is to be shown: what the user chose about columns, evidence, grouping, language and screen."""

from __future__ import annotations

from policyx.tuples import NamedTuple


class View(NamedTuple):
    """`columns` by key (none: the format's own choice); `evidence` adds the sentence; `group` is heading or document;
    `lang` is en or zh; `chinese_keys` asks for Chinese heads where a format has the keys as heads; `width` in screen
    cells and `colour` matter on a terminal only."""

    columns: tuple[str, ...] = ()
    evidence: bool = False
    group: str = "heading"
    lang: str = "en"
    chinese_keys: bool = False
    width: int = 100
    colour: bool = False
