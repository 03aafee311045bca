"""A sentence as words with roles: figures, times and marks among them; what stands in brackets is a clause of its
own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from policyx.clause.lexicon import Lexicon
from policyx.clause.signs import ASIDE, BOUNDARY, COUNTED_ASIDE, ITEM, QUOTED, QUOTES, TITLE, TITLES, mention_roles
from policyx.model import Mention, Span
from policyx.patterns import compiled

_PIECE = compiled(
    r"[一-鿿㐀-䶿\U00020000-\U0003ffff][一-鿿〇々㐀-䶿\U00020000-\U0003ffff]*"
    r"|(?P<latin>[A-Za-z0-9.+&%/_-]+)|(?P<blank>\s+)|(?P<sign>[〇々][一-鿿〇々㐀-䶿\U00020000-\U0003ffff]*|.)",
    re.DOTALL,
)
_SPAN = attrgetter("span")
_LONGEST_QUOTE = 60
_OFTEN = 8  # runs of characters that are no longer come again
_new = tuple.__new__  # without the detour over the class


class Word(NamedTuple):
    """A word, figure, time or mark of a clause: where it stands in the text, and the letter of its roles; `mention` for
    figures and times."""

    start: int
    end: int
    letter: str
    mention: Mention | None = None


class Clause(NamedTuple):
    """The words of a sentence, or of brackets in one that hold figures, between two boundaries.

    `letters` has a character for each word, `backwards` the same in reverse, `words[0]` and `words[-1]` are
    boundaries. `host` is the clause around the brackets and the place of the brackets in it."""

    text: str
    words: tuple[Word, ...]
    letters: str
    backwards: str
    host: tuple[Clause, int] | None = None

    def said(self, first: int, last: int) -> str:
        """The text of words first..last (half-open) without blanks between them."""
        return "".join(self.text[word.start : word.end] for word in self.words[first:last])


class Sentence(NamedTuple):
    """A sentence's clauses, and for each of its figures, by its span, the clause it stands in and its place there."""

    clauses: tuple[Clause, ...]
    places: dict[Span, tuple[Clause, int]]


def parse(text: str, span: Span, figures: Sequence[Mention], times: Sequence[Mention], lexicon: Lexicon) -> Sentence:
    """The sentence at `span` of `text` with its mentions."""
    mentions = sorted([*figures, *times], key=_SPAN) if times else figures
    words = _words(text, span, mentions, lexicon)
    present = frozenset([word[2] for word in words])
    outer, groups = _apart(words, lexicon) if present & lexicon.opening else (words, [])
    clauses = [_clause(text, outer, lexicon, None)]
    for place, inner in groups:
        clauses.append(_clause(text, inner, lexicon, (clauses[0], place + 1)))
    figure_letters = lexicon.counting
    found = {
        mention.span: (clause, number)
        for clause in clauses
        for number, letter in enumerate(clause.letters)
        if letter in figure_letters and (mention := clause.words[number].mention) is not None
    }
    return Sentence(tuple(clauses), found)


def _clause(text: str, words: list[Word], lexicon: Lexicon, host: tuple[Clause, int] | None) -> Clause:
    edge = lexicon.letter(BOUNDARY)
    low, high = (words[0].start, words[-1].end) if words else (0, 0)
    whole = (Word(low, low, edge), *_with_items(words, lexicon), Word(high, high, edge))
    letters = "".join([word[2] for word in whole])
    return Clause(text, whole, letters, letters[::-1], host)


def _with_items(words: list[Word], lexicon: Lexicon) -> list[Word]:
    """In 2项奥运冠军、58项世界冠军 the sign parts two figures with their nouns; in 2项国家、省级奖项 it does not."""
    joints = lexicon.joining
    if joints.isdisjoint([word[2] for word in words]):
        return words
    item = lexicon.letter(ITEM)
    roles = lexicon.roles
    out = list(words)
    pending = None  # the first list mark behind the figure before
    counting = False
    for number, word in enumerate(words):
        own = roles[word.letter]
        if "figure" in own:
            if counting and pending is not None:
                out[pending] = out[pending]._replace(letter=item)
            counting, pending = True, None
        elif "hard" in own:
            counting, pending = False, None
        elif counting and pending is None and "joint" in own:
            pending = number
    return out


def _apart(words: list[Word], lexicon: Lexicon) -> tuple[list[Word], list[tuple[int, list[Word]]]]:
    """The words outside of brackets, each pair of brackets one word there, and the words inside those that hold
    figures with their place outside."""
    roles = lexicon.roles
    outer: list[Word] = []
    groups: list[tuple[int, list[Word]]] = []
    at = 0
    while at < len(words):
        word = words[at]
        if "open" not in roles[word.letter]:
            outer.append(word)
            at += 1
            continue
        end, depth = at + 1, 1
        while end < len(words) and depth:
            depth += ("open" in roles[words[end].letter]) - ("close" in roles[words[end].letter])
            end += 1
        inner = [w for w in words[at + 1 : end - (depth == 0)] if not {"open", "close"} & roles[w.letter]]
        counted = any("figure" in roles[w.letter] for w in inner)
        if counted:
            groups.append((len(outer), inner))
        letter = lexicon.letter(COUNTED_ASIDE if counted else ASIDE)
        outer.append(Word(word.start, words[end - 1].end, letter))
        at = end
    return outer, groups


def _words(text: str, span: Span, mentions: Sequence[Mention], lexicon: Lexicon) -> list[Word]:
    words: list[Word] = []
    at = span.start
    for mention in mentions:
        if mention.span.start < at:
            continue
        _cut(text, at, mention.span.start, lexicon, words)
        words.append(Word(mention.span.start, mention.span.end, lexicon.letter(mention_roles(mention)), mention))
        at = mention.span.end
    _cut(text, at, span.end, lexicon, words)
    return words


def _cut(text: str, start: int, end: int, lexicon: Lexicon, words: list[Word]) -> None:
    """Add the words of text[start:end]."""
    at = start
    while at < end:
        match = _PIECE.match(text, at, end)
        assert match is not None
        piece, kind = match[0], match.lastgroup
        behind = at + len(piece)
        if kind is None:
            cut = lexicon.words if len(piece) <= _OFTEN else lexicon.cut
            words += [_new(Word, (at + low, at + high, letter, None)) for low, high, letter in cut(piece)]
        elif kind == "latin":
            own = lexicon.latin if piece[0].isalnum() else lexicon.marks.get(piece[0], lexicon.mark)
            words.append(_new(Word, (at, behind, own, None)))
        elif kind == "sign":
            if piece in QUOTES and (close := text.find(QUOTES[piece], at, min(end, at + _LONGEST_QUOTE))) > 0:
                behind = close + 1
                own = lexicon.letter(TITLE if piece in TITLES else QUOTED)
            else:
                own = lexicon.marks.get(piece, lexicon.mark)
            words.append(_new(Word, (at, behind, own, None)))
        at = behind
