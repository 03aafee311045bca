"""What a cell counts, put together from its row, the heads of its column and the caption, without saying a word twice.

采矿业 under 投资额 in a table of 分行业固定资产投资 is 采矿业固定资产投资额; 东湖区 under 存量 in
各区高新技术企业任务分解表 is 东湖区高新技术企业存量.
"""

from __future__ import annotations

from policyx.patterns import compiled
from policyx.tables.cells import without_brackets, without_units
from policyx.tables.grid import Column, Grid, Row
from policyx.tables.words import TableWords

LONGEST = 40
_LONGEST_HEAD = 16
_LONGEST_SUBJECT = 16
_SHORT = 4
_WRITTEN = compiled(r"[0-9\s（()）%％\[\]:：/±+-]")
_MARKS = "、，,：:（）() "


def cell_name(grid: Grid, row: Row, index: int, words: TableWords) -> str:
    """The name of the figure in cell `index` of `row`; nothing where the table names nothing."""
    subject = _subject(grid, row, words)
    head = counted(grid, index, words)
    if needs_caption(row, subject, head, words):
        head = with_caption(grid, head, words)
    if head and _says(subject, head, words):
        head = ""
    owned = row.owner + subject if row.owner not in subject else subject
    for whole in (_together(owned, head, words), _together(subject, head, words), owned, subject):
        if 0 < len(whole) <= LONGEST:
            return whole
    return row.name[-LONGEST:] or head[:LONGEST]


def _subject(grid: Grid, row: Row, words: TableWords) -> str:
    """The row's name, with the row or the class above it where it says little alone."""
    twice = sum(other.name == row.name for other in grid.rows) > 1
    name = row.name
    if row.parent and (twice or len(name) <= _SHORT) and row.parent not in name:
        name = row.parent + name
    kind = words.closes("quantity", row.group)
    if row.group and row.group not in name and name and (kind or twice) and not words.closes("quantity", name):
        name = name + row.group if kind else row.group + name
    return name


def counted(grid: Grid, index: int, words: TableWords) -> str:
    """What a column counts; for a column of growth or shares that names nothing, what the column before it counts."""
    column = grid.column(index)
    own = core(column, words)
    while not own and index > 0 and column.growth:
        index -= 1
        column = grid.column(index)
        own = core(column, words) if column.kind == "value" else ""
    return own


def core(column: Column, words: TableWords) -> str:
    """The heads of a column without times, units, and words that say of every table what its figures are."""
    whole = ""
    for head in column.heads:
        plain = without_brackets(without_units(head, words)).replace(" ", "").replace("\u3000", "")
        part = words.opens("row.part", plain)
        plain = plain[len(part.word) :] if part else plain
        plain = words.without("growth", plain) if column.growth else plain
        plain = words.pattern("pattern.months").sub("", words.pattern("pattern.year").sub("", plain))
        plain = _trimmed(_WRITTEN.sub("", plain), words)
        if 1 < len(plain) <= _LONGEST_HEAD and column.kind != "name":
            whole = plain if not whole else _under(whole, plain, words)
    return whole


def _trimmed(head: str, words: TableWords) -> str:
    """A head without the words at its edges that every table has: 目标值, 本月止累计, 实际."""
    before = ""
    while head != before:
        before = head = head.strip(_MARKS)
        for role in ("time", "plain"):
            opened = words.opens(role, head)
            head = head[len(opened.word) :] if opened else head
            closed = words.closes(role, head)
            head = head[: -len(closed.word)] if closed else head
    return head


def _under(outer: str, inner: str, words: TableWords) -> str:
    """A head under another one: a class stands before what is counted (职工医保 | 最高支付限额), else behind it."""
    if inner in outer or outer in inner:
        return max(outer, inner, key=len)
    if words.closes("quantity", outer) and not words.closes("quantity", inner):
        return inner + outer if not words.equals("bare", outer) else inner
    return joined(outer, inner)


def needs_caption(row: Row, subject: str, head: str, words: TableWords) -> bool:
    """True where row and head together do not say what is counted: a place, a branch, a year under 数量."""
    if head and not words.equals("bare", head):
        return False
    return bool(row.place or row.year or not subject or (head and not words.closes("quantity", subject)))


def with_caption(grid: Grid, head: str, words: TableWords) -> str:
    """A head that says little alone with what the caption counts: 金额 under 奖励标准 is 奖励金额."""
    award = words.within("award", grid.caption) if words.equals("award.head", head) else None
    told = award.word if award else caption_subject(grid, words)
    return joined(told, head) if told or not words.equals("count", head) else ""


def caption_subject(grid: Grid, words: TableWords) -> str:
    """What the caption says that the whole table counts: 高新技术企业 of 表3 2024年各区高新技术企业任务分解表（家）."""
    lines = without_brackets(grid.caption.replace("*", "")).split()
    lines = [line for line in lines if not words.opens("head.unit", line)]
    subject = _behind_kind(lines[-1], grid, words) if lines else ""
    before = ""
    while subject != before:
        before = subject
        subject = subject.strip(_MARKS)
        mark = words.pattern("pattern.caption").match(subject)
        opened = words.opens("caption.opens", subject)
        closed = words.closes("caption.closes", subject) or words.closes("bare", subject)
        subject = subject[mark.end() if mark else len(opened.word) if opened else 0 :]
        subject = subject[: -len(closed.word)] if closed and len(closed.word) < len(subject) else subject
    plain = words.pattern("pattern.sentence").search(subject)
    return "" if plain or not 2 <= len(subject) <= _LONGEST_SUBJECT else subject


def _behind_kind(caption: str, grid: Grid, words: TableWords) -> str:
    """What a caption says behind the word for what the rows are: 主要|商品|出口数量."""
    rows = max((column for column in grid.columns if column.kind == "name"), key=lambda c: c.rank, default=None)
    kind = rows.title.replace(" ", "") if rows else ""
    ending = words.closes("kind.ends", kind)
    kind = kind[: -len(ending.word)] if ending else kind
    return caption[caption.find(kind) + len(kind) :] if len(kind) > 1 and kind in caption else caption


def joined(first: str, second: str) -> str:
    """Both, with what the first ends and the second begins with once: 固定资产投资 and 投资额."""
    shared = next((size for size in range(min(len(first), len(second)), 0, -1) if first.endswith(second[:size])), 0)
    return first + second[shared:]


def _says(subject: str, head: str, words: TableWords) -> bool:
    """True where the subject already says what the head counts: 发电量 under 产量."""
    if head in subject:
        return True
    bare = words.equals("bare", head) is not None
    return bare and words.closes("quantity", subject) is not None


def _together(subject: str, head: str, words: TableWords) -> str:
    return joined(subject, head) if head else subject
