"""Words found in a text: what the quick look-ups give is what looking everywhere gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policyx.rules.words import WordFinder, WordSet

_SIGNS = "建设立成果.*"
_WORDS = st.lists(st.text(_SIGNS, min_size=1, max_size=4), max_size=8, unique=True)
_TEXTS = st.text(_SIGNS + "的", max_size=24)


@given(_WORDS, _TEXTS)
def test_the_longest_word_at_every_place(words: list[str], text: str) -> None:
    known = WordSet(dict.fromkeys(words, "rule"))
    found = []
    for at in range(len(text) + 1):
        longest = max((w for w in words if text.startswith(w, at)), key=len, default="")
        assert known.start(text, at) == longest
        assert known.end(text[:at]) == max((w for w in words if text[:at].endswith(w)), key=len, default="")
        if longest:
            found.append((at, longest))
    assert list(known.all(text)) == found
    assert known.find(text) == (found[0] if found else None)


@given(_WORDS, _TEXTS)
def test_all_places_of_all_words(words: list[str], text: str) -> None:
    wanted = {w: [at for at in range(len(text)) if text.startswith(w, at)] for w in words}
    assert WordFinder(words).places(text) == {word: places for word, places in wanted.items() if places}
