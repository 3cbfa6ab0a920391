"""Reads cards as a browser does."""

from __future__ import annotations

import html.parser
import typing

#: Elements that cards are made of; all but these are somebody else's.
ELEMENTS = {
    *("style", "div", "span", "code", "bdi", "dl", "dt", "dd", "time", "pre"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
#: What only has its like inside.
INLINE = {"span", "code", "bdi", "time", "pre"}
ATTRIBUTES = {
    *("class", "dir", "style", "role", "aria-label", "aria-hidden", "tabindex", "scope", "datetime"),
}


class Node(typing.NamedTuple):
    """An element and what is in it."""

    tag: str
    attributes: typing.Dict[str, str]
    children: typing.List[typing.Union[Node, str]]

    @property
    def text(self) -> str:
        if self.tag == "style":
            return ""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def classes(self) -> typing.Set[str]:
        return set(self.attributes.get("class", "").split())

    def walk(self) -> typing.Iterator[Node]:
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def words(self) -> str:
        """The text with a space wherever a block begins or ends, and no other white space twice."""
        if self.tag == "style":
            return ""
        told = "".join(child if isinstance(child, str) else child.words() for child in self.children)
        return told if self.tag in {"bdi", "code", "span", "time"} else f" {told} "


class Card(html.parser.HTMLParser):
    """A card, held against what cards may be made of."""

    def __init__(self, shown: str) -> None:
        super().__init__()
        self._open = [Node("card", {}, [])]
        self.feed(shown)
        self.close()
        (self.root,) = self._open

    def handle_starttag(self, tag: str, attrs: typing.List[typing.Tuple[str, typing.Optional[str]]]) -> None:
        assert tag in ELEMENTS, tag
        if self._open[-1].tag in INLINE:
            assert tag in INLINE, (self._open[-1].tag, tag)
        names = [name for name, _ in attrs]
        assert set(names) <= ATTRIBUTES, names
        assert len(names) == len(set(names)), names
        node = Node(tag, {name: value or "" for name, value in attrs}, [])
        self._open[-1].children.append(node)
        self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)

    @property
    def words(self) -> str:
        return " ".join(self.root.words().split())

    def nodes(self, name: str) -> typing.List[Node]:
        return [node for node in self.root.walk() if name in node.classes]

    def find(self, name: str) -> typing.List[typing.Dict[str, str]]:
        """The attributes of the elements of a class."""
        return [node.attributes for node in self.nodes(name)]

    def text(self, name: str) -> typing.List[str]:
        """The texts of the elements of a class."""
        return [node.text for node in self.nodes(name)]

    def inside(self, name: str) -> typing.List[typing.Dict[str, str]]:
        """The attributes of what is in the elements of a class."""
        return [
            child.attributes
            for node in self.nodes(name)
            for child in node.children
            if isinstance(child, Node)
        ]

    def table(self) -> typing.List[typing.List[str]]:
        """The cells of the first table, line by line."""
        table = self.nodes("tlb-table")[0]
        return [
            [cell.text.strip() for cell in line.children if isinstance(cell, Node)]
            for line in table.walk()
            if line.tag == "tr"
        ]


def show(thing: typing.Any) -> Card:
    """The card of an object, as a notebook asks for it."""
    shown = thing._repr_html_()
    assert isinstance(shown, str), thing
    return Card(shown)
