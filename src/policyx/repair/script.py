"""Traditional script in a text; simplified script out, with OpenCC's own dictionaries and its result.

The dictionaries of `opencc-python-reimplemented` are read; its converter is not used. A change of script never changes
a length, so every edit is aligned. A text in simplified script that holds 乾 or 著 in a name stays as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from policyx.errors import PolicyxError
from policyx.model import Edit
from policyx.patterns import compiled
from policyx.repair.lookup import Word, characterwise, listed, rule_id, swapped, trie_pattern, words
from policyx.rules import Rules
from policyx.text import RepairedText
from policyx.tuples import NamedTuple

_DOCUMENT_SHARE = 0.1  # of a document's Chinese characters that only traditional script has
_PARAGRAPH_SHARE = 0.12
_PARAGRAPH_LEAST = 5
_SHORT_SHARE, _SHORT_LEAST = 0.3, 3  # of a line that is too short to hold so many
_TAIWAN_LEAST = 3  # different words of Taiwan's own usage
_HAN = compiled("[\u3400-\u4dbf\u4e00-\u9fff]")


class ScriptTable(NamedTuple):
    """Characters and phrases of traditional script, and the characters that simplified script does not have."""

    characters: dict[int, str]
    phrases: re.Pattern[str]
    phrase_table: dict[str, str]
    only: re.Pattern[str]


@lru_cache(maxsize=1)
def script_table() -> ScriptTable:
    """OpenCC's tables from traditional to simplified, read when they are first wanted."""
    characters = _dictionary("TSCharacters.txt")
    phrases = _dictionary("TSPhrases.txt")
    only = [old for old, new in characters.items() if old != new and not _in_simplified_standard(old)]
    return ScriptTable(
        {ord(old): new for old, new in characters.items() if old != new},
        compiled(trie_pattern(phrases)),
        phrases,
        compiled(f"[{''.join(only)}]"),
    )


def _in_simplified_standard(character: str) -> bool:
    """GB 2312 holds the simplified character set, with the few old forms that names keep (乾, 著, 瞭)."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _dictionary(name: str) -> dict[str, str]:
    spec = find_spec("opencc")
    folders = list(spec.submodule_search_locations or []) if spec else []
    path = next((Path(folder, "dictionary", name) for folder in folders), None)
    if path is None or not path.is_file():
        raise PolicyxError("the dictionaries of opencc-python-reimplemented are not installed: reinstall policyx")
    table = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        old, _, new = line.partition("\t")
        if new:
            table[old] = new.split(" ")[0]
    return table


def simplified(text: str) -> str:
    """`text` in simplified script; the same length."""
    table = script_table()
    converted = text.translate(table.characters)
    pieces = []
    at = 0
    for match in table.phrases.finditer(text):
        pieces.append(converted[at : match.start()])
        pieces.append(table.phrase_table[match.group()])
        at = match.end()
    if not pieces:
        return converted
    pieces.append(converted[at:])
    return "".join(pieces)


@lru_cache(maxsize=8)
def script_signs(rules: Rules) -> frozenset[str]:
    """Common characters of traditional script; a text with fewer than two of them is not looked at."""
    return frozenset("".join(listed(rules, "traditional")))


@lru_cache(maxsize=8)
def _taiwan(rules: Rules) -> tuple[re.Pattern[str], dict[str, Word]]:
    table = words(rules, "taiwan")
    return compiled(trie_pattern(table)), table


def repair_script(text: RepairedText, rules: Rules) -> RepairedText:
    """Change traditional paragraphs to simplified script, and Taiwan's words where the document is from there."""
    stretches = _traditional(text.text)
    if not stretches:
        return text
    if stretches == [(0, len(text.text))]:
        text = text.apply(_taiwan_words(text.text, rules))
        stretches = [(0, len(text.text))]
    rule = rule_id(rules, "traditional")
    edits: list[Edit] = []
    for start, end in stretches:
        part = text.text[start:end]
        edits.extend(characterwise(part, simplified(part), rule, start))
    return text.apply(edits)


def _traditional(text: str) -> list[tuple[int, int]]:
    """The stretches in traditional script: the whole text, or single paragraphs of a mixed one."""
    only = script_table().only
    hits = [match.start() for match in only.finditer(text)]
    if not hits:
        return []
    if len(hits) >= _DOCUMENT_SHARE * len(_HAN.findall(text)):
        return [(0, len(text))]
    stretches = []
    seen = 0
    for hit in hits:
        if hit < seen:
            continue
        start = text.rfind("\n", 0, hit) + 1
        end = text.find("\n", hit)
        seen = len(text) if end < 0 else end
        part = text[start:seen]
        count = len(only.findall(part))
        han = len(_HAN.findall(part))
        many = count >= _PARAGRAPH_LEAST and count >= _PARAGRAPH_SHARE * han
        if many or (count >= _SHORT_LEAST and count >= _SHORT_SHARE * han):
            stretches.append((start, seen))
    return stretches


def _taiwan_words(text: str, rules: Rules) -> list[Edit]:
    pattern, table = _taiwan(rules)
    found = list(pattern.finditer(text))
    if len({match.group() for match in found}) < _TAIWAN_LEAST:
        return []
    edits: list[Edit] = []
    for match in found:
        word = table[match.group()]
        edits.extend(swapped(match.start(), match.group(), word.to, word.rule))
    return edits
