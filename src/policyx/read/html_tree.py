"""The text of an HTML page goes in, a tree of plain elements goes out: what no reader sees (scripts, styles, comments)
is left out.

The parser is lexbor, which builds the tree that a browser builds, whatever was left open or crossed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from policyx.errors import ReadError
from policyx.read.limits import DEEPEST_PAGE, MOST_ATTRIBUTES

_UNSEEN = frozenset((
    "script", "style", "noscript", "template", "iframe", "object", "embed", "applet", "svg", "math", "canvas",
    "audio", "video", "map", "select", "option", "datalist", "button", "input", "textarea", "link", "base", "frame",
    "frameset", "noframes", "noembed", "head", "-comment", "!doctype", "_comment",
))  # fmt: skip
_NESTING = re.compile(
    r"<(/?)(?:div|span|font|b|i|u|em|strong|big|small|table|section|article|ul|ol|dl|blockquote|center)(?=[\s>/])", re.I
)
# a comment, or a tag as far as its end; a quotation mark counts only behind a sign of equality
_TOKEN = re.compile(r"""<!--(?:[^-]|-(?!->))*+|<(?P<name>[a-zA-Z]+)(?:=\s*"[^"]*"|=\s*'[^']*'|[^>])*+""")
_QUOTED = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
_RAW_END = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}  # no tags are inside these
_DEEPEST = 200  # nesting from which on elements are taken into the one above: what follows calls itself for each level


@dataclass(slots=True)
class Element:
    """An element with its attributes; children are elements and texts in their order. Built once, then only read."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def get(self, name: str) -> str:
        """The value of an attribute; nothing where it is missing."""
        return self.attributes.get(name, "")

    def elements(self) -> Iterator[Element]:
        """This element and all below, in the order of the page."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(child for child in reversed(element.children) if isinstance(child, Element))

    def find(self, tag: str) -> Element | None:
        """The first element of that name."""
        return next((element for element in self.elements() if element.tag == tag), None)

    def text(self) -> str:
        """All text, run together."""
        parts: list[str] = []
        stack: list[Element | str] = [self]
        while stack:
            item = stack.pop()
            if isinstance(item, str):
                parts.append(item)
            else:
                stack.extend(reversed(item.children))
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its body, the content of its meta elements by lower-case name, and what <title> says."""

    body: Element
    meta: dict[str, str]
    title: str


def parse(text: str, path: str) -> Page:
    """The tree of a page."""
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError:
        raise ReadError(path, "is a web page, which needs a library more: pip install 'policyx[html]'") from None
    if _nesting(text) > DEEPEST_PAGE:
        raise ReadError(path, f"is a web page with more than {DEEPEST_PAGE} elements inside one another")
    if _attributes_of_one(text) > MOST_ATTRIBUTES:
        raise ReadError(path, f"is a web page with an element of more than {MOST_ATTRIBUTES} attributes")
    tree = LexborHTMLParser(text)
    meta: dict[str, str] = {}
    for node in tree.css("meta"):
        name = node.attributes.get("name") or node.attributes.get("property") or node.attributes.get("itemprop")
        content = node.attributes.get("content")
        if name and content and content.strip():
            meta.setdefault(name.lower(), content.strip())
    title = tree.css_first("title")
    body = tree.body
    return Page(_copied(body) if body is not None else Element("body", {}), meta, title.text() if title else "")


def _nesting(text: str) -> int:
    """How deeply elements stand inside one another, as far as their tags tell."""
    depth = deepest = 0
    for tag in _NESTING.finditer(text):
        if tag[1]:
            depth -= depth > 0
        else:
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def _attributes_of_one(text: str) -> int:
    """The most attributes that an element has, as far as long tags tell: short ones have no room for many."""
    most = at = 0
    while token := _TOKEN.search(text, at):
        at = token.end()
        if token["name"] is None:
            continue
        if at - token.start() > 2 * MOST_ATTRIBUTES:
            most = max(most, len(_QUOTED.sub("= ", token[0]).replace("/", " ").split()))
        raw = _RAW_END.get(token["name"].lower())
        if raw is not None:
            end = raw.search(text, at)
            at = end.start() if end else len(text)
    return most


def _copied(root: Any) -> Element:
    """The element with what is visible below it. No recursion: pages may be nested as deeply as they like."""
    top = Element(root.tag, _attributes(root))
    stack: list[tuple[Any, Element, int]] = [(root.child, top, 0)]
    while stack:
        node, parent, depth = stack.pop()
        while node is not None:
            tag = node.tag
            if tag == "-text":
                parent.children.append(node.text_content or "")
            elif tag not in _UNSEEN and tag is not None:
                attributes = _attributes(node)
                if not _hidden(attributes):
                    inner = parent
                    if depth < _DEEPEST:
                        inner = Element(tag, attributes)
                        parent.children.append(inner)
                    if node.child is not None:
                        stack.append((node.next, parent, depth))
                        node, parent, depth = node.child, inner, depth + 1
                        continue
            node = node.next
    return top


def _attributes(node: Any) -> dict[str, str]:
    return {name: value or "" for name, value in node.attributes.items()}


def _hidden(attributes: dict[str, str]) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    if not style:
        return False
    # not visibility: WeChat serves its articles hidden so, until a script has run
    compact = style.replace(" ", "").lower()
    return "display:none" in compact or "width:0;height:0;overflow:hidden" in compact
