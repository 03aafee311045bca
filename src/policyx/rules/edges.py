"""Where words begin: jieba with a small dictionary of its own, asked only for phrases whose edge is in doubt.

The dictionary is the common part of jieba's own word list, and the words that our rules know; no file is written and
nothing is printed.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from policyx.cache import remembered

_WORDS = Path(__file__).parent / "words.txt"
_RULE_WORD_FREQUENCY = 2000
_LONGEST = 80


class Edges:
    """Cuts phrases into words; `known` are the words of the rules, which count as common ones; `key` is that of the
    rules, for the dictionary to be kept."""

    def __init__(self, known: tuple[str, ...], key: str = "") -> None:
        self._known = known
        self._key = key
        self.words = lru_cache(maxsize=16384)(self._words)

    def starts(self, phrase: str) -> dict[int, str]:
        """Each word of `phrase`, by the place where it begins."""
        found, at = {}, 0
        for word in self.words(phrase[:_LONGEST]):
            found[at] = word
            at += len(word)
        return found

    def _words(self, phrase: str) -> tuple[str, ...]:
        return tuple(_tokenizer(self._known, self._key).cut(phrase, HMM=False))


@lru_cache(maxsize=2)
def _tokenizer(known: tuple[str, ...], key: str) -> Any:
    tokenizer = _quiet_jieba().Tokenizer()
    tokenizer.FREQ, tokenizer.total = remembered("words", key, lambda: _frequencies(tokenizer, known))
    tokenizer.initialized = True
    return tokenizer


def _frequencies(tokenizer: Any, known: tuple[str, ...]) -> tuple[dict[str, int], int]:
    """How often each word, and each beginning of a word, is met; and the sum."""
    with _WORDS.open("rb") as handle:
        frequencies, total = tokenizer.gen_pfdict(handle)
    for word in known:
        if frequencies.get(word, 0) < _RULE_WORD_FREQUENCY and len(word) > 1:
            frequencies[word] = _RULE_WORD_FREQUENCY
            for end in range(1, len(word)):
                frequencies.setdefault(word[:end], 0)
    return frequencies, total


def _quiet_jieba() -> Any:
    """jieba without what it would load for no need: pkg_resources, and the tables for guessing at unknown words, which
    come when something asks for them."""
    missing = object()
    kept = sys.modules.get("pkg_resources", missing)
    sys.modules["pkg_resources"] = None  # type: ignore[assignment]
    try:
        _load_later("jieba", "finalseg")
        import jieba
    finally:
        if kept is missing:
            del sys.modules["pkg_resources"]
        else:
            sys.modules["pkg_resources"] = kept  # type: ignore[assignment]
    return jieba


class _Later(ModuleType):
    """Stands for a module until something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def _load_later(package: str, module: str) -> None:
    """Let the module load at its first use, although its package imports it at once."""
    if package not in sys.modules:
        sys.modules[f"{package}.{module}"] = _Later(f"{package}.{module}")
