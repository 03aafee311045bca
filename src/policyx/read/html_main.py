"""The body of a page goes in, the element that holds its main text goes out, without what stands around and between:
navigation, foot, share bars, lists of other articles.

Losing a paragraph is worse than keeping a menu: an element goes only where its name or its links say so *and* it holds
no sentences; the main text is the smallest element that holds nearly all sentences of the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from policyx.read.html_lines import is_data_table
from policyx.read.html_tree import Element

_APART = frozenset(("nav", "footer", "aside", "search"))
_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "dialog"))
_NAMES = frozenset((
    "nav", "navs", "navbar", "navigation", "mainnav", "topnav", "subnav", "sitenav", "menu", "menus", "mainmenu",
    "topmenu", "crumb", "crumbs", "breadcrumb", "breadcrumbs", "bread", "curpos", "dqwz", "location", "position",
    "foot", "footer", "footers", "bottom", "copyright", "copy", "header", "headers", "head", "top", "topbar",
    "topnews", "banner", "share", "shares", "bdshare", "sharebar", "social", "qrcode", "ewm", "erweima", "related",
    "relate", "relative", "relevant", "recommend", "recommends", "recom", "hot", "hots", "hotnews", "sidebar",
    "side", "aside", "rightbar", "leftbar", "siderbar", "login", "search", "searchbox", "comment", "comments",
    "toolbar", "tools", "quickbar", "backtop", "gotop", "totop", "pagination", "pager", "pages", "paging",
    "turnpage", "print", "friendlink", "friendlinks", "links", "link", "yqlj", "ad", "ads", "advert", "adv",
    "advertisement", "tag", "tags", "keyword", "keywords", "jiucuo", "fontsize", "prev", "next", "prevnext",
    "prenext", "others", "statement", "disclaimer", "wza", "slh", "popup", "modal", "tooltip",
))  # fmt: skip
_WORD = re.compile(r"[a-z]+|[A-Z][a-z]*")
_MARKED = re.compile(
    r"^(?:ucap-?content|trs_editor\w*|trs_uedit\w*|zoom|zoomcon|article-?content|article_?con|article-?body|"
    r"pages?_content|detail-?content|news_?content|xxgk_?content|rich_media_content|js_content|"
    r"cnt-main-article-qq|content_?text|text_?content|main_?content|post-?content|entry-content|vsb_content\w*)$",
    re.IGNORECASE,
)
_STOPS = re.compile(r"[。！？；]")
_NO_LETTER = re.compile(r"[0-9\W_]+")
_NEARLY_ALL = 0.85  # of the page's sentences; a lead or a note may stand outside
_MARKED_SHARE = 0.4  # from which on a mark of the editing system is believed
_MOST_STOPS = 2  # stops in what still is no text: 版权所有……。
_LINKED = 0.6
_ENOUGH = 40  # characters of sentences below which a page has none worth looking for
_INLINE_END = frozenset(("p", "ul", "ol", "dl", "table", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "tbody"))


@dataclass(slots=True)
class _Weight:
    """What stands in an element: characters, letters, those in links, links, stops, and characters of sentences."""

    text: int = 0
    letters: int = 0
    linked: int = 0
    links: int = 0
    stops: int = 0
    prose: int = 0


def main_element(body: Element) -> Element:
    """The element that holds the main text, without the furniture inside it. The tree that is given stays as it is."""
    weights: dict[int, _Weight] = {}
    _weigh(body, weights, linked=False)
    cleaned = _cleaned(body, weights, weights[id(body)].prose)
    weights = {}
    _weigh(cleaned, weights, linked=False)
    marked = _marked(cleaned, weights)
    return marked if marked is not None else _smallest(cleaned, weights)


def _weigh(element: Element, weights: dict[int, _Weight], linked: bool) -> _Weight:
    """The weight of an element and, by identity, of all below it."""
    weight = _Weight()
    linked = linked or element.tag == "a"
    weight.links = int(element.tag == "a")
    own: list[str] = []
    for child in element.children:
        if isinstance(child, str):
            own.append(child)
            continue
        inner = _weigh(child, weights, linked)
        weight.text += inner.text
        weight.letters += inner.letters
        weight.linked += inner.linked
        weight.links += inner.links
        weight.stops += inner.stops
        weight.prose += inner.prose
    written = "".join("".join(own).split())
    letters = len(_NO_LETTER.sub("", written))  # a list of articles gives each its date, which is no link
    weight.text += len(written)
    weight.letters += letters
    if linked:
        weight.linked += letters
    else:
        stops = len(_STOPS.findall(written))
        weight.stops += stops
        if stops or len(written) > 30 or (element.tag in ("td", "th") and re.search("[0-9]", written)):
            weight.prose += len(written)
    weights[id(element)] = weight
    return weight


def _cleaned(element: Element, weights: dict[int, _Weight], prose: int) -> Element:
    """A copy without furniture."""
    children: list[Element | str] = []
    for child in element.children:
        if isinstance(child, str):
            children.append(child)
        elif not _is_furniture(child, weights[id(child)], prose):
            children.append(_cleaned(child, weights, prose))
    return replace(element, children=children)


def _is_furniture(element: Element, weight: _Weight, prose: int) -> bool:
    """Whether an element is furniture of a page that holds `prose` characters of sentences."""
    if weight.stops > _MOST_STOPS or element.tag in ("h1", "td", "tr", "tbody", "body"):
        return False
    if element.tag in _APART or element.get("role") in _ROLES:
        return True
    if weight.text and _is_named(element) and weight.prose < 200 and weight.prose * 2 <= prose:
        return not any(inner.tag == "h1" or _is_marked(inner) for inner in element.elements())
    if weight.links < 4 or weight.linked < _LINKED * weight.letters or weight.stops:
        return False
    return not any(inner.tag == "table" and is_data_table(inner) for inner in element.elements())


def _is_named(element: Element) -> bool:
    """Whether class or id say that it is furniture: `footer_nav`, `pageFoot`, `shareBar`."""
    names = f"{element.get('class')} {element.get('id')}".split()
    return any(
        "".join(words) in _NAMES or any(word in _NAMES for word in words)
        for name in names
        if (words := [word.lower() for word in _WORD.findall(name)])
    )


def _is_marked(element: Element) -> bool:
    if element.tag in ("ucapcontent", "article") or element.get("itemprop") == "articleBody":
        return True
    return any(_MARKED.match(name) for name in f"{element.get('class')} {element.get('id')}".split())


def _marked(body: Element, weights: dict[int, _Weight]) -> Element | None:
    """The outermost element that the editing system marks as the text, where it holds a good part of the page."""
    whole = weights[id(body)]
    for element in body.elements():
        weight = weights[id(element)]
        if _is_marked(element) and weight.text:
            enough = weight.prose >= _MARKED_SHARE * whole.prose if whole.prose else weight.text * 4 >= whole.text
            if enough:
                return element
    return None


def _smallest(body: Element, weights: dict[int, _Weight]) -> Element:
    """The smallest element that holds nearly all sentences; nearly all text on a page without sentences."""
    whole = weights[id(body)]
    by_prose = whole.prose >= _ENOUGH

    def held(element: Element) -> int:
        weight = weights[id(element)]
        return weight.prose if by_prose else weight.text - weight.linked

    wanted = _NEARLY_ALL * held(body)
    element = body
    while True:
        inner = [child for child in element.children if isinstance(child, Element) and held(child) >= wanted]
        if not inner or not held(body):
            return element
        child = inner[0]
        if child.tag == "table" and is_data_table(child):
            return element
        if child.tag in _INLINE_END and child.tag not in ("table", "tbody", "tr"):
            return element
        element = child
