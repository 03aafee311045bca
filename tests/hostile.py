"""Long texts of one piece said over and over: what makes a pattern or a loop slow that is not linear.

The tests read them to see that they are read at all; `tests/benchmarks/growth.py` measures how time grows with them.
Run as a command, it searches a text of each piece with every pattern of the package and prints how many searches that
were.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections import defaultdict
from importlib import import_module
from itertools import islice
from pathlib import Path
from pkgutil import walk_packages

import policyx
from policyx.construct import constructions
from policyx.patterns import all_compiled, compiled
from policyx.pipeline import read_text
from policyx.rules import builtin_rules

SIGNS = (
    "1", "9.", "1,234", "零", "一", "二〇", "第", "（", "(", "）", "【", "《", "“", " ", "\u3000", "\t", "，", "、",
    "。",
    "：", "\n", "\n\n", "-", "—", "|", "#", "年", "2024年", "1月", "%", "万", "亿元", "高", "增长", "由", "分别", "比",
    "对", "a", "<", "&", "1 ", "一、", "(1", "其中", "不超过", "经", "，经", "给予", "至", "5-", "2024-",
)  # fmt: skip
NUMBERS = (
    *("9", "9,", "1.", "1、", "1-", "1/", "1月", "2023年", "1万贫困", "零", "十", "万", "千", "半", "第", "第一"),
    *("一", "上", "数", "、", "一、", "(", "（", "“", "《", "[", " ", "-", "+", "个+", "百分之", "分之", "@", "a@"),
    *("“1家”", "《2家》", "去年2023年", ".htm", "http://", "/", "年", "以上", "余", "元/", "元", "亿万", "人民币"),
    *("超", "\n", "不到", "。"),
)
GRANTS = (
    *("由", "可", "每人", "在一基础上", "从中", "经", "对，", "给予", "一次性"),
    *("资金", "1", "1,", "1万", "的", "、", "最高", "按"),
)
DOCUMENTS = (
    *("1", "零", "第", "（", " ", "，", "2024年", "增长1%、", "- ", "1 2 "),
    *("2019年\n2020年\n", "|\n", "渔港  5家  ", "渔 业产 值达到3 70亿 元，2 020 年新 建渔 港1 2个。"),
    *("5\t", "年底", "？", "1 3\n", "- 1 2 0.3\n", "渔 港 渔 船：\n", "渔船 更新 "),
    *("渔港3 5元，", "渔港4 5 6 7元", "2076 7元，", "港4 950吨"),
    *GRANTS[:9],
)

_MOST_MATCHES = 50_000
_SIZE = 1_000
_AT_ONE_PLACE = {".match", ".fullmatch", ".pattern"}


def run_of(piece: str, size: int) -> str:
    """A text of `size` characters."""
    return (piece * (size // len(piece) + 1))[:size]


def patterns() -> list[re.Pattern[str]]:
    """All patterns of the package: those of every module, of every rule, and those made while a text is read."""
    for module in walk_packages(policyx.__path__, "policyx."):
        if module.name != "policyx.__main__":
            try:
                import_module(module.name)
            except ModuleNotFoundError as missing:  # an extra that is not installed here
                if (missing.name or "").startswith("policyx"):
                    raise
    for seed in sorted((Path(__file__).parents[1] / "seeds").glob("*.txt")):
        read_text(seed.read_text(encoding="utf-8-sig"))
    for _, entry in builtin_rules().all():
        if "pattern" in entry:
            compiled(entry["pattern"])
    for shape in constructions(builtin_rules()).shapes():
        assert shape.left, shape.right  # compiled when asked for
    return list(dict.fromkeys(pattern for pattern in all_compiled() if isinstance(pattern.pattern, str)))


def matched_only() -> frozenset[re.Pattern[str]]:
    """The patterns of modules that the code asks about one place of a text, and never looks for."""
    uses: defaultdict[re.Pattern[str], set[str]] = defaultdict(set)
    for module in [known for name, known in sys.modules.items() if name.startswith("policyx.")]:
        named = {name: value for name, value in vars(module).items() if isinstance(value, re.Pattern)}
        source = inspect.getsource(module) if named else ""
        for name, pattern in named.items():
            uses[pattern].update(re.findall(rf"\b{name}\b(?! =)(\.\w+)?", source))
    return frozenset(pattern for pattern, told in uses.items() if told <= _AT_ONE_PLACE)


def asked(pattern: re.Pattern[str], text: str, *, once: bool) -> None:
    """Ask a pattern for all that it finds, up to a bound, or what it matches at the start and as a whole."""
    if once:
        pattern.match(text)
        pattern.fullmatch(text)
    else:
        for _ in islice(pattern.finditer(text), _MOST_MATCHES):
            pass


def main() -> None:
    """Every pattern on a text of every sign."""
    texts = [run_of(sign, _SIZE) for sign in SIGNS]
    found = patterns()
    for pattern in found:
        for text in texts:
            asked(pattern, text, once=False)
    print(len(found) * len(texts))


if __name__ == "__main__":
    main()
