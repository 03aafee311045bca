"""The words of the output that people read, in Chinese and English: column heads, statuses, measures, signs."""

from __future__ import annotations

import os

LANGUAGES = ("zh", "en")

# key -> (Chinese, English); a column without an entry is headed by its key
_HEADS: dict[str, tuple[str, str]] = {
    "source": ("来源", "Source"),
    "line": ("行", "Line"),
    "start": ("起", "Start"),
    "end": ("止", "End"),
    "quote": ("原文", "Quote"),
    "name": ("名称", "Name"),
    "indicator": ("指标编号", "Indicator"),
    "label": ("指标", "Label"),
    "amount": ("数值", "Value"),
    "value": ("数", "Magnitude"),
    "value_max": ("数（上限）", "Magnitude, max."),
    "unit": ("单位", "Unit"),
    "base": ("换算", "In base units"),
    "base_value": ("基本单位数值", "Base value"),
    "base_value_max": ("基本单位数值（上限）", "Base value, max."),
    "base_unit": ("基本单位", "Base unit"),
    "bound": ("界限", "Bound"),
    "kind": ("种类", "Kind"),
    "measure": ("类型", "Measure"),
    "status": ("状态", "Status"),
    "year": ("年份", "Year"),
    "period_text": ("时期", "Period"),
    "baseline_text": ("基期", "Baseline"),
    "place": ("地区", "Place"),
    "heading": ("标题", "Heading"),
    "sentence": ("原句", "Sentence"),
    "page": ("页", "Page"),
    "rules": ("规则", "Rules"),
    "checks": ("核对", "Checks"),
    "flags": ("存疑", "Flags"),
}

# codes that are shown as words; in English the code is the word
_CODES_ZH: dict[str, dict[str, str]] = {
    "status": {"actual": "实际", "target": "目标", "forecast": "预计", "policy": "政策"},
    "measure": {
        "level": "水平",
        "increase": "增量",
        "growth_rate": "增长率",
        "multiple": "倍数",
        "rank": "位次",
        "completion_rate": "完成率",
    },
    "kind": {"quantity": "数量", "rank": "位次"},
}

SIGNS = {"eq": "", "range": "", "ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "≈"}


def head_of(column: str, lang: str) -> str:
    """What stands above a column."""
    chinese, english = _HEADS.get(column, (column, column))
    return chinese if lang == "zh" else english


def word_of(column: str, code: str, lang: str) -> str:
    """What a code of a column is called."""
    if column not in _CODES_ZH:
        return code
    return _CODES_ZH[column].get(code, code) if lang == "zh" else code.replace("_", " ")


def default_language() -> str:
    """The language of the user's locale if it is one of ours, else English."""
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh" if locale.lower().startswith("zh") else "en"
