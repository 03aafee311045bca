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
    "value_max": ("数（上限）", "Magnitude (max.)"),
    "unit": ("单位", "Unit"),
    "base": ("换算", "In base units"),
    "base_value": ("基本单位数值", "Base value"),
    "base_value_max": ("基本单位数值（上限）", "Base value (max.)"),
    "base_unit": ("基本单位", "Base unit"),
    "bound": ("界限", "Bound"),
    "kind": ("种类", "Kind"),
    "measure": ("类型", "Measure"),
    "status": ("状态", "Status"),
    "year": ("年份", "Year"),
    "period_text": ("时期", "Period"),
    "period_start": ("时期始", "Period start"),
    "period_end": ("时期止", "Period end"),
    "period_relation": ("时期关系", "Period relation"),
    "period_origin": ("时期来历", "Period origin"),
    "baseline_text": ("基期", "Baseline"),
    "baseline_year": ("基期年份", "Baseline year"),
    "baseline_kind": ("基期种类", "Baseline kind"),
    "place": ("地区", "Place"),
    "heading": ("标题", "Heading"),
    "sentence": ("原句", "Sentence"),
    "page": ("页", "Page"),
    "cell": ("单元格", "Cell"),
    "rules": ("规则", "Rules"),
    "checks": ("核对", "Checks"),
    "flags": ("存疑", "Flags"),
    "confidence": ("把握", "Confidence"),
    "role": ("角色", "Role"),
    "clause": ("条款", "Clause"),
    "sentence_start": ("原句起", "Sentence start"),
    "sentence_end": ("原句止", "Sentence end"),
    "verdict": ("判定", "Verdict"),
    "reviewed": ("已判", "Reviewed"),
    "precision": ("准确率", "Precision"),
    "document_id": ("文档编号", "Document id"),
    "title": ("文档标题", "Title"),
    "date": ("日期", "Date"),
    "encoding": ("编码", "Encoding"),
    "format": ("格式", "Format"),
    "repairs": ("修复", "Repairs"),
    "records": ("记录数", "Records"),
    "gold": ("标注", "Gold"),
    "found": ("找到", "Found"),
    "extra": ("多出", "Extra"),
    "recall": ("召回率", "Recall"),
    "quantity_f1": ("数量 F1", "Quantity F1"),
    "record_f1": ("记录 F1", "Record F1"),
    "doubtful": ("存疑记录", "Doubtful"),
    "problem": ("未能读取", "Not read"),
    "row": ("行", "Row"),
    "direction": ("读写", "Direction"),
    "suffixes": ("后缀", "Suffixes"),
    "needs": ("需要", "Needs"),
    "state": ("状态", "State"),
    "finding": ("种类", "Kind"),
    "check_verdict": ("结论", "Verdict"),
    "place_code": ("区划代码", "Place code"),
    "place_id": ("区划编号（沿用）", "Lasting place id"),
    "parent": ("上级地区", "Parent place"),
    "force": ("力度", "Force"),
    "stretch": ("力争值", "Stretch value"),
    "panel_state": ("有无", "State"),
    "verdict_track": ("结果", "Verdict"),
    "judged_by": ("判定依据", "Judged by"),
    "difference": ("差额", "Difference"),
    "arithmetic": ("计算", "Arithmetic"),
    "since": ("起始年份", "Since"),
    "aim_quote": ("目标原文", "Aim"),
    "forecast_quote": ("预计原文", "Forecast"),
    "outcome_quote": ("实际原文", "Outcome"),
    "first_quote": ("一处原文", "One side"),
    "second_quote": ("另一处原文", "Other side"),
    "conflict_kind": ("冲突种类", "Conflict"),
    "conflicts": ("文档之间的冲突", "Conflicts between documents"),
    "chosen_because": ("选取理由", "Chosen because"),
    "candidates": ("候选数", "Candidates"),
    "check_kind": ("核对种类", "Check"),
    "finding_sentence": ("说明", "Finding"),
    "text": ("内容", "What"),
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
    "role": {"condition": "条件", "grant": "奖补", "rate": "比例", "cap": "上限", "duration": "期限"},
    "kind": {"quantity": "数量", "rank": "位次"},
    "group": {"heading": "标题", "document": "文档"},
    "direction": {"read": "读", "write": "写"},
    "state": {"ready": "可用"},
    "panel_state": {
        "found": "有",
        "absent_stated": "明示不设",
        "not_in_text": "文中无",
        "no_document": "无文档",
    },
    "verdict_track": {
        "met": "实现",
        "missed": "未实现",
        "open": "未到期",
        "lowered": "调低",
        "not_reported": "未报告",
    },
    "judged_by": {"outcome": "实际数", "forecast": "预计数"},
    "conflict_kind": {"restated": "数值不一", "base": "基数不符"},
    "force": {"hard": "确保", "plain": "一般", "stretch": "力争"},
    "chosen_because": {
        "only_one": "唯一",
        "all_alike": "各处相同",
        "average_over_years": "仅有年均数",
        "months_only": "仅有部分月份数",
        "year_of_its_own": "当年数先于年均数",
        "whole_year": "全年数先于月度数",
        "firm_aim": "确定目标先于力争目标",
        "report_on_the_year": "当年报告优先",
        "main_aims": "主要预期目标所在句",
        "preferred_name": "名称更准",
        "stated_year": "年份明示",
        "more_headline_figures": "同句主要指标更多",
        "first_in_text": "文中在先",
    },
    "finding": {"check": "核对", "flag": "存疑", "confidence": "把握低"},
    "check_verdict": {"confirmed": "相符", "contradicted": "矛盾", "undecidable": "不能断定"},
    "check_kind": {
        "sum": "分项与总数",
        "share": "比重",
        "level_change_growth": "水平与增减",
        "multiple": "倍数",
        "from_to": "由…到…",
        "table_total": "表格合计",
        "repeated": "重复数值",
        "unit": "单位",
        "distribution": "分别",
    },
    "verdict": {
        "right": "正确",
        "wrong_value": "数值错",
        "wrong_name": "名称错",
        "wrong_year": "年份错",
        "wrong_status": "状态错",
        "not_an_indicator": "不是指标",
    },
}

STATUSES: tuple[str, ...] = tuple(_CODES_ZH["status"])
VERDICTS: tuple[str, ...] = tuple(_CODES_ZH["verdict"])  # what a reviewer may say of a record
TALLIED = frozenset(
    {"reviewed", "precision", "gold", "found", "extra", "recall", "quantity_f1", "record_f1", *VERDICTS}
)  # the columns of a tally

SIGNS = {"eq": "", "range": "", "ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "≈"}


def head_of(column: str, lang: str) -> str:
    """What stands above a column."""
    if column in VERDICTS:
        return word_of("verdict", column, lang)
    if column in STATUSES:
        return word_of("status", column, lang)
    chinese, english = _HEADS.get(column, (column, column))
    return chinese if lang == "zh" else english


def word_of(column: str, code: str, lang: str) -> str:
    """What a code of a column is called."""
    if column not in _CODES_ZH:
        return code
    return _CODES_ZH[column].get(code, code) if lang == "zh" else code.replace("_", " ")


def codes_of(column: str) -> tuple[str, ...]:
    """The codes of a column that are shown as words."""
    return tuple(_CODES_ZH[column])


def code_of(column: str, word: str) -> str | None:
    """The code of a column that a word of either language stands for, or None; upper and lower case are alike."""
    wanted = word.strip().casefold().replace("_", " ")
    codes = _CODES_ZH.get(column, {})
    return next((code for code, chinese in codes.items() if wanted in (chinese, code.replace("_", " "))), None)


def default_language() -> str:
    """The language of the user's locale if it is one of ours, else English."""
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh" if locale.lower().startswith("zh") else "en"
