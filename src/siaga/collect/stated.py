"""What the markup of a page states about its article, as it stands there: read from a tree, or, fast, from the text.

The fast way looks at the few elements it needs and at nothing else; what it misses against the tree is what stands
in the body outside the first headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from itertools import islice
from typing import Any, NamedTuple

from siaga.collect.decode import normalise

__all__ = ["Stated", "one_line", "stated_in", "stated_in_tree"]

# Of lower case, as nearly all pages are: others would cost half of the time that is spent here. So would a careful look
# at each element: name and content side by side are read at once, and links that begin with another relation passed by.
_STATED = re.compile(
    r"""<(?:meta\b(?:"""
    r"""\s{1,3}(?:property|name|itemprop)=["'](?P<first>[\w:.-]{2,60})["']\s{1,3}content="(?P<next>[^"]{0,5000})\""""
    r"""|(?=[^<>]{0,2000}?\s(?:property|name|itemprop)\s{0,3}=\s{0,3}["']?(?P<name>[\w:.-]{2,60}))"""
    r"""(?=[^<>]{0,2000}?\scontent\s{0,3}=\s{0,3}(?:"(?P<quoted>[^"]{0,5000})"|'(?P<single>[^']{0,5000})')))"""
    r"""|link\b(?!\s{1,3}rel=["'](?!canonical|amphtml|next))"""
    r"""(?=[^<>]{0,2000}?\srel\s{0,3}=\s{0,3}["']?(?P<relation>canonical|amphtml|next)\b)"""
    r"""(?=[^<>]{0,2000}?\shref\s{0,3}=\s{0,3}["']?(?P<address>[^\s"'<>]{1,2000}))|/head\b)"""
)
_LANGUAGE = re.compile(r"""<html\b[^<>]{0,1000}?\slang\s{0,3}=\s{0,3}["']?(?P<code>[\w-]{2,20})""")
_TITLE = re.compile(r"<title\b[^<>]{0,200}>(?P<text>[^<>]{0,500})")
_ARTICLE = re.compile(r"""["']@type["']\s{0,9}:[\s\[]{0,9}["'][\w:/.]{0,60}(?:Article|Posting|Report)["']""")
_TAG = re.compile(r"<[^<>]{0,2000}>")
LONGEST_HEAD = 300_000
"""Characters in which the elements of a head are looked for, if the page doesn't say where it ends."""
LONGEST_HEADING = 3_000
"""Characters of markup of a headline."""
MOST_SCRIPTS = 20
MOST_BYLINES = 5
MOST_STAMPS = 12
MOST_LOOKED_AT = 20
LONGEST_SHORT = 120
"""Characters of an element that names its author or tells when."""
_BYLINES = (
    ".//*[@itemprop='author']", ".//*[@rel='author']", ".//*[contains(concat(' ', @class, ' '), ' author ')]",
    ".//*[contains(@class, 'byline')]", ".//*[contains(@class, 'author-name')]",
    ".//*[contains(@class, 'author__name')]",
)  # fmt: skip


_STAMPS = (".//time", ".//*[contains(@class, 'date') or contains(@class, 'time')]", ".//*[@itemprop='datePublished']")


class Stated(NamedTuple):
    """The statements of a page about its article."""

    scripts: tuple[str, ...]
    """JSON-LD, as text."""
    meta: Mapping[str, str]
    """The first content of each named meta element as it stands there, names in lower case."""
    links: Mapping[str, str]
    """The first address of each relation: canonical, amphtml, next …"""
    heading: str | None = None
    """Its first headline; the fast way looks for it only where no other title is stated."""
    title: str | None = None
    language: str | None = None
    times: tuple[str, ...] = ()
    """Machine-readable times of the body."""
    bylines: tuple[str, ...] = ()
    """Texts of elements that are marked as naming the author."""
    stamps: tuple[str, ...] = ()
    """Texts of elements that are marked as telling when."""


def one_line(value: object) -> str | None:
    """Text on one line, without entities; null for anything else."""
    return " ".join(normalise(unescape(value)).split()) or None if isinstance(value, str) else None


def stated_in_tree(tree: Any) -> Stated:  # noqa: ANN401 - lxml has no types
    """The statements of a parsed page."""
    heading = next(tree.iter("h1"), None)
    scripts = (script.text or "" for script in tree.iterfind(".//script[@type='application/ld+json']"))
    return Stated(
        scripts=tuple(islice(scripts, MOST_SCRIPTS)),
        meta=_named(element.attrib for element in tree.iterfind(".//meta[@content]")),
        links=_related(element.attrib for element in tree.iterfind(".//link[@href]")),
        heading=None if heading is None else one_line("".join(heading.itertext())),
        title=one_line(tree.findtext(".//title")),
        language=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
        times=tuple(element.get("datetime") for element in islice(tree.iterfind(".//time[@datetime]"), 1)),
        bylines=tuple(islice(_short(tree, _BYLINES), MOST_BYLINES)),
        stamps=tuple(islice(_short(tree, _STAMPS), MOST_STAMPS)),
    )


def stated_in(markup: str) -> Stated:
    """The statements of a page that is not parsed."""
    found, end = _head(markup)
    named = (one.group("first", "next", "name", "quoted", "single") for one in found)
    meta = {
        (first or name).lower(): value
        for first, next_, name, quoted, single in named
        if (value := next_ or quoted or single)
    }
    links = {one["relation"]: unescape(one["address"]) for one in found if one["relation"]}
    title = _TITLE.search(markup, 0, end)
    language = _LANGUAGE.search(markup, 0, LONGEST_HEADING)
    return Stated(
        scripts=tuple(islice(_scripts(markup), MOST_SCRIPTS)),
        meta=meta,
        links=links,
        heading=None if "og:title" in meta else _heading(markup),
        title=one_line(title["text"]) if title else None,
        language=language["code"] if language else None,
    )


def _head(markup: str) -> tuple[Sequence[re.Match[str]], int]:
    """The elements of a head that state something, the last first, so that of each name the first stays; its end."""
    found: list[re.Match[str]] = []
    for match in _STATED.finditer(markup, 0, LONGEST_HEAD):
        if match.lastindex is None:  # the end of the head is the one alternative without a group
            return found[::-1], match.start()
        found.append(match)
    return found[::-1], LONGEST_HEAD


def _named(elements: Iterable[Mapping[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in elements:
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and (value := (element.get("content") or "").strip()):
            found.setdefault(name.lower(), value)
    return found


def _related(elements: Iterable[Mapping[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in elements:
        address = unescape(element.get("href") or "").strip()
        for relation in (element.get("rel") or "").lower().split():
            if address:
                found.setdefault(relation, address)
    return found


def _scripts(markup: str) -> Iterator[str]:
    """The texts of the scripts that are JSON-LD, up to one that describes an article: what follows it is not asked."""
    position = 0
    while (mark := markup.find("application/ld+json", position)) >= 0:
        start, end = markup.find(">", mark) + 1, markup.find("</script", mark)
        if not 0 < start <= end:
            return
        yield (script := markup[start:end])
        if _ARTICLE.search(script):
            return
        position = end


def _heading(markup: str) -> str | None:
    """The first headline, without the tags in it."""
    start = markup.find("<h1")
    end = markup.find("</h1", start, start + LONGEST_HEADING) if start >= 0 else -1
    return one_line(_TAG.sub("", markup[start:end])) if end >= 0 else None


def _short(tree: Any, paths: Iterable[str]) -> Iterator[str]:  # noqa: ANN401
    """Short texts of the elements on these paths."""
    for path in paths:
        for element in islice(tree.xpath(path), MOST_LOOKED_AT):
            text = one_line(" ".join(islice(element.itertext(), MOST_LOOKED_AT)))
            if text and len(text) <= LONGEST_SHORT:
                yield text
