"""Reads rule files, checks them, and keeps what was read in a cache, so that a start costs no TOML parsing.

The cache lies in the user's cache folder (`POLICYX_CACHE` overrides it; the value `off` switches it off). Its key is
made of the names, sizes and times of the rule files; a cache that cannot be written or read is done without.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from policyx._version import __version__
from policyx.cache import remembered
from policyx.errors import RuleError
from policyx.patterns import compiled
from policyx.rules.schema import KINDS, Entry, check_entry

_HERE = Path(__file__).parent

RuleTable = dict[str, list[Entry]]


class Rules:
    """All rules in force: the built-in ones and, on top, a user's packs. Immutable; hashable by identity, so that
    each stage can keep what it compiled from them. `key` tells one state of the built-in rules from another, for what
    is kept from one start to the next; empty where a user's rules are on top."""

    def __init__(self, table: RuleTable, origins: dict[str, str], key: str = "") -> None:
        self._table = table
        self._by_role = cache(self._of_roles)
        self.origins = origins
        self.key = key

    def of(self, kind: str, role: str | None = None) -> list[Entry]:
        """The entries of one kind (and role), in the order of the files."""
        return self._table.get(kind, []) if role is None else self._by_role(kind).get(role, [])

    def _of_roles(self, kind: str) -> dict[str | None, list[Entry]]:
        found: dict[str | None, list[Entry]] = {}
        for entry in self.of(kind):
            found.setdefault(entry.get("role"), []).append(entry)
        return found

    def words(self, kind: str, role: str | None = None) -> dict[str, str]:
        """Each word of the entries of one kind (and role), with the id of its rule; a later entry wins."""
        return {word: entry["id"] for entry in self.of(kind, role) for word in entry.get("words", [])}

    def all(self) -> list[tuple[str, Entry]]:
        """Every entry with its kind."""
        return [(kind, entry) for kind, entries in self._table.items() for entry in entries]

    def find(self, identifier: str) -> tuple[str, Entry] | None:
        """The entry with this id, and its kind."""
        return next(((kind, entry) for kind, entry in self.all() if entry["id"] == identifier), None)


@lru_cache(maxsize=1)
def builtin_rules() -> Rules:
    """The rules that come with policyx."""
    paths = sorted(_HERE.rglob("*.toml"))
    stats = [(path.name, path.stat()) for path in paths]
    key = repr([__version__, [(name, stat.st_size, stat.st_mtime_ns) for name, stat in stats]])
    return Rules(remembered("rules", key, lambda: _read_all(paths)), {}, key)


def load_rules(packs: Iterable[str | Path] = ()) -> Rules:
    """The built-in rules with the user's rule files on top: an entry with a known id replaces the built-in one, and a
    construction of the user's is asked before the built-in ones (`after` puts it behind those that it names).

    Raises RuleError for a file that cannot be read or does not follow the schema.

    >>> rules = load_rules()
    >>> found = rules.find("enterprise.high_tech")
    >>> found[0], found[1]["label"]
    ('indicator', '高新技术企业数')
    """
    packs = list(packs)
    if not packs:
        return builtin_rules()
    table = {kind: list(entries) for kind, entries in builtin_rules()._table.items()}
    origins: dict[str, str] = {}
    for pack in packs:
        for kind, entries in read_rule_file(Path(pack)).items():
            known = table.get(kind, [])
            table[kind] = _before(entries, known) if kind == "construction" else _behind(entries, known)
            origins.update({entry["id"]: str(pack) for entry in entries})
    return Rules(table, origins)


def _before(own: list[Entry], known: list[Entry]) -> list[Entry]:
    """For rules of which the first that holds wins: one with a known id takes that one's place."""
    replaced = {entry["id"] for entry in known}
    by_id = {entry["id"]: entry for entry in own}
    return [e for e in own if e["id"] not in replaced] + [by_id.get(e["id"], e) for e in known]


def _behind(own: list[Entry], known: list[Entry]) -> list[Entry]:
    """For rules of which the last that has a word wins."""
    replaced = {entry["id"] for entry in own}
    return [e for e in known if e["id"] not in replaced] + own


def read_rule_file(path: Path) -> RuleTable:
    """Read and check one rule file. Raises RuleError naming file, entry and key."""
    import tomllib

    try:
        with path.open("rb") as handle:
            data = tomllib.load(handle)
    except OSError as error:
        raise RuleError(str(path), "", "", error.strerror or "cannot be read") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RuleError(str(path), "", "", f"is not valid TOML: {error}") from None
    table: RuleTable = {}
    seen: set[str] = set()
    for kind, entries in data.items():
        if kind not in KINDS:
            raise RuleError(str(path), f"[[{kind}]]", kind, f"is not a kind of rule; known are {', '.join(KINDS)}")
        if not isinstance(entries, list):
            raise RuleError(str(path), f"[{kind}]", kind, f"must be an array of tables: [[{kind}]]")
        for number, entry in enumerate(entries, 1):
            checked = check_entry(str(path), kind, number, entry)
            _check_patterns(path, checked)
            if checked["id"] in seen:
                raise RuleError(str(path), checked["id"], "id", "stands twice in the file")
            seen.add(checked["id"])
            table.setdefault(kind, []).append(checked)
    return table


def _check_patterns(path: Path, entry: Entry) -> None:
    if "pattern" in entry:
        try:
            compiled(entry["pattern"])
        except re.error as error:
            raise RuleError(str(path), entry["id"], "pattern", str(error)) from None


def _read_all(paths: list[Path]) -> RuleTable:
    table: RuleTable = {}
    owner: dict[str, Path] = {}
    for path in paths:
        for kind, entries in read_rule_file(path).items():
            for entry in entries:
                if entry["id"] in owner:
                    raise RuleError(str(path), entry["id"], "id", f"is also in {owner[entry['id']].name}")
                owner[entry["id"]] = path
                table.setdefault(kind, []).append(entry)
    return table
