"""Articles that stand on several pages: which the further ones are, and all of them as one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from siaga.base.article import Article
from siaga.base.ids import content_id
from siaga.collect.fetch.target import joined

__all__ = ["further_pages", "is_whole", "with_further"]

MOST_PAGES = 20
PARAMETERS = frozenset({"page", "p", "single", "showpage"})
"""Of addresses that count the pages of an article."""
WHOLE = frozenset({"all", "full"})
"""What such a parameter is where all stands on one page."""
_NUMBER = re.compile(r"(?:page/)?(?P<number>\d{1,2})/?$")


def further_pages(tree: Any, url: str) -> tuple[str, ...]:  # noqa: ANN401 - lxml has no types
    """The further pages of the article on a page: one with all of it, if there is one, else the second and those after.

    A link to the next article is none: a further page has the address of the first but for a number.
    """
    found: dict[int, str] = {}
    for link in tree.iter("a", "link"):
        address = joined(url, link.get("href") or "") if link.get("href") else None
        number = _number(address, url) if address else None
        if address and number == 0:
            return (address,)
        if address and number and 1 < number <= MOST_PAGES:
            found.setdefault(number, address.partition("#")[0])
    return tuple(_unbroken(found))


def with_further(article: Article, later: Iterable[Article]) -> Article:
    """An article with what stands on its further pages; lines that stand on each page are kept once."""
    lines, dropped = article.text.split("\n"), list(article.dropped)
    known = set(lines)
    for one in later:
        new = [line for line in one.text.split("\n") if line not in known]
        lines += new
        known.update(new)
        dropped += one.dropped
    text = "\n".join(lines)
    if text == article.text:
        return article
    id_ = content_id("article", article.source, article.title, text)
    return article.replace(id=id_, text=text, dropped=tuple(dropped))


def is_whole(address: str) -> bool:
    """Whether all of an article stands at this address."""
    return any(name in PARAMETERS and value in WHOLE for name, value in parse_qsl(urlsplit(address).query))


def _unbroken(found: dict[int, str]) -> Iterator[str]:
    """The second page and those after it, without a gap."""
    number = 2
    while number in found:
        yield found[number]
        number += 1


def _number(address: str, url: str) -> int | None:
    """The number of a page of this article; 0 for the one with all of it; null for any other address."""
    this, other = urlsplit(url), urlsplit(address)
    if (this.hostname, this.port) != (other.hostname, other.port):
        return None
    if this.path.rstrip("/") == other.path.rstrip("/"):
        return _counted(dict(parse_qsl(other.query)), dict(parse_qsl(this.query)))
    rest = other.path.removeprefix(this.path.rstrip("/") + "/")
    match = _NUMBER.fullmatch(rest) if rest != other.path else None
    return int(match["number"]) if match else None


def _counted(query: dict[str, str], own: dict[str, str]) -> int | None:
    new = {name: value for name, value in query.items() if own.get(name) != value}
    if len(new) != 1:
        return None
    [(name, value)] = new.items()
    if name not in PARAMETERS:
        return None
    if value in WHOLE or (name == "single" and value == "1"):
        return 0
    return int(value) if value.isdecimal() and len(value) <= 2 else None  # noqa: PLR2004 - MOST_PAGES has two digits
