"""A look at markup before it is parsed: pages built to exhaust a parser are refused, in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from siaga.base.errors import RejectError

__all__ = ["glance", "prescan"]

MOST_CHARACTERS = 5_000_000
"""Of markup; the largest of 181 benchmark pages has 1.5 million."""
MOST_TAGS = 60_000
"""Opening and closing; the largest of 181 benchmark pages has 3,300. More can take minutes to look through."""
MOST_DEPTH = 512
"""Elements open at once; pages people read stay below 60."""
MOST_ATTRIBUTES = 256
"""Of one tag."""
FEW_TAGS = 5_000
LONG_TAG = 30_000
"""Characters."""
FEW_ATTRIBUTES = 4_000
LOOK_BACK = 100_000
"""Characters in which the tag of a script with other tags in its strings is looked for."""
_NAME = re.compile(r"/?[A-Za-z][A-Za-z0-9:-]*")
_ATTRIBUTE = re.compile(r"""[^\s"'=<>/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?""")
_OPAQUE = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
_VOID = frozenset(
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
_UNNESTED = _VOID | frozenset(f"/{name}" for name in _VOID)
"""Tags of elements that hold nothing or that the next of their kind closes: they add no depth of their own."""


def prescan(markup: str) -> None:
    """Refuse markup that is too large (in characters or tags), too deep, or has a tag with too many attributes.

    Raises:
        RejectError: `too_large`, `too_deep` or `too_many_attributes`.

    """
    if len(markup) > MOST_CHARACTERS:
        raise RejectError("too_large", f"{len(markup)} characters of markup, expected at most {MOST_CHARACTERS}")
    depth = 0
    for number, (name, start, end) in enumerate(_tags(markup)):
        if number == MOST_TAGS:
            raise RejectError("too_large", f"more than {MOST_TAGS} tags")
        if name not in _UNNESTED and markup[end - 1] != "/":
            depth = depth + 1 if name[0] != "/" else depth - 1 if depth else 0
            if depth > MOST_DEPTH:
                raise RejectError("too_deep", f"more than {MOST_DEPTH} elements inside one another")
        if end - start > 2 * MOST_ATTRIBUTES and _count(markup[start:end]) > MOST_ATTRIBUTES:
            raise RejectError("too_many_attributes", f"a tag <{name}> with more than {MOST_ATTRIBUTES} attributes")


def glance(markup: str) -> None:
    """Refuse what `prescan` would, but look closely only where it could: too many tags, or one too long.

    For a parser whose time grows with the square of depth and attributes, but stays below a second up to `FEW_TAGS`
    elements inside one another, or `FEW_ATTRIBUTES` of a tag.

    Raises:
        RejectError: `too_large`, `too_deep` or `too_many_attributes`.

    """
    if len(markup) > MOST_CHARACTERS:
        raise RejectError("too_large", f"{len(markup)} characters of markup, expected at most {MOST_CHARACTERS}")
    if markup.count("<") > FEW_TAGS or any(most > FEW_ATTRIBUTES for most in _long_stretches(markup)):
        prescan(markup)


def _long_stretches(markup: str) -> Iterator[int]:
    """For each long stretch in which no tag ends, how many attributes it may have at most if it is one tag.

    It is a script more often; which it is, only a parser knows for sure.
    """
    after = 0
    for start in range(0, len(markup) - LONG_TAG, LONG_TAG):
        if start >= after and markup.find(">", start, start + LONG_TAG) < 0:
            before, after = markup.rfind(">", 0, start) + 1, _after(markup, ">", start)
            if not _is_opaque(markup, before):
                yield _most_attributes(markup[before:after])


def _is_opaque(markup: str, position: int) -> bool:
    """Whether this plainly stands in a script or a sheet of styles, whose own tag stands in no other."""
    opening = markup.rfind("<", 0, position)
    if not markup.startswith(("<script", "<style"), opening):
        opening = markup.rfind("<script", max(0, position - LOOK_BACK), position)
        if opening < 0 or markup.find("</script", opening, position) >= 0:
            return False
    return _is_between_tags(markup, opening)


def _is_between_tags(markup: str, position: int) -> bool:
    """Whether the tag before this is closed, and not by a sign in a quoted value."""
    tag, closing, _ = markup[markup.rfind("<", 0, position) : position].partition(">")
    return bool(closing) and tag.count('"') % 2 == tag.count("'") % 2 == 0


def _most_attributes(stretch: str) -> int:
    values = min(stretch.count("="), stretch.count('"') + stretch.count("'"))
    return len(stretch.split()) + stretch.count("/") + values


def _count(attributes: str) -> int:
    return sum(1 for _ in _ATTRIBUTE.finditer(attributes))


def _tags(markup: str) -> Iterator[tuple[str, int, int]]:
    """Name (with a slash where it closes) of each tag, and where its attributes stand; comments and scripts go by."""
    position, find, named = 0, markup.find, _NAME.match
    while (position := find("<", position)) >= 0:
        match = named(markup, position + 1)
        if match is None:
            position = _after(markup, "-->", position) if markup.startswith("<!--", position) else position + 1
            continue
        name, start = match.group().lower(), match.end()
        end = _after(markup, ">", start)
        yield name, start, end - 1
        position = _after(markup, f"</{name}", end) if name in _OPAQUE else end


def _after(markup: str, mark: str, position: int) -> int:
    """Where the next such mark ends; the end of the markup if there is none."""
    found = markup.find(mark, position)
    return len(markup) if found < 0 else found + len(mark)
