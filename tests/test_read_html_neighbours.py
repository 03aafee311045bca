"""What a page puts around its text: comments, lists of other articles; and what it states without meaning it."""

from __future__ import annotations

import pytest

from policyx.read import Source, read_bytes
from policyx.rules import builtin_rules

TEXT = (
    "<p>全市高新技术企业达到138家，比上年增加21家，专利授权量4500件，技术合同成交额26亿元，产业结构持续优化。</p>"
    "<p>全年新登记经营主体3万户，其中企业8000户，个体工商户2.2万户，营商环境持续改善，企业竞争力进一步提升。</p>"
)
LINES = ["全市高新技术企业达到138家", "全年新登记经营主体3万户"]


def read(body: str, head: str = "<title>全市创新发展情况</title>") -> Source:
    page = f"<!doctype html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return read_bytes(page.encode(), "t.html", suffix=".html")


def starts(source: Source) -> list[str]:
    """The beginnings of the lines behind the title."""
    lines = source.text.splitlines()
    lines = lines[1:] if lines[0] == source.title else lines
    return [next((known for known in LINES if line.startswith(known)), line) for line in lines]


def comment(text: str) -> str:
    return f'<li class="comment-item"><a class="user-nick">甲</a><div class="comment-txt">{text}</div></li>'


def test_comments_are_left_out_however_long_they_are() -> None:
    """Also where they are longer than the article and hold figures and sentences."""
    thread = "".join(comment(f"我看要涨到{n}亿元！大家不要着急，慢慢来就好了。") for n in range(1, 30))
    body = f'<div class="main"><div class="txt">{TEXT}</div><div id="comment-box"><ul>{thread}</ul></div></div>'
    assert starts(read(body)) == LINES


@pytest.mark.parametrize("name", ["comment-content", "article comment", "cmt"])
def test_an_article_that_is_a_commentary_is_none(name: str) -> None:
    """A name alone says nothing: neither before any text nor without the parts of comments."""
    assert starts(read(f'<div class="{name}">{TEXT}</div>')) == LINES
    lead = "<p>导语：全市创新发展取得新的成效，各项指标稳步提升，走在全省前列，得到群众好评，值得总结。</p>"
    assert len(starts(read(f'<div>{lead}</div><div class="{name}">{TEXT}</div>'))) == 3


def links(*titles: str, tag: str = "p") -> str:
    return "".join(f'<{tag}><a href="/a/{i}.html">{title}</a></{tag}>' for i, title in enumerate(titles))


TITLES = ("我市新增企业300家", "某县引进人才5000人", "全省专利突破10万件")


@pytest.mark.parametrize("head", ["相关新闻", "为你推荐：", "你可能会喜欢", "【热门推荐】", "推荐阅读 >>", "延伸閱讀"])
@pytest.mark.parametrize("shape", ["siblings", "box", "nested"])
def test_lists_of_other_articles_go_with_their_heading(head: str, shape: str) -> None:
    """Whether the heading stands beside them or they have a box of their own."""
    title, items = f"<h4><span>{head}</span></h4>", links(*TITLES)
    neighbours = {
        "siblings": title + items,
        "box": f"<div>{title}{items}</div>",
        "nested": f"<div><div>{title}</div><ul>{links(*TITLES, tag='li')}</ul></div>",
    }[shape]
    assert starts(read(f'<div class="txt">{TEXT}{neighbours}</div>')) == LINES


def test_a_list_with_teasers_goes_as_well() -> None:
    """Sentences without a link, but few for each of them."""
    teasers = "".join(
        f'<div><p>某地企业增加{n}家。今年以来成效明显。<a href="/d">详细</a></p><h6><a href="/e">专题</a></h6></div>'
        for n in (1, 2, 3)
    )
    assert starts(read(f'<div class="l">{TEXT}<div class="r"><h2>推荐阅读</h2>{teasers}</div></div>')) == LINES


def test_a_list_inside_the_text_goes_and_the_text_behind_it_stays() -> None:
    """The list ends where sentences begin."""
    first, second = TEXT.split("</p>", 1)
    body = f"<div>{first}</p><p><strong>相关新闻：</strong></p>{links(*TITLES)}{second}</div>"
    assert starts(read(body)) == LINES


def test_items_with_links_and_dates_behind_the_text_are_a_list() -> None:
    """Without any heading that is known."""
    items = "".join(f'<div class="i"><a href="/x">{title}！</a><span>2024-05-0{n}</span></div>' for n, title in
                    enumerate(TITLES, 1))  # fmt: skip
    assert starts(read(f'<div class="txt">{TEXT}<div><h4>观察</h4>{items}</div></div>')) == LINES


@pytest.mark.parametrize(
    "kept",
    [
        "<p>相关阅读</p><p>本办法所称企业，是指在本市登记的企业。</p>",  # a heading, and real text below
        f"<div><h4>延伸阅读</h4>{TEXT.replace('全', '某')}<a href='/x'>甲</a><a href='/y'>乙</a></div>",
        "<div><p>附件</p>" + "".join(f'<p><a href="/{n}.doc">{n}.表（5-01）.doc</a></p>' for n in "123") + "</div>",
        "<p>评论</p><p>专家认为，成效明显，应当继续坚持。</p>",
        "<table><tr><th>地区</th><th>日期</th></tr>" + "".join(
            f"<tr><td><a href='/{n}'>某县</a></td><td>2024-05-0{n}</td></tr>" for n in "1234") + "</table>",
    ],
)  # fmt: skip
def test_what_only_resembles_neighbours_stays(kept: str) -> None:
    """Losing a paragraph is worse than keeping a menu."""
    source = read(f'<div class="txt">{TEXT}{kept}</div>')
    assert len(starts(source)) > len(LINES)


@pytest.mark.parametrize("entry", builtin_rules().of("page"), ids=lambda entry: entry["id"])
def test_each_head_of_a_list_is_known(entry: dict[str, object]) -> None:
    """And does nothing in a sentence."""
    words = entry["words"]
    assert isinstance(words, list) and entry["note"]
    if entry["role"] in ("neighbours", "comments"):
        for word in words:
            assert starts(read(f"<div>{TEXT}<div><h3>{word}</h3>{links(*TITLES)}</div></div>")) == LINES, word
            assert len(starts(read(f"<div>{TEXT}<p>{word}是一项工作。</p></div>"))) == 3, word


@pytest.mark.parametrize(
    ("meta", "issuer"),
    [
        ('<meta name="author" content="name, email@example.com">', None),
        ('<meta name="author" content="张三">', None),
        ('<meta name="author" content="admin"><meta name="source" content="某市统计局">', "某市统计局"),
        ('<meta name="author" content="某市人民政府办公室">', "某市人民政府办公室"),
        ('<meta name="ContentSource" content="本网"><meta name="SiteName" content="某市科技局网站">', "某市科技局"),
        ('<meta name="ContentSource" content="本网某市住房中心">', "某市住房中心"),
        ('<meta name="source" content="网络">', None),
        ('<meta name="source" content="网络"><meta name="SiteName" content="某市科技局网站">', None),
        ('<meta name="source" content="综合行政执法局">', "综合行政执法局"),
        ('<meta name="source" content="网络安全和信息化办公室">', "网络安全和信息化办公室"),
    ],
)
def test_nobody_but_an_institution_issues_a_page(meta: str, issuer: str | None) -> None:
    """Not the author of its template, nor the network."""
    assert read(TEXT, f"<title>全市创新发展情况</title>{meta}").issuer == issuer


def test_the_source_ends_where_the_next_label_begins() -> None:
    """Blanks between them are often made by style alone."""
    body = f"<h1>全市创新发展情况</h1><div>来源：某市科技局时间：2024-05-06 10:00</div>{TEXT}"
    source = read(body)
    assert (source.issuer, source.date) == ("某市科技局", "2024-05-06")


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("发布时间：2024-05-06", "2024-05-06"),
        ("（2024年5月6日通过）", "2024-05-06"),
        ("（自2020年1月1日起施行）", None),
        ("有效期：2020年1月1日至2025年1月1日", None),
        ("报名截止日期：2020-01-01", None),
    ],
)
def test_only_a_date_of_making_or_publishing_is_the_date(line: str, date: str | None) -> None:
    """Under the title stands also from when it is in force."""
    assert read(f"<h1>全市创新发展情况</h1><p>{line}</p>{TEXT}").date == date


def test_the_time_of_a_meeting_is_not_the_date_of_the_page() -> None:
    """日期 and 时间 count above the text alone."""
    assert read(f"<h1>全市创新发展情况</h1>{TEXT}<p>时间：2024年5月6日</p><p>地点：某厅</p>").date is None


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (
            '<title>全市创新发展情况-某市网站</title><meta name="title" content="Bootstrap template">',
            "",
            "全市创新发展情况",
        ),
        ("<title>某市人民政府门户网站</title>", "<h1>全市创新发展情况</h1>", "全市创新发展情况"),
        ("<title>某市人民政府门户网站</title>", "", None),
        ("<title>无标题文档</title>", "", None),
    ],
)
def test_a_title_is_never_that_of_the_site_or_of_a_template(head: str, body: str, title: str | None) -> None:
    """What meta elements state has to be seen on the page."""
    source = read(body + TEXT, head)
    assert source.title == title
    assert source.text.splitlines()[0] == (title or source.text.splitlines()[0])


def test_what_only_scripts_state_is_found() -> None:
    """An article on WeChat has its date in seconds; the day is China's: here four in the afternoon before in London."""
    script = '<script>var ct = "1714838400"; var nickname = "某市发布"; var nickname_new = "";</script>'
    source = read(f'<div class="rich_media_content">{TEXT}</div>{script}')
    assert (source.date, source.issuer) == ("2024-05-05", "某市发布")
    assert read(f"<div>{TEXT}</div>{script}").date is None
    linked = '<script type="application/ld+json">{"pubDate": "2024-05-06T10:00:00"}</script>'
    assert read(linked + TEXT).date == "2024-05-06"
    assert read(f"<h1>全市创新发展情况</h1><p>发布时间：2024-05-07</p>{linked}{TEXT}").date == "2024-05-07"
