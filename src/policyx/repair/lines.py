"""What kind of line a line is, for the repairs that move blanks and line breaks: text in, answers out."""

from __future__ import annotations

from bisect import bisect_right

from policyx.flattened import row_starts
from policyx.patterns import compiled

SENTENCE_ENDS = frozenset("。！？；：…”’）》】!?;:.)")
_CLAUSE = (  # the comma of 2，208万吨 is none, nor is a torn one's (2 ，2 08)
    "，(?!(?:(?<=[0-9]，)|(?<=[0-9][ \u3000]，))[ \u3000]?[0-9](?:[ \u3000]?[0-9]){2}(?![0-9]))"
    "|(?<=[\u4e00-\u9fff%％])[,;]"
)
PROSE_SIGNS = compiled(f"[。；、]|{_CLAUSE}")
CLAUSE_SIGNS = compiled(f"[。；]|{_CLAUSE}")
# What begins a heading, an item of a list, a row or markup, and so never continues the line before.
MARK = compiled(
    r"[-#>*|+\[`~①-⓿⒈-⒛❶-➓●•·◆■□▲★※➥➤▪]|——|[─—]{2}|<|"
    r"[（(] ?[一二三四五六七八九十0-9]{1,3} ?[）)]|[一二三四五六七八九十]{1,3}[、．.，,]|"
    r"[0-9]{1,3}(?:[、．）)]|\.(?![0-9]))|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}(?![0-9亿万％%])|"
    r"第 ?[一二三四五六七八九十百0-9 ]{1,6} ?[编篇章节条款部]|"
    r"[一二三四五六七八九十]是|(?:表|图|附|附件|附表|专栏|注)[ 　]?[0-9一二三四五六七八九十：:]"
)
_LONGEST_MARK = 8
_FARTHEST = 4  # lines that may be empty below a head
_TITLE, _TITLE_PIECE = 20, 4  # characters of a title, and of its pieces
_LONGEST_ROW = 120
_PARTED = compiled(r"[|\t]|  (?=[0-9])")
_GAPS = compiled("[^ \t　][ 　]{2,}(?=[^ \t　])|\t")
_ENDS_ROW = compiled(  # 农、林、牧、渔业 3966 18.2; 猪、牛、羊肉 12 万吨 7.1
    r"[\u4e00-\u9fff）)*\]①-⑳](?: -?[0-9][0-9.．,，]*%?(?: ?[\u4e00-\u9fff]{1,6}){0,2}){1,12}"
    r" -?[0-9][0-9.．,]*%?[ \r]*$"
)
_AMOUNT = (  # 558万4,300元
    r"[0-9][0-9.,]*(?:[百千万亿][0-9]+(?:, ?[0-9]{3})*)*"
    r"(?:[0-9.,百千万亿]| ?(?!年)[百千万亿]{0,2}[\u4e00-\u9fff]{1,2}|%)"
)
_AMOUNTS = compiled(rf" *[^\s，。；：]{{1,20}}(?: (?:[-—–]|-?{_AMOUNT})){{2,12}}[ \r]*$")
_CELLS = compiled(r"(?:^|[ \u3000])[-+−]?[0-9][0-9.,．，]*%?(?=[ \u3000]|$)")


def ends_in_figures(line: str) -> bool:
    """Whether the line is a name and two figures or more, without a sign of a sentence."""
    return len(line) <= _LONGEST_ROW and not CLAUSE_SIGNS.search(line) and _ENDS_ROW.search(line) is not None


def _is_row_of_amounts(line: str) -> bool:
    """Whether the line is a name and two amounts or more, each with its unit: 98年 558万4,300元 23万8,000元."""
    return len(line) <= _LONGEST_ROW and line.count(" ") > 1 and _AMOUNTS.match(line) is not None


class Lines:
    """A text's lines, with the questions that two repairs ask about them. Answers are kept."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0]
        at = text.find("\n")
        while at >= 0:
            self.starts.append(at + 1)
            at = text.find("\n", at + 1)
        self._tabular: dict[int, bool] = {}
        self._prose: dict[int, bool] = {}
        self._parted: dict[int, bool] = {}
        self._begins: dict[int, int] = {}
        self._titled: dict[int, bool] = {}

    def number(self, offset: int) -> int:
        """The number of the line that holds `offset`."""
        return bisect_right(self.starts, offset) - 1

    def line(self, number: int) -> str:
        """A line without its line break."""
        end = self.starts[number + 1] - 1 if number + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[number] : end]

    def begins(self, number: int) -> int:
        """Where the first character of the line stands that is no blank; its end where there is none."""
        if number not in self._begins:
            line = self.line(number)
            self._begins[number] = self.starts[number] + len(line) - len(line.lstrip(" \u3000"))
        return self._begins[number]

    def tabular(self, number: int) -> bool:
        """Whether the line is a row of a table: bars, tabs, wide gaps or a series of bare numbers."""
        if number not in self._tabular:
            line = self.line(number)
            self._tabular[number] = (
                "|" in line
                or "\t" in line.strip()
                or bool(row_starts(line))
                or (
                    not PROSE_SIGNS.search(line)
                    and (len(_GAPS.findall(line.strip())) >= 1 or len(_CELLS.findall(line)) >= 2)
                )
                or ends_in_figures(line)
                or _is_row_of_amounts(line)
            )
        return self._tabular[number]

    def parted(self, number: int) -> bool:
        """Whether bars, tabs, or blanks before a figure part the line."""
        if number not in self._parted:
            self._parted[number] = _PARTED.search(self.line(number).strip()) is not None
        return self._parted[number]

    def prose(self, number: int) -> bool:
        """Whether the line is running text: it has sentence signs, or opens like an item or a heading."""
        if number not in self._prose:
            line = self.line(number)
            self._prose[number] = not self.tabular(number) and PROSE_SIGNS.search(line) is not None
        return self._prose[number]

    def titled(self, number: int) -> bool:
        """Whether the line may be a title or open a list, though it is no sentence: it is long, and so are its pieces,
        or it ends with a colon. Cells and names that blanks part are short; heads of columns begin alike or stand above
        a row."""
        if number not in self._titled:
            self._titled[number] = self._may_be_title(number)
        return self._titled[number]

    def _may_be_title(self, number: int) -> bool:
        line = self.line(number).strip(" \u3000\r*")
        if self.tabular(number) or not line:
            return False
        pieces = line.split()
        length = sum(map(len, pieces))
        if line[-1] in "：:":
            return length > 1
        alike = len({piece[0] for piece in pieces}) < len(pieces)
        return length >= max(_TITLE, _TITLE_PIECE * len(pieces)) and not alike and not self._above_row(number)

    def _above_row(self, number: int) -> bool:
        """Whether the next line that holds something is a row of a table."""
        below = number + 1
        while below < min(len(self.starts), number + _FARTHEST) and not self.line(below).strip():
            below += 1
        return below < len(self.starts) and self.tabular(below)

    def marked(self, number: int) -> bool:
        """Whether the line opens with the mark of a heading or an item."""
        return MARK.match(self.line(number).lstrip(" 　\t")) is not None

    def opens(self, offset: int) -> bool:
        """Whether only a mark of a heading or an item stands before `offset` on its line."""
        before = self.text[self.starts[self.number(offset)] : offset].lstrip(" \u3000\t")
        return len(before) <= _LONGEST_MARK and (MARK.match(before + " ") is not None or before.endswith("条"))
