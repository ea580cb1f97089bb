"""Markup -> the paragraphs of its article: boxes that the packs know as junk go, trafilatura finds the main text."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from siaga.base.article import Dropped
from siaga.base.errors import RejectError
from siaga.base.pack import languages, lexicon, load_pack
from siaga.base.record import Record
from siaga.collect.decode import normalise
from siaga.collect.prescan import prescan

__all__ = ["Content", "JunkClass", "content", "parse"]

_ENCODING = re.compile(r"^\s*<\?xml[^<>]{0,200}>")
_NOT_XML = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]"
    "|&#(?:[xX]0*(?:[0-8bcefBCEF]|1[0-9a-fA-F]|[fF]{3}[efEF])(?![0-9a-fA-F])"
    "|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]|6553[45])(?![0-9]));?"
)
"""Characters, as they are or by number, that lxml reads but lets nobody write: whoever changes a tree would fail."""
LARGEST_CLEANED = 0.5
"""An element with more than this share of the page's text is no junk, whatever its class says."""


_BLOCKS = ("p", "li", "h2", "h3", "h4", "h5", "h6", "figcaption")
MOST_LEFT = 100
"""Blocks outside the main text that are listed; menus of large outlets have hundreds."""
MOST_BLOCKS = 3_000
"""Blocks of a page that are looked at for this."""
LONGEST_LEFT = 500
"""Characters of such a block; longer ones hold other blocks."""


class JunkClass(Record):
    """A class or id that outlets give to boxes of junk."""

    name: str
    reason: str


class Content(NamedTuple):
    """The paragraphs of the main text, boxes that were taken out before it was looked for, and what else was there."""

    lines: tuple[str, ...]
    dropped: tuple[Dropped, ...]
    left: tuple[str, ...]


def parse(markup: str) -> Any:  # noqa: ANN401 - lxml has no types
    """The tree of a page.

    Raises:
        RejectError: the page is too large or too deep, or holds no element.

    """
    from lxml import etree, html  # noqa: PLC0415 - slow to load, not needed for plain text

    prescan(markup)
    parser = html.HTMLParser(remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(_NOT_XML.sub("", _ENCODING.sub("", markup)), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise RejectError("no_text", f"no markup that can be parsed: {error}") from error
    return tree


def content(tree: Any) -> Content:  # noqa: ANN401
    """The main text of a page. The tree is changed: boxes of junk are taken out of it."""
    dropped = tuple(_clean(tree))
    main = normalise(_main_text(tree))
    lines = (line.strip() for line in main.split("\n"))
    return Content(tuple(line for line in lines if line), dropped, tuple(_left(tree, main)))


def _left(tree: Any, main: str) -> Iterator[str]:  # noqa: ANN401
    """Blocks of the page that are not in its main text, each once, as far as a reader would want to know."""
    seen = set(main.split("\n"))
    given = 0
    for element in islice(tree.iter(*_BLOCKS), MOST_BLOCKS):
        text = _text(element)
        if not text or text in seen or len(text) > LONGEST_LEFT or text in main:
            continue
        seen.add(text)
        given += 1
        yield text
        if given == MOST_LEFT:
            return


def _main_text(tree: Any) -> str:  # noqa: ANN401
    """The main text by trafilatura; all paragraphs where it finds none."""
    import trafilatura  # noqa: PLC0415 - slow to load, not needed for plain text

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = trafilatura.bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=False)
    if isinstance(found, trafilatura.settings.Document) and found.text and found.text.strip():
        return found.text
    return "\n".join(_paragraphs(tree))


def _paragraphs(tree: Any) -> Iterator[str]:  # noqa: ANN401
    for element in tree.iter("p"):
        yield _text(element)


def _clean(tree: Any) -> Iterator[Dropped]:  # noqa: ANN401
    """Take out the boxes whose class or id says that they are junk."""
    classes = _junk_classes()
    size = len(_text(tree)) + 1
    for element in tuple(tree.iterfind(".//*[@class]")) + tuple(tree.iterfind(".//*[@id]")):
        names = f"{element.get('class', '')} {element.get('id', '')}".lower().split()
        reason = next((classes[name] for name in names if name in classes), None)
        if reason is None or all(ancestor is not tree for ancestor in element.iterancestors()):
            continue  # not junk, or taken out before
        if len(text := _text(element, " ")) > LARGEST_CLEANED * size:
            continue
        element.drop_tree()
        if text:
            yield Dropped(text=text, reason=reason)


@cache
def _junk_classes() -> dict[str, str]:
    rows = (row for code in languages() for row in lexicon(load_pack(code), "junk_classes", JunkClass))
    return {row.name: row.reason for row in rows}


def _text(element: Any, between: str = "") -> str:  # noqa: ANN401
    """The text of an element on one line, with something between its pieces."""
    return " ".join(normalise(between.join(element.itertext())).split())
