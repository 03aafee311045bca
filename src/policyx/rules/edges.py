"""Where words begin: jieba with a small dictionary of its own, asked only for phrases whose edge is in doubt.

The dictionary is the common part of jieba's own word list, and the words that our rules know; no file is written and
nothing is printed.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

_WORDS = Path(__file__).parent / "words.txt"
_RULE_WORD_FREQUENCY = 2000
_LONGEST = 80


class Edges:
    """Cuts phrases into words; `known` are the words of the rules, which count as common ones."""

    def __init__(self, known: tuple[str, ...]) -> None:
        self._known = known
        self.words = lru_cache(maxsize=4096)(self._words)

    def starts(self, phrase: str) -> dict[int, str]:
        """Each word of `phrase`, by the place where it begins."""
        found, at = {}, 0
        for word in self.words(phrase[:_LONGEST]):
            found[at] = word
            at += len(word)
        return found

    def _words(self, phrase: str) -> tuple[str, ...]:
        return tuple(_tokenizer(self._known).cut(phrase, HMM=False))


@lru_cache(maxsize=2)
def _tokenizer(known: tuple[str, ...]) -> Any:
    jieba = _quiet_jieba()
    tokenizer = jieba.Tokenizer()
    with _WORDS.open("rb") as handle:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(handle)
    tokenizer.initialized = True
    for word in known:
        if tokenizer.FREQ.get(word, 0) < _RULE_WORD_FREQUENCY and len(word) > 1:
            tokenizer.FREQ[word] = _RULE_WORD_FREQUENCY
            for end in range(1, len(word)):
                tokenizer.FREQ.setdefault(word[:end], 0)
    return tokenizer


def _quiet_jieba() -> Any:
    """jieba without pkg_resources, which it would load for no need and at three times its own cost."""
    missing = object()
    kept = sys.modules.get("pkg_resources", missing)
    sys.modules["pkg_resources"] = None  # type: ignore[assignment]
    try:
        import jieba
    finally:
        if kept is missing:
            del sys.modules["pkg_resources"]
        else:
            sys.modules["pkg_resources"] = kept  # type: ignore[assignment]
    return jieba
