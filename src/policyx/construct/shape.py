"""The language of shapes: what stands before and behind a figure, as roles, compiled to two regular expressions.

    shape = "core=any* verb=action filler* @ noun=thing+"

`@` is the figure. An element is a role, several as in `noun|verb`, or `role!other` for what has the one role and not
the other; a name of a phrase rule stands for its shape. `=` before an element catches its words under a name. `?`, `*`,
`+` and `{m,n}` say how often; parentheses group, with ` | ` between alternatives. `~x` says that x comes next on the
way away from the figure and is not taken; `!~x` that it does not.

Either side is matched from the figure outwards, and `*` and `+` give nothing back, so that matching is linear in the
length of the clause; a group with `*` or `+` must hold neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property, lru_cache

from policyx.cache import remembered
from policyx.patterns import compiled
from policyx.tuples import NamedTuple

_TOKEN = compiled(
    r"\s{0,9}(?:(?P<catch>[a-z_0-9]+)=|(?P<role>[a-z_0-9.]+(?:[!|][a-z_0-9.]+)*)|(?P<sign>!~|\{[0-9]+,[0-9]*\}|[()|?*+~@]))"
)


# the patterns of both sides, the letters next to the figure, and those of which a clause must hold one
_Sources = tuple[str, str, str | None, str | None, str | None]


Parts = tuple[tuple[str, int], ...]


_OfSequence = Callable[[tuple["_Node", ...], Callable[[str], str]], frozenset[str] | None]


class ShapeError(ValueError):
    """A shape that does not follow the grammar; its text says where."""


class Shape:
    """A shape, compiled when it is first matched: `left` against the letters before the figure read backwards, `right`
    (None: whatever follows) against those behind it. `begins` are the letters that may stand right behind the figure
    (None: any), `ends` those that may stand right before it, and of `needs` one must stand in the clause, so that most
    shapes are passed over without a match."""

    def __init__(self, left: str, right: str, begins: str | None, ends: str | None, needs: str | None) -> None:
        self._left, self._right, self.begins, self.ends, self.needs = left, right, begins, ends, needs

    @cached_property
    def left(self) -> re.Pattern[str]:
        return compiled(self._left)

    @cached_property
    def right(self) -> re.Pattern[str] | None:
        return compiled(self._right) if self._right else None

    @cached_property
    def parts_left(self) -> Parts:
        """The parts that the left side may catch, each with the number of its group."""
        return tuple(self.left.groupindex.items())

    @cached_property
    def parts_right(self) -> Parts:
        return tuple(self.right.groupindex.items()) if self.right else ()


class _Node(NamedTuple):
    """An element: a class of letters (`roles`), or a group of alternatives, each a sequence."""

    roles: tuple[str, ...] = ()
    group: tuple[tuple[_Node, ...], ...] = ()
    catch: str = ""
    times: str = ""
    ahead: str = ""  # "~" or "!~": only looked at


class _Parser:
    def __init__(self, text: str, phrases: dict[str, str]) -> None:
        self._phrases = phrases
        self._tokens: list[tuple[str, str]] = []
        at = 0
        while text[at:].strip():
            match = _TOKEN.match(text, at)
            if not match:
                raise ShapeError(f"cannot be read at {text[at:].strip()!r}")
            kind = str(match.lastgroup)
            self._tokens.append((kind, match[kind]))
            at = match.end()
        self._at = 0

    def sides(self) -> tuple[tuple[_Node, ...], tuple[_Node, ...]]:
        left = self._sequence()
        if self._peek() != ("sign", "@"):
            raise ShapeError("has no @ for the figure")
        before, self._at = self._at, self._at + 1
        right = self._sequence()
        for side in (self._tokens[:before], self._tokens[before:]):
            caught = [value for kind, value in side if kind == "catch"]
            if len(caught) > len(set(caught)):
                raise ShapeError("catches one part twice on a side of the figure")
        if self._at < len(self._tokens):
            raise ShapeError(f"cannot be read at {self._tokens[self._at][1]!r}")
        return left, right

    def whole(self) -> tuple[_Node, ...]:
        nodes = self._sequence()
        if self._at < len(self._tokens):
            raise ShapeError(f"cannot be read at {self._tokens[self._at][1]!r}")
        return nodes

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("end", "")

    def _sequence(self) -> tuple[_Node, ...]:
        nodes = []
        while self._peek()[0] in ("catch", "role") or self._peek()[1] in ("(", "~", "!~"):
            nodes.append(self._element())
        return tuple(nodes)

    def _element(self) -> _Node:
        kind, value = self._peek()
        ahead = catch = ""
        if kind == "sign" and value in ("~", "!~"):
            ahead, self._at = value, self._at + 1
            kind, value = self._peek()
        if kind == "catch":
            catch, self._at = value, self._at + 1
            kind, value = self._peek()
        if value == "(":
            self._at += 1
            group = [self._sequence()]
            while self._peek()[1] == "|":
                self._at += 1
                group.append(self._sequence())
            if self._peek()[1] != ")":
                raise ShapeError("a parenthesis is not closed")
            self._at += 1
            return _Node((), tuple(group), catch, self._quantifier(), ahead)
        if kind != "role":
            raise ShapeError(f"an element is missing before {value!r}")
        return self._roles(catch, ahead)

    def _roles(self, catch: str, ahead: str) -> _Node:
        """One role or several with | between them; a phrase stands for its own shape."""
        roles = self._peek()[1].split("|")
        self._at += 1
        plain = [role for role in roles if role.partition("!")[0] not in self._phrases]
        phrases = [role for role in roles if role.partition("!")[0] in self._phrases]
        if not phrases:
            return _Node(tuple(plain), (), catch, self._quantifier(), ahead)
        group: list[tuple[_Node, ...]] = [(_Node(tuple(plain)),)] if plain else []
        group += [self._phrase(phrase) for phrase in phrases]
        return _Node((), tuple(group), catch, self._quantifier(), ahead)

    def _phrase(self, text: str) -> tuple[_Node, ...]:
        """The shape of a phrase; each class in it without what stands behind `!`."""
        name, _, barred = text.partition("!")
        nodes = _Parser(self._phrases[name], self._phrases).whole()
        return _without(nodes, "!" + barred) if barred else nodes

    def _quantifier(self) -> str:
        value = self._peek()[1]
        if value in ("?", "*", "+") or value.startswith("{"):
            self._at += 1
            return value
        return ""


def _without(nodes: tuple[_Node, ...], barred: str) -> tuple[_Node, ...]:
    return tuple(
        node._replace(
            roles=tuple(role + barred for role in node.roles),
            group=tuple(_without(part, barred) for part in node.group),
        )
        for node in nodes
    )


def compile_shapes(texts: list[str], phrases: dict[str, str], class_of: Callable[[str], str], key: str) -> list[Shape]:
    """The shapes that `texts` describe. `phrases` are shapes by name; `class_of` gives the letters that have a role.
    They are kept for the next start under a `key` that stands for all of this; an empty key keeps nothing.

    Raises ShapeError."""
    made = remembered("shapes", key, lambda: [_sources(text, phrases, class_of) for text in texts])
    return [Shape(*sources) for sources in made]


def _sources(text: str, phrases: dict[str, str], class_of: Callable[[str], str]) -> _Sources:
    left, right = _Parser(text, phrases).sides()
    return (
        _sequence(left, class_of, backwards=True),
        _sequence(right, class_of, backwards=False),
        _listed(_first(right, class_of)),
        _listed(_first(_mirrored(left), class_of)),
        _listed(_needed((*left, *right), class_of)),
    )


def _listed(letters: frozenset[str] | None) -> str | None:
    return None if letters is None else "".join(sorted(letters))


def _sequence(nodes: tuple[_Node, ...], class_of: Callable[[str], str], *, backwards: bool) -> str:
    ordered = reversed(nodes) if backwards else nodes
    return "".join(_node(node, class_of, backwards) for node in ordered)


def _node(node: _Node, class_of: Callable[[str], str], backwards: bool) -> str:
    if node.group:
        inner = "(?:" + "|".join(_sequence(part, class_of, backwards=backwards) for part in node.group) + ")"
        if node.times in ("*", "+") and any(_is_open(part) for part in node.group):
            raise ShapeError("a group that repeats without end holds another that does")
    else:
        inner = _letters(node.roles, class_of)
    if node.times:
        inner += node.times + ("+" if node.times in ("*", "+") else "")
    if node.ahead:
        return f"(?={inner})" if node.ahead == "~" else f"(?!{inner})"
    return f"(?P<{node.catch}>{inner})" if node.catch else inner


def _is_open(nodes: tuple[_Node, ...]) -> bool:
    return any(node.times in ("*", "+") or any(map(_is_open, node.group)) for node in nodes if not node.ahead)


def _mirrored(nodes: tuple[_Node, ...]) -> tuple[_Node, ...]:
    return tuple(node._replace(group=tuple(map(_mirrored, node.group))) for node in reversed(nodes))


def _first(nodes: tuple[_Node, ...], class_of: Callable[[str], str]) -> frozenset[str] | None:
    """The letters that a sequence may begin with; None where it may be empty or begin with any."""
    if not nodes:
        return None
    node, *rest = nodes
    if node.ahead == "!~":
        return _first(tuple(rest), class_of)
    own = _of_node(node, _first, class_of)
    if own is None or not _may_be_absent(node):
        return own
    more = _first(tuple(rest), class_of)
    return None if more is None else own | more


def _needed(nodes: tuple[_Node, ...], class_of: Callable[[str], str]) -> frozenset[str] | None:
    """The fewest letters of which one must be there for a sequence to match; None where none must. Every clause has a
    boundary."""
    each = [_of_node(node, _needed, class_of) for node in nodes if not (node.ahead == "!~" or _may_be_absent(node))]
    telling = (letters for letters in each if letters is not None and letters.isdisjoint(class_of("boundary")))
    return min(telling, key=len, default=None)


def _of_node(node: _Node, of_sequence: _OfSequence, class_of: Callable[[str], str]) -> frozenset[str] | None:
    """The letters of an element: its own, or those that `of_sequence` gives for its alternatives; None for any."""
    if not node.group:
        return _members(node.roles, class_of) if node.roles else None
    each = [of_sequence(part, class_of) for part in node.group]
    return None if None in each else frozenset().union(*(letters for letters in each if letters))


def _may_be_absent(node: _Node) -> bool:
    return node.times in ("?", "*") or node.times.startswith("{0")


@lru_cache(maxsize=2048)  # a few hundred sets of roles make up all shapes of some rules
def _members(roles: tuple[str, ...], class_of: Callable[[str], str]) -> frozenset[str]:
    letters: set[str] = set()
    for role in roles:
        own, *barred = role.split("!")
        letters |= set(class_of(own)).difference(*map(class_of, barred))
    return frozenset(letters)


@lru_cache(maxsize=2048)
def _letters(roles: tuple[str, ...], class_of: Callable[[str], str]) -> str:
    """The class of these letters, neighbours as a range."""
    codes = sorted(map(ord, _members(roles, class_of)))
    if not codes:
        return "(?!)"
    parts, first = [], codes[0]
    for code, following in zip(codes, [*codes[1:], 0], strict=True):
        if following != code + 1:
            parts.append(chr(first) if first == code else f"{chr(first)}-{chr(code)}")
            first = following
    return f"[{''.join(parts)}]"
