"""Web pages: the text that a reader sees, its tables, and what the page says of itself."""

from __future__ import annotations

import builtins
from typing import Any

import pytest

from policyx.errors import ReadError
from policyx.read import Source, read_bytes

TEXT = "全县高新技术企业达到138家，比上年增加21家；研发投入占生产总值的比重为2.4%。"
MORE = "下一步，将继续完善服务，力争到2025年高新技术企业突破160家。"


def page(body: str, head: str = "", encoding: str = "utf-8") -> Source:
    """A page with this body, read."""
    text = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return read_bytes(text.encode(encoding), "page.html", suffix=".html")


def lines(body: str, head: str = "") -> list[str]:
    """The lines of a page with this body."""
    return page(body, head).text.splitlines()


@pytest.mark.parametrize(
    ("encoding", "declared", "found"),
    [
        ("gbk", "utf-8", "gb18030"),
        ("utf-8", "gb2312", "utf-8"),
        ("gb18030", "gbk", "gb18030"),
        ("utf-8-sig", "gbk", "utf-8"),
        ("utf-16", "utf-8", "utf-16-le"),
    ],
)
def test_the_bytes_decide_and_not_what_the_page_declares(encoding: str, declared: str, found: str) -> None:
    """Pages that were moved from one server to another declare what they were."""
    source = page(f"<p>{TEXT}</p>", f'<meta charset="{declared}">', encoding)
    assert (source.text, source.encoding) == (TEXT + "\n", found)


def test_a_page_with_a_damaged_character_is_read_as_what_it_declares() -> None:
    """Pages are cut in the middle of a character; the output says that something was replaced."""
    data = f'<html><meta charset="gbk"><p>{TEXT * 3}</p><p>'.encode("gbk") + b"\xc8\x20</p>"
    source = read_bytes(data, "page.html", suffix=".html")
    assert source.encoding == "gb18030:replace"
    assert source.text.startswith(TEXT)


def test_what_stands_around_the_text_is_left_out() -> None:
    """Menus, paths, share bars, lists of other articles and the foot are not the document."""
    links = "".join(f'<li><a href="/{n}">县政府召开第{n}次会议部署工作</a></li>' for n in range(20, 30))
    body = f"""
    <div class="topNav"><ul><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li></ul></div>
    <div class="crumb">当前位置：<a href="/">首页</a> &gt; 工作动态</div>
    <div class="wrap"><h1>山阳县科技创新情况</h1>
      <div class="article"><p>{TEXT}</p><div class="share">分享到 微信 微博</div><p>{MORE}</p></div>
      <div class="list"><h3>相关新闻</h3><ul>{links}</ul></div>
    </div>
    <div class="footer">版权所有：山阳县人民政府办公室 备案号12345678号 电话0000-1234567</div>"""
    assert lines(body) == ["山阳县科技创新情况", TEXT, MORE]


def test_a_page_that_wraps_its_text_in_a_name_of_furniture_keeps_it() -> None:
    """id="print" and class="main-header" are about what a script does with it; sentences stay."""
    sentences = f"<p>{TEXT}</p><p>{MORE}</p><p>{TEXT}</p>"
    assert lines(f'<div id="print" class="main-header">{sentences}</div>') == [TEXT, MORE, TEXT]


def test_scripts_styles_comments_and_hidden_parts_are_not_seen() -> None:
    """Only what a browser shows is text."""
    hidden = (
        '<script>var a = "达到9家。";</script><style>p{}</style><!-- 达到8家。 --><p style="display: none">7家。</p>'
    )
    assert lines(f"{hidden}<noscript>请打开脚本。</noscript><p>{TEXT}</p><p hidden>6家。</p>") == [TEXT]


def test_blocks_and_breaks_end_a_line_and_inline_elements_do_not() -> None:
    """A number in bold is part of its sentence; a line folded in the source is one line."""
    body = "<p>　　企业达到<b>138</b>\n<span>家</span>，\n突破\n260亿元。</p><div>甲<br>乙</div>"
    assert lines(body) == ["企业达到138家，突破260亿元。", "甲", "乙"]


def test_raised_figures_are_not_read_as_part_of_the_number() -> None:
    """10³ is not 103, and the mark of a note is no figure."""
    body = "<p>排放10<sup>3</sup>吨，占地5万m<sup>2</sup>，达到12家<sup>[1]</sup>，CO<sub>2</sub>下降。</p>"
    assert lines(body) == ["排放10³吨，占地5万m²，达到12家，CO₂下降。"]


def test_lists_keep_the_numbers_that_a_browser_shows() -> None:
    """Unless an item brings its own."""
    body = "<ol start='3'><li>建设平台。</li><li>4. 培育企业。</li></ol><ul><li>其他。</li></ul>"
    assert lines(body) == ["3. 建设平台。", "4. 培育企业。", "其他。"]


def test_tables_come_as_cells_in_their_place() -> None:
    """Rows and columns that are merged are repeated, the foot comes last."""
    table = """<table><caption>表1 主要指标</caption>
      <tfoot><tr><td colspan="4">注：初步统计数。</td></tr></tfoot>
      <thead><tr><th rowspan="2">指标</th><th rowspan="2">单位</th><th colspan="2">“十四五”</th></tr>
      <tr><th>2020年</th><th>2025年</th></tr></thead>
      <tbody><tr><td>高新技术<br>企业数</td><td rowspan="2">家</td><td>62</td><td>160</td></tr>
      <tr><td>孵化器</td><td>2</td><td>6</td></tr></tbody></table>"""
    assert lines(f"<p>{TEXT}</p>{table}<p>{MORE}</p>") == [
        TEXT,
        "表1 主要指标",
        "“十四五”",
        "| 指标 | 单位 | 2020年 | 2025年 |",
        "| 高新技术企业数 | 家 | 62 | 160 |",
        "| 孵化器 | 家 | 2 | 6 |",
        "注：初步统计数。",
        MORE,
    ]


def test_a_row_that_is_set_in_stays_so() -> None:
    """The linker takes it for a part of the row above."""
    rows = "<tr><td>房屋（亿元）</td><td>9</td></tr><tr><td> &nbsp;　住宅</td><td>8</td></tr>"
    assert lines(f"<table><tr><th>行业</th><th>2024年</th></tr>{rows}</table>")[2] == "| \xa0\u3000住宅 | 8 |"


def test_lists_of_other_articles_give_neither_text_nor_date() -> None:
    """Their dates are no links, and none of them is that of the page."""
    items = "".join(f"<li><a href='/{n}'>关于召开第{n}次会议的通知</a> 2024-01-0{n}</li>" for n in range(1, 9))
    source = page(f"<div><ul>{items}</ul></div><div><h2>关于停水的公告</h2><p>定于三月停水8小时，影响300户。</p></div>")
    assert source.text.splitlines() == ["关于停水的公告", "定于三月停水8小时，影响300户。"]
    assert source.date is None


def test_an_article_that_waits_for_a_script_to_be_shown_is_read() -> None:
    """WeChat serves its articles invisible."""
    body = f'<div class="rich_media_content" id="js_content" style="visibility: hidden"><section>{TEXT}</section></div>'
    assert lines(body) == [TEXT]


def test_open_cells_and_rows_are_closed_as_a_browser_does() -> None:
    """Old pages leave out every end tag that may be left out, and some more."""
    assert lines("<table><tr><td>指标<td>2025年<tr><td>企业（家）<td>160</table>") == [
        "| 指标 | 2025年 |",
        "| 企业（家） | 160 |",
    ]


def test_tables_that_place_the_parts_of_a_page_are_no_tables() -> None:
    """A table inside a table, or a row of two columns of text."""
    inner = "<table><tr><td>指标</td><td>2025年</td></tr><tr><td>企业（家）</td><td>160</td></tr></table>"
    body = f"<table><tr><td><table><tr><td><p>{TEXT}</p>{inner}<p>{MORE}</p></td></tr></table></td></tr></table>"
    assert lines(body) == [TEXT, "| 指标 | 2025年 |", "| 企业（家） | 160 |", MORE]


def test_title_date_and_issuer_come_from_meta_elements() -> None:
    """The names that the editing systems of government sites use."""
    head = """<title>关于科技奖补的通知 - 山阳县人民政府网站</title>
    <meta name="ArticleTitle" content="关于科技奖补的通知">
    <meta name="PubDate" content="2025-03-04 09:00:00"><meta name="ContentSource" content="县科技局">"""
    source = page(f"<p>{TEXT}</p>", head)
    assert (source.title, source.date, source.issuer) == ("关于科技奖补的通知", "2025-03-04", "县科技局")
    assert source.text.splitlines()[0] == "关于科技奖补的通知"


def test_title_date_and_issuer_come_from_the_usual_places() -> None:
    """Without meta elements: <title> without the site's name, and the line below the title."""
    body = f"""<h1>山阳县科技工作会议召开</h1><div class="info">发布时间：2025年3月4日 来源：县融媒体中心</div>
    <div class="con"><p>{TEXT}</p><p>{MORE}</p><p>{TEXT}</p></div>"""
    source = page(body, "<title>山阳县科技工作会议召开_工作动态_山阳县人民政府</title>")
    assert (source.title, source.date, source.issuer) == ("山阳县科技工作会议召开", "2025-03-04", "县融媒体中心")


def test_the_day_of_writing_goes_before_the_day_of_publication() -> None:
    """A notice of 2021 that a new site published in 2024 speaks of 2021."""
    head = '<meta name="PubDate" content="2024-05-06">'
    table = "<table><tr><td>发文机关</td><td>县政府</td></tr><tr><td>成文日期</td><td>2021年3月1日</td></tr></table>"
    source = page(f"{table}<p>{TEXT}</p>", head + "<title>关于科技的意见_其他_中国政府网</title>")
    assert (source.title, source.date, source.issuer) == ("关于科技的意见", "2021-03-01", "县政府")


def test_a_page_without_text_says_so() -> None:
    """An application that loads its text by a script shows nothing here."""
    with pytest.raises(ReadError, match=r"page\.html: is a web page without text"):
        page('<div id="app"></div><script>load("达到138家。")</script>')


def test_a_text_that_is_named_as_a_page_is_read_as_text() -> None:
    """Its lines are lines."""
    source = read_bytes(f"{TEXT}\n{MORE}".encode("gbk"), "a.html", suffix=".html")
    assert (source.format, source.text) == ("txt", f"{TEXT}\n{MORE}")


def test_a_page_that_is_named_as_a_text_is_read_as_a_page() -> None:
    """The first bytes say what it is."""
    source = read_bytes(f"\n<!-- saved -->\n<html><body><p>{TEXT}</p>".encode(), "a.txt", suffix=".txt")
    assert (source.format, source.text) == ("html", f"{TEXT}\n")


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 3000 + TEXT + "</div>" * 3000,
        "<table><tr><td>" * 1000 + TEXT,
        f"<p>{TEXT}" + "<b><i><font>" * 500,
        f"<!-- never closed <p>x</p> --><p>{TEXT}</p><!-- open",
        f"<p>{TEXT}</p><table></table><table><tr></tr></table>",
    ],
)
def test_broken_and_deeply_nested_pages_give_their_text(body: str) -> None:
    """Nothing but a ReadError may ever leave the reader, and here not even that."""
    assert lines(body) == [TEXT]


def test_a_page_nested_beyond_reason_is_refused() -> None:
    """The parser would need hours for a large one."""
    with pytest.raises(ReadError, match="elements inside one another"):
        page("<div>" * 200_000 + TEXT)
    assert lines("<div></div>" * 20_000 + f"<p>{TEXT}</p>") == [TEXT]


def test_without_the_library_the_error_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The core of policyx does without it."""
    whole = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name.startswith("selectolax"):
            raise ImportError(name)
        return whole(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ReadError, match=r"pip install 'policyx\[html\]'"):
        page(f"<p>{TEXT}</p>")
