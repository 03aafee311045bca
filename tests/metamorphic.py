"""Changes to a text that should change none of its records, and how many records stay the same under one.

A record is the same when value, unit, year, status and measure are; its place and quote move with the text.

`python -m tests.metamorphic FOLDER [CHANGE]` prints the table of a folder of texts, or of one text, with the changes
that need more than the text itself: another script, other bytes, a page of HTML around it, the text twice.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from html import escape
from pathlib import Path

from policyx.model import Document, Record
from policyx.pipeline import read_text
from policyx.read import read_bytes

Change = Callable[[str], str]
Key = tuple[str, str, str, int | None, str, str]

_NEIGHBOUR = "本刊负责编发此类通报，欢迎读者来信。"
_NUMBER = re.compile(r"[0-9][0-9.,]*[0-9]")
# characters that no policy document does without, and how they are read
_READ_AS = (
    "年:nián 月:yuè 日:rì 市:shì 县:xiàn 区:qū 省:shěng 企:qǐ 业:yè 元:yuán 亿:yì 万:wàn 个:gè 家:jiā "
    "人:rén 项:xiàng 目:mù 生:shēng 产:chǎn 值:zhí 增:zēng 长:zhǎng 比:bǐ 上:shàng 下:xià 达:dá 到:dào "
    "的:de 工:gōng 作:zuò 发:fā 展:zhǎn 经:jīng 济:jì 社:shè 会:huì 建:jiàn 设:shè 新:xīn 高:gāo 技:jì "
    "术:shù 投:tóu 资:zī 金:jīn 政:zhèng 府:fǔ 国:guó 中:zhōng 全:quán 以:yǐ 和:hé 为:wéi 是:shì 一:yī "
    "二:èr 三:sān 十:shí 五:wǔ 百:bǎi 分:fēn 点:diǎn 亩:mǔ 吨:dūn"
)
_READINGS = dict(pair.split(":") for pair in _READ_AS.split(" "))
_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff0-9，。；、%])(?=[\u4e00-\u9fff0-9，。；、%])")


def wrapped(width: int, end: str = "\n", indent: str = "") -> Change:
    """Lines cut at so many characters."""

    def change(text: str) -> str:
        pieces = []
        for line in text.split("\n"):
            cuts = [line[at : at + width] for at in range(0, len(line), width)] or [""]
            pieces.append((end + indent).join(cuts))
        return end.join(pieces)

    return change


def in_numbers(sign: str, share: float = 0.3) -> Change:
    """A sign inside every so-and-so-manyth number of two characters and more."""

    def change(text: str) -> str:
        chance = random.Random(7)

        def torn(match: re.Match[str]) -> str:
            if chance.random() > share:
                return match[0]
            at = chance.randrange(1, len(match[0]))
            return match[0][:at] + sign + match[0][at:]

        return _NUMBER.sub(torn, text)

    return change


def between(sign: str, share: float) -> Change:
    """A sign between so many of the characters of words and numbers."""

    def change(text: str) -> str:
        chance = random.Random(11)
        return _BETWEEN.sub(lambda _: sign if chance.random() < share else "", text)

    return change


def sprinkled(signs: str, share: float = 0.02) -> Change:
    """One of the signs behind so many of all characters."""

    def change(text: str) -> str:
        chance = random.Random(5)
        return "".join(ch + (chance.choice(signs) if chance.random() < share else "") for ch in text)

    return change


def in_full_width(first: str, last: str) -> Change:
    """The characters between two of ASCII, in full width."""
    table = {code: code + 0xFEE0 for code in range(ord(first), ord(last) + 1)}
    return lambda text: text.translate(table)


def glossed(gloss: str, share: float = 0.3) -> Change:
    """How they are read behind so many of the common characters, as a reading aid writes it."""
    signs = re.compile(f"[{''.join(_READINGS)}]")

    def change(text: str) -> str:
        chance = random.Random(3)
        return signs.sub(
            lambda match: match[0] + (gloss.format(_READINGS[match[0]]) if chance.random() < share else ""), text
        )

    return change


CHANGES: dict[str, Change] = {
    "wrapped at 20": wrapped(20),
    "wrapped at 30": wrapped(30),
    "wrapped at 40": wrapped(40),
    "wrapped at 30, CRLF": wrapped(30, "\r\n"),
    "wrapped at 30, CR": wrapped(30, "\r"),
    "wrapped at 30, indented": wrapped(30, "\n", "    "),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "digits in full width": in_full_width("0", "9"),
    "ASCII in full width": in_full_width("!", "~"),
    "a paragraph before": lambda text: _NEIGHBOUR + "\n" + text,
    "a paragraph behind": lambda text: text + "\n" + _NEIGHBOUR,
    "zero-width characters": sprinkled("\u200b\u200c\u200d\ufeff\u2060"),
    "pinyin in brackets": glossed("({})"),
    "pinyin in wide brackets": glossed("（{}）"),
    "pinyin without brackets": glossed("{}"),
    "pinyin between blanks": glossed(" {} "),
    "blanks in numbers": in_numbers(" "),
    "ideographic blanks in numbers": in_numbers("\u3000"),
    "control characters": sprinkled("\x00\x01\x07\x1b\x1f\x7f"),
    "blanks between 5 %": between(" ", 0.05),
    "blanks between 20 %": between(" ", 0.2),
    "blanks between all": between(" ", 1.0),
}


def twice(text: str) -> str:
    """The text and itself below it, as a page that was saved twice."""
    return text + "\n" + text


def in_script(variant: str) -> Change:
    """Traditional script; `s2twp` and `s2hk` with the words of Taiwan and the signs of Hong Kong."""

    @cache
    def converter() -> Change:
        from opencc import OpenCC  # an extra: what no text is changed with need not be there

        convert: Change = OpenCC(variant).convert
        return convert

    return lambda text: converter()(text)


def in_bytes(encoding: str) -> Change:
    """The text as it is read from a file of this encoding."""
    return lambda text: read_bytes(text.encode(encoding), "-.txt").text


def in_page(text: str) -> str:
    """The text of a page of HTML with a paragraph a line, below a menu."""
    lines = "".join(f"<p>{escape(line)}</p>\n" for line in text.split("\n") if line.strip())
    menu = "<ul><li><a href='/'>首页</a></li><li><a href='/news'>新闻</a></li></ul>"
    page = f"<html><head><title>网站</title></head><body>{menu}<div>{lines}</div></body></html>"
    return read_bytes(page.encode("utf-8"), "-.html").text


# what needs a reader or an extra; GB 18030 is GBK with the signs that GBK lacks
OUTER_CHANGES: dict[str, Change] = {
    "s2t": in_script("s2t"),
    "s2twp": in_script("s2twp"),
    "s2hk": in_script("s2hk"),
    "GBK": in_bytes("gb18030"),
    "UTF-16": in_bytes("utf-16"),
    "HTML": in_page,
    "twice": twice,
}


def key(record: Record) -> Key:
    """What has to stay."""
    quantity = record.quantity
    return (
        str(quantity.base_value), str(quantity.base_value_max), quantity.unit_text, record.year, record.status,
        record.measure,
    )  # fmt: skip


def keys(document: Document) -> Counter[Key]:
    """The keys of a document's records."""
    return Counter(map(key, document))


@lru_cache(maxsize=512)
def _as_it_is(name: str, text: str) -> Counter[Key]:
    """The keys of a text before it is changed, read once for all changes."""
    return keys(read_text(text, source=name))


def kept(texts: Iterable[tuple[str, str]], change: Change, copies: int = 1) -> tuple[int, int, list[Record]]:
    """How many records of the texts (name, text) stay the same, how many there are, and the new ones without a flag;
    `copies`: as often each of them has to be there."""
    same = total = 0
    silent: list[Record] = []
    for name, text in texts:
        before = Counter({found: copies * times for found, times in _as_it_is(name, text).items()})
        document = read_text(change(text), source=name)
        after = keys(document)
        same += sum((before & after).values())
        total += sum(before.values())
        silent += [record for record in document if (after - before)[key(record)] and not record.flags]
    return same, total, silent


def main(place: str, *names: str) -> None:
    """Print for each change how many records stay, and how many of all are new ones without a flag, in percent."""
    path = Path(place)
    paths = sorted(path.glob("*.txt")) if path.is_dir() else [path]
    texts = [(path.name, path.read_bytes().decode("utf-8")) for path in paths]
    changes = {**CHANGES, **OUTER_CHANGES}
    for name in names or changes:
        same, total, silent = kept(texts, changes[name], copies=2 if name == "twice" else 1)
        print(f"{name:32} {100 * same / total:6.2f} kept of {total}, {100 * len(silent) / total:.2f} new unflagged")


if __name__ == "__main__":
    main(*sys.argv[1:])
