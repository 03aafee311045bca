"""Writes `src/policyx/rules/lexicon.txt` from jieba's dictionary: the common words of two to four characters, a line
for each part of speech. Run as `python -m tests.make_lexicon` after an update of jieba."""

from __future__ import annotations

from pathlib import Path

import jieba

TARGET = Path(__file__).parent.parent / "src" / "policyx" / "rules" / "lexicon.txt"
FEWEST = 50  # rarer words are names of persons and places for the most part
UNWANTED = {"价格比", "标的", "业已", "目的"}  # 消费价格比上年上涨: the 比 compares; 占目标的82%; 企业已; 项目的
NOUNS = {  # adverbs in jieba
    "据点", "积分", "首都", "首相", "霍乱", "相机", "相声", "越剧", "难点",
    "难处", "好处", "长处", "终点", "自由度", "立体声", "随笔",
}  # fmt: skip
# jieba's tags by the role that the clauses know; what is left out reads as a noun
ROLES = {
    "v": "verb", "vd": "verb", "vi": "verb", "vq": "verb", "vg": "verb", "vn": "verbal_noun", "a": "adjective", "ad":
    "adverb", "an": "noun", "ag": "adjective", "b": "attributive", "d": "adverb", "dg": "adverb", "p": "preposition",
    "c": "conjunction", "u": "particle", "r": "pronoun", "rr": "pronoun", "f": "localizer", "i": "idiom", "l": "phrase",
    "q": "classifier", "m": "numeral", "t": "time_word", "n": "noun", "ns": "place_name", "nt": "noun", "nz": "noun",
    "j": "noun", "s": "noun", "z": "adjective",
}  # fmt: skip


def tagged() -> dict[str, list[str]]:
    """The words of each role, in the order of the dictionary."""
    found: dict[str, list[str]] = {}
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, frequency, tag = line.split(" ")
        if 2 <= len(word) <= 4 and int(frequency) >= FEWEST and tag in ROLES and _is_han(word) and word not in UNWANTED:
            found.setdefault("noun" if word in NOUNS else ROLES[tag], []).append(word)
    return found


def _is_han(word: str) -> bool:
    return all("\u4e00" <= character <= "\u9fff" for character in word)


def text() -> str:
    """The file's whole text."""
    return "".join(f"{role} {' '.join(words)}\n" for role, words in sorted(tagged().items()))


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
