"""No pattern backtracks without bound: every compiled pattern against long hostile texts, and its growth with them."""

from __future__ import annotations

import re
import time
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import policyx
from policyx.patterns import all_compiled, compiled
from policyx.pipeline import read_text
from policyx.rules import builtin_rules

_UNITS = (
    "1", "9.", "1,234", "零", "一", "二〇", "第", "（", "(", "）", "【", "《", "“", " ", "\u3000", "\t", "，", "、",
    "。",
    "：", "\n", "\n\n", "-", "—", "|", "#", "年", "2024年", "1月", "%", "万", "亿元", "高", "增长", "由", "分别", "比",
    "对", "a", "<", "&", "1 ", "一、", "(1", "其中", "不超过", "经", "，经", "给予", "至", "5-", "2024-",
)  # fmt: skip
_SHORT, _LONG = 1_000, 8_000  # characters; eight times the text may take eight times as long, not sixty-four
_FREE = 0.004  # seconds that no comparison is made below: the clock's own noise
_TIMES = 20  # how often the long text may take as long as the short one
_WHOLE = 60_000  # characters for the whole of the reading


def _patterns() -> list[re.Pattern[str]]:
    """All patterns of the package: those of every module, of every rule, and those made while a text is read."""
    for module in walk_packages(policyx.__path__, "policyx."):
        if module.name != "policyx.__main__":
            import_module(module.name)
    rules = builtin_rules()
    for seed in sorted((Path(__file__).parents[1] / "seeds").glob("*.txt")):
        read_text(seed.read_text(encoding="utf-8-sig"))
    for _, entry in rules.all():
        if "pattern" in entry:
            compiled(entry["pattern"])
    return list(dict.fromkeys(pattern for pattern in all_compiled() if isinstance(pattern.pattern, str)))


def _seconds(pattern: re.Pattern[str], text: str) -> float:
    best = 9.0
    for _ in range(2):
        start = time.perf_counter()
        pattern.search(text)
        for number, _ in enumerate(pattern.finditer(text)):
            if number > 50_000:
                break
        best = min(best, time.perf_counter() - start)
        if best < _FREE:
            break
    return best


def test_time_grows_with_the_text_and_not_faster() -> None:
    """Each pattern on runs of one sign, of two sizes."""
    slow = []
    for pattern in _patterns():
        for unit in _UNITS:
            long = (unit * (_LONG // len(unit) + 1))[:_LONG]
            taken = _seconds(pattern, long[:_SHORT])
            if taken > _FREE * 8:
                slow.append((pattern.pattern[:120], unit, taken, None))
                continue
            longer = _seconds(pattern, long)
            if longer > _FREE * 8 and longer > _TIMES * max(taken, _FREE / 8):
                slow.append((pattern.pattern[:120], unit, taken, longer))
    assert not slow, slow


@pytest.mark.parametrize("unit", ["1", "零", "第", "（", " ", "，", "2024年", "增长1%、", "- ", "1 2 "])
def test_the_whole_reading_of_hostile_texts_grows_with_them(unit: str) -> None:
    """Four times the text may take about four times as long, not sixteen."""
    whole = (unit * (_WHOLE // len(unit) + 1))[:_WHOLE]
    read_text(whole[:1000])
    start = time.perf_counter()
    read_text(whole[: _WHOLE // 4])
    quarter = time.perf_counter() - start
    start = time.perf_counter()
    read_text(whole)
    taken = time.perf_counter() - start
    assert taken < 9 * max(quarter, 0.05), (quarter, taken)


def test_a_pattern_is_the_same_when_it_comes_from_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was kept matches as what was compiled, group by group; a damaged file is done without."""
    from policyx import patterns

    sources = [(pattern.pattern, pattern.flags & ~re.UNICODE) for pattern in _patterns()][:400]
    monkeypatch.setenv("POLICYX_CACHE", str(tmp_path))
    for name, value in (("_patterns", {}), ("_added", {}), ("_kept", None)):
        monkeypatch.setattr(patterns, name, value)
    fresh = {key: patterns.compiled(*key) for key in sources}
    patterns._write()
    monkeypatch.setattr(patterns, "_patterns", {})
    monkeypatch.setattr(patterns, "_kept", None)
    text = next((Path(__file__).parents[1] / "seeds").glob("*.txt")).read_text(encoding="utf-8-sig")
    for key, pattern in fresh.items():
        kept = patterns.compiled(*key)
        assert (kept.pattern, kept.flags, kept.groups, kept.groupindex) == (
            pattern.pattern, pattern.flags, pattern.groups, pattern.groupindex,
        )  # fmt: skip
        assert [m.groups() for m in kept.finditer(text)] == [m.groups() for m in pattern.finditer(text)]
    (file,) = tmp_path.glob("patterns-*")
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    monkeypatch.setattr(patterns, "_patterns", {})
    monkeypatch.setattr(patterns, "_kept", None)
    assert patterns.compiled(*sources[0]).pattern == sources[0][0]
