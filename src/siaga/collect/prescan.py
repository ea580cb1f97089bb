"""A look at markup before it is parsed: pages built to exhaust a parser are refused, in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from siaga.base.errors import RejectError

__all__ = ["prescan"]

MOST_CHARACTERS = 5_000_000
"""Of markup; the largest of 181 benchmark pages has 1.5 million."""
MOST_TAGS = 60_000
"""Opening and closing; the largest of 181 benchmark pages has 3,300. More can take minutes to look through."""
MOST_DEPTH = 512
"""Elements open at once; pages people read stay below 60."""
MOST_ATTRIBUTES = 256
"""Of one tag."""
_NAME = re.compile(r"/?[A-Za-z][A-Za-z0-9:-]*")
_ATTRIBUTE = re.compile(r"""[^\s"'=<>/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?""")
_OPAQUE = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
_UNNESTED = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "colgroup",
        "option",
        "optgroup",
        "rp",
        "rt",
    ]
)
"""Elements that hold nothing or that the next of their kind closes: they add no depth of their own."""


def prescan(markup: str) -> None:
    """Refuse markup that is too large (in characters or tags), too deep, or has a tag with too many attributes.

    Raises:
        RejectError: `too_large`, `too_deep` or `too_many_attributes`.

    """
    if len(markup) > MOST_CHARACTERS:
        raise RejectError("too_large", f"{len(markup)} characters of markup, expected at most {MOST_CHARACTERS}")
    depth = 0
    for number, (name, attributes) in enumerate(_tags(markup)):
        if number == MOST_TAGS:
            raise RejectError("too_large", f"more than {MOST_TAGS} tags")
        depth = max(0, depth + _step(name, attributes))
        if depth > MOST_DEPTH:
            raise RejectError("too_deep", f"more than {MOST_DEPTH} elements inside one another")
        if len(attributes) > 2 * MOST_ATTRIBUTES and _count(attributes) > MOST_ATTRIBUTES:
            raise RejectError("too_many_attributes", f"a tag <{name}> with more than {MOST_ATTRIBUTES} attributes")


def _step(name: str, attributes: str) -> int:
    if name.lstrip("/") in _UNNESTED or attributes.endswith("/"):
        return 0
    return -1 if name.startswith("/") else 1


def _count(attributes: str) -> int:
    return sum(1 for _ in _ATTRIBUTE.finditer(attributes))


def _tags(markup: str) -> Iterator[tuple[str, str]]:
    """Name (with a slash where it closes) and attributes of each tag; comments and scripts are passed over."""
    position = 0
    while (position := markup.find("<", position)) >= 0:
        if markup.startswith("<!--", position):
            position = _after(markup, "-->", position)
            continue
        match = _NAME.match(markup, position + 1)
        if match is None:
            position += 1
            continue
        end = _after(markup, ">", match.end())
        name = match.group().lower()
        yield name, markup[match.end() : end - 1]
        position = _after(markup, f"</{name}", end) if name in _OPAQUE else end


def _after(markup: str, mark: str, position: int) -> int:
    """Where the next such mark ends; the end of the markup if there is none."""
    found = markup.find(mark, position)
    return len(markup) if found < 0 else found + len(mark)
