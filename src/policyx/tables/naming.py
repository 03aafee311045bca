"""What a cell counts, put together from its row, the heads of its column and the caption, nothing said twice.

采矿业 under 投资额 in a table of 分行业固定资产投资 is 采矿业固定资产投资额; 东湖区 under 存量 in
各区高新技术企业任务分解表 is 东湖区高新技术企业存量.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from policyx.model import Span
from policyx.patterns import compiled
from policyx.tables.cells import bracket_unit, is_age_group, read_unit, without_brackets, without_units
from policyx.tables.grid import Column, Grid, Row, is_part
from policyx.tables.words import TableWords

LONGEST = 40
_LONGEST_HEAD = 16
_LONGEST_SUBJECT = 16
_LONGEST_TAIL = 14
_SHORT = 4
_SHORT_SUBJECT = 8
_REMARK = compiled(r"[（(][^（）()]{0,80}[）)]$|[（(][^（）()]*[0-9%％][^（）()]*[）)]")  # not 因公出国（境）费
_WRITTEN = compiled(r"[\s%％\[\]〔〕:：/±+-]|(?<![0-9A-Za-z.])[0-9.]+(?![0-9.]|\w)")  # not PM2.5, 65岁
_MARKUP = compiled(r"[*_]")
_MARKS = "、，,：:（）() "
_COLONS = ("：", ":")
_TIMES = "-—–~～" + _MARKS
_QUOTES = '“”"「」'


class Namer:
    """Names the cells of one grid; what a column and the caption say is read once."""

    def __init__(self, grid: Grid, words: TableWords) -> None:
        self._grid = grid
        self._words = words
        self._twice = Counter(row.name for row in grid.rows)
        self._scopes: list[str] = []
        self._heads: list[str] = []
        for index in range(len(grid.columns)):
            scope, head = self._counted(index)
            self._scopes.append(scope)
            self._heads.append(head)
        self._added = self._sums(grid.rows)
        # rows that say themselves what they count: the caption says it of none
        self._mixed = any(self._is_counted(row.name) for row in grid.rows[1:])
        self._subject = self._tail = ""
        self._read_caption()

    def name(self, row: Row, index: int) -> str:
        """The name of the figure in cell `index` of `row`; nothing where the table names nothing."""
        known = index < len(self._heads)
        head, scope = (self._heads[index], self._scopes[index]) if known else ("", "")
        thing = self.thing(row)
        if self._needs_caption(row, thing, head):
            head = self._value_added(row) or self._with_caption(row, head)
        if head and self._says(row, thing, head):
            head = ""
        elif not head and thing and not self._is_counted(thing):
            head = self._left_out(row, thing)
        other = self._words.opens("scope", thing) if scope and not self._words.opens("keeps", thing) else None
        thing = thing[len(other.word) :] if other else thing
        owned = row.owner + thing if row.owner not in thing else thing
        scoped = scope + owned if scope not in owned else owned
        for whole in (joined(scoped, head), joined(owned, head), joined(thing, head), owned, thing):
            if 0 < len(whole) <= LONGEST:
                return whole
        return row.name[-LONGEST:] or head[:LONGEST]

    def thing(self, row: Row) -> str:
        """The row's name, with the row or the class above it where it says little alone."""
        words, name = self._words, row.name
        twice = self._twice[name] > 1
        if words.pattern("pattern.grade").fullmatch(name):  # 一级 below 残疾等级
            ending = words.closes("kind.ends", row.head)
            name = (row.head[: -len(ending.word)] if ending else "") + name
        says_what = row.marked and self._is_counted(row.parent) and not _shares_word(row.parent, name)
        long = len(name) > _SHORT and not says_what
        vague = twice or (not long and not (self._is_counted(name) or words.equals("alone", name)))
        whole = row.parent
        if words.equals("total", whole) or (
            row.place and (words.equals("scope", whole) or words.closes("total", whole))
        ):
            whole = ""  # 全市, or 滨海市合计, above 东港县
        if whole and whole not in name and vague and not self._value_added(row):
            name = _of_whole(told(whole, words) or whole, name, words)
        kind = words.closes("quantity", row.group)
        if not name or not row.group or row.group in name or (self._is_counted(name) and not twice):
            return name
        group = row.group
        while kind and (opened := words.opens("caption.opens", group)) and len(opened.word) < len(group):
            group = group[len(opened.word) :]  # 布 below 主要产品产量
        return name + group if kind and not self._is_counted(name) else group + name if twice else name

    def _counted(self, index: int) -> tuple[str, str]:
        """Whose figures a column holds (全市, 城镇) and what they count; where a column of growth names nothing, what
        the column before it counts."""
        words, column = self._words, self._grid.columns[index]
        scope, own = core(column, words)
        rate = column.growth or column.change or words.within("completion", column.title)
        unit, outer, grows = column.unit, own, column.growth and column.unit != words.point
        if rate and self._grows_beside(index):
            own = ""
        while not own and index > 0 and (rate or (column.kind == "value" and bool(column.heads))):
            index -= 1
            column = self._grid.columns[index]
            level = column.kind == "value" and column.unit != words.percent and (rate or column.unit == unit)
            before, own = core(column, words) if level else ("", "")
            own = "" if grows and words.closes("rate", own) else own  # 人口 | 比重 | 年均增速
            scope = scope or before
        own = own or outer
        if words.equals("total", own) and self._grid.last_year:
            own = ""  # the sum over the years of the other columns
        part = is_part(column, words)
        whole = index - 1
        while part and whole > 0 and is_part(self._grid.columns[whole], words):
            whole -= 1
        if (part or words.opens("share", own)) and whole >= 0 and not self._is_bare(self._heads[whole]):
            kind = words.closes("quantity", self._heads[whole])
            again = part and kind is not None and own.endswith(kind.word) and len(own) > len(kind.word)
            own = own if again else joined(self._heads[whole], own)  # 农业人口 says what 总人口 counts
        return scope, own

    def _grows_beside(self, index: int) -> bool:
        """True for a rate that says nothing itself beside a level under the same head: 养殖 | 产值 and 养殖 | 增长."""
        heads = self._grid.columns[index].heads
        beside = self._grid.columns[index - 1].heads if index else ()
        return len(heads) > 1 and heads[:-1] == beside[:-1] and not told(heads[-1], self._words, growth=True)

    def _needs_caption(self, row: Row, thing: str, head: str) -> bool:
        """True where row and head do not say what is counted: a place, a branch, a year under 数量."""
        bare = self._is_bare(head) or (row.place and self._words.equals("rank", head))
        if (head and not bare) or self._is_counted(row.parent):
            return False
        if self._mixed and thing and not row.place:
            return False
        return bool(row.place or row.year or not thing or (head and not self._is_counted(thing)))

    def _is_bare(self, head: str) -> bool:
        """True for a head that says little alone: 数量, 余额, 合计; not for a share, which is of something else."""
        words = self._words
        short = words.equals("bare", head) or words.equals("quantity", head) or words.equals("total", head)
        return not words.closes("rate", head) and short is not None

    def _with_caption(self, row: Row, head: str) -> str:
        """A head that says little alone with what the caption counts: 金额 under 奖励标准 is 奖励金额; not where the
        caption only says what the rows are (重大项目 above projects)."""
        words = self._words
        award = words.within("award", self._grid.caption) if words.equals("award.head", head) else None
        told = award.word if award and not 0 < len(self._subject) <= _SHORT_SUBJECT else self._subject
        told = "" if row.head and told.endswith(row.head.replace(" ", "")) else told
        if told and words.closes("quantity", told) and words.equals("bare", head) and not _shares_word(told, head):
            return told
        return joined(told, head) if told or not words.equals("count", head) else ""

    def _says(self, row: Row, thing: str, head: str) -> bool:
        """True where the row already says what the head counts: 发电量 under 产量, 发明专利授权 under 专利数."""
        words = self._words
        if head in thing or (len(head) > _SHORT - 2 and head[:-1] in thing and words.closes("quantity", head)):
            return True
        counted = self._is_counted(thing) or self._is_counted(row.parent)
        return self._is_bare(head) and counted

    def _left_out(self, row: Row, thing: str) -> str:
        """What a table leaves out of a name that does not say what is counted: what the caption ends in."""
        return self._value_added(row) or (self._tail if not _shares_word(thing, self._tail) else "")

    def _sums(self, rows: Sequence[Row]) -> dict[tuple[Span, ...], str]:
        """For each row what the branches below the last sum, or the first one at all, are given by; rows by their
        cells."""
        hits = [self._words.closes("sums", row.name) for row in rows]
        first = next((at for at, hit in enumerate(hits) if hit), 0)
        counted = any(self._is_counted(row.name) for row in rows[:first])  # 规模以上工业增加值 above 固定资产投资
        kind = next((hit.entry["kind"] for hit in hits if hit and not counted), "")
        kinds = {}
        for row, hit in zip(rows, hits, strict=True) if any(hits) else ():
            kinds[row.cells] = kind = hit.entry["kind"] if hit else kind
        return kinds

    def _value_added(self, row: Row) -> str:
        """增加值 for a branch below 地区生产总值, 投资 for one below 固定资产投资."""
        added = self._added.get(row.cells, "")
        branch = added and self._words.closes("branch", row.name)
        summed = not self._is_counted(row.parent) or self._words.closes("sums", row.parent)
        return added if branch and summed else ""

    def _is_counted(self, thing: str) -> bool:
        """True for a name that ends in what is counted: 教育支出, 本年收入合计."""
        total = self._words.closes("total", thing)
        return self._words.closes("quantity", thing[: -len(total.word)] if total else thing) is not None

    def _read_caption(self) -> None:
        """What the caption says that the table counts: 高新技术企业 of 表3 2024年各区高新技术企业任务分解表（家）; and,
        where it ends in what is counted (货物运输量), what it adds to a row that does not say so."""
        words = self._words
        label, caption = words.pattern("pattern.caption_label"), _MARKUP.sub("", self._grid.caption)
        lines = [label.sub("", line) for line in without_brackets(caption).split()]
        lines = [line for line in lines if not self._tells_unit_or_time(line)]
        named = lines and not words.closes("caption.notice", lines[-1])
        subject = self._behind_kind(lines[-1]) if named else ""
        before = ""
        while subject != before:
            before = subject = self._behind_each(subject)
            subject = self._edge_cut(subject.strip(_MARKS))
        subject = "" if words.equals("caption.closes", subject) else subject
        plain = words.pattern("pattern.sentence").search(subject) is None and len(subject) <= _LONGEST_SUBJECT
        self._subject = subject if plain and len(subject) > 1 else ""
        told = self._subject if words.closes("quantity", subject) and not words.within("joins", subject) else ""
        told = told if len(told) <= _LONGEST_TAIL else ""
        self._tail = told if not self._mixed else ""

    def _tells_unit_or_time(self, line: str) -> bool:
        """True for a line of a caption that says nothing of what is counted: 金额单位：万元, （亿元）, 2021年5月."""
        words, plain = self._words, line.strip(_MARKS)
        unit = words.within("head.unit", plain)
        stated = unit is not None and plain.partition(unit.word)[2].lstrip()[:1] in _COLONS
        timed = words.pattern("pattern.months").sub("", words.pattern("pattern.year").sub("", plain))
        return bool(words.opens("head.unit", line) or stated or read_unit(plain, words) or not timed.strip(_TIMES))

    def _edge_cut(self, subject: str) -> str:
        """A caption without one word at its beginning and one at its end that tell nothing of what is counted."""
        words = self._words
        mark = words.pattern("pattern.caption").match(subject)
        opened = words.opens("caption.opens", subject) or words.opens("months", subject)
        subject = subject[mark.end() if mark else len(opened.word) if opened else 0 :]
        closed = words.closes("caption.closes", subject)
        heads = (head for head in self._heads if head and subject.endswith(head))
        ending = closed.word if closed else next(heads, "")
        return subject[: -len(ending)] if ending and len(ending) < len(subject) else subject

    def _behind_each(self, subject: str) -> str:
        """What a caption says behind the word that most rows end in: 各师|增加值 above 一师, 二师."""
        each = self._words.opens("caption.each", subject)
        kind = subject[len(each.word) : len(each.word) + 1] if each else ""
        named = sum(row.name.endswith(kind) for row in self._grid.rows) if kind else 0
        known = self._words.opens("caption.opens", subject)  # 各镇办
        longer = each and known and len(known.word) > len(each.word) + 1
        said = each and not longer and 2 * named > len(self._grid.rows) > 1
        return subject[len(each.word) + 1 :] if each and said else subject

    def _behind_kind(self, caption: str) -> str:
        """What a caption says behind the word for what the rows are: 主要|商品|出口数量."""
        naming = (column for column in self._grid.columns if column.kind == "name")
        rows = max(naming, key=lambda column: column.rank, default=None)
        kind = rows.title.replace(" ", "") if rows else ""
        ending = self._words.closes("kind.ends", kind)
        kind = kind[: -len(ending.word)] if ending else kind
        return caption[caption.find(kind) + len(kind) :] if len(kind) > 1 and kind in caption else caption


def core(column: Column, words: TableWords) -> tuple[str, str]:
    """The heads of a column without times, units, and words that say of every table what its figures are: whose they
    are, and what they count."""
    scope = whole = ""
    for head in column.heads:
        plain = told(head, words, growth=bool(column.growth or column.change))
        if words.pattern("pattern.sorted_by").fullmatch(plain) and column.heads[-1] != head:  # 按总量分 above 累计
            plain = plain[1:-1] if words.closes("rate", plain[1:-1]) else ""
        if words.equals("scope", plain):
            scope = plain
        elif (read_unit(plain, words) or read_unit(head, words)) and not bracket_unit(head, words):  # not 泊位（个）
            continue
        elif 1 < len(plain) <= _LONGEST_HEAD and column.kind not in ("name", "serial", "unit"):
            whole = _under(whole, plain, words) if whole else plain
    return scope, whole


def with_inherited_units(columns: Sequence[Column], words: TableWords) -> tuple[Column, ...]:
    """现有数（家） | 2023年 | 2025年目标: a column whose title only tells a time goes on with the unit to its left, and
    so do the parts behind 其中 that do not say what is counted: 产量（吨） | 其中：海鱼 | 虾类."""
    out: list[Column] = []
    parted = False
    for item in columns:
        parted = words.opens("row.part", item.title) is not None or (
            parted and not words.closes("quantity", item.title)
        )
        left = out[-1] if out else None
        said = told(item.title, words)
        silent = not said or words.equals("scope", said) or parted
        plain = item.kind == "value" and not item.growth and item.heads and silent
        ratio = left and any(words.within(role, left.title) for role in ("completion", "ratio"))
        levels = left and left.kind == "value" and left.unit and not (left.growth or ratio)
        if item.unit is None and plain and left and levels:
            item = item._replace(unit=left.unit)
        out.append(item)
    return tuple(out)


def told(head: str, words: TableWords, *, growth: bool = False) -> str:
    """What is left of a head or of a row's label without times, units, and words of every table."""
    plain = _REMARK.sub("", without_units(head, words)).replace(" ", "").replace("\u3000", "")
    part = words.opens("row.part", plain)
    plain = plain[len(part.word) :] if part else plain
    if is_age_group(plain, words):
        return plain
    plan = words.opens("plan_years", plain.lstrip(_QUOTES))
    plain = plain.lstrip(_QUOTES)[len(plan.word) :].lstrip(_QUOTES) if plan else plain
    plain = words.without(("growth", "change"), plain) if growth else plain
    done = words.find("completion", plain)
    done = words.find("ratio", plain) if done is None else done
    plain = plain if done is None or (not done and words.closes("rate", plain)) else plain[:done]  # 完成率 itself
    plain, years = words.pattern("pattern.year").subn("", plain)
    plain, before = _WRITTEN.sub("", words.pattern("pattern.months").sub("", plain)), ""
    roles = ("months", "time", "plain", "connects") if years > 1 else ("months", "time", "plain")
    while plain != before:
        before = plain = plain.strip(_MARKS)
        for role in roles:
            opened = words.opens(role, plain) if not words.opens("keeps", plain) else None
            plain = plain[len(opened.word) :] if opened else plain
            closed = words.closes(role, plain)
            plain = plain[: -len(closed.word)] if closed else plain
    return plain


def _under(outer: str, inner: str, words: TableWords) -> str:
    """A head under another one: a class stands before what is counted (职工医保 | 最高支付限额), else behind it."""
    if inner in outer or words.equals("total", inner):
        return outer
    if words.closes("quantity", outer):
        if words.equals("bare", inner):
            return outer
        return inner if words.equals("bare", outer) else joined(inner, outer)
    return inner if outer in inner or set(inner) <= set(outer) else joined(outer, inner)  # 购置费 of 购置及运行费


def _of_whole(whole: str, part: str, words: TableWords) -> str:
    """A part's name behind that of its whole, with what both end in once: 新增债务限额 and 一般债务限额."""
    shared = next((size for size in range(min(len(whole), len(part)) - 1, 1, -1) if part.endswith(whole[-size:])), 0)
    return (whole[:-shared] if shared and words.closes("quantity", whole) else whole) + part


def joined(first: str, second: str) -> str:
    """Both, with the word that the first ends and the second begins with once: 固定资产投资 and 投资额."""
    longest = min(len(first), len(second))
    shared = next((size for size in range(longest, 1, -1) if first.endswith(second[:size])), 0)
    return first + second[shared:]


def _shares_word(first: str, second: str) -> bool:
    """True where two characters stand in both."""
    return len(set(first) & set(second)) > 1
