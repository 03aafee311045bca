"""GBK text that lost a byte and reads shifted by one, `?！笔锌萍季窒嚓P`, in; what it was, `。”市科技局相關`, out.

A Chinese character is two bytes in GBK. Where one byte was lost (a program wrote `?` for it), every pair after it is
made of the halves of two neighbours, until a byte that can only stand alone sets the reading right again. The run is
encoded, the lost byte put back by trying all values, and the reading taken that a table of character pairs finds
clearly likelier than what stands there. Pages with pinyin glosses have this often: the gloss was written between the
two bytes of a character and its bracket swallowed one, `?nèi)〉脷v` for 取得歷.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from policyx.model import Edit
from policyx.patterns import compiled, positions
from policyx.repair.bigrams import bigrams
from policyx.repair.gloss import LETTERS, glosses, syllable
from policyx.repair.lookup import is_han, rule_id
from policyx.repair.script import simplified
from policyx.rules import Rules
from policyx.text import RepairedText
from policyx.tuples import NamedTuple

_GAIN = 2.0  # nats per character by which the new reading must be likelier
_LIKELY = -8.5  # nats per character that sense has at least; ordinary prose has about -6
_TRIES = 40
_WEAKEST = -12.0  # for each single character
_SHORT_RUN = 12  # bytes of a run in which a second loss is looked for
_SHORTEST = 3
_LONGEST = 60
_LEADS = [bytes([value]) for value in range(0x81, 0xFF)]
_TRAILS = [bytes([value]) for value in (*range(0x40, 0x7F), *range(0x80, 0xFF))]
_TOO_EARLY = 4.0  # nats against a full stop there
_SIGNS = "，。、；：？！“”‘’（）《》—…·"
_SHORT_QUOTATION = 9  # characters; a sentence does not end inside a shorter quotation

# The lost byte, perhaps with the gloss whose bracket took it; the run; and what ends it: a byte below 0x80 that is the
# second half of a character, or a second lost byte.
_ANCHOR = compiled(
    f"(?P<lost>[?？])(?P<gloss>[{LETTERS}]{{1,6}}[)）])?(?P<run>!?[^\x00-\x7f]{{0,{_LONGEST}}})(?P<end>[@-~]|\\?(?:[{LETTERS}]{{1,6}}[)）])?)?"
)
# No sign of the lost byte, but a gloss that explains a Latin letter: 市科萍季窒嚓P(guān)
_HOSTED = compiled(f"[(（]([{LETTERS}]{{1,6}})[)）]")
_RUN_BEFORE = compiled("[^\x00-\x7f]{3,}$")


class _Reading(NamedTuple):
    text: str
    gain: float


def repair_shifted(text: RepairedText, rules: Rules) -> RepairedText:
    """Put back lost bytes wherever that makes clearly better sense."""
    rule = rule_id(rules, "shifted")
    edits: list[Edit] = []
    for start, end, replacement in _found(text.text, rules):
        if not edits or start >= edits[-1].end:
            edits.append(Edit(start, end, replacement, (rule,)))
    return text.apply(edits)


def _found(text: str, rules: Rules) -> list[tuple[int, int, str]]:
    found = []
    readings: dict[str, set[str]] | None = None
    for at in positions(text, "?？"):
        match = _ANCHOR.match(text, at)
        if match is None:
            continue
        glossed = _toned(match["gloss"], rules)
        if match["gloss"] and not glossed:
            continue
        if not match["run"] and (match["end"] or "").startswith("?"):
            if glossed and _toned(match["end"][1:], rules):
                readings = _readings(text, rules) if readings is None else readings
                whole = _whole_character(text, match, readings)
                if whole:
                    found.append((match.start(), match.end(), whole))
            continue
        if not (match["run"] or match["end"]) or (not glossed and _reads_well(match["run"])):
            continue
        found.extend(_reread(text, match, rules, bool(glossed)))
    for at in positions(text, "(（"):
        if at < 4 or not "@" <= text[at - 1] <= "~" or any(start < at <= end for start, end, _ in found):
            continue
        hosted = _HOSTED.match(text, at)
        run = _RUN_BEFORE.search(text, max(0, at - 1 - _LONGEST), at - 1)
        if hosted and run and _toned(hosted.group()[1:], rules):
            found.extend(_from_the_middle(text, run.start(), run.group(), text[at - 1]))
    return sorted(found)


def _reads_well(run: str) -> bool:
    """Whether what follows a question mark is too short to judge, or makes sense as it stands: most questions do, and
    rows of question marks have none."""
    if len(run) < _SHORTEST or 2 * sum(map(run.count, "？！?")) > len(run):
        return True
    return bigrams().score("", run) >= _LIKELY


def _toned(gloss: str | None, rules: Rules) -> bool:
    if not gloss:
        return False
    known, toned = syllable(gloss[:-1], rules)
    return known and toned


def _reread(text: str, match: re.Match[str], rules: Rules, glossed: bool) -> Iterator[tuple[int, int, str]]:
    """The reading of a run whose first byte was lost, if it is clearly the better one."""
    end = match["end"] or ""
    stop = match.end()
    if len(end) > 1:
        stop = stop if _toned(end[1:], rules) else match.start("end") + 1
        end = "?"
    before = text[match.start() - 1] if match.start() else "\n"
    run = match["run"].replace("!", "！")  # pages that make punctuation half-width did so here as well
    options = [(_best(text, match.start(), before, run, end, text[stop : stop + 1], glossed), stop)]
    if end:
        # The run may also end by itself, and the byte behind it be what it seems.
        stop = match.end("run")
        options.append((_best(text, match.start(), before, run, "", text[stop : stop + 1], glossed), stop))
    for reading, place in options:
        if reading and reading.gain >= _GAIN:
            yield match.start(), place, reading.text
            return


def _best(text: str, at: int, before: str, run: str, end: str, after: str, glossed: bool) -> _Reading | None:
    """The likeliest reading of a lost byte + `run` + `end` (half a character, `?` for a lost half, or nothing)."""
    try:
        body = run.encode("gbk")
    except UnicodeEncodeError:
        return None
    if end == "?":
        tail_byte = body[-1:]
        body = body[:-1]
    else:
        tail_byte = b""
        body = body + end.encode("ascii") if end else body[:-1]  # without an end the last half has lost its other one
    table = bigrams()
    plain_before, plain_after, plain_run = simplified(before), _plain_han(after), simplified(run)
    was = table.score(plain_before, plain_run, plain_after) if run else _LIKELY
    best: _Reading | None = None
    for patch in _patches(body, glossed):
        new = _filled(text, at, plain_before, patch, tail_byte, plain_after)
        if new is None:
            continue
        plain = simplified(new)
        likely = table.score(plain_before, plain, plain_after)
        if not run:
            likely = was + _GAIN if glossed and _in_word(plain_before, plain, plain_after) else was
        elif likely < _LIKELY or table.weakest(plain_before, plain) < _WEAKEST:
            continue
        if best is None or likely - was > best.gain:
            best = _Reading(new, likely - was)
        if patch is body:
            break  # nothing more was lost: no need to guess
    return best


def _patches(body: bytes, glossed: bool) -> Iterator[bytes]:
    """`body`, then `body` with a pair put in that GBK has no character for: programs drop what they cannot show."""
    yield body
    if glossed and 2 < len(body) <= _SHORT_RUN:
        for at in range(1, len(body), 2):
            yield from _likely_pairs(body, at + 1)


def _likely_pairs(body: bytes, at: int) -> list[bytes]:
    """The few ways to put an unassigned pair at `at` that make the likeliest two characters there."""
    return [body[:at] + pair + body[at:] for pair in _pairs_between(body[at - 1 : at], body[at : at + 1])]


@lru_cache(maxsize=1024)
def _pairs_between(first: bytes, last: bytes) -> tuple[bytes, ...]:
    """The unassigned pairs that make the likeliest two characters between two bytes, the best first."""
    table = bigrams()
    lefts = {lead: simplified(made) for lead in _LEADS if (made := _decode(first + lead)) and len(made) == 1}
    rights = {trail: simplified(made) for trail in _TRAILS if (made := _decode(trail + last)) and len(made) == 1}
    scored = [
        (table.score("", lefts[pair[:1]] + rights[pair[1:]]), pair)
        for pair in _unassigned()
        if pair[:1] in lefts and pair[1:] in rights
    ]
    scored.sort(reverse=True)
    return tuple(pair for _, pair in scored[:_TRIES])


@lru_cache(maxsize=1)
def _unassigned() -> tuple[bytes, ...]:
    pairs = (bytes([lead, trail]) for lead in range(0x81, 0xFF) for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)))
    return tuple(pair for pair in pairs if _decode(pair) is None)


def _filled(text: str, at: int, before: str, body: bytes, tail_byte: bytes, after: str) -> str | None:
    """`body` decoded, with the likeliest lead byte in front and, behind `tail_byte`, the likeliest trail byte."""
    inner = _decode(body[1:])
    if inner is None or not all(is_han(c) or c in _SIGNS for c in inner):
        return None
    plain = simplified(inner)
    head = _likeliest_head(body[:1], before, (plain or after)[:1], _in_short_quotation(text, at))
    if head is None:
        return None
    left = (simplified(head) + plain)[-1:]
    tail = _likeliest_tail(tail_byte, left, after) if tail_byte else ""
    new = head + inner + (tail or "")
    return new if tail is not None and all(is_han(character) or character in _SIGNS for character in new) else None


@lru_cache(maxsize=4096)
def _likeliest_head(second: bytes, before: str, following: str, quoted: bool) -> str | None:
    """The character that ends in this byte and fits best between its neighbours; no end of a sentence in a short
    quotation."""
    table = bigrams()

    def likelihood(head: str) -> float:
        too_early = quoted and head in "。！？；"
        return table.score(before, simplified(head) + following) - (_TOO_EARLY if too_early else 0.0)

    return max((head for lead in _LEADS if (head := _decode(lead + second))), key=likelihood, default=None)


@lru_cache(maxsize=4096)
def _likeliest_tail(first: bytes, left: str, after: str) -> str | None:
    """The character that begins with this byte and fits best between its neighbours."""
    table = bigrams()
    tails = (tail for trail in _TRAILS if (tail := _decode(first + trail)))
    return max(tails, key=lambda tail: table.score(left, simplified(tail) + after), default=None)


def _plain_han(character: str) -> str:
    return simplified(character) if character and is_han(character) else ""


def _decode(data: bytes) -> str | None:
    try:
        decoded = data.decode("gbk")
    except UnicodeDecodeError:
        return None
    return decoded if all(ord(character) > 0x7F for character in decoded) else None


def _in_word(before: str, character: str, after: str) -> bool:
    table = bigrams()
    return table.is_pair(before + character) or table.is_pair(character + after)


def _in_short_quotation(text: str, at: int) -> bool:
    opened = max(text.rfind("“", max(0, at - _SHORT_QUOTATION), at), text.rfind("‘", max(0, at - _SHORT_QUOTATION), at))
    closed = max(text.rfind("”", max(0, at - _SHORT_QUOTATION), at), text.rfind("’", max(0, at - _SHORT_QUOTATION), at))
    return opened > closed


def _from_the_middle(text: str, begin: int, run: str, end: str) -> Iterator[tuple[int, int, str]]:
    """The reading of a run that ends in half a character and whose beginning is not marked: every start is tried, with
    a byte too many (dropped) at that place."""
    table = bigrams()
    best: tuple[float, int, str] = (0.0, 0, "")
    for start in range(len(run) - 2):
        try:
            body = run[start:].encode("gbk") + end.encode("ascii")
        except UnicodeEncodeError:
            continue
        new = _decode(body[1:])
        if new is None or not all(is_han(character) for character in new):
            continue
        before = simplified(run[start - 1] if start else text[begin - 1 : begin])
        gain = table.score(before, simplified(new)) - table.score(before, simplified(run[start:]))
        if gain * len(new) > best[0] and gain >= _GAIN:
            best = (gain * len(new), start, new)
    if best[2]:
        yield begin + best[1], begin + len(run) + 1, best[2]


@lru_cache(maxsize=2)
def _readings(text: str, rules: Rules) -> dict[str, set[str]]:
    """Which characters this document's own glosses explain by each syllable."""
    found: dict[str, set[str]] = {}
    for match in glosses(text, rules):
        found.setdefault(match.group(1), set()).add(text[match.start() - 1])
    return found


def _whole_character(text: str, match: re.Match[str], readings: dict[str, set[str]]) -> str | None:
    """A character that lost both its bytes: its own gloss says how it reads, the document which characters read so."""
    before, after = simplified(text[match.start() - 1 : match.start()]), simplified(text[match.end() : match.end() + 1])
    fitting = [
        character
        for character in readings.get(match["end"][1:-1], set())
        if _in_word(before, simplified(character), after)
    ]
    return fitting[0] if len(fitting) == 1 else None
