"""A page goes in, what it states of its document goes out: title, date, issuer, from meta elements and the usual
places."""

from __future__ import annotations

import re
from collections.abc import Iterable

from policyx.read.html_lines import page_lines
from policyx.read.html_tree import Element, Page
from policyx.read.meta import institution, iso_date, issuer_name, plain
from policyx.rules import builtin_rules

_TITLES = ("articletitle", "article:title")  # of editing systems
_LOOSE_TITLES = ("og:title", "dc.title", "dcterms.title", "title", "twitter:title")  # of templates as well
_DATES = ("pubdate", "publishdate", "publish_date", "publishtime", "article:published_time", "og:release_date",
          "og:published_time", "datepublished", "dc.date", "dc.date.issued", "dcterms.issued", "date")  # fmt: skip
_SOURCES = ("contentsource", "source", "dc.publisher", "publisher")
_AUTHORS = ("og:article:author", "article:author", "dc.creator", "author")
_SITE = ("sitename", "og:site_name", "application-name")
_SUFFIX = re.compile(r"(?:\s*[-_|—–－]+\s*|\s+[·»]\s+)(?=[^-_|—–－]{2,40}$)")
_SITE_WORD = re.compile(r"网$|网站|门户|政府$|频道|新闻|首页|政务公开|人民政府|[局委厅部]$|资讯|财经|信息公开")
_LONGEST_SECTION = 6
_TITLE_TAGS = ("ucaptitle", "h1", "h2")
_TITLE_NAME = re.compile(r"^(?:article|news|content|detail|con|main|arti|doc|page)?[-_]?(?:title|bt|tit)s?$", re.I)
_ISSUED = re.compile(r"(?:成文日期|印发日期|发文日期)\s*[:：]?\s*")
_PUBLISHED = re.compile(r"(?:发布时间|发布日期|发表时间|公开日期|发文时间|更新时间)\s*[:：]\s*")
_DATED = re.compile(r"(?<![一-鿿])(?:日\s*期|时\s*间)\s*[:：]\s*")  # of a meeting as well: only above the text
_SOURCE = re.compile(
    r"(?:发文机关|发布机构|信息来源|稿件来源|文章来源|来\s*源|发布单位)\s*(?:[:：]\s*[|｜]?|[|｜])\s*"
    r"((?:(?!(?:发布|更新)?(?:时间|日期)|作者|编辑|字[号体]|浏览|点击|责任)[^\s|｜，。]){2,40})"
)
_SITE_END = re.compile(r"(?:门户|官方)?网站$|官网$")
_ONLY_SITE = re.compile(r"(?:网站|门户|首页)$|^(?:无标题文档|Untitled(?: Document)?|Document)$", re.IGNORECASE)
_NEAR = 40  # characters behind a label in which the date stands
_LINES_UNDER_TITLE = 4
_DATELINE = 80  # longest line that only tells when and by whom


def page_title(page: Page) -> str | None:
    """The title: what the editing system says, if the page bears it out, then the page's own first heading, then
    <title> without the site."""
    whole = plain(page.title)
    stated = _first(page, _TITLES)
    if stated:
        return _without_site(stated, page)
    stated = _first(page, _LOOSE_TITLES)
    if stated:
        shown = "".join(f"{page.title}{page.body.text()}".split())
        title = _without_site(stated, page)
        if "".join(title.split()) in shown and not _is_site(title, page):
            return title
    heading = _heading(page.body, whole)
    if heading:
        return heading
    title = _without_site(whole, page) if whole else ""
    return None if not title or _is_site(title, page) else title


def page_date(page: Page, lines: Iterable[str], title: str | None) -> str | None:
    """The date in ISO form: the day of writing that a document's own table states, then the day of publication from
    meta elements or from the lines around the title."""
    lines = list(lines)
    for line in lines:
        labelled = _ISSUED.search(line)
        if labelled:
            # 成文日期 and its date may be cells of a table
            found = iso_date(line[labelled.end() : labelled.end() + _NEAR])
            if found:
                return found
    stated = next((date for name in _DATES if (date := iso_date(page.meta.get(name, "")))), None)
    return stated or _dateline(page, lines, title)


def page_issuer(page: Page, lines: Iterable[str]) -> str | None:
    """Who issued it: what meta elements name as the source, then 来源：X, then an author that is an institution. Where
    the source is 本网, the site's own name."""
    rules = builtin_rules()
    nobody, itself = rules.words("page", "no_issuer"), rules.words("page", "site_itself")
    named = [name for key in _SOURCES if (name := issuer_name(page.meta.get(key)))]
    for line in lines:
        match = _SOURCE.search(line) if len(line) <= 2 * _DATELINE else None
        if match:
            named += [name] if (name := issuer_name(match[1])) else []
            break
    for name in named:
        bare = next((name.removeprefix(word) for word in itself if name.startswith(word)), name).strip(" ：:（）()")
        if bare and bare.lower() not in nobody and "@" not in bare:
            return bare
    authors = (institution(page.meta.get(key)) for key in _AUTHORS)
    author = next((name for name in authors if name and name.lower() not in nobody), None)
    if author or not any(name.startswith(word) for name in named for word in itself):
        return author
    site = _first(page, _SITE)
    return institution(_SITE_END.sub("", site)) if site else None


def _is_site(title: str, page: Page) -> bool:
    return bool(_ONLY_SITE.search(title)) or title in (page.meta.get(name) for name in _SITE)


def _first(page: Page, names: Iterable[str]) -> str | None:
    return next((text for name in names if (text := plain(page.meta.get(name)))), None)


def _heading(body: Element, whole: str | None) -> str | None:
    """The heading that names the page: the first that <title> repeats, else the only h1."""
    found: list[str] = []
    first: list[str] = []
    for element in body.elements():
        named = any(_TITLE_NAME.match(name) for name in f"{element.get('class')} {element.get('id')}".split())
        if element.tag in _TITLE_TAGS or named:
            text = plain(" ".join(page_lines(element)))
            if text and 4 <= len(text) <= 120:
                found.append(text)
                if element.tag in ("ucaptitle", "h1"):
                    first.append(text)
    if whole:
        repeated = next((text for text in found if text in whole or whole in text), None)
        if repeated:
            return repeated
    return first[0] if len(first) == 1 else None


def _without_site(title: str, page: Page) -> str:
    """The title without the site's name behind it: 创业担保贷款常见问题-广州市人社局网站."""
    sites = [site for name in _SITE if (site := plain(page.meta.get(name)))]
    cut_off = False
    for _ in range(4):
        cuts = list(_SUFFIX.finditer(title))
        if not cuts or cuts[-1].start() < 4:
            return title
        cut = cuts[-1]
        behind = title[cut.end() :]
        section = cut_off and len(behind) <= _LONGEST_SECTION  # 关于……的意见_其他_中国政府网
        if not (section or _SITE_WORD.search(behind) or any(behind in site or site in behind for site in sites)):
            return title
        title, cut_off = title[: cut.start()], True
    return title


def _dateline(page: Page, lines: list[str], title: str | None) -> str | None:
    """The date of a line that tells little else: 发布时间：2025-11-18 来源：……, or one without a label right under the
    title."""
    for element in page.body.elements():
        if element.tag in ("publishtime", "time"):
            found = iso_date(element.get("datetime") or element.text())
            if found:
                return found
    under = -1
    above = True  # no sentence has been met yet
    other = builtin_rules().words("page", "not_the_date")
    for line in lines:
        under = _LINES_UNDER_TITLE if title and title in line else under - 1
        if len(line) > _DATELINE or "。" in line:
            above, under = False, -1
            continue
        if any(word in line for word in other):
            continue
        label = _PUBLISHED.search(line) or (_DATED.search(line) if above or under >= 0 else None)
        found = iso_date(line[label.end() : label.end() + _NEAR]) if label else iso_date(line) if under >= 0 else None
        if found and len(found) == len("2025-11-18"):
            return found
    return None
