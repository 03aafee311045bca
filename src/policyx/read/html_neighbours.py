"""The body of a page goes in, the body without readers' comments and without lists of other articles goes out.

A name or a heading alone takes nothing away. Comments are known by their names inside and out and by standing behind
text; a list of articles by the heading above it and by its links, or by links and dates alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from policyx.read.html_tree import Element
from policyx.rules import builtin_rules

_ENOUGH = 40  # characters of sentences that stand before what may be comments
_SHARE = 0.5  # of the sentences before it, which a headed list may hold itself
_TEASER = 60  # characters of sentences for each link of it
_LATE = 0.7  # of the page's sentences stand before a list of articles without a heading
_LINKED = 0.4  # of the letters of a list's item are a link
_SHORT, _LONGEST_ITEM = 25, 120  # characters of an item without a link, and of one with a link and a date
_FEWEST_ITEMS = 3
_WORD = re.compile(r"[a-z]+|[A-Z][a-z]*")
_STOPS = re.compile(r"[。！？；]")
_EDGES = re.compile(r"^[\s>》»|·•【\[#*]+|[\s>》»|·•：:】\]*]+$|[（(]?[0-9]+[)）]?[条篇]?$")
_DATE = re.compile(r"(?:(?:19|20)[0-9]{2}[-./年])?[01]?[0-9][-./月][0-3]?[0-9]日?(?![0-9])")
_FILE = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|zip|rar|pptx?|ofd|csv)(?:$|[?#])", re.IGNORECASE)
_NEVER = frozenset(("body", "h1", "table", "tbody", "thead", "tr", "td", "th"))
_LONGEST_HEAD = 16


@dataclass(slots=True)
class _Weight:
    """What stands before an element and in it: characters of sentences outside links, letters, letters in links,
    links; and its first text."""

    before: int
    prose: int = 0
    letters: int = 0
    linked: int = 0
    links: int = 0
    first: str = ""


def without_neighbours(body: Element) -> Element:
    """A copy of the body without comments and lists of other articles."""
    return _Cleaner(_Cleaner(body).cleaned).cleaned  # how late a list comes shows when the comments are gone


class _Cleaner:
    def __init__(self, body: Element) -> None:
        rules = builtin_rules()
        words = {role: frozenset(rules.words("page", role)) for role in
                 ("neighbours", "comments", "comment_names", "comment_parts")}  # fmt: skip
        self._heads = words["neighbours"] | words["comments"]
        self._names, self._parts = words["comment_names"], words["comment_parts"]
        self._weights: dict[int, _Weight] = {}
        self._prose = 0
        self._weigh(body, linked=False)
        self.cleaned = self._copied(body)

    def _weigh(self, element: Element, linked: bool) -> _Weight:
        weight = _Weight(before=self._prose)
        linked = linked or element.tag == "a"
        weight.links = int(element.tag == "a")
        for child in element.children:
            if isinstance(child, str):
                written = "".join(child.split())
                weight.first = weight.first or written
                weight.letters += len(written)
                if linked:
                    weight.linked += len(written)
                elif len(written) > 30 or _STOPS.search(written):
                    self._prose += len(written)
                continue
            inner = self._weigh(child, linked)
            weight.first = weight.first or inner.first
            weight.letters += inner.letters
            weight.linked += inner.linked
            weight.links += inner.links
        weight.prose = self._prose - weight.before
        self._weights[id(element)] = weight
        return weight

    def _copied(self, element: Element) -> Element:
        children: list[Element | str] = []
        at = 0
        while at < len(element.children):
            child = element.children[at]
            if isinstance(child, str):
                children.append(child)
                at += 1
            elif child.tag not in _NEVER and self._is_apart(child):
                at += 1
            elif end := self._end_of_list(element.children, at):
                at = end
            else:
                children.append(self._copied(child))
                at += 1
        return replace(element, children=children)

    def _is_apart(self, element: Element) -> bool:
        weight = self._weights[id(element)]
        if not weight.letters:
            return False
        apart = self._is_comments(element, weight) or self._is_headed(weight) or self._is_dated_list(element, weight)
        return apart and not _holds_title(element)

    def _is_comments(self, element: Element, weight: _Weight) -> bool:
        if weight.before < _ENOUGH or not self._names & _name_words(element):
            return False
        return any(self._parts & _name_words(inner) for inner in element.elements() if inner is not element)

    def _is_headed(self, weight: _Weight) -> bool:
        """Whether it begins with the heading of a list of articles and holds little else than links."""
        if weight.links < 2 or not self._is_head(weight.first) or weight.before < _ENOUGH:
            return False
        return weight.prose <= min(_SHARE * weight.before, _TEASER * weight.links)

    def _is_head(self, text: str) -> bool:
        return len(text) <= _LONGEST_HEAD and _EDGES.sub("", _EDGES.sub("", text)) in self._heads

    def _is_dated_list(self, element: Element, weight: _Weight) -> bool:
        """Whether it holds nothing but items alike, behind the text, each with a link and a date."""
        if weight.before < max(_LATE * self._prose, _ENOUGH):
            return False
        items = [child for child in element.children if isinstance(child, Element)]
        items = [item for item in items if self._weights[id(item)].letters]
        alike = [item for item in items if (item.tag, item.get("class")) == (items[-1].tag, items[-1].get("class"))]
        if len(alike) < _FEWEST_ITEMS or len(items) - len(alike) > 1:
            return False
        return all(self._is_dated(item) for item in alike)

    def _is_dated(self, item: Element) -> bool:
        weight = self._weights[id(item)]
        if not weight.links or weight.letters > _LONGEST_ITEM or _links_to_file(item):
            return False
        return bool(_DATE.search(item.text()))

    def _end_of_list(self, children: Sequence[Element | str], at: int) -> int:
        """Where the list of links ends whose heading stands at `at` among its siblings; 0 where there is none."""
        head = children[at]
        if not isinstance(head, Element) or head.tag in _NEVER or not self._is_head(self._weights[id(head)].first):
            return 0
        own = "".join(head.text().split())
        if not self._is_head(own):
            return 0
        end, found = at + 1, 0
        for number in range(at + 1, len(children)):
            item = children[number]
            if isinstance(item, str):
                if item.strip():
                    break
                continue
            weight = self._weights[id(item)]
            if not weight.letters:
                continue
            linked = weight.links > 0 and weight.linked >= _LINKED * weight.letters and not _links_to_file(item)
            short = found > 0 and weight.letters <= _SHORT and not _STOPS.search(item.text())
            if item.tag in _NEVER or not (linked or (short and _DATE.search(item.text()))):
                break
            found += linked
            end = number + 1
        return end if found else 0


def _holds_title(element: Element) -> bool:
    return any(inner.tag == "h1" or inner.tag == "ucaptitle" for inner in element.elements())


def _links_to_file(element: Element) -> bool:
    """Whether it offers a file, as a list of annexes does."""
    return any(
        _FILE.search(inner.get("href")) or _FILE.search(inner.text().strip())
        for inner in element.elements()
        if inner.tag == "a"
    )


def _name_words(element: Element) -> set[str]:
    return {word.lower() for word in _WORD.findall(f"{element.get('class')} {element.get('id')}")}
