"""A random number generator goes in, a text as policy documents hold them comes out, whole or damaged."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.hostile import DOCUMENTS, GRANTS, NUMBERS, SIGNS

_NAMES = (
    "高新技术企业", "地区生产总值", "研发投入", "产业园", "固定资产投资", "常住人口", "城镇登记失业率",
    "新能源汽车产量", "一般公共预算收入", "科技型中小企业", "粮食产量", "森林覆盖率", "单位GDP能耗",
    "规上工业增加值", "国家级孵化器", "5G基站", "养老床位",
)  # fmt: skip
_VERBS = (
    "达到",
    "完成",
    "增长",
    "比上年增长",
    "下降",
    "突破",
    "力争达到",
    "不低于",
    "新增",
    "占",
    "为",
    "提高到",
    "由",
    "减少",
    "累计",
    "投入",
)
_UNITS = (
    "家",
    "亿元",
    "万元",
    "%",
    "个百分点",
    "亩",
    "平方公里",
    "万吨",
    "万人",
    "人",
    "个",
    "倍",
    "位",
    "项",
    "公里",
    "亿千瓦时",
    "元/人",
    "",
)
_TIMES = (
    "2024年",
    "到2025年，",
    "“十四五”期间，",
    "去年，",
    "1—6月",
    "今年以来，",
    "2023年末",
    "上半年，",
    "截至3月底，",
    "",
)
_BEFORE = ("约", "超过", "近", "不超过", "最高", "每年", "同比", "分别", "其中，", "“", "（", "")
_BEHIND = (
    "以上",
    "以内",
    "左右",
    "余",
    "、",
    "，",
    "。",
    "；",
    "）",
    "”",
    "\n",
    "的企业，给予一次性奖励",
    "（含）",
    "",
)
_HEADS = (
    "一、总体情况\n",
    "（一）主要指标\n",
    "第三条 ",
    "1. ",
    "二、2025年目标\n",
    "表1 主要指标\n指标 | 单位 | 2023年 | 2024年\n",
)
_ODD = (
    "\u3000", "\u200b", "\ufeff", "\x00", "\x1b[31m", "\r\n", "\r", "\t", "\u2028", "\x85", "\u00a0", "\ufffd",
    "\U00020bb7", "\ud83d", "&nbsp;", "<td>", "|", "\u202e", "③", "㎡", "½", "Ⅷ", "〇", "９", "٣", "１，２３４",
)  # fmt: skip


def policy_text(chance: Random) -> str:
    """A text of some ten to some thousand characters: most are short, so that many are read in a minute."""
    text = "".join(chance.choice(_PIECES)(chance) for _ in range(chance.randint(1, chance.choice((3, 5, 8, 12, 40)))))
    for _ in range(chance.choice((0, 0, 1, 3, 20))):
        text = chance.choice(_DAMAGES)(chance, text)
    return text


def _number(chance: Random) -> str:
    whole = str(chance.randint(0, 10 ** chance.choice((1, 2, 3, 4, 8, 45))))
    han = f"{chance.choice('一二三四五六七八九')}{chance.choice(('', '十', '百', '千', '万', '亿'))}"
    zeros = "0" * chance.randint(0, 40)
    return chance.choice((
        whole, f"{int(whole):,}", f"{whole}.{chance.randint(0, 999)}", f"-{whole}",
        f"{whole}—{chance.randint(0, 9999)}",
        han, f"{han}零五", "数十", "百分之五", "三分之一", "第三", f"{whole}万亿", f"0.{zeros}1", f"{whole} {whole}",
        f"{whole}%-{whole}%",
    ))  # fmt: skip


def _figure(chance: Random) -> str:
    pick = chance.choice
    return f"{pick(_TIMES)}{pick(_NAMES)}{pick(_VERBS)}{pick(_BEFORE)}{_number(chance)}{pick(_UNITS)}{pick(_BEHIND)}"


def _list(chance: Random) -> str:
    items = [f"{_number(chance)}{chance.choice(_UNITS)}" for _ in range(chance.randint(2, 6))]
    return f"{'、'.join(chance.sample(_NAMES, len(items)))}分别{chance.choice(_VERBS)}{'、'.join(items)}。\n"


def _row(chance: Random) -> str:
    sign = chance.choice(("\t", " | ", "  "))
    return sign.join([chance.choice(_NAMES), *(_number(chance) for _ in range(chance.randint(1, 6)))]) + "\n"


def _head(chance: Random) -> str:
    return chance.choice(_HEADS)


def _run(chance: Random) -> str:
    return chance.choice((*SIGNS, *NUMBERS, *GRANTS, *DOCUMENTS)) * chance.choice((1, 3, 40, 400))


def _odd(chance: Random) -> str:
    return chance.choice(_ODD)


def _insert(chance: Random, text: str) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + _odd(chance) + text[at:]


def _delete(chance: Random, text: str) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + text[at + chance.randint(1, 5) :]


def _double(chance: Random, text: str) -> str:
    at = chance.randint(0, len(text))
    return text[: at + chance.randint(1, 60)] + text[at:]


def _wrap(chance: Random, text: str) -> str:
    width, end = chance.randint(10, 60), chance.choice(("\n", "\r\n", "\r", "\n    "))
    return end.join(text[at : at + width] for at in range(0, len(text), width))


def _spread(chance: Random, text: str) -> str:
    return "".join(sign + " " * (chance.random() < 0.2) for sign in text)


_PIECES: tuple[Callable[[Random], str], ...] = (
    _figure,
    _figure,
    _figure,
    _figure,
    _list,
    _row,
    _row,
    _head,
    _run,
    _odd,
)
_DAMAGES: tuple[Callable[[Random, str], str], ...] = (_insert, _insert, _delete, _delete, _double, _wrap, _spread)
